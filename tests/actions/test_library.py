"""The shelf: what is found, by whom, and how much of each there is."""

import uuid
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from fabrique.actions.library import shelf
from fabrique.actions.library.look import PAGE, Asked, latest, look
from fabrique.actions.library.read import beside, signed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.tier import Tier
from fabrique.store.models import Resource, ResourceAuthor, Series, Shelved, Theme
from tests.store.made import gathering, person

GUEST = Viewer(None, timezone.localdate())


def seen(tier=Tier.ADHERENT, **fields):
    return Viewer(person(tier=tier, **fields), timezone.localdate())


def resource(title="Kit de tri", audience=Tier.ADHERENT, themes=(), **fields):
    given = {"state": "published", "published_on": date(2024, 5, 2), **fields}
    slug = f"kit-{uuid.uuid4().hex[:8]}"
    made = Resource.objects.create(slug=slug, title=title, audience=audience.value, **given)
    made.themes.set(themes)
    shelf.put(made)
    return made


def theme(title):
    return Theme.objects.create(slug=f"{title.lower()}-{uuid.uuid4().hex[:6]}", title=title)


def word():
    """A word that no other test writes."""
    return f"zq{uuid.uuid4().hex[:8]}"


def found(viewer, asked):
    return [one.shelved.resource for one in look(viewer, asked).found]


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Tier.ADHERENT, [Tier.ADHERENT]),
        (Tier.MEMBER, [Tier.ADHERENT, Tier.MEMBER]),
        (Tier.GUEST, [Tier.ADHERENT, Tier.MEMBER, Tier.GUEST]),
    ],
)
def test_a_text_is_found_and_counted_by_whom_it_is_for_alone(audience, readers):
    mark = word()
    made = resource(body=f"Un texte {mark}.", audience=audience)
    for tier in Tier:
        looking = GUEST if tier is Tier.GUEST else seen(tier)
        told = look(looking, Asked(mark))
        there = tier in readers
        assert [one.shelved.resource for one in told.found] == ([made] if there else [])
        assert told.total == there
        assert told.counts["kind"] == ({"resource": 1} if there else {})
    assert found(seen(Tier.GUEST, roles=["staff"]), Asked(mark)) == [made]


def test_accents_and_endings_do_not_hide_a_word_and_its_place_is_shown():
    mark = word()
    made = resource(body=f"{mark} : les scénographies éco-conçues de la saison.")
    told = look(seen(), Asked(f"{mark} SCENOGRAPHIES"))
    assert [one.shelved.resource for one in told.found] == [made]
    assert ("scénographies", True) in told.found[0].snippet


def test_operators_of_the_index_are_words_like_others():
    for typed in ('"', "NOT", "a* OR b", "title:kit", "^kit", "((", "NEAR(a b)", "%", "' --"):
        look(seen(), Asked(typed))


def test_each_facet_is_counted_among_what_the_others_let_through():
    mark, sound, light = word(), theme("Son"), theme("Lumière")
    resource(body=mark, kind="study", themes=[sound])
    resource(body=mark, kind="study", themes=[light])
    resource(body=mark, kind="tool", themes=[sound, light], format="template")
    told = look(seen(), Asked(mark, kind="study", theme=sound.slug))
    assert told.total == 1
    assert told.counts["kind"] == {"study": 1, "tool": 1}
    assert told.counts["theme"] == {sound.slug: 1, light.slug: 1}
    assert told.counts["format"] == {"text": 1}
    assert look(seen(), Asked(mark)).counts["theme"] == {sound.slug: 2, light.slug: 2}


def test_pages_hold_each_text_once():
    mark = word()
    made = [resource(body=f"{mark} {n}") for n in range(PAGE + 3)]
    pages = [found(seen(), Asked(mark, page=n)) for n in (1, 2)]
    assert [len(one) for one in pages] == [PAGE, 3]
    assert {one for page in pages for one in page} == set(made)
    assert look(seen(), Asked(mark, page=99)).page == 2


@pytest.mark.parametrize("state", ["draft", "submitted", "refused", "withdrawn"])
def test_what_is_not_published_is_on_no_shelf(state):
    mark = word()
    made = resource(body=mark)
    made.state = state
    made.save()
    shelf.put(made)
    assert not Shelved.objects.filter(resource=made).exists()
    assert found(seen(roles=["staff"]), Asked(mark)) == []


def test_what_came_last_on_the_shelf_comes_first_in_the_news_however_old_it_is():
    new = resource(audience=Tier.GUEST, published_on=date(2026, 1, 1))
    old = resource(audience=Tier.GUEST, published_on=date(2009, 1, 1))
    resource(audience=Tier.MEMBER)
    assert [one.shelved.resource for one in latest(GUEST, 2)] == [old, new]


def test_only_who_agreed_is_named_and_an_address_never_is():
    made = resource()
    silent, named = person("Sans accord"), person("Ana")
    nameless = person("Zed")
    nameless.name = ""
    nameless.save()
    ResourceAuthor.objects.create(resource=made, person=silent)
    ResourceAuthor.objects.create(resource=made, person=named, agreed=True)
    ResourceAuthor.objects.create(resource=made, person=nameless, agreed=True)
    ResourceAuthor.objects.create(resource=made, name="Collectif du Pré")
    assert signed(made) == ["Ana", "Collectif du Pré"]


def test_a_series_is_walked_through_what_one_may_read():
    series = Series.objects.create(slug=f"s-{word()}", title="Cahiers", kind="project")
    some = [
        resource(f"N° {n}", audience, series=series, published_on=date(2024, n, 1))
        for n, audience in ((1, Tier.GUEST), (2, Tier.ADHERENT), (3, Tier.GUEST))
    ]
    first = beside(some[0], GUEST)
    assert (first.before, first.after.resource, first.count) == (None, some[2], 2)
    assert beside(some[0], seen()).after.resource == some[1]


def test_a_gathering_that_one_may_not_see_names_nothing():
    mark = word()
    hidden = gathering(f"Secret {mark}", state="prepared")
    made = resource(body=mark, audience=Tier.GUEST, gathering=hidden)
    for address in (f"/library/?q={mark}", f"/library/r/{made.slug}/"):
        said = Client(SERVER_NAME="localhost").get(address).content.decode()
        assert made.title in said
        assert f"Secret {mark}" not in said
