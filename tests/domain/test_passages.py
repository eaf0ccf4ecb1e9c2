from fabrique.domain.passages import passages
from fabrique.domain.transcript import Cue


def said(*cues):
    told = [Cue(n * 1000, n * 1000 + 900, text, who) for n, (who, text) in enumerate(cues)]
    return [(one.cue, one.speaker, one.text) for one in passages(told)]


def test_a_sentence_goes_on_over_cues_of_the_same_voice_alone():
    assert said(("A", "Un. Deux"), ("A", "trois ? Et"), ("B", "quatre")) == [
        (1, "A", "Un."),
        (1, "A", "Deux trois ?"),
        (2, "A", "Et"),
        (3, "B", "quatre"),
    ]


def test_a_sentence_without_end_is_cut_where_it_can_still_be_quoted():
    assert [one[0] for one in said(*[("A", "mot")] * 10)] == [1, 5, 9]


def test_a_sentence_begins_with_its_first_word():
    assert said(("A", "— 👍"), ("A", "Oui, demain.")) == [(2, "A", "Oui, demain.")]
    assert said(("A", "…"), ("B", "👍")) == []
