"""A text on its way to the library: written, read by the team, published or not, changed, rated."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions.forget import forget, held
from fabrique.actions.library import judge, opinions, write
from fabrique.actions.library.look import Asked, look
from fabrique.actions.library.read import signed
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.belonging import themes_of
from fabrique.domain.resource import State
from fabrique.domain.submission import Given, names_of
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Dispatch, Resource
from tests.store.made import person

NOW = timezone.now()


def seen(somebody=None):
    return Viewer(somebody, timezone.localdate())


@pytest.fixture
def ana():
    return person("Ana", tier=Tier.ADHERENT)


@pytest.fixture
def team():
    return person("Iris", roles=["staff"])


def given(**fields):
    words = {
        "title": f"Kit de tri {uuid.uuid4().hex[:6]}",
        "summary": "Pour trier ses outils à plusieurs.",
        "body": f"Un texte zq{uuid.uuid4().hex[:8]}.",
        "themes": "Sobriété numérique, médiation",
        "names": "Collectif du Pré",
        "signs": True,
    }
    return Given(**(words | fields))


def draft(by, **fields):
    return write.begin(given(**fields), by, NOW)


def sent(by, **fields):
    made = draft(by, **fields)
    write.submit(made, by, NOW)
    return made


def published(by, team, word="", **fields):
    made = sent(by, **fields)
    judge.publish(made, judge.Decided(judge.mark_of(made), word), team, NOW)
    return made


def found(made, viewer):
    word = made.body.split()[-1].strip(".")
    return [one.shelved.resource for one in look(viewer, Asked(word)).found]


def letters(to):
    return list(Dispatch.objects.filter(to=to.email).values_list("subject", "state"))


def test_a_text_goes_from_its_author_by_the_team_to_its_readers(ana, team):
    made = sent(ana)
    assert found(made, seen(ana)) == []
    assert made in write.waiting()
    assert (f"À lire : {made.title}", "released") in letters(team)
    judge.publish(made, judge.Decided(judge.mark_of(made), "Merci !"), team, NOW)
    assert (made.state, made.published_on) == ("published", timezone.localdate())
    assert made.slug.startswith("kit-de-tri")
    assert found(made, seen(person(tier=Tier.ADHERENT))) == [made]
    assert found(made, seen(person())) == []
    assert signed(made) == ["Ana", "Collectif du Pré"]
    assert len(letters(ana)) == 1
    assert made not in write.waiting()


def test_a_refusal_says_why_and_its_author_goes_on(ana, team):
    made = sent(ana)
    with pytest.raises(Invalid):
        judge.refuse(made, judge.Decided(judge.mark_of(made), "  "), team, NOW)
    judge.refuse(
        made, judge.Decided(judge.mark_of(made), "Il manque la source des chiffres."), team, NOW
    )
    (letter,) = Dispatch.objects.filter(to=ana.email)
    assert "Il manque la source des chiffres." in letter.body
    write.save(made, given(title="Kit de tri, avec sources"), ana, NOW, team=False)
    write.submit(made, ana, NOW + timedelta(hours=1))
    assert made.state == "submitted"


@pytest.mark.parametrize("empty", ["summary", "body"])
def test_what_says_nothing_is_not_sent(ana, empty):
    made = draft(ana, **{empty: ""})
    with pytest.raises(Invalid):
        write.submit(made, ana, NOW)
    assert Resource.objects.get(pk=made.pk).state == "draft"


def test_what_the_author_changes_waits_while_the_published_text_stays(ana, team):
    made = published(ana, team)
    before = made.title
    fresh = structs.replace(
        write.said(made), title="Tout autre chose", chosen=(), themes="Billetterie"
    )
    write.save(made, fresh, ana, NOW + timedelta(days=1), team=False)
    assert (made.title, write.said(made).title) == (before, "Tout autre chose")
    assert found(made, seen(ana)) == [made]
    assert made in write.waiting()
    judge.refuse(
        made, judge.Decided(judge.mark_of(made), "Le premier titre disait mieux."), team, NOW
    )
    assert (made.title, made.state, made.proposed) == (before, "published", {})
    write.save(made, fresh, ana, NOW + timedelta(days=2), team=False)
    judge.publish(made, judge.Decided(judge.mark_of(made), ""), team, NOW + timedelta(days=3))
    assert (made.title, made.proposed) == ("Tout autre chose", {})
    assert [one.title for one in made.themes.all()] == ["Billetterie"]


def test_the_team_publishes_what_it_read_and_nothing_else(ana, team):
    made = published(ana, team)
    write.save(made, given(title="Ce que l’équipe a lu"), ana, NOW, team=False)
    read = judge.mark_of(made)
    write.save(made, given(title="Glissé après"), ana, NOW + timedelta(minutes=1), team=False)
    with pytest.raises(Invalid):
        judge.publish(made, judge.Decided(read, ""), team, NOW)
    assert Resource.objects.get(pk=made.pk).title not in ("Ce que l’équipe a lu", "Glissé après")


def test_a_text_the_team_reads_does_not_change_under_its_eyes(ana):
    made = sent(ana)
    with pytest.raises(Invalid):
        write.save(made, given(title="Autre"), ana, NOW, team=False)
    write.take_back(made, ana)
    write.save(made, given(title="Autre"), ana, NOW, team=False)
    assert made.title == "Autre"


def test_what_is_withdrawn_is_found_by_nobody_and_can_be_put_back(ana, team):
    made = published(ana, team, audience="guest")
    judge.withdraw(made, "Une autrice le demande.", team, NOW)
    assert found(made, seen(team)) == []
    assert not allowed(seen(person(tier=Tier.ADHERENT)), "resource:read", made)
    assert not allowed(seen(ana), "resource:write", made)
    judge.restore(made, team)
    assert found(made, seen()) == [made]


@pytest.mark.parametrize("state", State)
def test_who_reads_and_writes_a_text_in_each_state(ana, team, state):
    made = draft(ana, audience="guest")
    made.state = state.value
    other, nobody = seen(person(tier=Tier.ADHERENT)), seen()
    is_out = state is State.PUBLISHED
    assert [allowed(one, "resource:read", made) for one in (other, nobody)] == [is_out, is_out]
    assert [allowed(one, "resource:write", made) for one in (other, nobody)] == [False, False]
    assert allowed(seen(ana), "resource:read", made)
    assert allowed(seen(ana), "resource:write", made) is (state is not State.WITHDRAWN)
    assert allowed(seen(team), "resource:write", made)


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"kind": "poem"},
        {"licence": "MIT"},
        {"audience": "world"},
        {"link": "javascript:alert(1)"},
        {"link": "https://"},
        {"published_on": "2999-01-01"},
        {"published_on": "hier"},
        {"themes": ",".join(f"thème {n}" for n in range(9))},
        {"body": "\x00"},
    ],
)
def test_what_cannot_be_kept_is_said_and_nothing_is(ana, wrong):
    with pytest.raises(Invalid):
        draft(ana, **wrong)
    assert not write.mine(ana).exists()


def test_themes_and_names_are_each_once():
    words = given(themes="Médiation,  mediation ; Son,", names="Ana\n\nana\nBo")
    assert themes_of(words) == ["Médiation", "Son"]
    assert names_of(words) == ["Ana", "Bo"]


def test_stars_are_one_each_and_say_no_average_below_three(ana, team):
    made = published(ana, team, kind="tool")
    some = [person() for _ in range(3)]
    for one, stars in zip(some, (5, 4, 1), strict=True):
        opinions.rate(made, 2, one, NOW)
        opinions.rate(made, stars, one, NOW)
    told = opinions.stars(made)
    assert told.counts == ((5, 1), (4, 1), (3, 0), (2, 0), (1, 1))
    assert (told.total, round(told.average, 2)) == (3, 3.33)
    opinions.rate(made, 0, some[0], NOW)
    assert (opinions.stars(made).total, opinions.stars(made).average) == (2, None)
    with pytest.raises(Invalid):
        opinions.rate(made, 6, some[1], NOW)


def test_only_a_published_tool_is_judged_and_by_whoever_reads_it(ana, team):
    tool, text = published(ana, team, kind="tool"), published(ana, team)
    reader, member = seen(person(tier=Tier.ADHERENT)), seen(person())
    assert allowed(reader, "resource:judge", tool)
    assert not allowed(reader, "resource:judge", text)
    assert not allowed(member, "resource:judge", tool)
    assert not allowed(
        seen(), "resource:judge", published(ana, team, kind="tool", audience="guest")
    )
    assert not allowed(seen(ana), "resource:judge", draft(ana, kind="tool"))


def test_a_hidden_comment_is_read_by_its_author_and_the_team(ana, team):
    made = published(ana, team, kind="tool", audience="guest")
    bo = person("Bo")
    said = opinions.comment(made, "Très utile chez nous.", bo, NOW)
    assert list(opinions.heard(made, seen())) == [said]
    opinions.report(said, "C’est une publicité.", ana, NOW)
    assert said in opinions.reported()
    opinions.hide(said, "Publicité.", team, NOW)
    readers = (seen(), seen(ana), seen(bo), seen(team))
    assert [list(opinions.heard(made, one)) for one in readers] == [[], [], [said], [said]]
    opinions.show(said, team)
    assert list(opinions.heard(made, seen())) == [said]
    assert not allowed(seen(ana), "comment:drop", said)
    opinions.drop(said, bo)
    assert list(opinions.heard(made, seen())) == []


def test_what_somebody_said_is_given_to_them_and_goes_with_them(ana, team):
    made = published(ana, team, kind="tool")
    bo = person("Bo", tier=Tier.ADHERENT)
    opinions.comment(made, "Un mot zqintime.", bo, NOW)
    opinions.rate(made, 5, bo, NOW)
    told = held(bo)
    assert told["comment"][0]["body"] == "Un mot zqintime."
    assert told["rating"][0]["stars"] == 5
    forget(bo, NOW)
    forget(ana, NOW)
    made.refresh_from_db()
    assert (made.state, made.submitter, signed(made)) == ("published", None, ["Collectif du Pré"])
    assert opinions.stars(made).total == 0
    assert list(opinions.heard(made, seen(team))) == []
