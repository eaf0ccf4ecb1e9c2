"""The command line: `fabrique COMMAND …`. One line on stderr when something does not go."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Sequence

from fabrique.commands._parser import BAD_INPUT, Parser
from fabrique.commands._spoken import spoken
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.solution import Impossible
from fabrique.domain.text import Invalid, Text, Words

NO_SOLUTION = 3
# What the system says in English, whatever the reader's language.
WHY = {
    errno.ENOENT: Text("there is no such file or folder"),
    errno.EACCES: Text("access is not allowed"),
    errno.EPERM: Text("access is not allowed"),
    errno.EISDIR: Text("it is a folder, and a file is wanted"),
    errno.EEXIST: Text("it is already there, and not a folder"),
    errno.ENOTDIR: Text("a part of this path is not a folder"),
    errno.ENOSPC: Text("the disk is full"),
    errno.EROFS: Text("this disk cannot be written"),
    errno.ENAMETOOLONG: Text("this name is too long"),
    errno.ELOOP: Text("this link leads to itself"),
    errno.EADDRINUSE: Text("another program is listening there"),
    errno.EADDRNOTAVAIL: Text("this machine has no such address"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; return 0, 2 for bad input, 3 for what has no solution, said in one line."""
    language = spoken()
    parser = _parser(language)
    options = parser.parse_args(arguments)
    try:
        options.run(options)
    except Invalid as error:
        return _refuse(language, options, error.text, error.where)
    except OSError as error:
        return _refuse(language, options, _said(error))
    except Impossible as error:
        return _refuse(language, options, error.text, code=NO_SOLUTION)
    except KeyboardInterrupt:
        return 130
    return 0


def _parser(language: Language) -> argparse.ArgumentParser:
    parser = Parser(language, prog="fabrique")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for file, command in discover("fabrique.commands").items():
        help_text = language.say(command.help)
        name = file.rstrip("_").replace("_", "-")
        one = commands.add_parser(name, language=language, help=help_text, description=help_text)
        command.arguments(one)
        one.set_defaults(run=command.run)
    return parser


def _said(error: OSError) -> Text:
    number = error.errno or 0
    why = WHY.get(number, Text("the system refuses (error {number})", {"number": number}))
    if error.filename is None:
        return Text("The work stopped: {why}.", {"why": why})
    return Text("{file}: {why}.", {"file": str(error.filename), "why": why})


def _refuse(
    language: Language,
    options: argparse.Namespace,
    text: Words,
    where: str = "",
    code: int = BAD_INPUT,
) -> int:
    place = f" [{where.lstrip('.')}]" if where else ""
    said = " ".join(language.say(text).split())
    print(f"fabrique {options.command}: {said}{place}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
