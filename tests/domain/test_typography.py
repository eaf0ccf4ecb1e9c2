import string

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fabrique.domain.typography import french, printable, tied

THIN, FIRM = "\u202f", "\u00a0"
PIECES = [*":;!?%«»'\"()[]{}<>&0123456789", " ", FIRM, THIN, "l'eau", "http://a.b/c?d=e;f", "www.x"]
STRINGS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.text(string.printable),
)


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("Prêt ?", f"Prêt{THIN}?"),
        ("Prêt?", f"Prêt{THIN}?"),
        ("Quoi ?! Oui !", f"Quoi{THIN}?! Oui{THIN}!"),
        ("ceci ; cela", f"ceci{THIN}; cela"),
        ("9 % des 12%", f"9{THIN}% des 12{THIN}%"),
        ("Total : 3", f"Total{FIRM}: 3"),
        ("« bon »", f"«{FIRM}bon{FIRM}»"),
        ("«{title}»", f"«{FIRM}{{title}}{FIRM}»"),
        ("{n} % de {name} ?", f"{{n}}{THIN}% de {{name}}{THIN}?"),
        ("l'idée d'«ici»", f"l’idée d’«{FIRM}ici{FIRM}»"),
        ("1 234 567 voix", f"1{THIN}234{THIN}567 voix"),
    ],
)
def test_french_sets_what_the_rules_say(given_text, expected):
    assert french(given_text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "10:06:03",
        "https://exemple.example/a?b=c;d!e%20f",
        "www.exemple.example/?x:y",
        "%(name)s",
        "{a:b}",
        "&amp;",
        "<a href='x'>",
        "(?)",
        "06 12 34 56 78",
        "",
    ],
)
def test_french_leaves_what_is_not_prose(text):
    assert french(text) == text


@given(STRINGS)
@example("« ?")
@example("a : : b")
def test_setting_again_changes_nothing(text):
    once = french(text)
    assert french(once) == once


def test_printable_keeps_lines_and_drops_controls():
    assert printable("a\x00b\tc\nd\x85\ud800\uffff") == "ab\tc\nd"


@pytest.mark.parametrize(
    "text",
    ["", "plain", "déjà vu, œuvre", "e\u0301te\u0301", "नमस्ते", "👩🏽‍💻 1️⃣", "שָׁלוֹם", "日本の劇場"],
)
def test_words_of_every_language_are_printed_as_typed(text):
    assert printable(text) == text


@pytest.mark.parametrize("mark", ["\u0301", "\u0e49", "\u20dd"])
def test_a_tower_of_accents_is_cut_down(mark):
    assert printable(f"a{mark * 40}b") == f"a{mark * 3}b"


@pytest.mark.parametrize(
    "control", ["\u061c", "\u200e", "\u200f", "\u202a", "\u202e", "\u2066", "\u2069"]
)
def test_nothing_turns_the_words_around(control):
    assert printable(f"vote{control}oui") == "voteoui"


@given(st.text() | st.text("a\u0301\u0489\u202e\x00 é日"))
def test_printing_again_changes_nothing(text):
    assert printable(printable(text)) == printable(text)


def test_a_question_mark_is_tied_to_its_word_and_nothing_else_changes():
    firm = "Qui vient\u00a0? «\u00a0Toi\u00a0»\u00a0: oui\u00a0!"
    assert tied("Qui vient ? « Toi » : oui !") == firm
    assert tied("à 10:06 :) 50 %") == "à 10:06 :) 50\u00a0%"
    assert tied(" ?") == " ?"
    assert tied("Cahier n° 2, no 2") == "Cahier n°\u00a02, no 2"
