"""The parser of the command line: argparse, whose errors name what was meant, and whose flags may stand in a configuration file."""

from __future__ import annotations

import argparse
from collections.abc import Collection, Iterator
from typing import Any, NoReturn

from .console import printable, say
from .messages import _, later

WIDTH = 80
"""Columns of the help."""

ONLY_TYPED = (later("what is read"), later("what is done"), later("general"))
"""The groups whose flags stand on the command line only. A flag of any other group is a key of the configuration file, too."""

NUMBER, FILE = "N", "FILE"
"""What a flag calls its value if that is a number, or the name of a file, which a configuration file gives as seen from its folder."""

_OPPOSITES = {"--no-ignore": "--ignore-files", "--ignore": "--no-ignore-rules"}
# --ignore names rules and --no-ignore is about files, so neither takes the other back.


class Parser(argparse.ArgumentParser):
    """A parser whose errors are said as ours are: printable, without a traceback where nobody can hear them, and with what was meant.

    A flag that is a key has a value only if it is typed; `defaults` holds what it is worth otherwise.
    """

    def __init__(self, description: str, epilog: str) -> None:
        super().__init__(
            "homoglyph-fix",
            usage=_("homoglyph-fix [OPTION ...] [PATH ...]"),
            description=description,
            epilog=epilog,
            formatter_class=lambda prog: argparse.RawDescriptionHelpFormatter(prog, max_help_position=24, width=WIDTH),
            add_help=False,
        )
        self.color = False  # Python 3.14 would colour the help, also where it is a file
        self.defaults: dict[str, object] = {}

    def error(self, message: str) -> NoReturn:
        """Show the usage and the message, in one line, and exit."""
        head = _("error")
        say(f"{self.format_usage()}{self.prog}: {head}: {printable(message)}\n")
        raise SystemExit(2)

    def groups(self) -> Iterator[tuple[str, list[argparse.Action]]]:
        """Yield each group: its heading, and its flags without those that only take another back."""
        for group in self._action_groups:
            shown = [action for action in group._group_actions if action.help is not argparse.SUPPRESS]
            if shown:
                yield group.title or "", shown

    def keys(self) -> dict[str, argparse.Action]:
        """Return the keys of a configuration file with the flags that they stand for: their names in the help without the hyphens."""
        actions = [action for _, actions in self.groups() for action in actions if action.dest in self.defaults]
        return {key_of(action): action for action in actions}

    def key_meant(self, name: str) -> str | None:
        """Return the key of the flag that has this name and is none itself: a short one, or one that takes another back."""
        action = self._named(name)
        return next((key for key, flag in self.keys().items() if action and flag.dest == action.dest), None)

    def is_typed_only(self, name: str) -> bool:
        """Tell whether there is a flag of this name, but no key."""
        action = self._named(name)
        return action is not None and action.dest not in self.defaults

    def _named(self, name: str) -> argparse.Action | None:
        """Return the flag of a name without hyphens in front."""
        return self._option_string_actions.get(f"--{name}") or self._option_string_actions.get(f"-{name}")

    def open_to_files(self) -> None:
        """Let the flags of most groups be keys of a configuration file.

        Each of them that is a switch, or has no value by itself, gets an opposite, which takes it back.
        """
        for group in self._action_groups:
            for action in [] if group.title in [*map(_, ONLY_TYPED)] else [*group._group_actions]:
                default = action.default
                self.defaults[action.dest] = default
                action.default = argparse.SUPPRESS
                if not default:
                    opposite = opposite_of(f"--{key_of(action)}")
                    back = {"dest": action.dest, "const": default, "default": argparse.SUPPRESS, "help": argparse.SUPPRESS}
                    group.add_argument(opposite, action="store_const", **back)

    def value(self, action: argparse.Action, text: str) -> object:
        """Return what a flag makes of its value; raise argparse.ArgumentError if that is none."""
        found = self._get_value(action, text)
        self._check_value(action, found)
        return found

    def unknown(self, argument: str) -> NoReturn:
        """Say that there is no such option, and which one may be meant."""
        name = argument.partition("=")[0]
        known = [option[2:] for option in self._option_string_actions if option.startswith("--")]
        meant = nearest(name.lstrip("-"), known) if len(name) > 2 else None
        if meant is None:
            self.error(_("{name}: no such option; --help lists them").format(name=name))
        self.error(_("{name}: no such option; did you mean --{meant}?").format(name=name, meant=meant))

    def _get_option_tuples(self, option_string: str) -> list[Any]:
        """Let a name that is cut short stand for an opposite only where it stands for nothing else."""
        found = super()._get_option_tuples(option_string)
        shown = [option for option in found if option[0].help is not argparse.SUPPRESS]
        return shown or found

    def _check_value(self, action: argparse.Action, value: Any) -> None:  # noqa: ANN401  # as argparse has it
        """Refuse what is no choice, in the same words whatever Python runs."""
        if action.choices is not None and value not in action.choices:
            raise argparse.ArgumentError(action, no_choice(value, [*action.choices]))


def key_of(action: argparse.Action) -> str:
    """Return the long name of a flag, without the hyphens in front."""
    return action.option_strings[-1].lstrip("-")


def opposite_of(name: str) -> str:
    """Return the flag that takes another back.

    >>> opposite_of("--no-digits"), opposite_of("--hidden"), opposite_of("--no-ignore")
    ('--digits', '--no-hidden', '--ignore-files')
    """
    if name in _OPPOSITES:
        return _OPPOSITES[name]
    return f"--{name[5:]}" if name.startswith("--no-") else f"--no-{name[2:]}"


def nearest(name: str, known: Collection[str]) -> str | None:
    """Return the name that is likely meant.

    >>> nearest("chekc", ["check", "color"]), nearest("x", ["check"])
    ('check', None)
    """
    from difflib import get_close_matches  # noqa: PLC0415  # 15 ms, only where something is wrong

    return next(iter(get_close_matches(name, known, 1)), None)


def no_choice(value: str, choices: Collection[str]) -> str:
    """Say that a value is none of those that there are.

    >>> no_choice("alwys", ["auto", "always", "never"])
    "invalid choice: 'alwys' (choose from auto, always, never); did you mean always?"
    """
    meant = nearest(value, choices)
    told = _("invalid choice: {value!r} (choose from {choices})").format(value=value, choices=", ".join(choices))
    return told if meant is None else _("{told}; did you mean {meant}?").format(told=told, meant=meant)
