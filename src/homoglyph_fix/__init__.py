"""Restore the letters of Ukrainian text that carries lookalikes from other alphabets.

>>> from homoglyph_fix import normalize
>>> normalize("Пpoпoнyємo poбoтy")
'Пропонуємо роботу'
"""

from importlib import import_module
from typing import TYPE_CHECKING

from .errors import HomoglyphFixError as HomoglyphFixError

if TYPE_CHECKING:
    from .analysis import Analysis as Analysis
    from .analysis import Edit as Edit
    from .config import Config as Config
    from .normalizer import Normalizer as Normalizer
    from .normalizer import analyze as analyze
    from .normalizer import normalize as normalize
    from .normalizer import normalize_many as normalize_many

_HOME = {"Config": "config", "Analysis": "analysis", "Edit": "analysis"}
_PUBLIC = ["Analysis", "Config", "Edit", "HomoglyphFixError", "Normalizer", "analyze", "normalize", "normalize_many"]


def __getattr__(name: str) -> object:
    """Import what is asked for when it is asked for: the help of the command needs no NumPy, which takes 100 ms."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{_HOME.get(name, 'normalizer')}", __name__), name)


def __dir__() -> list[str]:
    return _PUBLIC
