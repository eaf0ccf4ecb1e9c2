"""Every page of the preparation, as each role finds it."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from fabrique.actions import approve, invitations, polls, propose
from fabrique.domain.gathering import State
from fabrique.store.models import Gathering, Option, Organiser, Poll, Series, Slot, VideoRoom
from tests.store import made

DAYS = itertools.count(100, 10)


def browser(person=None):
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    if person:
        client.force_login(person)
    return client


def draft(me, lane="quick", **given):
    found = propose.start(lane, me, timezone.now())
    values = {**propose.said(found), "title": "Une Fabrique", "question": "Et alors ?", **given}
    propose.save(found, values, 0, me)
    return found


def prepared(me):
    found = draft(me)
    propose.propose(found, me, timezone.now())
    approve.decide(found, "accept", "", me, timezone.now())
    approve.release(me, timezone.now())
    found.refresh_from_db()
    return found


@pytest.fixture
def me():
    return made.person()


@pytest.fixture
def staff():
    return made.person("Équipe".replace("É", "E"), roles=["staff"])


def in_days(n, hour=18):
    return (timezone.now() + timedelta(days=n)).replace(
        hour=hour, minute=0, second=0, microsecond=0
    )


ONE = ("organise-one", "organise-group", "organise-slot", "organise-video", "organise-series")


def test_every_page_is_drawn_for_its_group_and_the_team_and_is_nothing_to_others(me, staff):
    found = prepared(me)
    stranger = made.person("Max")
    for name in ONE:
        path = reverse(name, args=[found.slug])
        assert [browser(who).get(path).status_code for who in (me, staff, stranger, None)] == [
            200,
            200,
            404,
            404,
        ], name


def test_pages_of_members_ask_to_sign_in_and_those_of_the_team_are_for_the_team(me, staff):
    for name in ("propose", "accomplices", "organise-mine"):
        assert browser(me).get(reverse(name)).status_code == 200
        assert browser().get(reverse(name))["Location"].startswith("/account/enter/?next=")
    for name in ("team-proposals", "team-slots"):
        assert [browser(who).get(reverse(name)).status_code for who in (staff, me)] == [200, 403]


def test_a_lane_begins_a_draft_that_is_kept_unfinished(me):
    client = browser(me)
    answer = client.post(reverse("propose"), {"lane": "prepared"})
    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert page.status_code == 200
    typed = {**propose.said(Gathering.objects.get(proposer=me)), "version": "0", "title": "  "}
    answer = client.post(
        page.wsgi_request.path, {**typed, "about": "Juste\r\nune idée", "save": "1"}
    )
    assert answer["Location"].endswith("?kept=1")
    assert Gathering.objects.get(proposer=me).about == "Juste\nune idée"
    assert "Juste" in browser(me).get(page.wsgi_request.path).content.decode()  # another device


def test_a_draft_without_a_question_is_kept_and_not_proposed(me):
    found = draft(me)
    client, path = browser(me), reverse("draft", args=[found.pk])
    typed = {**propose.said(found), "version": "1", "question": "", "wish": "quelqu’un"}
    answer = client.post(path, {**typed, "propose": "1"})
    assert answer.status_code == 400
    assert 'id="question" value="" maxlength="300" aria-invalid="true"' in answer.content.decode()
    found.refresh_from_db()
    assert (found.state, found.preparation.wish) == ("draft", "quelqu’un")


def test_two_who_write_at_once_are_told_and_nothing_is_lost(me):
    found = draft(me)
    path = reverse("draft", args=[found.pk])
    first = {**propose.said(found), "version": "1", "title": "Le mien"}
    second = {**first, "title": "Le tien", "question": "Autre ?"}
    assert browser(me).post(path, {**first, "save": "1"}).status_code == 302
    answer = browser(me).post(path, {**second, "save": "1"})
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Le tien" in shown
    assert "Le mien" in shown
    assert 'name="version" value="2"' in shown  # saving again keeps one's own
    assert Gathering.objects.get(pk=found.pk).title == "Le mien"


def test_a_script_that_saves_learns_the_version_or_that_it_is_stale(me):
    found = draft(me)
    path, client = reverse("draft", args=[found.pk]), browser(me)
    typed = {**propose.said(found), "version": "1"}
    json = {"headers": {"accept": "application/json"}}
    assert client.post(path, typed, **json).json() == {"version": 2}
    assert client.post(path, typed, **json).status_code == 409


def test_accomplices_are_found_and_welcomed(me):
    found = draft(me, seeks="1", wish="une graphiste")
    other = made.person("Ali")
    page = browser(other).get(reverse("accomplices"))
    assert "une graphiste" in page.content.decode()
    browser(other).post(reverse("accomplices"), {"gathering": str(found.pk), "words": "Moi !"})
    call = found.invitations.get()
    group = reverse("organise-group", args=[found.slug])
    assert "Moi\u00a0!" in browser(me).get(group).content.decode()
    assert browser(me).post(group, {"yes": str(call.pk)}).status_code == 302
    assert Organiser.objects.filter(gathering=found, person=other).exists()
    assert browser(other).get(group).status_code == 200


def test_an_invitation_is_answered_by_a_button_alone(me):
    found = prepared(me)
    call = invitations.invite(found, "Nouvelle@Example.org", "Viens", me, timezone.now())
    path = reverse("invited", args=[invitations.token_of(call)])
    assert browser().get(path).status_code == 200
    assert browser().head(path).status_code == 200
    strict = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert strict.post(path, {"accept": "1"}).status_code == 403  # a robot has no cookie
    call.refresh_from_db()
    assert call.state == "open"
    late = made.person("Léa")
    assert browser(late).post(path, {"accept": "1"}).status_code == 302
    assert Organiser.objects.filter(gathering=found, person=late).exists()
    other = made.person("Tom")
    assert browser(other).post(path, {"accept": "1"}).status_code == 400


def test_an_invitation_is_bound_to_the_account_of_its_address(me):
    found = prepared(me)
    owner, other = made.person("Ana"), made.person("Bob")
    call = invitations.invite(found, owner.email, "", me, timezone.now())
    path = reverse("invited", args=[invitations.token_of(call)])
    assert browser(other).post(path, {"accept": "1"}).status_code == 403
    assert browser(owner).post(path, {"accept": "1"}).status_code == 302
    assert browser(other).get(path.replace("/invited/", "/invited/x")).status_code == 403


def test_the_checklist_is_ticked_by_hand_and_by_itself(me):
    found = prepared(me)
    client, path = browser(me), reverse("organise-one", args=[found.slug])
    step = found.tasks.get(key="text")
    assert client.post(path, {"step": step.pk, "to": "done"}).status_code == 302
    given = {"step": step.pk, "state": "doing", "owner": str(me.pk), "due": "2027-01-02"}
    assert client.post(path, given).status_code == 302
    step.refresh_from_db()
    assert (step.state, step.owner, str(step.due_on)) == ("doing", me, "2027-01-02")
    assert client.post(path, {"step": step.pk, "owner": str(made.person().pk)}).status_code == 400
    assert client.post(path, {"add": "1", "title": "Louer un micro", "phase": "prepare"})
    assert "Louer un micro" in client.get(path).content.decode()


def test_a_gathering_of_another_group_has_no_step_that_one_may_tick(me):
    found, others = prepared(me), prepared(made.person())
    step = others.tasks.first()
    answer = browser(me).post(
        reverse("organise-one", args=[found.slug]), {"step": step.pk, "to": "done"}
    )
    assert answer.status_code == 400
    step.refresh_from_db()
    assert step.state == "todo"


def test_the_group_opens_its_console_by_its_right(me):
    found = prepared(me)
    path = reverse("organise-room", args=[found.slug])
    client = browser(me)
    answer = client.post(path, {"page": "console"})
    assert answer["Location"] == f"/s/{found.session}/console"
    assert client.get(answer["Location"]).status_code == 200
    assert client.post(path, {"page": "studio"}).status_code == 303
    assert browser(made.person()).post(path).status_code == 404


@pytest.fixture
def polled(me):
    found = prepared(me)
    client, path = browser(me), reverse("organise-slot", args=[found.slug])
    first = next(DAYS)  # no other test stands in these slots
    free = [
        Slot.objects.create(starts_at=in_days(first + n), ends_at=in_days(first + n, 20))
        for n in range(3)
    ]
    given = {"free": [one.pk for one in free], "closes_at": "2099-01-01T10:00", "ask": "1"}
    assert client.post(path, given).status_code == 302
    return found, Poll.objects.get(gathering=found)


def choices(poll, *said):
    return {
        f"option-{one.pk}": choice
        for one, choice in zip(poll.options.order_by("starts_at"), said, strict=True)
    }


def test_a_poll_is_answered_without_account_and_changed_on_the_same_device(polled):
    _, poll = polled
    path = reverse("poll", args=[poll.token])
    ana, bob = browser(), browser()
    assert ana.post(path, {"name": "Ana", **choices(poll, "yes", "no", "maybe")}).status_code == 302
    assert "Ana" not in bob.get(path).content.decode()
    assert "réponse" not in bob.get(path).content.decode().split("<main")[1].split("<form")[0]
    assert bob.post(path, {"name": "Bob", **choices(poll, "yes", "yes", "no")}).status_code == 302
    assert ana.post(path, {"name": "Ana", **choices(poll, "no", "yes", "no")}).status_code == 302
    assert poll.answers.count() == 2
    rows = [(len(r.yes), len(r.maybe), len(r.no), r.best) for r in polls.tallies(poll)]
    assert rows == [(1, 0, 1, False), (2, 0, 0, True), (0, 0, 2, False)]


def test_an_answer_that_lacks_a_slot_is_refused_and_what_was_typed_stays(polled):
    _, poll = polled
    path = reverse("poll", args=[poll.token])
    given = {"name": "Ana", **choices(poll, "yes", "no", "maybe")}
    given.pop(next(key for key in given if key != "name"))
    answer = browser().post(path, given)
    assert answer.status_code == 400
    assert 'value="Ana"' in answer.content.decode()
    assert poll.answers.count() == 0


def test_a_poll_closed_meanwhile_says_so_and_shows_what_was_chosen(me, polled):
    found, poll = polled
    path, client = reverse("poll", args=[poll.token]), browser()
    client.get(path)
    polls.close(found, me)
    answer = client.post(path, {"name": "Ana", **choices(poll, "yes", "no", "maybe")})
    assert answer.status_code == 400
    shown = answer.content.decode()
    assert "Ce que vous aviez choisi" in shown
    assert shown.count("<b>Oui</b>") == 1
    assert poll.answers.count() == 0


def test_one_click_keeps_a_slot_and_tells_who_left_an_address(me, polled):
    found, poll = polled
    polls.answer(
        poll,
        {"name": "Ana", "email": "ana@example.org", **choices(poll, "yes", "no", "no")},
        "k",
        None,
        timezone.now(),
    )
    option = poll.options.order_by("starts_at").first()
    path = reverse("organise-slot", args=[found.slug])
    assert browser(me).post(path, {"keep": option.pk}).status_code == 302
    found.refresh_from_db()
    assert (found.starts_at, found.ends_at) == (option.starts_at, option.ends_at)
    assert found.documented_by == found.starts_at.date() + timedelta(days=7)
    page = browser().get(reverse("poll", args=[poll.token]))
    assert "Le créneau est fixé" in page.content.decode()


def test_a_slot_that_clashes_is_said_and_kept_only_on_purpose(me, polled):
    found, poll = polled
    option = poll.options.order_by("starts_at").first()
    made.gathering(
        "L’autre café", starts_at=option.starts_at, ends_at=option.ends_at, mode="hybrid"
    )
    path, client = reverse("organise-slot", args=[found.slug]), browser(me)
    assert "L’autre café" in client.get(path).content.decode()
    answer = client.post(path, {"keep": option.pk})
    assert answer.status_code == 400
    assert "L’autre café" in answer.content.decode().split('role="alert"')[1].split("</div>")[0]
    found.refresh_from_db()
    assert found.starts_at is None
    assert client.post(path, {"keep": option.pk, "anyway": "1"}).status_code == 302


def test_the_team_says_when_it_is_free(staff):
    client, path = browser(staff), reverse("team-slots")
    given = {"kind": "blocked", "starts_at": "2090-03-01T18:00", "ends_at": "2090-03-01T20:00"}
    assert (
        client.post(
            path, {**given, "weeks": "5", "note": "Vacances de mars", "add": "1"}
        ).status_code
        == 302
    )
    rows = Slot.objects.filter(note="Vacances de mars").order_by("starts_at")
    hours = [timezone.localtime(one.starts_at).hour for one in rows]
    assert hours == [18] * 5  # over the change of clocks too
    assert (
        client.post(path, {**given, "ends_at": "2090-03-01T17:00", "add": "1"}).status_code == 400
    )
    for row in rows:
        client.post(path, {"drop": row.pk})
    assert not Slot.objects.filter(note="Vacances de mars").exists()


@pytest.fixture
def linked(me):
    found = made.gathering(organisers=[me])
    VideoRoom.objects.create(
        gathering=found,
        kind="zoom",
        state="ready",
        join_url="https://zoom.example/j/1",
        host_url="https://zoom.example/s/1?zak=secret",
    )
    return found


def test_the_host_link_is_for_the_organising_group_alone(me, staff, linked):
    member, adherent = made.person("Mia"), made.person("Ada", tier=made.Tier.ADHERENT)
    organiser_elsewhere = made.person("Léo")
    made.gathering(organisers=[organiser_elsewhere])
    path = reverse("organise-video", args=[linked.slug])
    assert "zak=secret" in browser(me).get(path).content.decode()
    seen = browser(staff).get(path)
    assert seen.status_code == 200  # the team helps with the link, and does not host
    assert "https://zoom.example/j/1" in seen.content.decode()
    assert "zak" not in seen.content.decode()
    for who in (member, adherent, organiser_elsewhere, None):
        answer = browser(who).get(path)
        assert answer.status_code in (302, 403)
        assert "zak" not in answer.content.decode()
    left = Organiser.objects.get(gathering=linked, person=me)
    left.delete()
    assert browser(me).get(path).status_code == 403


def test_a_link_of_ones_own_is_kept_at_once_and_a_wrong_one_is_refused(me):
    found = made.gathering(organisers=[me])
    path, client = reverse("organise-video", args=[found.slug]), browser(me)
    for wrong in ("", "javascript:alert(1)", "http://x.org", "https://a b", "https://u@x.org/"):
        assert client.post(path, {"kind": "link", "given": wrong}).status_code == 400
    assert client.post(path, {"kind": "zoom"}).status_code == 400  # this house has no account
    assert (
        client.post(path, {"kind": "link", "given": " https://meet.example/a "}).status_code == 302
    )
    assert VideoRoom.objects.get(gathering=found).join_url == "https://meet.example/a"


def test_a_series_shows_what_comes_and_what_came():
    series = Series.objects.create(slug="cafes", kind="monthly", title="Les cafés")
    past = made.gathering("Café passé", series=series, days=-20)
    coming = made.gathering("Café à venir", series=series)
    made.gathering("Café d’adhérents", series=series, days=40, audience="adherent")
    hidden = made.gathering("Brouillon", series=series, state=State.DRAFT.value)
    shown = browser().get(reverse("series", args=["cafes"])).content.decode()
    assert f"/g/{coming.slug}/" in shown
    assert past.title in shown
    assert "adhérents" not in shown
    assert hidden.title not in shown


def test_pages_of_one_and_of_many_cost_the_same(me, staff, django_queries):
    def cost(path, who):
        client = browser(who)
        with django_queries() as spent:
            assert client.get(path).status_code == 200
        return len(spent)

    draft(me, seeks="1")
    propose.propose(found := draft(me), me, timezone.now())
    Slot.objects.create(starts_at=in_days(50), ends_at=in_days(50, 20))
    pages = [(reverse("organise-mine"), me), (reverse("accomplices"), made.person())]
    pages += [(reverse("propose"), me), (reverse("team-proposals"), staff)]
    pages += [(reverse("team-slots"), staff), (reverse("organise-slot", args=[found.slug]), me)]
    one = [cost(*page) for page in pages]
    for _ in range(3):
        draft(me, seeks="1")
        propose.propose(draft(me), me, timezone.now())
        Slot.objects.create(starts_at=in_days(51), ends_at=in_days(51, 20))
    assert [cost(*page) for page in pages] == one


@pytest.fixture
def django_queries():
    return lambda: CaptureQueriesContext(connection)


def test_decisions_are_kept_then_released_together(me, staff):
    yes, back, no = draft(me), draft(me), draft(me)
    for one in (yes, back, no):
        propose.propose(one, me, timezone.now())
    client, path = browser(staff), reverse("team-proposals")
    assert client.post(path, {"gathering": str(yes.pk), "verdict": "accept"}).status_code == 302
    refused = client.post(path, {"gathering": str(back.pk), "verdict": "back", "word": " "})
    assert refused.status_code == 400
    given = {"gathering": str(back.pk), "verdict": "back", "word": "Quel lieu ?"}
    assert client.post(path, given).status_code == 302
    given = {"gathering": str(no.pk), "verdict": "decline", "word": "Déjà fait."}
    assert client.post(path, given).status_code == 302
    yes.refresh_from_db()
    assert yes.state == "proposed"
    client.post(path, {"release": "1"})
    states = [Gathering.objects.get(pk=one.pk).state for one in (yes, back, no)]
    assert states == ["prepared", "draft", "declined"]
    yes.refresh_from_db()
    assert browser(me).get(f"/s/{yes.session}/").status_code == 200
    assert "Quel lieu ?" in browser(me).get(reverse("draft", args=[back.pk])).content.decode()
    browser(me).post(reverse("draft", args=[no.pk]), {"again": "1"})
    no.refresh_from_db()
    assert no.state == "draft"


def test_nobody_else_reads_a_draft_and_the_team_does_not_write_it(me, staff):
    found = draft(me)
    path = reverse("draft", args=[found.pk])
    assert [browser(who).get(path).status_code for who in (staff, made.person(), None)] == [
        403,
        404,
        302,
    ]


def test_an_option_is_kept_only_by_the_group_of_its_gathering(polled):
    _, poll = polled
    other = prepared(made.person("Eva"))
    option = Option.objects.filter(poll=poll).first()
    path = reverse("organise-slot", args=[other.slug])
    assert browser(other.proposer).post(path, {"keep": option.pk}).status_code == 400
    other.refresh_from_db()
    assert other.starts_at is None


def test_a_mail_leads_to_its_page_whatever_the_address_became(me):
    found = draft(me)
    path = reverse("draft-page", args=[found.pk, "group"])
    propose.propose(found, me, timezone.now())
    assert browser(me).get(path)["Location"] == reverse("organise-group", args=[found.slug])
    assert browser(made.person()).get(path).status_code == 404
    assert browser(me).get(path.replace("group", "nowhere")).status_code == 404


def test_a_gathering_made_elsewhere_gets_its_checklist_by_a_button(me, staff):
    found = made.gathering(organisers=[me], state=State.PROPOSED.value)
    client = browser(me)
    for name in ONE:
        assert client.get(reverse(name, args=[found.slug])).status_code == 200, name
    assert browser(staff).get(reverse("team-proposals")).status_code == 200
    client.post(reverse("organise-one", args=[found.slug]), {"layout": "1"})
    assert found.tasks.count() == 15


@pytest.mark.parametrize("number", ["²", "9" * 30, "9" * 5000, "-1", "٣"])
def test_a_number_that_no_page_gave_changes_nothing_and_breaks_nothing(me, staff, number):
    found, begun = prepared(me), draft(me)
    starts, ends = (f"{in_days(200, hour):%Y-%m-%dT%H:%M}" for hour in (18, 20))
    slot = {"add": "1", "kind": "free", "starts_at": starts, "ends_at": ends, "weeks": number}
    typed = {**propose.said(begun), "title": "Autre"}
    ours, theirs = browser(me), browser(staff)
    before = Slot.objects.count()
    asked = [
        ours.post(reverse("organise-slot", args=[found.slug]), {"keep": number}),
        ours.post(reverse("organise-slot", args=[found.slug]), {"free": number}),
        ours.post(reverse("organise-one", args=[found.slug]), {"step": number, "to": "done"}),
        ours.post(reverse("draft", args=[begun.pk]), {**typed, "version": number}),
        theirs.post(reverse("team-slots"), {"drop": number}),
        theirs.post(reverse("team-slots"), slot),
        theirs.get(reverse("team-proposals"), {"told": number}),
    ]
    assert [one.status_code for one in asked] == [400, 400, 400, 409, 302, 400, 200]
    begun.refresh_from_db()
    assert (begun.title, Slot.objects.count()) == ("Une Fabrique", before)
