"""An export becomes articles: what was shown, nothing else, nothing twice; taken back whole."""

import threading
import time

import pytest
from django.utils import timezone

from fabrique.actions.intake import undo
from fabrique.actions.intake.articles import Choice, foresee, keep
from fabrique.actions.intake.undoing import changed_since
from fabrique.actions.library import look, shelf
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import (
    Batch,
    Happening,
    Redirect,
    Resource,
    ResourceAuthor,
    ResourceFile,
    Shelved,
    Taken,
    Theme,
)
from tests.importers.wordpress.exports import SITE, author, export, item, old, read
from tests.store.made import person

NOW = timezone.now()
NUMBERS = iter(range(100, 100_000, 10))


def nothing(_path):
    return False


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def site():
    return made()


def made(count=3, first=None, **said):
    """An export of its own, with two people who write."""
    first = next(NUMBERS) if first is None else first
    words = '<category domain="category" nicename="c"><![CDATA[Médiation {}]]></category>'
    items = [
        item(
            n,
            title=f"Billet {n}",
            link=f"{SITE}/2019/billet-{n}/",
            guid=f"{SITE}/?p={n}",
            slug=f"billet-{n}",
            creator=("lea", "omar")[n % 2],
            more=words.format(first) + old(f"vieux-{n}"),
            **said,
        )
        for n in range(first, first + count)
    ]
    people = author() + author("omar", "Omar Diallo", f"omar{first}@exemple.org")
    return read(export(*items, authors=people))


def kept(site, staff, choice=Choice(), content="x"):  # noqa: B008 - frozen
    return keep(content, site, choice, nothing, staff, timezone.now())


def tables():
    """Count all that an import could touch."""
    models = (Resource, ResourceAuthor, Redirect, Shelved, Theme, Batch, Taken, Happening)
    return [model.objects.count() for model in models]


def test_what_is_shown_is_what_is_made_and_showing_it_writes_nothing(site, staff):
    before = tables()
    choice = Choice(audience=Tier.MEMBER, named=frozenset({"omar"}))
    seen = foresee(site, choice, nothing)
    assert tables() == before
    batch = kept(site, staff, choice)
    rows = Resource.objects.filter(origin_batch=f"{batch.pk}")
    made = {
        (
            r.title,
            r.slug,
            r.origin_id,
            tuple(r.redirects.order_by("id").values_list("old_path", flat=True)),
        )
        for r in rows
    }
    assert made == {(c.piece.title, c.slug, c.mark, c.leads) for c in seen.comes}
    assert {r.audience for r in rows} == {"member"}
    assert {f"{r.published_on}" for r in rows} == {"2021-03-04"}
    assert sum(len(c.leads) for c in seen.comes) == seen.leads == 9
    for row in rows:
        omar = int(row.slug.rpartition("-")[2]) % 2 == 1
        named = [("Omar Diallo", True)] if omar else []
        assert list(row.authors.values_list("name", "agreed")) == named
        assert row.themes.get().title.startswith("Médiation")
        assert Shelved.objects.get(resource=row).audience == "member"


def test_the_same_export_twice_makes_nothing_double(site, staff):
    kept(site, staff)
    seen = foresee(site, Choice(), nothing)
    assert (seen.comes, len(seen.here)) == ((), 3)
    with pytest.raises(Invalid):
        kept(site, staff)
    first = int(site.pieces[0].title.split()[1])
    more = foresee(made(5, first), Choice(), nothing)
    assert (len(more.comes), len(more.here)) == (2, 3)


def test_two_who_import_at_once_import_once(site, staff):
    done = []

    def go():
        try:
            done.append(kept(site, staff))
        except Invalid:
            done.append(None)

    people = [threading.Thread(target=go) for _ in range(4)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert sum(one is not None for one in done) == 1
    marks = [one.mark for one in site.pieces]
    assert Resource.objects.filter(origin_id__in=marks).count() == 3


def test_nobody_is_named_without_their_agreement(staff):
    number = next(NUMBERS)
    site = made(2, number)
    here = person("Omar")
    here.email = f"omar{number}@exemple.org"
    here.save()
    wrote = {one.login: one for one in foresee(site, Choice(), nothing).authors}
    assert (wrote["omar"].person, wrote["omar"].agreed) == (here, False)
    assert (wrote["lea"].person, wrote["lea"].agreed) == (None, False)
    batch = kept(site, staff)
    rows = ResourceAuthor.objects.filter(resource__origin_batch=f"{batch.pk}")
    assert [(one.person, one.agreed, one.name) for one in rows] == [(here, False, "")]
    found = look.look(Viewer(staff, timezone.localdate()), look.Asked(words="Omar Diallo"))
    own = set(Resource.objects.filter(origin_batch=f"{batch.pk}"))
    assert not own & {one.shelved.resource for one in found.found}


def test_pages_come_only_if_they_are_wanted(staff):
    site = made(2, kind="page")
    assert len(foresee(site, Choice(), nothing).aside) == 2
    batch = kept(site, staff, Choice(pages=True))
    rows = Resource.objects.filter(origin_batch=f"{batch.pk}")
    assert [one.kind for one in rows] == ["resource", "resource"]


def test_an_address_that_is_ours_or_leads_elsewhere_does_not_lead_here(site, staff):
    first = site.pieces[0].paths[0]
    seen = foresee(site, Choice(), lambda path: path == first)
    assert seen.lost == ((first, site.pieces[0].title),)
    assert first not in seen.comes[0].leads
    kept(site, staff)
    number = next(NUMBERS)
    twin = read(export(item(number, link=f"{SITE}{site.pieces[1].paths[0]}/")))
    (one,) = foresee(twin, Choice(), nothing).comes
    assert one.leads == (f"/?p={number}",)


def test_it_is_taken_back_whole(site, staff):
    before = tables()[:5]
    batch = kept(site, staff)
    slugs = [one.slug for one in Resource.objects.filter(origin_batch=f"{batch.pk}")]
    done = undo(batch, staff, timezone.now())
    assert (done.gone, done.back, done.stays) == (3, 0, 0)
    assert tables()[:5] == before
    assert not Resource.objects.filter(slug__in=slugs).exists()
    with pytest.raises(Invalid):
        undo(batch, staff, timezone.now())
    kept(site, staff)  # and comes again


@pytest.mark.parametrize("all_of_it", [False, True])
def test_what_somebody_changed_or_used_since_stays_unless_told(site, staff, all_of_it):
    batch = kept(site, staff)
    edited, used, asleep = Resource.objects.filter(origin_batch=f"{batch.pk}").order_by("slug")
    edited.title, edited.updated_at = "Autre titre", timezone.now()
    edited.save()
    shelf.put(edited)
    ResourceFile.objects.create(resource=used, title="a", kind="pdf", sha256="0" * 64, size=1)
    assert {one.pk for one in changed_since(batch)} == {edited.pk, used.pk}
    done = undo(batch, staff, timezone.now(), changed=all_of_it)
    assert (done.gone, done.stays) == ((3, 0) if all_of_it else (1, 2))
    left = set(Resource.objects.filter(origin_batch=f"{batch.pk}").values_list("pk", flat=True))
    assert left == (set() if all_of_it else {edited.pk, used.pk})
    assert not Shelved.objects.filter(resource=asleep).exists()
    assert Theme.objects.filter(title__endswith=f"{site.pieces[0].words[0][-3:]}").exists() == (
        not all_of_it
    )


def test_a_slug_that_is_taken_gets_a_number(staff):
    number = next(NUMBERS)
    kept(made(1, number), staff)
    twin = read(export(item(number + 5, link=f"{SITE}/autre/billet-{number}/")))
    (one,) = foresee(twin, Choice(), nothing).comes
    assert one.slug == f"billet-{number}-2"


def test_a_thousand_articles_hold_nobody_up_for_long(staff):
    site = made(1000, 50_000)
    assert len(site.pieces) == 1000
    began = time.monotonic()
    batch = kept(site, staff)
    assert time.monotonic() - began < 20
    undo(batch, staff, timezone.now())
