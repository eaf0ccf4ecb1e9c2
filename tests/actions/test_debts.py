# ruff: noqa: F811 - fixtures of another file
"""What is owed: decisions and actions followed until they are done, documentation until it is."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from fabrique.actions.forget import forget
from fabrique.actions.history import name_of, past_of
from fabrique.actions.minutes import commitments, owed, publish, reminders, review
from fabrique.actions.minutes.commitments import Wanted
from fabrique.actions.news import hear_no_more
from fabrique.actions.policy import allowed
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain.debts import Kept, Trace
from fabrique.domain.edition import Verdict
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Commitment, Dispatch, Minutes
from tests.actions.test_minutes import NOW, head, minutes, zoe  # noqa: F401 - fixtures
from tests.store.made import gathering, person

TODAY = timezone.localdate()


def looks(who):
    return Viewer(who, TODAY)


def agreed(minutes, by, words="Envoyer l’inventaire.", owner="Ali", due=None, kind="action"):
    row = review.write(minutes, review.New("Suite", kind, words), by, NOW)
    review.entrust(minutes, row.pk, owner, due, by)
    return row


def given(minutes, by, audience=Tier.ADHERENT):
    review.reviewed(minutes, by)
    publish.validate(minutes, by, NOW)
    return publish.publish(minutes, publish.Terms(audience), by, NOW)


def texts(viewer, **what):
    return [one.text for one in commitments.wanted(viewer, Wanted(**what), TODAY)]


def test_an_action_is_seen_with_the_tier_of_its_edition_as_that_edition_says_it(minutes, zoe):
    row = agreed(minutes, zoe)
    member, adherent = looks(person()), looks(person(tier=Tier.ADHERENT))
    staff = looks(person(roles=["staff"]))
    assert row.text not in texts(adherent)
    review.reviewed(minutes, zoe)
    publish.validate(minutes, zoe, NOW)
    assert row.text in [one.text for one in commitments.unpublished(staff)]
    assert commitments.unpublished(adherent) == []
    publish.publish(minutes, publish.Terms(Tier.ADHERENT), zoe, NOW)
    assert commitments.unpublished(staff) == []
    assert (row.text in texts(adherent), row.text in texts(member)) == (True, False)
    review.rewrite(minutes, row.pk, review.Said("Ne l’envoyer à personne."), zoe, NOW)
    assert row.text in texts(adherent)
    assert "Ne l’envoyer à personne." not in texts(adherent)
    publish.withdraw(minutes, "Une personne l’a demandé.", zoe, NOW)
    assert row.text not in texts(adherent)


def test_what_the_next_edition_leaves_out_is_followed_no_more(minutes, zoe):
    row, other = agreed(minutes, zoe), agreed(minutes, zoe, "Réserver la salle.")
    given(minutes, zoe)

    review.judge(minutes, row.pk, Verdict.REJECTED, zoe, NOW)
    given(minutes, zoe)
    found = texts(looks(person(tier=Tier.ADHERENT)), whole=True)
    assert (row.text in found, other.text in found) == (False, True)


def test_its_owner_reads_it_whatever_their_tier_and_says_that_it_is_done(minutes, zoe):
    ali, other = person("Ali"), person()
    agreed(minutes, zoe, owner=ali.email)
    given(minutes, zoe)
    (row,) = commitments.wanted(looks(ali), Wanted(mine=True), TODAY)
    assert allowed(looks(ali), "commitment:settle", row)
    assert not allowed(looks(other), "commitment:read", row)
    reader = looks(person(tier=Tier.ADHERENT))
    assert allowed(reader, "commitment:read", row)
    assert not allowed(reader, "commitment:settle", row)
    commitments.done(row, "Parti ce matin.", ali, NOW)
    with pytest.raises(Invalid):
        commitments.done(row, "", zoe, NOW)
    row.refresh_from_db()
    assert (row.done_by, row.done_word) == (ali, "Parti ce matin.")
    assert texts(looks(ali), mine=True) == []
    assert texts(looks(ali), mine=True, state=Kept.DONE) == [row.text]
    with pytest.raises(Invalid):
        commitments.reopen(row, " ", zoe)
    commitments.reopen(row, "Il manque une page.", zoe)
    assert texts(looks(ali), mine=True) == [row.text]
    assert [one.verb for one in past_of(row)] == ["commitment.done", "commitment.reopened"]


def test_a_date_is_moved_with_a_word_and_the_text_stays_validated(minutes, zoe):
    agreed(minutes, zoe, due=TODAY - timedelta(days=1))
    given(minutes, zoe)
    row = Commitment.objects.get(minutes=minutes)
    staff = looks(person(roles=["staff"]))
    assert row.text in texts(staff, state=Kept.LATE)
    later = TODAY + timedelta(days=20)
    with pytest.raises(Invalid):
        commitments.move(row, later, "", zoe)
    commitments.move(row, later, "Le lieu est fermé.", zoe)
    assert row.text not in texts(staff, state=Kept.LATE)
    assert Minutes.objects.get(pk=minutes.pk).stage == "published"
    assert minutes.sentences.get(pk=row.pk).due == later


def test_a_decision_without_a_day_is_decided_and_one_with_a_day_is_to_do(minutes, zoe):
    plain = agreed(minutes, zoe, "Nous continuons.", owner="", kind="decision")
    dated = agreed(minutes, zoe, "Nous ouvrons.", due=TODAY, kind="decision")
    given(minutes, zoe)
    staff = looks(person(roles=["staff"]))
    assert (plain.text in texts(staff), dated.text in texts(staff)) == (False, True)
    assert plain.text in texts(staff, state=Kept.DECIDED)


def test_whoever_is_forgotten_is_named_by_no_line(minutes, zoe):
    ali = person("Alizarine")
    agreed(minutes, zoe, owner=ali.email)
    made = given(minutes, zoe)
    commitments.done(Commitment.objects.get(minutes=minutes), "", ali, NOW)
    forget(ali, NOW)
    row = Commitment.objects.get(minutes=minutes)
    assert (row.owner, row.owner_name, row.done_by) == (None, "", None)
    assert row.done_at is not None
    made.refresh_from_db()
    assert "Alizarine" not in str(made.content)
    assert "Alizarine" not in str(minutes.sentences.values())


def past(days=30, organisers=(), **fields):
    return gathering("Passée", organisers, days=-days, **fields)


def owes(row):
    rows = owed.took_place(timezone.now()).filter(pk=row.pk)
    return owed.debts(rows)[0]


def test_every_gathering_that_took_place_owes_its_documentation_by_a_day():
    usual = past(5)
    assert owes(usual).due == timezone.localtime(usual.ends_at).date() + timedelta(days=15)
    told = past(documented_by=TODAY + timedelta(days=3))
    assert owes(told).due == TODAY + timedelta(days=3)
    who = person()
    owed.put_off(told, TODAY + timedelta(days=9), who, timezone.now())
    assert owes(told).due == TODAY + timedelta(days=9)
    owed.put_off(told, None, who, timezone.now())
    assert owes(told).due == TODAY + timedelta(days=3)
    assert (owes(usual).trace, owes(usual).late(TODAY)) == (Trace.NOTHING, False)
    assert owes(past(60)).late(TODAY)
    for none in (gathering(), past(state="cancelled"), past(state="prepared")):
        assert not owed.took_place(timezone.now()).filter(pk=none.pk).exists()


def test_it_is_over_once_published_or_excused_with_a_word(minutes, zoe):
    about = past(60)
    Minutes.objects.filter(pk=minutes.pk).update(gathering=about)
    assert owes(about).trace is Trace.DRAFT
    with pytest.raises(Invalid):
        owed.excuse(about, "  ", zoe, NOW)
    owed.excuse(about, "Une visite, sans rien à garder.", zoe, NOW)
    assert (owes(about).trace, owes(about).over) == (Trace.EXCUSED, True)
    owed.owe_again(about, zoe, NOW)
    assert owes(about).late(TODAY)
    agreed(minutes, zoe)
    given(minutes, zoe)
    assert (owes(about).trace, owes(about).late(TODAY)) == (Trace.PUBLISHED, False)
    publish.withdraw(minutes, "À reprendre.", zoe, NOW)
    assert owes(about).trace is Trace.DRAFT


def test_the_team_sees_what_all_owe_and_a_group_what_it_owes():
    host = person()
    mine, other = past(organisers=[host]), past()

    def seen(who):
        found = {one.pk for one in owed.held(looks(who), timezone.now())}
        return mine.pk in found, other.pk in found

    assert seen(host) == (True, False)
    assert seen(person(roles=["staff"])) == (True, True)
    assert seen(person(tier=Tier.ADHERENT)) == (False, False)
    assert seen(None) == (False, False)


def letters(about, state=None):
    rows = Dispatch.objects.filter(about=name_of(about))
    return list(rows.filter(state=state) if state else rows)


def at(day, hour=12):
    return timezone.make_aware(datetime.combine(day, time(hour)))


def test_whoever_does_something_is_reminded_before_on_the_day_and_after_each_once(minutes, zoe):
    ali, due = person("Ali"), TODAY + timedelta(days=20)
    reminders.want(ali, NOW, yes=True)
    agreed(minutes, zoe, owner=ali.email, due=due)
    given(minutes, zoe)
    row = Commitment.objects.get(minutes=minutes)
    told = []
    for n in range(-9, 20):
        for hour in (6, 9, 20):
            reminders.plan(at(due + timedelta(days=n), hour))
        told.append((n, len(letters(row))))
    steps = [n for (n, count), (_, before) in zip(told[1:], told, strict=False) if count > before]
    assert steps == [-7, 0, 3]
    first = letters(row)[0]
    assert (first.to, first.state) == (ali.email, "released")
    assert f"/register/{row.pk}/" in first.body
    assert "List-Unsubscribe" in first.headers
    assert first.due_at == at(due - timedelta(days=7), 8)
    assert first.stale_at == at(due, 0)


def test_nobody_is_reminded_of_what_is_done_withdrawn_silenced_or_left_out(minutes, zoe):
    ali, due = person("Ali"), TODAY + timedelta(days=3)
    for words in ("Un", "Deux", "Trois"):
        agreed(minutes, zoe, words, owner=ali.email, due=due)
    given(minutes, zoe)
    rows = list(Commitment.objects.filter(minutes=minutes).order_by("rank"))
    assert [bool(letters(one)) for one in rows] == [False] * 3
    reminders.plan(NOW)
    # Nobody asked whether they may be written to: a person reads these before they leave.
    assert [[one.state for one in letters(row)] for row in rows] == [["draft"]] * 3
    commitments.done(rows[0], "", ali, NOW)
    hear_no_more(letters(rows[1])[0].body.rpartition("/stop/")[2].strip(), NOW)
    Dispatch.objects.filter(about=name_of(rows[1])).delete()
    reminders.plan(NOW)
    assert [len(letters(row)) for row in rows] == [0, 0, 1]
    publish.withdraw(minutes, "À reprendre.", zoe, NOW)
    reminders.plan(NOW)
    assert letters(rows[2]) == []


def test_a_date_that_moves_takes_its_reminders_along(minutes, zoe):
    ali = person("Ali")
    agreed(minutes, zoe, owner=ali.email, due=TODAY + timedelta(days=3))
    given(minutes, zoe)
    row = Commitment.objects.get(minutes=minutes)
    reminders.plan(NOW)
    assert len(letters(row)) == 1
    commitments.move(row, TODAY + timedelta(days=30), "Plus tard.", zoe)
    assert letters(row) == []
    reminders.plan(NOW)
    assert letters(row) == []
    reminders.plan(at(TODAY + timedelta(days=24)))
    assert len(letters(row)) == 1


def test_a_group_is_reminded_of_the_trace_it_owes_until_it_is_published_or_excused():
    ana, bob = person("Ana"), person("Bob")
    about = past(12, organisers=[ana, bob])
    due = owes(about).due
    for n in range(-6, 30):
        for _ in range(2):
            reminders.plan(at(due + timedelta(days=n)))
    assert sorted(one.to for one in letters(about, "released")) == sorted(
        [ana.email, bob.email] * 3
    )
    other = past(12, organisers=[ana])
    reminders.plan(at(owes(other).due))
    assert len(letters(other)) == 1
    owed.excuse(other, "Rien à garder.", ana, NOW)
    assert letters(other) == []
    reminders.plan(at(owes(other).due + timedelta(days=8)))
    assert letters(other) == []
