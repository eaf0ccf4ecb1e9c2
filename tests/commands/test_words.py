"""Whatever is typed wrong: one line, whole in the reader's language, code 2."""

import errno
import re

import pytest

from fabrique.__main__ import main
from fabrique.commands._parser import RULES, UNCLEAR, explained

COMMANDS = (
    "archive, check-draft, console, demo, draft, forget, import, person, plan, remind, remove, "
    "replay, report, serve, transcribe"
)
LIST = "n’est pas dans la liste"
PORT = "« http » n’est pas un port, c’est-à-dire un nombre de 1 à 65535."
WRONG = {
    "nothing": ("", "fabrique: Il manque : COMMAND. Voir fabrique --help."),
    "no such command": (
        "danse",
        f"fabrique: COMMAND : « danse » {LIST} : {COMMANDS}. Voir fabrique --help.",
    ),
    "nothing given": (
        "report",
        "fabrique report: Il manque : archive, --format, --out. Voir fabrique report --help.",
    ),
    "no such format": (
        "report a --format odt --out b",
        f"fabrique report: --format : « odt » {LIST} : *. Voir fabrique report --help.",
    ),
    "no such option": ("serve --quick", "fabrique: Inconnu ici : --quick. Voir fabrique --help."),
    "shortened": ("serve --po 8", "fabrique: Inconnu ici : --po 8. Voir fabrique --help."),
    "too much": ("import a b", "fabrique: Inconnu ici : b. Voir fabrique --help."),
    "no value": (
        "serve --port",
        "fabrique serve: --port demande une valeur. Voir fabrique serve --help.",
    ),
    "a value too many": (
        "serve --help=3",
        "fabrique serve: -h/--help ne prend pas de valeur. Voir fabrique serve --help.",
    ),
    "no port": (
        "serve --port http",
        f"fabrique serve: --port : {PORT} Voir fabrique serve --help.",
    ),
    "no number": (
        "demo --people=-3",
        "fabrique demo: --people : « -3 » n’est pas un nombre entier. Voir fabrique demo --help.",
    ),
    "no host": ("serve --host ..", "fabrique serve: Aucune machine ne se nomme « .. »."),
    "not ours": (
        "serve --host 203.0.113.1 --port 9",
        "fabrique serve: 203.0.113.1:9 : cette machine n’a pas cette adresse.",
    ),
    "a long name": (f"import {'x' * 300}", f"fabrique import: {'x' * 300} : ce nom est trop long."),
}


def told(capsys, typed):
    """What a person reads at a terminal, and the code."""
    try:
        code = main(typed.split())
    except SystemExit as end:
        code = end.code
    out, said = capsys.readouterr()
    assert (out, said[-1:], len(said.splitlines())) == ("", "\n", 1)
    return code, re.sub("[\u00a0\u202f]", " ", said.strip())


@pytest.mark.parametrize(("typed", "sentence"), WRONG.values(), ids=WRONG)
def test_what_is_typed_wrong_is_said_in_french(monkeypatch, capsys, typed, sentence):
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    code, said = told(capsys, typed)
    assert code == 2
    assert re.fullmatch(re.escape(sentence).replace(r"\*", "[a-z, ]+"), said), said


@pytest.mark.parametrize(("typed", "sentence"), WRONG.values(), ids=WRONG)
def test_and_in_english(monkeypatch, capsys, typed, sentence):
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    code, said = told(capsys, typed)
    assert code == 2
    assert said != sentence
    assert not re.search("Voir|Il |n’est|pas ", said)


@pytest.mark.parametrize(
    "message",
    [
        "the following arguments are required: a",
        "unrecognized arguments: --x",
        "argument --y: invalid choice: 'q' (choose from 'a', 'b')",
        "argument --y: invalid choice: 'q' (choose from a, b)",
        "argument --y: invalid choice: 'q', maybe you meant 'a'? (choose from a, b)",
        "argument --y: expected one argument",
        "argument --y: expected at least one argument",
        "argument --y: invalid port value: 'q'",
        "argument --y: invalid odd value: 'q'",
        "argument --y: ignored explicit argument '3'",
    ],
)
def test_every_python_s_way_of_saying_it_is_known(message):
    assert explained(message) is not UNCLEAR
    assert any(re.fullmatch(pattern, message) for pattern, _ in RULES)


def test_what_is_not_known_is_not_said_in_english():
    assert explained("argument --a: not allowed with argument --b") is UNCLEAR


def test_what_the_system_refuses_is_said_without_its_english(monkeypatch, capsys, tmp_path):
    def refuse(*_):
        raise OSError(errno.EIO, "Input/output error", "/dev/tape")

    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    monkeypatch.setattr("fabrique.commands.import_.read_file", refuse)
    said = f"fabrique import: /dev/tape : le système refuse (erreur {errno.EIO})."
    assert told(capsys, f"import {tmp_path}") == (2, said)


@pytest.mark.parametrize(("language", "words"), [("fr", "Jouer un"), ("en", "Play a")])
def test_help_is_in_the_reader_s_language(monkeypatch, capsys, language, words):
    monkeypatch.setenv("LC_ALL", language)
    with pytest.raises(SystemExit) as end:
        main(["replay", "--help"])
    text = capsys.readouterr().out
    assert (end.value.code, words in text) == (0, True)
    assert ("show this help" in text, "positional" in text) == (False, False)
