"""A language model of others, lived over real sockets: what is bad is said, and harms nothing."""

import socket
import threading

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from fabrique.actions.animate import create_session
from fabrique.actions.document import whole
from fabrique.actions.minutes import begin, consent, outside, publish, review, transcript
from fabrique.domain.conduct import Outside
from fabrique.domain.edition import Verdict
from fabrique.domain.entry import Entry
from fabrique.domain.lines import Joined, Went
from fabrique.domain.session import Plan
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.jobs import drafting
from fabrique.store.here import here
from fabrique.store.journal import Append
from fabrique.store.models import Asking
from tests.store.instance import START
from tests.store.made import person
from tests.web import model as fake

VTT = """WEBVTT

00:00:00.000 --> 00:00:09.000
Nina Roux: On attend encore cinq minutes, le café est chaud.

00:01:10.000 --> 00:01:18.000
Nina Roux: Nous avons compté trente lieux qui prêtent leur matériel.

00:01:19.000 --> 00:01:26.000
Sam Petit: Je propose de partager un inventaire au printemps prochain.
"""


@pytest.fixture
def staff():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(staff):
    Asking.objects.all().delete()  # of other tests: the oldest is made first
    row = begin.begin(create_session(Plan("Café", "café", "fr", START)), staff, timezone.now())
    transcript.take_transcript(row, "zoom.vtt", VTT.encode(), staff)
    review.write(row, review.New("Introduction", "written", "Une heure."), staff, timezone.now())
    return row


@pytest.fixture
def named(monkeypatch):
    def name(url, **more):
        given = {"url": url, "name": "petit-modele", "key": "secret", "local": True}
        monkeypatch.setattr(settings, "MODEL", {**given, "patience": 20.0, **more}, raising=False)

    return name


def happens(minutes, *lines):
    """Write (participant, verb, body) in the journal of the session."""
    session = here().by_code(minutes.session).id
    begun = len(whole(session).entries)
    entries = [
        Entry(begun + n, timezone.now(), who, f"o{begun + n}", None, f"session.{verb}", 1, body)
        for n, (who, verb, body) in enumerate(lines, 1)
    ]
    here().append([Append(session, begun, tuple(entries))])


def told(minutes, host):
    happens(minutes, ("ana", "joined", Joined()), ("", "shared", Outside(host)))


def asked(minutes, by):
    outside.ask(minutes, by, timezone.now())
    assert drafting.once(threading.Event())
    return Asking.objects.get(minutes=minutes)


def words(row):
    return " ".join(
        str(one.msgid if hasattr(one, "msgid") else one) for one in outside.told_of(row)
    )


def test_what_a_model_writes_is_proposed_under_its_name_and_host_and_published_so(
    minutes, staff, named
):
    good = fake.sentence()
    bad = fake.sentence(text="Quarante lieux prêtent leur matériel.")
    figure = fake.sentence(kind="result")
    with fake.Model(fake.says(*fake.answer(good, bad, figure))) as model:
        named(model.url)
        told(minutes, model.host)
        row = asked(minutes, staff)
    assert (row.state, row.told, row.share) == ("done", [], 1)
    (made,) = minutes.sentences.filter(drafter="llm")
    tool = f"petit-modele ({model.host})"
    assert (made.text, made.tool, made.verdict, made.found) == (good["text"], tool, "proposed", [])
    assert {one["Authorization"] for one in model.headers} == {"Bearer secret"}
    assert {one["model"] for one in model.asked} == {"petit-modele"}
    review.judge(minutes, made.pk, Verdict.ACCEPTED, staff, timezone.now())
    review.reviewed(minutes, staff)
    publish.validate(minutes, staff, timezone.now())
    terms = publish.Terms(Tier.ADHERENT)
    article = publish.read(publish.publish(minutes, terms, staff, timezone.now()))
    assert article.drafters == (tool,)


def half(text):
    return fake.says(200, text[: len(text) // 2])


ELSEWHERE = {"Location": "http://127.0.0.1:1/elsewhere"}
WRITTEN = b'{"choices": [{"message": {"content": "Bonjour, je suis l\xc3\xa0 pour vous aider."}}]}'
BAD = {
    "empty": (fake.says(200, b""), "extracts stand"),
    "empty words": (fake.says(*fake.reply("")), "extracts stand"),
    "nonsense": (fake.says(200, WRITTEN), "extracts stand"),
    "no JSON": (fake.says(200, b"<html>Bad gateway"), "extracts stand"),
    "invented ids": (fake.says(*fake.answer(fake.sentence(ref="t:999"))), "extracts stand"),
    "invented quote": (
        fake.says(*fake.answer(fake.sentence(quote="nous avons tout annulé hier soir"))),
        "extracts stand",
    ),
    "half JSON": (half(fake.answer(fake.sentence())[1]), "extracts stand"),
    "broken line": (fake.breaks, "could not be reached"),
    "500": (fake.says(500, b"Internal error"), "answered with error"),
    "key refused": (fake.says(401, b"{}"), "refused (error"),
    "redirection": (fake.says(302, b"", **ELSEWHERE), "nobody followed"),
    "another 307": (fake.says(307, b"", **ELSEWHERE), "nobody followed"),
    "giant": (fake.pours, "more than can be read"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_answer_ends_in_a_sentence_and_extracts(minutes, staff, named, name):
    act, why = BAD[name]
    with fake.Model(act) as model:
        named(model.url)
        told(minutes, model.host)
        row = asked(minutes, staff)
    assert row.state == "done"
    assert why in in_english(row)
    rows = list(minutes.sentences.exclude(kind="written"))
    assert rows
    assert {(one.kind, one.drafter, one.tool) for one in rows} == {("extract", "extract", "")}
    assert not minutes.sentences.filter(kind="written", text="Une heure.").exclude(found=[])
    minutes.refresh_from_db()
    assert (minutes.stage, minutes.editions.count()) == ("draft", 0)


def in_english(row):
    """What is told, as it is written in the code; remarks are in the language of the text."""
    said = words(row).replace("sont là à leur place", "extracts stand")
    return said + (" extracts stand" if "extraits" in said or "extracts" in said else "")


@pytest.mark.parametrize("way", ["hangs", "drips"])
def test_an_endpoint_that_never_ends_is_left_in_time(minutes, staff, named, way):
    with fake.Model(None) as model:
        model.answers = getattr(fake, way)(lambda: model)
        named(model.url, patience=1.0)
        told(minutes, model.host)
        row = asked(minutes, staff)
        assert len(model.asked) == 1  # the other parts do not wait in vain
    assert row.state == "done"
    assert "did not answer in time" in words(row)
    assert minutes.sentences.filter(drafter="extract").exists()


def test_an_endpoint_that_is_not_there_is_said(minutes, staff, named):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    named(f"http://127.0.0.1:{port}/v1")
    told(minutes, f"127.0.0.1:{port}")
    row = asked(minutes, staff)
    assert "could not be reached" in words(row)
    assert minutes.sentences.filter(drafter="extract").exists()


def test_what_is_given_up_is_stopped_at_once_and_leaves_nothing(minutes, staff, named):
    with fake.Model(None) as model:
        model.answers = fake.hangs(lambda: model)
        named(model.url, patience=60.0)
        told(minutes, model.host)
        outside.ask(minutes, staff, timezone.now())
        with pytest.raises(Invalid):
            outside.ask(minutes, staff, timezone.now())
        stop = threading.Event()
        threading.Timer(1.0, stop.set).start()
        assert drafting.once(stop)  # the worker is told to stop: somebody else takes it on
        row = Asking.objects.get(minutes=minutes)
        assert row.state == "working"
        outside.give_up(minutes, staff)
        assert not drafting.once(threading.Event())
    assert not minutes.sentences.exclude(kind="written").exists()
    outside.ask(minutes, staff, timezone.now())


def test_a_private_address_is_asked_only_where_the_settings_allow_it(minutes, staff, named):
    with fake.Model(fake.says(*fake.answer(fake.sentence()))) as model:
        named(model.url, local=False)
        assert outside.named() == ""  # neither over a line that others read
        named(f"https://{model.host}/v1", local=False)
        told(minutes, model.host)
        row = asked(minutes, staff)
        assert "private network" in words(row)
        assert model.asked == []


@pytest.mark.parametrize("url", ["", "ftp://a.org", "https://u:p@a.org/v1", "http://a.org/v1"])
def test_an_address_that_is_no_secret_line_names_nobody(minutes, staff, named, url):
    named(url, local=False)
    assert outside.named() == ""
    with pytest.raises(Invalid):
        outside.ask(minutes, staff, timezone.now())


ANA, BO = ("ana", "joined", Joined()), ("bo", "joined", Joined())
HOST, NOBODY = ("", "shared", Outside("a.org")), ("facilitator", "shared", Outside(""))
OTHER = ("", "shared", Outside("b.org"))
GONE = ("ana", "went", Went())


@pytest.mark.parametrize(
    ("lines", "may"),
    [
        ([], False),
        ([ANA], False),
        ([ANA, HOST], True),
        ([HOST, ANA, BO], True),
        ([ANA, HOST, NOBODY], False),
        ([ANA, OTHER], False),
        ([ANA, GONE, HOST, BO], False),
        ([HOST, ANA, GONE, NOBODY, BO, HOST], False),
        ([HOST, ANA, GONE, BO], True),
    ],
)
def test_nothing_is_sent_unless_every_screen_of_the_session_named_the_host(
    minutes, staff, named, lines, may
):
    named("https://a.org/v1", local=False)
    if lines:
        happens(minutes, *lines)
    if may:
        outside.ask(minutes, staff, timezone.now())
        assert Asking.objects.filter(minutes=minutes, host="a.org").exists()
    else:
        with pytest.raises(Invalid):
            outside.ask(minutes, staff, timezone.now())
        assert not Asking.objects.filter(minutes=minutes).exists()


def test_nothing_is_sent_while_an_objection_waits(minutes, staff, named):
    with fake.Model(fake.says(*fake.answer(fake.sentence()))) as model:
        named(model.url)
        told(minutes, model.host)
        who = consent.Objector("Ana", participant="ana")
        made = consent.objected(minutes.session, who, "Pas ma voix.", timezone.now())
        with pytest.raises(Invalid, match="objection"):
            outside.ask(minutes, staff, timezone.now())
        assert not Asking.objects.filter(minutes=minutes).exists()
        consent.decline(minutes, str(made.pk), "Elle n’y est pas.", staff, timezone.now())
        asked(minutes, staff)
        assert model.asked


def test_the_host_is_told_before_one_joins_and_the_desk_says_why_not(minutes, staff, named):
    named("https://a.org/v1", local=False)
    desk = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    desk.force_login(staff)
    page = desk.get(f"/minutes/{minutes.pk}/").content.decode()
    assert "a.org" in page
    assert 'value="ask"' not in page
    phone = Client(SERVER_NAME="localhost", headers={"accept-language": "fr"})
    assert "a.org" not in phone.get(f"/s/{minutes.session}/").content.decode()
    told(minutes, "a.org")
    door = phone.get(f"/s/{minutes.session}/").content.decode()
    assert "a.org" in door
    assert 'value="ask"' in desk.get(f"/minutes/{minutes.pk}/").content.decode()
    assert desk.post(f"/minutes/{minutes.pk}/", {"do": "ask"}).status_code == 302
    told_by = desk.get(f"/minutes/{minutes.pk}/asking.json").json()
    assert told_by == {"state": "waiting", "share": 0}
    assert desk.post(f"/minutes/{minutes.pk}/", {"do": "ask"}).status_code == 400
    assert desk.post(f"/minutes/{minutes.pk}/", {"do": "unask"}).status_code == 302
    assert desk.get(f"/minutes/{minutes.pk}/asking.json").json()["state"] == "stopped"
