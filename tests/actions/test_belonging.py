"""Themes, gathering and series of a text: chosen among what one may read, counted at once."""
# ruff: noqa: F811 - fixtures of another file

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions import series as verbs
from fabrique.actions.history import past_of
from fabrique.actions.library import judge, write
from fabrique.actions.library.belonging import move_minutes, of_row, offered, settle
from fabrique.actions.library.look import Asked, look
from fabrique.actions.library.read import beside
from fabrique.domain.belonging import Belonging
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Gathering, Series, Shelved, Theme
from tests.actions.test_library import resource, theme, word
from tests.actions.test_minutes import head, minutes, published, zoe  # noqa: F401 - fixtures
from tests.actions.test_submission import ana, given, seen, sent, team  # noqa: F401 - fixtures
from tests.store.made import gathering, person

NOW = timezone.now()


def a_series(title="Cafés"):
    return Series.objects.create(slug=f"s-{uuid.uuid4().hex[:8]}", title=title, kind="monthly")


def counts(viewer, words):
    return look(viewer, Asked(words)).counts


def test_an_author_chooses_among_the_themes_that_they_may_read_and_types_none(ana, team):
    known, hidden = theme("Son"), theme("Secret")
    resource(themes=[known])
    draft = write.begin(given(themes=""), person("Bo"), NOW)
    draft.themes.set([hidden])
    looking = seen(ana)
    themes = offered(looking, None).themes
    assert known in themes
    assert hidden not in themes
    assert hidden in offered(seen(team), None).themes
    for wanted in ({"chosen": (hidden.slug,)}, {"chosen": ("ailleurs",)}, {"themes": "Neuf"}):
        with pytest.raises(Invalid) as refused:
            settle(Belonging(**wanted), looking, None)
        assert refused.value.where == "themes"
    assert settle(Belonging(chosen=(known.slug,)), looking, None).chosen == (known.slug,)
    assert settle(Belonging(themes="Neuf"), seen(team), None).themes == "Neuf"


def test_what_one_may_not_see_is_not_offered_and_stays_as_it_is(ana, team):
    secret, near = gathering("Secret", state="prepared"), gathering("Café")
    of_secret, of_near = a_series(), a_series()
    Gathering.objects.filter(pk=secret.pk).update(series=of_secret)
    Gathering.objects.filter(pk=near.pk).update(series=of_near)
    looking = seen(ana)
    some = offered(looking, None)
    assert near in some.gatherings
    assert secret not in some.gatherings
    assert of_near in some.series
    assert of_secret not in some.series
    assert {secret, near} <= set(offered(seen(team), None).gatherings)
    for hidden in ({"gathering": str(secret.pk)}, {"series": str(of_secret.pk)}):
        with pytest.raises(Invalid):
            settle(Belonging(**hidden), looking, None)
    for nonsense in ("x", "²", "999999", str(uuid.uuid4())):
        for name in ("gathering", "series"):
            with pytest.raises(Invalid):
                settle(Belonging(**{name: nonsense}), seen(team), None)
    made = write.begin(given(gathering=str(secret.pk), series=str(of_secret.pk)), ana, NOW)
    kept = settle(Belonging(), looking, made)
    assert (kept.gathering, kept.series) == (str(secret.pk), str(of_secret.pk))
    assert settle(Belonging(), seen(team), made) == Belonging()
    moved = settle(Belonging(gathering=str(near.pk)), looking, made)
    assert moved.gathering == str(near.pk)


def test_what_the_team_chooses_at_moderation_is_found_and_counted(ana, team):
    mark, own, about, cafes = word(), theme("Son"), gathering("Café"), a_series()
    made = sent(ana, body=mark, themes="", gathering=str(gathering("Autre").pk))
    wanted = Belonging(
        chosen=(own.slug,), themes="Billetterie", gathering=str(about.pk), series=str(cafes.pk)
    )
    decided = judge.Decided(judge.mark_of(made), "", settle(wanted, seen(team), made))
    judge.publish(made, decided, team, NOW)
    fresh = Theme.objects.get(title="Billetterie")
    told = counts(seen(ana), mark)
    assert told["theme"] == {own.slug: 1, fresh.slug: 1}
    assert told["gathering"] == {about.slug: 1}
    assert told["series"] == {cafes.slug: 1}
    assert of_row(made).gathering == str(about.pk)


def test_the_team_decides_where_proposed_changes_stand_too(ana, team):
    mark, own = word(), theme("Son")
    made = sent(ana, body=mark, themes="")
    judge.publish(made, judge.Decided(judge.mark_of(made)), team, NOW)
    changed = structs.replace(write.said(made), title="Autre titre")
    write.save(made, changed, ana, NOW, team=False)
    decided = judge.Decided(judge.mark_of(made), "", Belonging(chosen=(own.slug,)))
    judge.publish(made, decided, team, NOW)
    assert made.title == "Autre titre"
    assert counts(seen(ana), mark)["theme"] == {own.slug: 1}


def test_a_theme_with_a_comma_in_it_stays_one(ana):
    own = theme("Son, lumière")
    made = write.begin(given(themes="", chosen=(own.slug,)), ana, NOW)
    write.save(made, write.said(made), ana, NOW, team=False)
    assert [one.title for one in made.themes.all()] == ["Son, lumière"]


def test_a_series_and_a_gathering_that_one_may_not_see_narrow_and_count_nothing(ana, team):
    mark, hidden, secret = word(), a_series("Secrète"), gathering("Secret", state="prepared")
    Gathering.objects.filter(pk=secret.pk).update(series=hidden)
    made = resource(body=mark, audience=Tier.ADHERENT, gathering=secret, series=hidden)
    resource(body=mark, audience=Tier.ADHERENT, series=hidden)
    for who, n in ((seen(ana), 0), (seen(team), 2)):
        told = counts(who, mark)
        assert told["series"] == ({hidden.slug: n} if n else {})
        assert told["gathering"] == ({secret.slug: 1} if n else {})
        assert look(who, Asked(mark, series=hidden.slug)).total == n
        assert beside(made, who).count == n


def test_the_series_of_a_gathering_is_that_of_its_texts(ana, team):
    mark, about = word(), gathering("Café")
    made = resource(body=mark, gathering=about, series=a_series("La sienne"))
    begun = verbs.begin(about, "monthly", "Cafés du mardi", team)
    assert counts(seen(ana), mark)["series"] == {begun.slug: 1}
    made.refresh_from_db()
    assert made.of_series == begun


def test_minutes_change_shelf_at_once_and_who_stands_by_them_still_does(minutes, zoe, team):
    published(minutes, zoe)
    own, cafes = theme("Son"), a_series()
    wanted = Belonging(chosen=(own.slug,), themes="Récit", series=str(cafes.pk))
    before = minutes.version
    move_minutes(minutes, wanted, team)
    assert (minutes.stage, minutes.version, minutes.validated_by) == ("published", before, zoe)
    row = Shelved.objects.get(edition__minutes=minutes)
    assert {one.title for one in row.themes.all()} == {own.title, "Récit"}
    assert row.series == cafes
    assert past_of(minutes).last().verb == "minutes.belongs"
    move_minutes(minutes, Belonging(), team)
    row.refresh_from_db()
    assert (row.series, row.themes.count()) == (None, 0)


def test_a_later_edition_keeps_the_series_of_its_minutes(minutes, zoe, team):
    cafes = a_series()
    move_minutes(minutes, Belonging(series=str(cafes.pk)), team)
    published(minutes, zoe)
    assert Shelved.objects.get(edition__minutes=minutes).series == cafes


def test_the_last_gatherings_come_first(team):
    old, new = gathering("Avant", days=-400), gathering("Après", days=4000)
    found = list(offered(seen(team), None).gatherings)
    assert found.index(new) == 0
    assert old not in found or found.index(old) > 0
    assert new.starts_at - old.starts_at > timedelta(days=4000)
