import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.transcript import LONGEST, Cue, Transcript, Word, cut, recut, spread


def words(*told):
    return [Word(start, end, text) for start, end, text in told]


def test_a_cue_ends_with_a_sentence_where_one_ends():
    said = words((0, 5000, "Bonjour."), (5100, 9000, "Nous"), (9000, 14_000, "commençons."))
    assert [one.text for one in cut(said)] == ["Bonjour.", "Nous commençons."]


def test_else_with_a_silence_then_a_comma():
    quiet = words(
        (0, 5000, "un,"), (5000, 7000, "deux"), (7900, 11_000, "trois"), (11_000, 13_000, "q")
    )
    assert [one.text for one in cut(quiet)] == ["un, deux", "trois q"]
    comma = words(
        (0, 5000, "un,"), (5000, 7000, "deux"), (7000, 11_000, "trois"), (11_000, 13_000, "q")
    )
    assert [one.text for one in cut(comma)] == ["un,", "deux trois q"]


def test_a_word_without_end_does_not_make_a_cue_without_end():
    assert cut(words((0, 90_000, "euh"))) == (Cue(0, LONGEST, "euh"),)


def test_nothing_makes_nothing():
    assert cut(()) == ()


@given(st.lists(st.tuples(st.integers(0, 20_000), st.sampled_from(["a", "b.", "c,", "«d»"]))))
def test_no_word_is_lost_and_no_cue_is_long(told):
    said, at = [], 0
    for length, text in told:
        said.append(Word(at, at + length, text))
        at += length
    cues = cut(said, "Ana")
    assert " ".join(one.text for one in cues) == " ".join(one.text for one in said)
    assert all(0 <= one.end - one.start <= LONGEST for one in cues)
    assert [one.start for one in cues] == sorted(one.start for one in cues)


def test_a_long_cue_is_cut_at_an_even_pace_and_a_short_one_is_left_alone():
    short = Cue(0, 3000, "Oui  bien sûr", "Bo")
    long = Cue(3000, 33_000, "Une phrase. " * 10, "Ana")
    first, *others = recut(Transcript((short, long), "fr")).cues
    assert first == short
    assert [len(one.text.split(". ")) for one in others] == [4, 4, 2]
    assert {one.speaker for one in others} == {"Ana"}
    assert (others[0].start, others[-1].end) == (3000, 33_000)


@pytest.mark.parametrize("text", ["", "   "])
def test_a_long_silence_keeps_its_cue(text):
    silent = Transcript((Cue(0, 60_000, text),))
    assert recut(silent) == silent
    assert spread(silent.cues[0]) == ()
