"""Restore the letters of Ukrainian text that carries lookalikes from other alphabets.

>>> from homoglyph_fix import normalize
>>> normalize("Пpoпoнyємo poбoтy")
'Пропонуємо роботу'

normalize, normalize_many    a text, or a column of texts, with their letters restored
analyze, analyze_many        the same, with every edit, its reason and its score, and with what is doubtful
Analysis, Edit, Letter       what these return
Normalizer, Config           the same calls with some kinds of damage left alone; and for UTF-8
keep_words                   the words of a keep list, which a Config leaves alone
Marks                        marks in a text that keep lines of it, for those who read a text in parts
candidates, fold             for a search: what a word of a query may be, and the key under which an index holds it
HomoglyphFixError            the root of the errors of this package
BEHAVIOUR, __version__       the hash of rules and data, which changes when results may; the version

One call for many texts is far faster than a call for each.
"""

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from .errors import HomoglyphFixError as HomoglyphFixError

if TYPE_CHECKING:
    from .analysis import Analysis as Analysis
    from .analysis import Edit as Edit
    from .behaviour import BEHAVIOUR as BEHAVIOUR
    from .config import Config as Config
    from .decisions.candidates import candidates as candidates
    from .decisions.keeping import keep_words as keep_words
    from .letters.folding import fold as fold
    from .normalizer import Normalizer as Normalizer
    from .normalizer import analyze as analyze
    from .normalizer import analyze_many as analyze_many
    from .normalizer import normalize as normalize
    from .normalizer import normalize_many as normalize_many
    from .text.marks import Marks as Marks
    from .views.letters import Letter as Letter

    __version__: str

__all__ = [
    "BEHAVIOUR",
    "Analysis",
    "Config",
    "Edit",
    "HomoglyphFixError",
    "Letter",
    "Marks",
    "Normalizer",
    "analyze",
    "analyze_many",
    "candidates",
    "fold",
    "keep_words",
    "normalize",
    "normalize_many",
]

_HOME = {
    "Analysis": "analysis",
    "BEHAVIOUR": "behaviour",
    "Config": "config",
    "Edit": "analysis",
    "Letter": "views.letters",
    "Marks": "text.marks",
    "candidates": "decisions.candidates",
    "fold": "letters.folding",
    "keep_words": "decisions.keeping",
}


if not TYPE_CHECKING:  # or a checker would take every name for one

    def __getattr__(name: str) -> object:
        """Import what is asked for when it is asked for, and keep it: the help of the command needs no NumPy, which takes 100 ms."""
        if name == "__version__":
            found = _version()
        elif name in __all__:
            found = getattr(import_module(f".{_HOME.get(name, 'normalizer')}", __name__), name)
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        globals()[name] = found
        return found


def __dir__() -> list[str]:
    return [*__all__, "__version__"]


def _version() -> str:
    """Return the version that is installed; asking takes 10 ms."""
    from importlib.metadata import PackageNotFoundError, version  # noqa: PLC0415

    try:
        return version("homoglyph-fix")
    except PackageNotFoundError:
        return "not installed"


class _Inner:
    """Finds the modules within this package, and lists none: `help` shows what is public, and nobody need see the rest."""

    def __init__(self, finder: object) -> None:
        self._finder = finder

    def __getattr__(self, name: str) -> object:
        return getattr(self._finder, name)

    def iter_modules(self, prefix: str = "") -> list[tuple[str, bool]]:
        return []


for _folder in __path__:
    if (_finder := sys.path_importer_cache.get(_folder)) is not None:
        sys.path_importer_cache[_folder] = _Inner(_finder)  # type: ignore[assignment]  # as good as the finder within
