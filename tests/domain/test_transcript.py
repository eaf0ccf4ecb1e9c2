import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.recut import LONGEST, recut, shortened
from fabrique.domain.transcript import Cue, Transcript


def words(*told):
    return [(start, end, f" {text}") for start, end, text in told]


def texts(said):
    return [text for *_, text in recut(said, shortest=LONGEST)]


def test_a_cue_ends_with_a_sentence_where_one_ends():
    said = words((0, 5000, "Bonjour."), (5100, 9000, "Nous"), (9000, 14_000, "commençons."))
    assert texts(said) == ["Bonjour.", "Nous commençons."]


def test_else_with_a_silence_then_a_comma():
    quiet = words(
        (0, 5000, "un,"), (5000, 7000, "deux"), (7900, 11_000, "trois"), (11_000, 13_000, "q")
    )
    assert texts(quiet) == ["un, deux", "trois q"]
    comma = words(
        (0, 5000, "un,"), (5000, 7000, "deux"), (7000, 11_000, "trois"), (11_000, 13_000, "q")
    )
    assert texts(comma) == ["un,", "deux trois q"]


def test_a_better_place_to_cut_is_not_worth_a_shred():
    said = words((0, 900, "Oui."), *((n, n + 1000, "et") for n in range(900, 13_000, 1000)))
    assert len(texts(said)[0].split()) == 12


def test_a_word_without_end_does_not_make_a_cue_without_end():
    assert recut(words((0, 90_000, "euh"))) == [(0, LONGEST, "euh")]


def test_nothing_makes_nothing():
    assert recut(()) == []


@given(st.lists(st.tuples(st.integers(1, 20_000), st.sampled_from(["a", "b.", "c,", "«d»"]))))
def test_no_word_of_a_file_is_lost_and_no_cue_is_long(told):
    said = Cue(0, sum(length for length, _ in told), " ".join(text for _, text in told), "Ana")
    cues = shortened(Transcript((said,))).cues
    assert " ".join(one.text for one in cues) == said.text
    assert all(0 <= one.end - one.start <= LONGEST for one in cues) or not told
    assert [one.start for one in cues] == sorted(one.start for one in cues)
    assert {one.speaker for one in cues} == {"Ana"}


def test_a_long_cue_is_cut_at_an_even_pace_and_a_short_one_is_left_alone():
    short = Cue(0, 3000, "Oui  bien sûr", "Bo")
    long = Cue(3000, 33_000, "Une phrase. " * 10, "Ana")
    first, *others = shortened(Transcript((short, long), "fr")).cues
    assert first == short
    assert [len(one.text.split(". ")) for one in others] == [4, 4, 2]
    assert {one.speaker for one in others} == {"Ana"}
    assert (others[0].start, others[-1].end) == (3000, 33_000)


@pytest.mark.parametrize("text", ["", "   "])
def test_a_long_silence_keeps_its_cue(text):
    silent = Transcript((Cue(0, 60_000, text),))
    assert shortened(silent) == silent
