"""Who is recorded is told so and may object: nothing is validated while an objection waits."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from fabrique.actions.access import NoAccess, Role, Seat, seat_token
from fabrique.actions.animate import create_session
from fabrique.actions.forget import forget, held
from fabrique.actions.minutes import begin, consent, publish, review
from fabrique.actions.minutes import recording as verbs
from fabrique.actions.minutes.ready import check_ready
from fabrique.actions.minutes.transcript import take_heard
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.domain.transcript import Cue
from fabrique.store.here import here
from fabrique.store.models import Objection, ObjectionAnswer, Recording, RecordingNotice
from fabrique.web.seats import SEAT
from tests.store.instance import START
from tests.store.made import person

NOW = timezone.now()


@pytest.fixture
def zoe():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def head():
    return create_session(Plan("Café", "café", "fr", START))


@pytest.fixture
def minutes(head, zoe):
    made = begin.begin(head, zoe, NOW)
    review.write(made, review.New("Introduction", "written", "Une heure utile."), zoe, NOW)
    return made


def phone(head, participant, name="Ana"):
    """Somebody at their phone, in a seat of the session."""
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    client.cookies[SEAT] = seat_token(Seat(head.id, participant, Role.PARTICIPANT, name))
    return client


def signed_in(who):
    client = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    client.force_login(who)
    return client


def test_a_phone_reads_what_is_told_and_objects(head, minutes, zoe):
    address, ana = f"/s/{head.code}/recording", phone(head, "ana")
    before = ana.get(address).content.decode()
    assert "un an au plus" in before
    consent.declare(minutes, "Pour le compte-rendu ; Zoé écoute seule.", None, zoe, NOW)
    assert "Zoé écoute seule" in ana.get(address).content.decode()
    given = {"name": "Ana", "words": "Pas ma présentation."}
    assert ana.post(address, given).status_code == 302
    row = Objection.objects.get(session=head.code)
    assert (row.name, row.participant, row.person) == ("Ana", "ana", None)
    told = ana.get(address).content.decode()
    assert "Pas ma présentation." in told
    assert "attend une réponse" in told
    other = phone(head, "bob", "Bob")
    assert "Pas ma présentation." not in other.get(address).content.decode()
    assert other.post(address, {"do": "back", "objection": row.pk}).status_code == 403
    assert Client(SERVER_NAME="localhost").get(address).status_code == 403


def test_nothing_is_validated_while_an_objection_waits(head, minutes, zoe):
    review.reviewed(minutes, zoe)
    ana = consent.Objector("Ana", participant="ana")
    row = consent.objected(head.code, ana, "", NOW)
    for act in (lambda: review.reviewed(minutes, zoe), lambda: publish.validate(minutes, zoe, NOW)):
        with pytest.raises(Invalid) as refused:
            act()
        assert "objection" in refused.value.text.msgid
    with pytest.raises(Invalid):
        consent.decline(minutes, str(row.pk), "  ", zoe, NOW)
    consent.decline(minutes, str(row.pk), "Vous n’y parlez pas.", zoe, NOW)
    with pytest.raises(Invalid):  # it has its answer
        consent.decline(minutes, str(row.pk), "Autre chose.", zoe, NOW)
    publish.validate(minutes, zoe, NOW)
    late = consent.objected(head.code, ana, "Encore.", NOW)
    with pytest.raises(Invalid):
        publish.publish(minutes, publish.Terms(Tier.GUEST, ""), zoe, NOW)
    consent.decline(minutes, str(late.pk), "C’est déjà dit.", zoe, NOW)
    publish.publish(minutes, publish.Terms(Tier.GUEST, ""), zoe, NOW)
    page = phone(head, "ana").get(f"/s/{head.code}/recording").content.decode()
    assert "Vous n’y parlez pas." in page


def test_one_that_is_taken_back_waits_no_more_and_leaves_no_name(head, minutes, zoe):
    ana = phone(head, "ana")
    address = f"/s/{head.code}/recording"
    ana.post(address, {"name": "Ana Durand", "words": "Non merci."})
    row = Objection.objects.get(session=head.code)
    ana.post(address, {"do": "back", "objection": row.pk})
    row.refresh_from_db()
    assert (row.name, row.words, bool(row.withdrawn_at)) == ("", "", True)
    check_ready(minutes)
    with pytest.raises(Invalid):
        consent.decline(minutes, str(row.pk), "Trop tard.", zoe, NOW)


def test_what_is_objected_to_is_cut_from_the_sound_and_the_words(head, minutes, zoe):
    row = Recording.objects.create(
        minutes=minutes,
        title="table.m4a",
        size=1,
        told="Dit",
        kept_until=timezone.localdate() + timedelta(days=500),
        state="ready",
        duration=59_000,
        removed=[[0, 1000]],
    )
    cues = [
        Cue(n * 10_000, n * 10_000 + 9000, f"Phrase numéro {n} de la rencontre.") for n in range(6)
    ]
    take_heard(minutes, cues, "x")
    asked = consent.objected(head.code, consent.Objector("Ana", written_by=zoe), "", NOW)
    with pytest.raises(Invalid):
        consent.cut(minutes, str(asked.pk), (30_000, 30_000), zoe, NOW)
    consent.cut(minutes, str(asked.pk), (15_000, 31_000), zoe, NOW)
    row.refresh_from_db()
    assert (row.removed, row.state) == ([[0, 1000], [15_000, 31_000]], "waiting")
    said = list(minutes.cues.order_by("number").values_list("number", "start"))
    assert said == [(1, 0), (2, 40_000), (3, 50_000)]
    verbs.add_cut(minutes, (0, 2000), zoe)  # the beginning, later: what was objected to stays cut
    row.refresh_from_db()
    assert row.removed == [[0, 2000], [15_000, 31_000]]
    verbs.give_up(minutes, zoe)


def test_the_ledger_says_who_told_what_and_when_and_is_taken_away(head, minutes, zoe):
    told = verbs.Announced("table.m4a", 10, "=Dit au début")
    verbs.announce(minutes, told, zoe)
    consent.declare(minutes, "Affiché aussi.", None, zoe, NOW)
    consent.objected(head.code, consent.Objector("Ana", participant="ana"), "@non", NOW)
    rows = consent.ledger(head.code)
    assert [(one.words, one.by) for one in rows] == [
        ("=Dit au début", zoe),
        ("Affiché aussi.", zoe),
    ]
    client = signed_in(zoe)
    page = client.get(f"/minutes/{minutes.pk}/consent/").content.decode()
    assert "Affiché aussi." in page
    table = client.get(f"/minutes/{minutes.pk}/consent.csv").content.decode()
    assert table.count("\r\n") == 4
    assert '"=Dit' not in table  # no formula
    assert signed_in(person()).get(f"/minutes/{minutes.pk}/consent.csv").status_code == 404
    verbs.give_up(minutes, zoe)


def test_answers_by_the_page(head, minutes, zoe):
    client, address = signed_in(zoe), f"/minutes/{minutes.pk}/consent/"
    client.post(address, {"do": "write", "name": "Bob", "words": "Pas moi."})
    row = Objection.objects.get(session=head.code)
    assert row.written_by == zoe
    wrong = client.post(address, {"do": "cut", "objection": row.pk, "start": "x", "end": "1:00"})
    assert wrong.status_code == 400
    client.post(address, {"do": "cut", "objection": row.pk, "start": "0:30", "end": "1:00"})
    assert ObjectionAnswer.objects.get(objection=row).span == [30_000, 60_000]


def test_whoever_objected_by_an_account_takes_it_away_or_is_forgotten(head, minutes):
    ana = person("Ana Durand")
    signed_in(ana).post(f"/s/{head.code}/recording", {"name": "Ana Durand", "words": "Non."})
    consent.declare(minutes, "Dit.", None, ana, NOW)
    found = held(ana)
    assert [one["words"] for one in found["objection"]] == ["Non."]
    assert found["recordingnotice"]
    forget(ana, NOW)
    row = Objection.objects.get(session=head.code)
    assert (row.name, row.words, row.person) == ("", "", None)
    assert RecordingNotice.objects.get(session=head.code).by is None


def test_an_objection_has_a_name_and_a_seat_has_its_limit(head):
    with pytest.raises(Invalid):
        consent.objected(head.code, consent.Objector(" ", participant="ana"), "Non", NOW)
    ana = consent.Objector("Ana", participant="ana")
    for _ in range(consent.MOST):
        consent.objected(head.code, ana, "", NOW)
    with pytest.raises(Invalid):
        consent.objected(head.code, ana, "", NOW)
    bob = consent.Objector("Bob", participant="bob")
    assert consent.objected(head.code, bob, "", NOW).pk
    with pytest.raises(NoAccess):
        consent.take_back(consent.own_of(head.code, None, "bob"), "x", NOW)


def test_a_refusal_without_a_reason_cannot_be_kept(head, minutes):
    row = consent.objected(head.code, consent.Objector("Ana", participant="ana"), "", NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        ObjectionAnswer.objects.create(objection=row, verdict="declined", at=NOW)
    assert here().by_code(head.code)
    assert consent.waiting(minutes.session) == 1
