from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.recut import LONGEST, recut

TIMES = st.integers(0, 40_000)
WORDS = st.lists(st.tuples(TIMES, TIMES, st.sampled_from([" oui", " non.", "’une", " ", " si,"])))


def spoken(text, each=400):
    """Give words one after the other, `each` milliseconds long."""
    return [(n * each, (n + 1) * each, f" {word}") for n, word in enumerate(text.split())]


def test_sentences_become_cues():
    words = spoken("Nous avons voté la date ce matin. Elle sera le douze mai au théâtre.")
    assert recut(words) == [
        (0, 2800, "Nous avons voté la date ce matin."),
        (2800, 5600, "Elle sera le douze mai au théâtre."),
    ]


def test_a_short_sentence_stays_with_the_next():
    words = spoken("Oui. Nous avons voté la date.")
    assert [text for *_, text in recut(words)] == ["Oui. Nous avons voté la date."]


def test_a_silence_ends_a_cue():
    assert recut([(0, 500, " Bonjour"), (1500, 2000, " à"), (2000, 2400, " tous")]) == [
        (0, 500, "Bonjour"),
        (1500, 2400, "à tous"),
    ]


def test_what_never_ends_is_cut_at_a_comma():
    words = spoken("un " * 19 + "deux, " + "trois " * 18)
    first, second = recut(words)
    assert first == (0, 8000, "un " * 19 + "deux,")
    assert second[0] == 8000


def test_pieces_of_a_word_stay_together():
    words = [(n * 500, n * 500 + 500, text) for n, text in enumerate([" aujourd", "'hui"] * 30)]
    assert {text.replace("aujourd'hui", "").strip() for *_, text in recut(words)} == {""}


@given(WORDS)
def test_cues_are_short_in_order_and_hold_every_word(words):
    cues = recut(words)
    assert all(0 < end - start <= LONGEST for start, end, _ in cues)
    assert all(one[1] <= other[0] for one, other in pairwise(cues))
    said = "".join("".join(text for *_, text in words).split())
    assert "".join("".join(text for *_, text in cues).split()) == said
