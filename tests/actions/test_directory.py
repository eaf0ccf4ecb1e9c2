from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fabrique.actions.directory import Wanted, find, offered, seen_of
from fabrique.actions.profile import Said, make_cards, remind_yearly, save, structure_named
from fabrique.domain.profile import FIELDS, LONGEST_TEXT
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Card, Dispatch, Happening, Person, Structure
from tests.store.made import person

NOW = timezone.now()


@pytest.fixture(autouse=True)
def _nobody_else():
    Card.objects.all().delete()


def said(**more):
    given = {"name": "Zoé Été", "structure": "Théâtre d’Essai", "trade": "Régisseuse", "level": ""}
    given |= {"territory": "Île-de-France", "texts": {"brings": "La lumière"}, "shown": {}}
    return Said(**(given | more))


def names(tier, **wanted):
    return [one.name for one in find(tier, Wanted(**wanted)).cards]


def test_a_profile_shows_line_by_line_to_whom_it_says():
    somebody = person("Zoé")
    shown = {"name": "member", "trade": "adherent", "structure": "guest", "brings": "member"}
    save(somebody, said(shown=shown), NOW)
    assert names(Tier.GUEST) == []
    assert names(Tier.MEMBER) == ["Zoé Été"]
    assert seen_of(somebody, Tier.MEMBER) == {"name", "structure", "brings"}
    assert seen_of(somebody, Tier.ADHERENT) == {"name", "structure", "brings", "trade"}
    (seen,) = find(Tier.MEMBER, Wanted()).cards
    assert (seen.trade, seen.territory, seen.structure.name) == ("", "", "Théâtre d’Essai")
    somebody.refresh_from_db()
    assert somebody.profile_at == NOW
    assert Happening.objects.filter(about=f"person:{somebody.pk}", verb="profile.saved").exists()


def test_what_is_hidden_is_not_found_by_searching_or_filtering_either():
    somebody = person("Zoé")
    save(somebody, said(shown={"name": "guest", "territory": "adherent"}), NOW)
    for words in ("regisseuse", "ile-de-france", "lumiere", "essai", somebody.email):
        assert names(Tier.GUEST, words=words) == []
    assert names(Tier.GUEST, trade="Régisseuse") == []
    assert names(Tier.MEMBER, territory="Île-de-France") == []
    assert names(Tier.ADHERENT, territory="ile-de-france") == ["Zoé Été"]
    assert offered(Tier.MEMBER, "territory") == []
    assert offered(Tier.ADHERENT, "territory") == ["Île-de-France"]
    assert names(Tier.GUEST, structure=somebody.structure_id) == []


def test_accents_case_and_order_of_words_do_not_count():
    save(person(), said(shown=dict.fromkeys(FIELDS, "guest")), NOW)
    for words in ("ÉTÉ zoe", "regisseuse lumiere", "theatre d'essai"):
        assert names(Tier.GUEST, words=words) == ["Zoé Été"]
    assert names(Tier.GUEST, words="zoe absente") == []


def test_hiding_again_is_at_once_and_so_is_a_rest():
    somebody = person("Zoé")
    save(somebody, said(shown={"name": "guest"}), NOW)
    save(somebody, said(shown={}), NOW)
    assert names(Tier.ADHERENT) == []
    save(somebody, said(shown={"name": "guest"}), NOW)
    somebody.is_active = False
    make_cards([somebody])
    assert names(Tier.ADHERENT) == []
    assert seen_of(somebody, Tier.ADHERENT) == frozenset()


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"name": "  "}, "name"),
        ({"name": "x" * 201}, "name"),
        ({"level": "queen"}, "level"),
        ({"trade": "x" * 101}, "trade"),
        ({"texts": {"seeks": "x" * (LONGEST_TEXT + 1)}}, "seeks"),
    ],
)
def test_what_cannot_be_kept_changes_nothing(wrong, where):
    somebody = person("Zoé")
    with pytest.raises(Invalid) as refused:
        save(somebody, said(**wrong), NOW)
    assert refused.value.where == where
    assert Person.objects.get(pk=somebody.pk).profile_at is None


def test_a_structure_is_found_again_whatever_its_case_and_accents():
    made = structure_named("Théâtre du Nord-Est")
    assert structure_named("  THEATRE du   nord-est ") == made
    assert structure_named("") is None
    assert Structure.objects.filter(name__icontains="nord-est").count() == 1


def test_one_row_or_three_cost_the_same():
    counts = []
    for n in (1, 2):
        for _ in range(n):
            save(person(), said(shown=dict.fromkeys(FIELDS, "guest")), NOW)
        with CaptureQueriesContext(connection) as asked:
            found = find(Tier.GUEST, Wanted(words="zoe"))
            assert [one.structure.name for one in found.cards]
        counts.append(len(asked))
    assert counts == [2, 2]


def test_pages_are_whole_and_in_the_order_of_names():
    for n in range(30):
        save(person(), said(name=f"Personne {n:02}", shown={"name": "guest"}), NOW)
    first, second = find(Tier.GUEST, Wanted(), 1), find(Tier.GUEST, Wanted(), 2)
    assert (first.count, first.pages, len(first.cards), len(second.cards)) == (30, 2, 24, 6)
    seen = [one.name for one in (*first.cards, *second.cards)]
    assert seen == sorted(seen)
    assert find(Tier.GUEST, Wanted(), 99).page == 2


def test_a_reminder_a_year_to_those_who_show_something():
    late, lately, silent = person(), person(), person()
    for one, shown in ((late, {"name": "guest"}), (lately, {"name": "guest"}), (silent, {})):
        save(one, said(shown=shown), NOW - timedelta(days=400))
    save(lately, said(shown={"name": "guest"}), NOW - timedelta(days=10))
    for _ in range(2):
        remind_yearly(NOW)
    mine = Dispatch.objects.filter(key=f"profile:{late.pk}:{NOW.year}")
    assert [(row.to, row.state) for row in mine] == [(late.email, "released")]
    assert "/me/" in mine[0].body
    assert not Dispatch.objects.filter(to__in=[lately.email, silent.email]).exists()
