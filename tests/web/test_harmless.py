import pytest

from fabrique.web.harmless import harmless


@pytest.mark.parametrize(
    "text", ["", "plain", "déjà vu, œuvre", "e\u0301te\u0301", "नमस्ते", "👩🏽‍💻", "שלום"]
)
def test_words_of_every_language_stay_as_typed(text):
    assert harmless(text) == text


def test_a_tower_of_accents_is_cut_down():
    assert harmless("a" + "\u0301" * 40 + "b") == "a\u0301\u0301\u0301b"


@pytest.mark.parametrize("control", ["\u202e", "\u2066", "\u200f"])
def test_nothing_turns_the_words_around(control):
    assert harmless(f"vote{control}oui") == "voteoui"
