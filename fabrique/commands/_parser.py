"""Reads what was typed after a command; argparse says in English what is wrong, we in both."""

from __future__ import annotations

import argparse
import re
from typing import Any, NoReturn

from fabrique.domain.language import Language
from fabrique.domain.text import Text

BAD_INPUT = 2
# What the words of an option must be, by the name of the function that reads them.
WANTED = {
    "port": Text("{name}: “{value}” is no port, which is a number from 1 to 65535."),
    "count": Text("{name}: “{value}” is no whole number."),
}
MISFIT = Text("{name}: “{value}” does not fit.")
CHOICE = r"invalid choice: (?P<value>[^,]*).* \(choose from (?P<choices>.*)\)"
RULES = (
    (r"the following arguments are required: (?P<names>.*)", Text("Missing: {names}.")),
    (r"unrecognized arguments: (?P<names>.*)", Text("Unknown here: {names}.")),
    (rf"argument (?P<name>.+?): {CHOICE}", Text("{name}: “{value}” is none of {choices}.")),
    (r"argument (?P<name>.+?): invalid (?P<kind>\w+) value: (?P<value>.*)", MISFIT),
    (r"argument (?P<name>.+?): expected .*", Text("{name} needs a value.")),
    (r"argument (?P<name>.+?): ignored explicit argument .*", Text("{name} takes no value.")),
)
UNCLEAR = Text("This cannot be understood.")


class Parser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the reader's language; `--help` says the rest."""

    def __init__(self, language: Language, **more: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, **more)
        self.language = language
        self._positionals.title = language.say(Text("What to give"))
        self._optionals.title = language.say(Text("Options"))
        help_text = language.say(Text("say this and end"))
        self.add_argument("-h", "--help", action="help", help=help_text)

    def format_usage(self) -> str:
        """Give the short form of a command."""
        return self._said(super().format_usage())

    def format_help(self) -> str:
        """Give all there is to say of a command."""
        return self._said(super().format_help())

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        said = self.language.say(explained(message))
        help_text = Text("See {command} --help.", {"command": self.prog})
        line = " ".join(f"{said} {self.language.say(help_text)}".split())
        self.exit(BAD_INPUT, f"{self.prog}: {line}\n")

    def _said(self, text: str) -> str:
        usage = self.language.pair(self.language.say(Text("Usage")), "")
        return text.replace("usage: ", usage, 1)


def explained(message: str) -> Text:
    """Say what argparse said; of a message that is not known here, only that it is unclear."""
    for pattern, text in RULES:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            what = found.groupdict()
            said = WANTED.get(what.get("kind", ""), text)
            return Text(said.msgid, {key: _bare(value) for key, value in what.items()})
    return UNCLEAR


def count(text: str) -> int:
    """Read a number of people; raise `ValueError`."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def _bare(value: str) -> str:
    return re.sub(r"'([^']*)'", r"\1", value)
