"""What characters are called. The names of Python's own `unicodedata` may be years old; those that are read here are loaded when needed."""

from __future__ import annotations

import re


def name_of(character: str) -> str:
    r"""Return the name that Unicode gives a character.

    >>> name_of("і"), name_of("\ud800")
    ('CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I', 'no name')
    """
    import unicodedata2  # noqa: PLC0415  # 1 ms, for whoever asks for a name

    return str(unicodedata2.name(character, "no name"))


def called(character: str) -> str:
    r"""Return a short name: script and letter, or what the character is.

    >>> called("r"), called("𝐚"), called("3"), called("\u200b")
    ('Latin r U+0072', 'Mathematical Bold 𝐚 U+1D41A', 'digit three U+0033', 'zero width space U+200B')
    """
    script, number = script_of(character), f"U+{ord(character):04X}"
    return f"{script} {character} {number}" if script else f"{name_of(character).lower()} {number}"


def script_of(character: str) -> str:
    """Return the script of a letter, as its name has it; nothing for what is no letter.

    >>> script_of("r"), script_of("𝐚"), script_of("3")
    ('Latin', 'Mathematical Bold', '')
    """
    letter = re.match(r"(.+?) (?:(?:SMALL|CAPITAL) )?(?:LETTER|LIGATURE|SMALL|CAPITAL)\b", name_of(character))
    return letter[1].title() if letter and character.isprintable() else ""
