# ruff: noqa: F811 - fixtures of another file
"""The quick lane: one page, the same rules; all of it is kept, or nothing."""

import pytest

from fabrique.actions.minutes import locks, quick, review
from fabrique.actions.minutes.publish import Terms, read
from fabrique.domain.edition import BINDING
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Commitment, Edition
from tests.actions.test_minutes import NOW, head, zoe  # noqa: F401 - fixtures
from tests.store.made import person

TERMS = Terms(Tier.ADHERENT)


@pytest.fixture
def drafted(head, zoe):
    return quick.begin_drafted(head, zoe, NOW)


def all_kept(minutes, **more):
    sections = {one.section: True for one in minutes.sentences.exclude(kind__in=BINDING)}
    return quick.Choices(minutes.version, sections, **more)


def test_the_draft_is_there_at_once_and_another_press_leaves_it_as_it_is(head, drafted, zoe):
    count = drafted.sentences.count()
    assert count > 0
    assert quick.begin_drafted(head, zoe, NOW).sentences.count() == count


def test_one_press_keeps_validates_and_publishes_by_name(drafted, zoe):
    made = quick.give(drafted, all_kept(drafted, introduction="Une heure."), TERMS, zoe, NOW)
    found = read(made)
    assert found.parts[0].title == "Introduction"
    assert found.parts[0].passages[0].by == str(zoe.pk)
    assert found.validated_by == str(zoe.pk)
    assert drafted.stage == "published"


def test_what_nobody_decided_on_publishes_nothing_and_keeps_nothing(drafted, zoe):
    row = review.write(drafted, review.New("Suite", "decision", "On continue."), zoe, NOW)
    drafted.sentences.filter(pk=row.pk).update(verdict="proposed")
    everything = {one.section: True for one in drafted.sentences.all()}
    with pytest.raises(Invalid):
        quick.give(drafted, quick.Choices(drafted.version, everything), TERMS, zoe, NOW)
    drafted.refresh_from_db()
    assert not Edition.objects.filter(minutes=drafted).exists()
    assert not drafted.sentences.filter(verdict="accepted").exists()
    bound = (quick.Bound(row.pk, keep=True, owner="Ali"),)
    quick.give(drafted, quick.Choices(drafted.version, everything, bound), TERMS, zoe, NOW)
    assert Commitment.objects.get(minutes=drafted).owner_name == "Ali"


def test_an_action_without_somebody_is_not_published(drafted, zoe):
    row = review.write(drafted, review.New("Suite", "action", "Écrire."), zoe, NOW)
    bound = (quick.Bound(row.pk, keep=True),)
    with pytest.raises(Invalid):
        quick.give(drafted, all_kept(drafted, bound=bound), TERMS, zoe, NOW)


def test_a_text_that_changed_meanwhile_or_where_somebody_is_waits(drafted, zoe):
    what = all_kept(drafted)
    review.write(drafted, review.New("", "written", "Un mot."), zoe, NOW)
    with pytest.raises(Invalid):
        quick.give(drafted, what, TERMS, zoe, NOW)
    drafted.refresh_from_db()
    locks.take(drafted, "Suite", person("Ana"), NOW)
    with pytest.raises(Invalid):
        quick.give(drafted, all_kept(drafted), TERMS, zoe, NOW)
    assert not Edition.objects.filter(minutes=drafted).exists()


def test_a_part_that_is_left_out_is_not_in_the_text(drafted, zoe):
    titles = list(dict.fromkeys(one.section for one in drafted.sentences.all()))
    review.write(drafted, review.New("Suite", "written", "On continue."), zoe, NOW)
    out = quick.Choices(drafted.version, dict.fromkeys(titles, False))
    made = quick.give(drafted, out, TERMS, zoe, NOW)
    assert [part.title for part in read(made).parts] == ["Suite"]
