"""What was never shown to the room: the team reads it, participants read that it is there."""

import io
import re
import zipfile
from datetime import timedelta
from html import unescape

import pypdf
import pytest
from django.utils import timezone

from fabrique.actions.animate import facilitator_token, import_archive, take_seat
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.session import Participant, Plan
from fabrique.live.room import Room
from fabrique.store.here import kinds

UNSHOWN = "L’animation n’a pas montré les résultats de cette étape."
START = timezone.now() - timedelta(hours=1)
RATED = {"id": "n", "kind": "rating", "title": "Note", "settings": {"scale": 5, "comments": True}}
OPTIONS = {"kind": "vote", "options": ["cornemuse", "non"]}
# By step: what it is, what is answered, and a word that only its results say.
KEPT = {
    "vote": (OPTIONS, {"choice": [0]}, "cornemuse"),
    "open": (
        {"kind": "questionnaire", "questions": [{"id": "o", "kind": "open", "title": "Et ?"}]},
        {"question": "o", "answer": {"text": "zibeline"}},
        "zibeline",
    ),
    "rating": (
        {"kind": "questionnaire", "questions": [RATED]},
        {"question": "n", "answer": {"value": 2, "comment": "mandoline"}},
        "mandoline",
    ),
    "cloud": ({"kind": "word_cloud"}, {"text": "térébenthine"}, "térébenthine"),
    "challenge": (
        {"kind": "challenge", "settings": {"answer": "text", "accepted": ["sarbacane"]}},
        {"text": "sarbacane"},
        "sarbacane",
    ),
}
SEEN = {
    "ideas": ({"kind": "ideas"}, {"text": "pantoufle"}, "pantoufle"),
    "board": ({"kind": "board", "columns": ["Ici"]}, {"text": "ocarina", "column": 0}, "ocarina"),
    "shown": (OPTIONS | {"options": ["tuba", "non"]}, {"choice": [0]}, "tuba"),
}


@pytest.fixture(scope="module")
def head():
    """A session that is over, in which one secret step of six was shown."""
    steps = {name: {"id": name, "title": name.title()} | step for name, (step, *_) in _all()}
    defined = tuple(read_definition(step, kinds()) for step in steps.values())
    chat = read_definition({"kind": "chat", "id": "fil", "title": "Fil"}, kinds())
    room = Room(Plan("Essai", "cafe", "fr", START, steps=defined, beside=(chat,)), kinds())
    lines = []

    def act(do, who, run=None, **body):
        n = len(lines)
        op = Op(f"o{n}", do, START + timedelta(seconds=n), who, run, body)
        lines.extend(room.receive(op).entries)

    act("join", "ana")
    act("begin", FACILITATOR)
    act("say", "ana", room.session.runs_of("fil")[0].id, text="clavecin")
    for name, (_, answer, _) in _all():
        act("open", FACILITATOR, step=name)
        run = room.session.runs_of(name)[0].id
        act("answer", "ana", run, **answer)
        act("reveal" if name == "shown" else "close", FACILITATOR, run)
    act("end", FACILITATOR)
    people = (Participant(id="ana", name="Ana"),)
    return import_archive(form.write(Archive(room.session.plan, people, tuple(lines))))


def _all():
    return {**KEPT, **SEEN}.items()


@pytest.fixture
def reading(client, head):
    client.cookies["seat"] = take_seat(head.id, "Zoé")
    return client


@pytest.fixture
def team(client, head):
    client.cookies["console"] = facilitator_token(head.id)
    return client


def page(browser, head):
    return unescape(browser.get(f"/s/{head.code}/report").text)


def pdf(browser, head):
    document = pypdf.PdfReader(io.BytesIO(browser.get(f"/s/{head.code}/report.pdf").content))
    return " ".join(" ".join(one.extract_text() for one in document.pages).split())


def markdown(browser, head):
    return browser.get(f"/s/{head.code}/report.md").content.decode()


def docx(browser, head):
    content = browser.get(f"/s/{head.code}/report.docx").content
    with zipfile.ZipFile(io.BytesIO(content)) as whole:
        return unescape(whole.read("word/document.xml").decode())


FORMS = pytest.mark.parametrize("form", [page, pdf, markdown, docx])


@FORMS
def test_participants_read_only_what_the_room_was_shown(reading, head, form):
    read = form(reading, head)
    assert [word for *_, word in KEPT.values() if word in read] == []
    assert [word for *_, word in SEEN.values() if word not in read] == []
    assert "clavecin" in read
    assert read.count(UNSHOWN) == len(KEPT)


@FORMS
def test_the_team_reads_everything(team, head, form):
    read = form(team, head)
    assert [word for _, (*_, word) in _all() if word not in read] == []
    assert UNSHOWN not in read


def test_a_step_that_was_not_shown_keeps_its_place_and_its_counts(reading, head):
    (section,) = re.findall(
        r"<section[^>]*>(?:(?!<section).)*Cloud.*?</section>", page(reading, head)
    )
    words = re.sub(r"<[^>]+>", " ", section)
    assert "Présentes\u00a0: 1 · Ont répondu\u00a0: 1 · Contributions\u00a0: 1" in words


def test_only_the_team_takes_the_pictures_of_what_was_not_shown(client, head):
    run = {name: f"r{n}" for n, (name, _) in enumerate(_all(), 2)}  # the chat is r1
    client.cookies["console"] = facilitator_token(head.id)
    charts = {name: f"/s/{head.code}/charts/{run[name]}.png" for name in ("cloud", "shown")}
    assert {client.get(address).status_code for address in charts.values()} == {200}
    del client.cookies["console"]
    client.cookies["seat"] = take_seat(head.id, "Zoé")
    found = {name: client.get(address).status_code for name, address in charts.items()}
    assert found == {"cloud": 404, "shown": 200}


def test_only_the_team_takes_data_away(client, head):
    names = ("results.json", "archive.json", "listings.xlsx", "export.zip")
    addresses = [f"/s/{head.code}/{name}" for name in names]
    client.cookies["seat"] = take_seat(head.id, "Zoé")
    assert {client.get(address).status_code for address in addresses} == {403}
    client.cookies["console"] = facilitator_token(head.id)
    results, archive = (client.get(address).text for address in addresses[:2])
    assert "zibeline" in results
    assert all(word in archive for *_, word in KEPT.values())
