"""The forms where themes, gathering and series are chosen: what they offer, keep and refuse."""

import re
import uuid

import pytest
from django.utils import timezone

from fabrique.actions.library import judge, shelf, write
from fabrique.actions.minutes.publish import read
from fabrique.domain.submission import Given
from fabrique.domain.tier import Tier
from fabrique.store.models import Resource, Series, Shelved, Theme
from tests.store.made import gathering, person
from tests.web.drawers import browser
from tests.web.test_editions import AFTER, edition, host, minutes  # noqa: F401 - fixtures

NOW = timezone.now()


def theme(title="Son"):
    return Theme.objects.create(slug=f"t-{uuid.uuid4().hex[:6]}", title=title)


def shelved(themes):
    made = Resource.objects.create(
        slug=f"kit-{uuid.uuid4().hex[:6]}",
        title="Kit",
        state="published",
        audience="guest",
        published_on=NOW.date(),
    )
    made.themes.set(themes)
    shelf.put(made)
    return made


@pytest.fixture
def ana():
    return person("Ana", tier=Tier.ADHERENT)


@pytest.fixture
def team():
    return person("Iris", roles=["staff"])


FORM = {
    "title": "Un kit",
    "summary": "Pour trier.",
    "body": "Un texte.",
    "kind": "resource",
    "format": "text",
    "language": "fr",
    "licence": "CC-BY-SA-4.0",
    "audience": "guest",
    "signs": "1",
}


def test_an_author_is_offered_what_they_may_read_and_sends_it(ana):
    known, hidden = theme("Sobriété"), theme("Cachée")
    shelved([known])
    about, secret = gathering("Café ouvert"), gathering("Café secret", state="prepared")
    page = browser(ana).get("/library/new/").content.decode()
    assert "Sobriété" in page
    assert "Café ouvert" in page
    assert not [one for one in (hidden.slug, "Café secret", str(secret.pk)) if one in page]
    assert 'name="themes"' not in page  # new ones come from the team
    chosen = {**FORM, "theme": [known.slug], "gathering": str(about.pk), "send": "1"}
    assert browser(ana).post("/library/new/", chosen).status_code == 302
    made = Resource.objects.get(submitter=ana)
    assert (made.state, made.gathering, list(made.themes.all())) == ("submitted", about, [known])


@pytest.mark.parametrize("more", ["theme", "themes", "gathering", "series"])
def test_what_was_not_offered_is_refused_and_what_was_typed_stays(ana, more):
    secret, hidden = gathering("Secret", state="prepared"), theme("Cachée")
    own = Series.objects.create(slug=f"s-{uuid.uuid4().hex[:6]}", title="Secrète", kind="monthly")
    type(secret).objects.filter(pk=secret.pk).update(series=own)
    sent = {
        "theme": hidden.slug,
        "themes": "Neuf",
        "gathering": str(secret.pk),
        "series": str(own.pk),
    }
    answer = browser(ana).post("/library/new/", {**FORM, more: sent[more]})
    assert answer.status_code == 400
    assert 'value="Un kit"' in answer.content.decode()
    assert not Resource.objects.filter(submitter=ana).exists()


def test_the_team_chooses_at_moderation_and_a_reader_finds_it_by_that(ana, team):
    made = write.begin(Given(**{k: v for k, v in FORM.items() if k != "signs"}), ana, NOW)
    write.submit(made, ana, NOW)
    known, about = theme("Sobriété"), gathering("Café ouvert")
    queue = browser(team).get("/team/resources/").content.decode()
    own = queue[queue.index(f'id="r-{made.pk}"') :].partition("</section>")[0]
    for one in (f'value="{known.slug}"', f'value="{about.pk}"', 'name="themes"'):
        assert one in own
    decided = {"resource": str(made.pk), "mark": judge.mark_of(made), "publish": "1"}
    new = f"Neuf {uuid.uuid4().hex[:6]}"
    where = {"theme": [known.slug], "themes": new, "gathering": str(about.pk)}
    assert browser(team).post("/team/resources/", {**decided, **where}).status_code == 302
    reader = browser(None).get(f"/library/?theme={known.slug}").content.decode()
    assert "Un kit" in reader
    assert f"{new} (1)" in reader
    made.refresh_from_db()
    assert new in browser(None).get(f"/library/r/{made.slug}/").content.decode()


def test_who_writes_minutes_sets_their_themes_and_readers_find_them(host, minutes, team):  # noqa: F811
    shelf.put_edition(*_edition(minutes))
    known = theme("Sobriété")
    shelved([known])
    page = f"/minutes/{minutes.pk}/publish/"
    chosen = {"do": "belong", "theme": [known.slug]}
    assert browser(host).post(page, chosen).status_code == 302
    reader = browser(None).get(f"/library/?theme={known.slug}&kind=minutes").content.decode()
    assert f"/library/{minutes.slug}/" in reader
    assert "Sobriété" in browser(None).get(f"/library/{minutes.slug}/").content.decode()
    assert re.search(rf'value="{known.slug}" checked', browser(host).get(page).content.decode())
    typed = {"do": "belong", "themes": "Neuf"}
    assert browser(host).post(page, typed).status_code == 400
    assert browser(team).post(page, typed).status_code == 302
    row = Shelved.objects.get(edition__minutes=minutes)
    assert [one.title for one in row.themes.all()] == ["Neuf"]


def _edition(minutes):  # noqa: F811
    made = edition(minutes, 1, AFTER, Tier.GUEST)
    return made, read(made)


def test_the_series_that_comes_from_the_gathering_is_said_and_not_asked(host, minutes):  # noqa: F811
    own = Series.objects.create(slug=f"s-{uuid.uuid4().hex[:6]}", title="Les cafés", kind="monthly")
    asked = browser(host).get(f"/minutes/{minutes.pk}/publish/").content.decode()
    type(minutes.gathering).objects.filter(pk=minutes.gathering.pk).update(series=own)
    told = browser(host).get(f"/minutes/{minutes.pk}/publish/").content.decode()
    assert "Les cafés" in told
    assert 'name="series"' not in told
    assert "Les cafés" not in asked
