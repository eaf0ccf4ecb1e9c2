"""A file sent to a real server, looked at, corrected, imported, taken back; what is refused."""

import io
import os
import time
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from fabrique.actions.access import HOUSE, Role, Seat, seat_token
from fabrique.actions.animate import facilitator_token, find_session
from fabrique.actions.document import archive
from fabrique.domain.zipped import zipped
from fabrique.jobs import child
from fabrique.store.here import here, plan_of
from fabrique.web import held
from tests.jobs.made import picture
from tests.store.made import person
from tests.web.reading import Page
from tests.web.sending import Sender, serving

FORM = """\
Horodateur;Nom;Votre rôle ?;Note;Un mot
31/01/2024 10:00:00;Zoé;artiste;4;bien
31/01/2024 10:05:00;Ali;artiste;5;=1+1
;Max;régie;2;
31/01/2024 11:00:01;Léa;régie;;!!!
""".encode()
IDEAS = "Idée,Catégorie,Likes\nUn banc,Accueil,2\nUne lampe,,0\n".encode()
TABLES = zipped({"mur.csv": IDEAS, "notes.csv": b"colour,size\n1,2\n"})


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture(autouse=True)
def _nothing_waits():
    for path in Path(settings.DATA, "imports").glob("[0-9a-f]*"):
        held.drop(held.find(path.name))


class Organiser(Sender):
    """A browser that may prepare sessions."""

    def __init__(self, port, cookie=None, **headers):
        token = seat_token(Seat(HOUSE, "", Role.ORGANISER))
        super().__init__(port, "", f"organiser={token}" if cookie is None else cookie, **headers)
        self.base = ""

    def send(self, content, name="enquete.csv"):
        return self.ask("POST", content, "/prepare/import/file", name=name)

    def look(self, content, name="enquete.csv"):
        """Send a file; give its address, and the page."""
        status, said = self.send(content, name)
        assert status == 200, said
        return said["next"], self.page(said["next"])

    def page(self, path, **form):
        status, content = self.ask("GET", path=path)
        return status, Page(content.decode())


@pytest.fixture
def organiser(port):
    return Organiser(port)


@pytest.fixture
def posted(organising):
    """Post a form as a browser that may prepare, whose cookies Django's own client keeps."""
    return lambda path, **form: organising.post(path, form)


def chosen(page):
    """What each piece of the page is taken for."""
    found, name = {}, ""
    for tag, attrs in page.elements:
        if tag == "select":
            name = attrs["name"]
        elif tag == "option" and "selected" in attrs:
            found[name] = attrs["value"]
    return found


def left():
    folder = Path(settings.DATA) / "imports"
    return sorted(path.name for path in folder.rglob("*") if path.name != ".incoming")


def sessions():
    return len(here().sessions())


def test_a_form_is_shown_piece_by_piece_and_nothing_is_kept(organiser):
    before = sessions()
    _, (status, page) = organiser.look(FORM)
    assert status == 200
    assert chosen(page) == {
        "language": "en",
        "use-1": "times",
        "use-2": "none",
        "use-3": "single",
        "use-4": "rating",
        "use-5": "open",
    }
    for words in (
        "4 people",
        "10 answers",
        "artiste",
        "=1+1",
        "first one of the file is taken. [4]",
    ):
        assert words in page.text
    assert page.threats() == []
    assert sessions() == before


def test_what_was_looked_at_becomes_a_session_with_its_report(organiser, posted, organising):
    where, _ = organiser.look(FORM, "Enquête de rentrée.csv")
    answer = posted(where, keep="1")
    assert answer.status_code == 400  # a French reader had not looked at it yet
    answer = posted(where, keep="1")
    assert answer.status_code == 303
    head = find_session(answer.headers["Location"].split("/")[3].split("?")[0])
    assert plan_of(head).title == "Enquête de rentrée"
    assert head.ended_at is not None
    assert b"Zo\xc3\xa9" not in archive(head.id)
    assert left() == []
    page = organising.get(answer.headers["Location"])
    assert f"/s/{head.code}/report" in page.text
    assert organising.get(f"/s/{head.code}/report").status_code == 200
    assert "importée" in organising.get("/prepare/").text


def test_corrections_are_kept_and_seen_before_they_are_imported(posted, organiser):
    where, _ = organiser.look(FORM)
    posted(where)
    seen = {
        f"use-{n}": use for n, use in enumerate(("times", "names", "open", "rating", "none"), 1)
    }
    answer = posted(where, **seen, **{"detail-4": "7"}, title="Autre titre", keep="1")
    assert answer.status_code == 400
    page = Page(answer.text)
    assert "Vous avez changé la lecture" in page.text
    assert chosen(page) == seen | {"language": "en"}
    assert ("detail-4", "7") in [(one.get("name"), one.get("value")) for _, one in page.elements]
    answer = posted(where, **seen, **{"detail-4": "7"}, title="Autre titre", keep="1")
    assert answer.status_code == 303
    head = find_session(answer.headers["Location"].split("/")[3].split("?")[0])
    assert plan_of(head).title == "Autre titre"
    (questionnaire,) = plan_of(head).steps
    assert [one.kind for one in questionnaire.questions] == ["open", "rating"]
    assert sorted(one.name for one in here().names(head.id).values()) == [
        "Ali",
        "Léa",
        "Max",
        "Zoé",
    ]


def test_a_refused_correction_can_be_taken_back(posted, organiser):
    where, _ = organiser.look(FORM)
    posted(where)
    answer = posted(where, **{"use-5": "rating"}, read="1")
    assert answer.status_code == 400
    assert chosen(Page(answer.text))["use-5"] == "rating"
    answer = posted(where, **{"use-5": "open"}, read="1")
    assert answer.status_code == 200
    twice = posted(where, **{"use-2": "names", "use-5": "names"}, read="1")
    assert "Deux colonnes" in twice.text


def test_a_table_that_nobody_knows_is_left_aside(posted, organiser):
    where, (status, page) = organiser.look(TABLES, "export.zip")
    assert status == 400
    assert "In the file, at notes.csv:1" in page.text
    assert chosen(page) == {"language": "en", "use-1": "ideas", "use-2": ""}
    posted(where, **{"use-2": "none"}, title="export")
    answer = posted(where, **{"use-2": "none"}, title="export", keep="1")
    assert answer.status_code == 303, Page(answer.text).text


def test_what_the_room_refuses_is_counted(posted, organiser, organising):
    where, _ = organiser.look(zipped({"a.csv": "idée\nUn banc\n\u200b\n".encode()}), "a.zip")
    posted(where)
    answer = posted(where, title="a", language="en", keep="1")
    page = organising.get(answer.headers["Location"])
    assert "1 réponse n’a pas pu être gardée" in Page(page.text).text


def test_our_own_archive_comes_back_and_is_taken_back(posted, organiser, leading, session):
    content = leading.get(f"/s/{session.code}/archive.json").content
    before = sessions()
    where, (status, page) = organiser.look(content, "archive.json")
    assert (status, "Le mur" in page.text) == (200, True)
    posted(where)
    answer = posted(where, keep="1")
    assert sessions() == before + 1
    done = posted(answer.headers["Location"], remove="1")
    assert (done.status_code, sessions()) == (303, before)
    assert "est effacée" in leading.get(done.headers["Location"]).text


def test_what_was_made_here_cannot_be_taken_back(posted, session):
    answer = posted(f"/prepare/imported/{session.code}", remove="1")
    assert answer.status_code == 409
    assert "a été faite ici" in answer.text
    assert find_session(session.code)


def test_the_same_archive_twice_says_where_it_is(posted, organiser, leading, session):
    content = leading.get(f"/s/{session.code}/export.zip").content
    for code in (303, 400):
        where, _ = organiser.look(content, "export.zip")
        posted(where)
        answer = posted(where, keep="1")
        assert answer.status_code == code
    assert "est déjà ici" in answer.text


def test_what_is_given_up_is_gone(posted, organiser):
    where, _ = organiser.look(FORM)
    assert posted(where, drop="1").status_code == 303
    assert left() == []
    assert posted(where, keep="1").status_code == 404


def book():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as made:
        made.writestr("[Content_Types].xml", "<Types/>")
    return whole.getvalue()


def bomb():
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.csv", bytes(40_000_000))
    return whole.getvalue()


def encrypted():
    return TABLES.replace(b"PK\x03\x04\x14\x00\x00", b"PK\x03\x04\x14\x00\x01").replace(
        b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
    )


WRONG = {
    "a cut table": (FORM + b';"cut;;;', "not closed", "6"),
    "a row of another width": (FORM + b"a;b\n", "Cells here: 2; in the first line: 5.", "6"),
    "no row": (b"a;b\n", "no answer", None),
    "signs of a machine": (b"a;b\n\x01;c\n", "cannot be shown", "2, 1"),
    "a workbook": (book(), "workbook", None),
    "a bomb": (bomb(), "too much room", "a.csv"),
    "a ZIP cut short": (TABLES[:-30], "cannot be read", None),
    "an archive from later": (b'{"format": "fabrique.archive/2"}', "newer Fabrique", ".format"),
    "another JSON": (b'{"a": 1}', "not an archive", None),
    "a running order": (b'{"format": "fabrique.running_order/1"}', "Prepare a session", None),
    "broken JSON": (b"{", "not JSON", None),
}


@pytest.mark.parametrize(("content", "why", "where"), WRONG.values(), ids=WRONG)
def test_what_cannot_be_is_refused_with_the_reason_and_the_line(organiser, content, why, where):
    before = sessions()
    _, (status, page) = organiser.look(content)
    assert status == 400
    assert why in page.text
    assert (f"In the file, at {where}" in page.text) is (where is not None)
    assert any(attrs.get("role") == "alert" for _, attrs in page.elements)
    assert not [attrs for _, attrs in page.elements if attrs.get("name") == "keep"]
    assert sessions() == before


def test_what_is_no_such_file_is_refused_before_it_is_held(organiser):
    for content in (picture(), b"%PDF-1.7", b""):
        status, said = organiser.send(content)
        assert (status, "cannot be imported" in said["error"]) == (400, True)
    status, said = organiser.send(b"a;b\n" * 20_000_000)
    assert (status, said["error"]) == (413, "A file to import has at most 64 MB.")
    assert left() == []


@pytest.mark.parametrize("who", ["facilitator", "nobody", "elsewhere"])
def test_only_whoever_prepares_sends_a_file(port, client, session, who):
    organiser = Organiser(port)
    if who == "facilitator":
        organiser = Organiser(port, f"organiser={facilitator_token(session.id)}")
    elif who == "nobody":
        organiser = Organiser(port, "")
    else:
        organiser.headers["Origin"] = "https://evil.example"
    assert organiser.send(FORM)[0] == 403
    assert left() == []
    for path in ("/prepare/import/", f"/prepare/imported/{session.code}"):
        assert client.get(path).status_code == 403


def test_too_many_files_at_once_are_refused(organiser):
    for _ in range(held.MOST):
        assert organiser.send(FORM)[0] == 200
    status, said = organiser.send(FORM)
    assert (status, "try again" in said["error"]) == (503, True)


def test_what_nobody_comes_back_to_is_forgotten(organiser):
    where, _ = organiser.look(FORM)
    waiting = held.find(where.rpartition("/")[2])
    held.sweep()
    assert held.find(waiting.id)
    then = time.time() - held.KEPT - 60
    os.utime(waiting.folder, (then, then))
    held.incoming().mkdir(exist_ok=True)
    (held.incoming() / "cut").write_bytes(b"half")
    os.utime(held.incoming() / "cut", (then, then))
    held.sweep()
    assert left() == []


def test_a_reader_that_dies_half_way_keeps_nothing(organiser, posted, monkeypatch):
    where, _ = organiser.look(FORM)
    posted(where)
    before = sessions()
    monkeypatch.setattr("fabrique.web.pages.imports.PATIENCE", 0.01)
    answer = posted(where, keep="1")
    assert (answer.status_code, sessions()) == (400, before)
    assert "trop de temps" in answer.text
    monkeypatch.undo()
    assert posted(where, keep="1").status_code == 303


def test_a_child_that_is_slow_is_ended(tmp_path):
    began = time.monotonic()
    assert (
        child.answer("timeit", "-n1", "-r1", "while True: 1", folder=tmp_path, patience=0.2) == b""
    )
    assert time.monotonic() - began < 20


def test_whoever_is_entrusted_with_it_sends_files_once_signed_in(port, client):
    asked = {}
    for role in ("facilitator", "organiser"):
        client.force_login(person(roles=[role]))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        browser = Organiser(port, f"{settings.SESSION_COOKIE_NAME}={session}")
        asked[role] = browser.send(FORM)[0]
        browser.headers["Origin"] = "https://evil.example"
        assert browser.send(FORM)[0] == 403
    assert asked == {"facilitator": 200, "organiser": 403}
    assert Organiser(port, f"{settings.SESSION_COOKIE_NAME}=forged").send(FORM)[0] == 403
