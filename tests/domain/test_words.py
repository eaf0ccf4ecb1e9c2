import pytest

from fabrique.domain.text import Invalid
from fabrique.domain.words import mark
from tests.activities.pools import Pool


def cloud(*said):
    found = Pool("word_cloud")
    for who, text in said:
        found.ask("answer", who, text=text)
    return found


def counted(found):
    return [(one["label"], one["people"]) for one in found.result()["words"]]


def test_a_facilitator_counts_words_together_and_apart_again():
    found = cloud(("ana", "affiche"), ("bo", "affiches"), ("cy", "tract"), ("ana", "affiches"))
    before = found.result()
    assert counted(found) == [("affiches", 3), ("affiche", 1), ("tract", 1)]
    assert found.ask("merge", item=mark("affiche"), onto=mark("affiches")) is None
    assert counted(found) == [("affiches", 3), ("tract", 1)]  # people, each once
    assert found.result()["words"][0]["forms"] == {"affiche": 1, "affiches": 2}
    assert found.ask("merge", item=mark("Affiche"), onto=mark("affiches")) == "itself"
    found.ask("merge", item=mark("tract"), onto=mark("affiche"))  # onto what is under another
    assert counted(found) == [("affiches", 4)]
    found.ask("split", item=mark("affiches"))
    assert found.result() == before


def test_a_hidden_word_leaves_the_cloud_and_is_counted():
    found = cloud(("ana", "zut"), ("bo", "élan"))
    found.ask("hide", item=mark("Zut !"))
    assert counted(found) == [("élan", 2)]
    assert (found.result()["hidden"], found.kind.entries(found.run)) == (1, 2)
    assert [one.label for one in found.figures("console").hidden] == ["zut"]
    assert "zut" not in repr(found.journal[-1])
    assert any("hidden" in one for one in found.said())
    found.ask("restore", item=mark("zut"))
    assert ("zut", 1) in counted(found)


def test_variants_are_proposed_and_never_counted_together_by_themselves():
    found = cloud(("ana", "affiche"), ("bo", "affiches"), ("cy", "engagée"), ("ana", "engagé"))
    assert len(counted(found)) == 4
    # The most said first: Bo is two people; at equality, in order of code point.
    near = found.figures("console").variants
    assert {(one.label, other.label) for one, other in near} == {
        ("affiche", "affiches"),
        ("engagée", "engagé"),
    }


def test_only_the_facilitator_does_it_and_only_to_what_was_said():
    found = cloud(("ana", "élan"))
    assert found.ask("hide", "ana", item=mark("élan")) == "role"
    with pytest.raises(Invalid):
        found.ask("hide", item=mark("jamais dit"))
    with pytest.raises(Invalid):
        found.ask("merge", item=mark("élan"), onto=mark("jamais dit"))
