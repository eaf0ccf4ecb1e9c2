"""Two editions compared: what stayed, came, went, or is said otherwise."""

from datetime import UTC, datetime

from msgspec import structs

from fabrique.domain.article import Article, Part, Passage
from fabrique.domain.difference import State, difference

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)


def article(*sentences, title="Café"):
    passages = tuple(Passage(one, "written") if isinstance(one, str) else one for one in sentences)
    return Article(title, "fr", AT, AT, "UTC", "", AT, 1, (), "0", (Part("Suite", passages),))


def states(before, after):
    return [one.state.value for one in difference(before, after).lines[1:]]


def said(words):
    return "".join(text for text, _ in words)


ONE, TWO, THREE = "Nous partons lundi matin.", "Il reste trente lieux à voir.", "Merci à toutes."


def test_the_same_text_has_no_difference():
    found = difference(article(ONE, TWO), article(ONE, TWO))
    assert {one.state for one in found.lines} == {State.KEPT}


def test_a_sentence_comes_and_another_goes():
    assert states(article(ONE, TWO), article(TWO, THREE)) == ["removed", "kept", "added"]


def test_a_sentence_said_otherwise_shows_the_words_of_each_side():
    found = difference(article(ONE, TWO), article(ONE.replace("lundi", "mardi"), TWO))
    line = found.lines[1]
    assert line.state is State.CHANGED
    assert [text for text, own in line.before if own] == ["lundi"]
    assert [text for text, own in line.after if own] == ["mardi"]
    assert (said(line.before), said(line.after)) == (ONE, ONE.replace("lundi", "mardi"))


def test_who_does_it_and_by_when_is_part_of_what_changes():
    action = Passage("Envoyer le tableau.", "action", owner="Ali", due="2027-01-31")
    later = structs.replace(action, due="2027-02-28")
    line = difference(article(action), article(later)).lines[1]
    assert line.state is State.CHANGED
    assert [text for text, own in line.after if own] == ["(2027-02-28)"]


def test_without_what_went_no_word_of_the_earlier_text_is_left():
    before = article(ONE, "Quelqu’un a dit zqsecret.", "Nous avons zqautre lieux.", title="zqtitre")
    after = article(ONE, "Nous avons trente lieux.", title="Café")
    found = difference(before, after)
    assert "zqsecret" in str(found)
    assert not [
        one for one in ("zqsecret", "zqautre", "zqtitre") if one in str(found.without_gone())
    ]
    assert "trente" in str(found.without_gone())


def test_what_a_part_is_called_counts():
    before, after = article(ONE), article(ONE)
    renamed = structs.replace(after, parts=(Part("Fin", after.parts[0].passages),))
    assert states(before, renamed) == ["changed"]
