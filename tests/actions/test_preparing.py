"""What is prepared: copied parts, the next of a series, decisions and slots raced for."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connections

from fabrique.actions import (
    approve,
    checklist,
    invitations,
    organise,
    polls,
    propose,
    seats,
    series,
    shape,
    slots,
    video,
)
from fabrique.actions.animate import find_session
from fabrique.actions.history import name_of, past_of
from fabrique.domain.gathering import State
from fabrique.domain.text import Invalid
from fabrique.importers.gathering import formats
from fabrique.store.here import plan_of
from fabrique.store.models import Dispatch, Form, Gathering, Happening, Invitation, Organiser, Slot
from tests.store import made

NOW = datetime(2026, 9, 1, 9, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def me():
    return made.person()


@pytest.fixture
def staff():
    return made.person("Ines", roles=["staff"])


def draft(me, lane="quick", version=0, **given):
    found = propose.start(lane, me, NOW)
    values = {**propose.said(found), "title": "Atelier", "question": "Et ?", **given}
    propose.save(found, values, version, me)
    return found


def accepted(me, staff, **given):
    found = draft(me, **given)
    propose.propose(found, me, NOW)
    approve.decide(found, "accept", "Bravo", staff, NOW)
    approve.release(staff, NOW)
    found.refresh_from_db()
    return found


def together(work, many=4):
    def apart(n):
        try:
            return work(n)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(many) as pool:
        return list(pool.map(apart, range(many)))


def test_parts_of_a_format_copy_themselves(me):
    found = draft(me, "prepared", format="focus_group")
    parts = shape.preparation_of(found).parts
    assert (parts["minutes"], parts["method"]) == (90, "focus_group")
    keys = list(found.tasks.order_by("rank").values_list("key", flat=True))
    assert keys[:2] == ["subject", "method"]
    assert keys.index("consent") == 9
    assert (len(keys), found.tasks.get(key="subject").rule) == (16, "J-35")


def test_a_format_brings_what_is_asked_and_what_letters_add(me):
    found = draft(me)
    brought = formats()["atelier_3p"]
    form = Form.objects.get(gathering=found)
    assert (form.asked, form.letters) == (
        brought.questions["fr"],
        {"confirmed": brought.letters["confirmed"].text("fr")},
    )
    propose.save(found, {**propose.said(found), "format": "cafe"}, 1, me)
    assert Form.objects.get(gathering=found).letters == {}
    # What the group wrote is theirs, whatever format they choose next.
    Form.objects.filter(gathering=found).update(letters={"after": "Merci."})
    propose.save(found, {**propose.said(found), "format": "atelier_3p"}, 2, me)
    assert Form.objects.get(gathering=found).letters == {"after": "Merci."}


def test_another_format_lays_its_steps_out_and_keeps_what_was_touched(me):
    found = draft(me, "prepared", format="focus_group")
    task = found.tasks.get(key="consent")
    checklist.tick(found, task.pk, {"state": "doing"}, me)
    values = {**propose.said(found), "format": "arpentage"}
    propose.save(found, values, 1, me)
    assert found.tasks.filter(key__in=("consent", "parts")).count() == 2
    values = {**propose.said(found), "format": "fabrique"}
    propose.save(found, values, 2, me)
    assert list(found.tasks.filter(key__in=("consent", "parts")).values_list("key")) == [
        ("consent",)
    ]


def test_what_was_chosen_beside_a_format_is_kept(me):
    found = draft(me, "prepared")
    values = {**propose.said(found), "format": "cafe", "audience": "adherent"}
    propose.save(found, values, 1, me)
    assert (found.audience, found.mode, found.format) == ("adherent", "remote", "cafe")


@pytest.mark.parametrize(
    "given",
    [
        {"title": "x" * 201},
        {"format": "riddle"},
        {"audience": "everyone"},
        {"wish": "x" * 501},
        {"title": "a\x00b"},
    ],
)
def test_what_cannot_be_kept_leaves_the_draft_as_it_was(me, given):
    found = draft(me)
    before = propose.said(found)
    with pytest.raises(Invalid):
        propose.save(found, {**before, **given}, 1, me)
    assert propose.said(Gathering.objects.get(pk=found.pk)) == before


def test_the_address_comes_from_the_title_and_is_never_taken_twice(me):
    first, second = draft(me, title="Écrire à deux"), draft(me, title="Écrire à deux")
    for one in (first, second):
        propose.propose(one, me, NOW)
    assert second.slug.startswith("ecrire-a-deux")
    assert first.slug != second.slug


def test_the_team_is_written_to_and_so_is_the_group(me, staff):
    found = accepted(me, staff)
    letters = Dispatch.objects.filter(about=name_of(found.preparation)).order_by("id")
    said = [(one.to, one.state) for one in letters if one.to in (me.email, staff.email)]
    assert said == [(staff.email, "released"), (me.email, "released")]
    assert "Bravo" in letters.filter(to=me.email).get().body
    assert f"/g/{found.slug}/organise/" in letters.filter(to=me.email).get().body
    verbs = [one.verb for one in past_of(found)]
    assert verbs == ["draft begun", "draft saved", "proposed", "decision kept", "decided"]


def test_an_accepted_gathering_has_the_session_of_its_method(me, staff):
    found = accepted(me, staff)
    plan = plan_of(find_session(found.session))
    assert (plan.title, len(plan.steps) > 3) == ("Atelier", True)


def test_two_who_release_at_once_write_once(me, staff):
    found = draft(me)
    propose.propose(found, me, NOW)
    approve.decide(found, "accept", "", staff, NOW)
    together(lambda _: approve.release(staff, NOW))
    assert Happening.objects.filter(verb="decided", about=name_of(found)).count() == 1
    assert Dispatch.objects.filter(about=name_of(found.preparation), to=me.email).count() == 1


def test_a_decision_is_taken_back_before_it_is_told(me, staff):
    found = draft(me)
    propose.propose(found, me, NOW)
    approve.decide(found, "decline", "Non", staff, NOW)
    approve.decide(found, "", "", staff, NOW)
    approve.release(staff, NOW)
    found.refresh_from_db()
    assert found.state == State.PROPOSED


def test_dates_of_steps_follow_the_gathering_unless_chosen(me):
    found = draft(me)
    task = found.tasks.get(key="relay")
    assert {step.due for step in checklist.steps(found, NOW)} == {None}
    found.starts_at = datetime(2026, 11, 10, 18, tzinfo=PARIS)
    found.ends_at = found.starts_at + timedelta(hours=2)
    steps = {step.key: step.due for step in checklist.steps(found, NOW)}
    assert (steps["relay"], steps["text"]) == (date(2026, 10, 29), date(2026, 11, 15))
    checklist.tick(found, task.pk, {"due": "2026-10-01"}, me)
    checklist.tick(found, task.pk, {"state": "doing"}, me)
    late = next(s for s in checklist.steps(found, NOW + timedelta(days=60)) if s.key == "relay")
    assert (late.due, late.late) == (date(2026, 10, 1), True)
    checklist.tick(found, task.pk, {"due": ""}, me)
    steps = {step.key: step.due for step in checklist.steps(found, NOW)}
    assert steps["relay"] == date(2026, 10, 29)


def test_what_is_done_in_the_house_is_seen_by_itself(me, staff):
    found = accepted(me, staff)

    def done():
        seen = checklist.steps(Gathering.objects.get(pk=found.pk), NOW)
        return {step.key for step in seen if step.state == "done"}

    assert done() == {"problem", "method"}
    Dispatch.objects.create(
        key=f"{name_of(found)}:published:0:list:l@x.org",
        relay="email",
        to="l@x.org",
        body="…",
        state="sent",
        about=name_of(found),
    )
    Gathering.objects.filter(pk=found.pk).update(
        state="published", starts_at=NOW - timedelta(hours=3), ends_at=NOW - timedelta(hours=1)
    )
    assert done() == {
        *("problem", "method", "slots", "agree", "publish", "relay"),
        *("registrations", "animate", "report"),
    }


def test_the_last_of_a_group_cannot_leave_and_the_next_answers_for_it(me):
    found = draft(me)
    with pytest.raises(Invalid):
        organise.leave(found, str(me.pk), me)
    other = made.person("Ali")
    call = invitations.invite(found, other.email, "", me, NOW)
    invitations.accept(call, other, NOW)
    with pytest.raises(Invalid):
        organise.leave(found, str(me.pk), other)
    organise.leave(found, str(me.pk), me)
    found.refresh_from_db()
    assert found.proposer == other


def test_two_who_leave_at_once_leave_one_behind(me):
    found, other = draft(me), made.person("Ali")
    Organiser.objects.create(gathering=found, person=other)
    people = (me, other)

    def leave(n):
        try:
            organise.leave(found, str(people[n].pk), people[n])
        except Invalid:
            return 0
        return 1

    assert sum(together(leave, 2)) == 1
    assert Organiser.objects.filter(gathering=found).count() == 1


def test_an_address_is_invited_once_and_the_mail_holds_its_link(me):
    found = draft(me)
    call = invitations.invite(found, " Ami@Example.org", "Viens\nvite", me, NOW)
    with pytest.raises(Invalid):
        invitations.invite(found, "ami@example.org", "", me, NOW)
    letter = Dispatch.objects.get(about=name_of(call))
    assert f"/invited/{invitations.token_of(call)}/" in letter.body
    assert "\n" not in letter.subject
    invitations.withdraw(found, str(call.pk), me)
    with pytest.raises(Invalid):
        invitations.accept(Invitation.objects.get(pk=call.pk), made.person(), NOW)


def test_the_next_of_a_series_has_the_same_parts_a_month_later(me, staff):
    found = accepted(me, staff, lane="prepared", format="cafe", title="Café", audience="guest")
    at = datetime(2026, 10, 13, 18, 30, tzinfo=PARIS)
    Gathering.objects.filter(pk=found.pk).update(starts_at=at, ends_at=at + timedelta(hours=1))
    found.refresh_from_db()
    checklist.add(found, "Apporter le gâteau", "prepare", me)
    with pytest.raises(Invalid):
        series.next_of(found, me, NOW)
    series.begin(found, "monthly", "Les cafés", me)
    seats.open_pool(found, "remote", "En ligne", 70, me)
    seats.open_pool(found, "antenna", "Lens", 9, me)
    Form.objects.filter(gathering=found).update(fairness="draw", drawn_at=NOW, seed="4")
    made_next = series.next_of(found, me, NOW)
    assert made_next.starts_at == datetime(2026, 11, 10, 18, 30, tzinfo=PARIS)
    assert (made_next.title, made_next.state, made_next.audience) == ("Café", "prepared", "guest")
    assert made_next.tasks.count() == found.tasks.count()
    assert not made_next.tasks.exclude(state="todo").exists()
    assert made_next.session not in ("", found.session)
    assert made_next.documented_by == date(2026, 11, 17)
    form = Form.objects.get(gathering=made_next)
    assert (form.fairness, form.seed, form.drawn_at) == ("draw", "", None)
    assert form.asked == formats()["cafe"].questions["fr"]
    assert list(made_next.pools.values_list("title", "size")) == [("En ligne", 70)]
    again = series.next_of(found, me, NOW)
    assert again.pk == made_next.pk


def test_those_of_a_project_are_numbered(me, staff):
    found = accepted(me, staff, title="Charte")
    series.begin(found, "project", "La charte", me)
    second = series.next_of(found, me, NOW)
    third = series.next_of(second, me, NOW)
    assert (second.title, third.title, third.starts_at) == ("Charte #2", "Charte #3", None)


SOME = datetime(2027, 5, 4, 18, tzinfo=PARIS)


def slot(days=0, hours=2):
    starts = SOME + timedelta(days=days)
    return starts, starts + timedelta(hours=hours)


def test_a_free_slot_is_offered_until_something_stands_in_it(staff):
    starts, ends = slot(300)
    slots.add("free", (starts, ends), "", 1, staff)
    assert starts in [one.starts_at for one in slots.free(NOW, 400)]
    made.gathering("Là", starts_at=starts + timedelta(hours=1), ends_at=ends, mode="remote")
    assert starts not in [one.starts_at for one in slots.free(NOW, 400)]


def test_what_is_on_site_or_has_a_link_of_its_own_holds_nobody_up(me):
    starts, ends = slot(320)
    made.gathering("Sur place", starts_at=starts, ends_at=ends, mode="site")
    away = made.gathering("Ailleurs", starts_at=starts, ends_at=ends, mode="remote")
    made.gathering("Annulé", starts_at=starts, ends_at=ends, mode="remote", state="cancelled")
    assert [one.title for one in slots.clashes(starts, ends)] == ["Ailleurs"]
    video.want(away, "link", "https://meet.example/x", me, NOW)
    assert slots.clashes(starts, ends) == []


def test_slots_that_touch_do_not_clash(staff):
    starts, ends = slot(330)
    slots.add("blocked", (starts, ends), "Congés", 1, staff)
    assert slots.clashes(ends, ends + timedelta(hours=1)) == []
    assert [one.note for one in slots.clashes(starts - timedelta(hours=1), ends)] == ["Congés"]


@pytest.fixture
def polled(me, staff):
    found = accepted(me, staff)
    return found, polls.open_poll(found, [slot(350), slot(351)], SOME, me, NOW)


def said(poll, *choices):
    keys = [f"option-{one.pk}" for one in poll.options.order_by("starts_at")]
    return {"name": "Ana", **dict(zip(keys, choices, strict=True))}


def test_a_poll_is_refused_without_a_slot_or_a_future(me, staff):
    found = accepted(me, staff)
    for wanted, closes in (([], SOME), ([slot()], NOW), ([slot(n) for n in range(21)], SOME)):
        with pytest.raises(Invalid):
            polls.open_poll(found, wanted, closes, me, NOW)
    assert polls.poll_of(found) is None


def test_the_deadline_decides_and_not_the_page(polled):
    _, poll = polled
    polls.answer(poll, said(poll, "yes", "no"), "k", None, SOME - timedelta(seconds=1))
    with pytest.raises(Invalid):
        polls.answer(poll, said(poll, "no", "no"), "k", None, SOME)
    assert set(poll.answers.get().choices.values()) == {"yes", "no"}


def test_a_device_holds_one_answer_and_a_person_one_too(me, polled):
    _, poll = polled
    for key, person in (("a", None), ("a", None), ("b", me), ("c", me)):
        polls.answer(poll, said(poll, "yes", "maybe"), key, person, NOW)
    assert poll.answers.count() == 2


def test_keeping_a_slot_closes_the_poll_and_tells_those_with_an_address(me, polled):
    found, poll = polled
    polls.answer(poll, {**said(poll, "yes", "no"), "email": "ana@x.org"}, "a", None, NOW)
    polls.answer(poll, said(poll, "yes", "no"), "b", None, NOW)
    first = poll.options.order_by("starts_at").first()
    polls.keep(found, first.pk, me, NOW)
    assert [one.to for one in Dispatch.objects.filter(about=name_of(poll))] == ["ana@x.org"]
    with pytest.raises(Invalid):
        polls.answer(poll, said(poll, "yes", "yes"), "c", None, NOW)
    assert found.documented_by == (slot(350)[1].date() + timedelta(days=7))


def test_another_date_raises_the_sequence_of_the_calendar(me, staff):
    found = accepted(me, staff)
    poll = polls.open_poll(found, [slot(360), slot(361)], SOME, me, NOW)
    first, second = poll.options.order_by("starts_at")
    polls.keep(found, first.pk, me, NOW)
    assert found.sequence == 0
    polls.keep(found, second.pk, me, NOW)
    assert (found.sequence, poll.options.get(kept=True)) == (1, second)


def test_a_weekly_slot_keeps_its_hour_over_the_change_of_clocks(staff):
    starts = datetime(2028, 10, 19, 18, tzinfo=PARIS)
    rows = slots.add("free", (starts, starts + timedelta(hours=2)), "semaine", 3, staff)
    assert [one.starts_at.astimezone(PARIS).hour for one in rows] == [18] * 3
    for row in rows:
        slots.drop(row.pk, staff)
    assert not Slot.objects.filter(note="semaine").exists()


def test_every_format_can_be_chosen(me):
    for name in formats():
        found = draft(me, format=name)
        assert found.tasks.count() >= 12
        propose.throw_away(found, me)


def test_what_is_personal_is_exported_and_erased(me, polled):
    found, poll = polled
    row = polls.answer(poll, {**said(poll, "yes", "no"), "email": "a@x.org"}, "a", me, NOW)
    call = invitations.invite(found, "b@x.org", "", me, NOW)
    assert row.retention.export(row)["email"] == "a@x.org"
    assert call.retention.export(call)["email"] == "b@x.org"
    for one in (row, call):
        one.retention.erase(one)
    assert not poll.answers.exists()
    assert not Invitation.objects.filter(pk=call.pk).exists()


def test_answers_to_a_poll_are_erased_once_they_have_served(polled):
    _, poll = polled
    polls.answer(poll, said(poll, "yes", "no"), "a", None, NOW)
    polls.forget_old(SOME + polls.KEPT)
    assert poll.answers.count() == 1
    polls.forget_old(SOME + polls.KEPT + timedelta(seconds=1))
    assert poll.answers.count() == 0


def test_nobody_sends_invitations_without_end(me):
    found = draft(me)
    for n in range(invitations.DAILY):
        call = invitations.invite(found, f"n{n}@example.org", "", me, NOW)
        invitations.withdraw(found, str(call.pk), me)
    with pytest.raises(Invalid):
        invitations.invite(found, "more@example.org", "", me, NOW)
    invitations.invite(found, "more@example.org", "", me, NOW + timedelta(days=2))
