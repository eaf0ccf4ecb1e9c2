"""Files sent to a real server: what is kept, what is refused, and what a slow sender holds."""

import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from fabrique.actions.access import Role, Seat, seat_token
from fabrique.actions.animate import create_session, facilitator_token, stage_token, take_seat
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import Entry
from fabrique.domain.lines import Ended
from fabrique.domain.pictures import media_name
from fabrique.domain.session import Plan
from fabrique.jobs import deck as decks
from fabrique.jobs.deck import Deck
from fabrique.store.here import here, kinds, media, pictures_of, plan_of
from fabrique.store.journal import Append
from tests.jobs.made import noise, packed, pdf, picture
from tests.store.instance import START
from tests.web.sending import Sender, serving

JOBS = Path(settings.DATA) / "jobs"


@pytest.fixture(scope="module")
def port():
    with serving() as port:
        yield port


@pytest.fixture
def sender(port, session):
    return Sender(port, session.code, f"console={facilitator_token(session.id)}")


@pytest.fixture
def kept():
    """The files of the media before, to tell what a test added."""
    folder = Path(settings.MEDIA_ROOT)
    before = set(folder.glob("*"))
    return lambda: set(folder.glob("*")) - before


def left():
    """What is on its way, and what was made on the way."""
    return [path for path in JOBS.rglob("*") if path.name != ".incoming"] if JOBS.exists() else []


def until(condition):
    limit = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def test_a_picture_is_kept_and_named(sender, kept):
    status, said = sender.picture(noise())
    assert status == 200
    assert {media_name(said["src"]), media_name(said["small"])} == {one.name for one in kept()}
    assert (said["width"], said["height"]) == (2400, 1800)
    assert left() == []


def test_a_picture_is_seen_only_by_whoever_has_a_seat_where_it_is_used(sender, port):
    _, said = sender.picture(picture(size=(31, 17)))
    name = media_name(said["src"])
    where = f"picture/{name}"
    assert sender.ask("GET", path=where)[0] == 404  # nothing refers to it yet
    step = {"kind": "pause", "id": "p", "title": "T", "image": {"src": said["src"], "alt": "a"}}
    using = create_session(Plan("S", "k", "fr", START, steps=(read_definition(step, kinds()),)))
    at_stage = Sender(port, using.code, f"stage={stage_token(using.id)}")
    status, content = at_stage.ask("GET", path=where)
    assert (status, content) == (200, media().read(name))
    assert Sender(port, using.code).ask("GET", path=where)[0] == 403
    assert sender.ask("GET", path=where)[0] == 404


@pytest.mark.parametrize(
    "content",
    [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a" + bytes(90), b"", b"hello" * 3000],
    ids=["SVG", "GIF", "nothing", "text"],
)
def test_what_is_no_picture_is_refused_in_the_readers_language(sender, kept, content):
    assert sender.picture(content) == (
        400,
        {"error": "This is not a picture that can be read: choose a PNG, JPEG or WebP file."},
    )
    sender.headers["Accept-Language"] = "fr"
    assert sender.picture(content)[1]["error"].startswith("Ce n’est pas une image")
    assert kept() == set()
    assert left() == []


def test_a_heavy_picture_is_refused_once_it_was_heard_out(sender, kept):
    status, said = sender.picture(picture() + bytes(5 * 1024 * 1024))
    assert (status, said["error"]) == (413, "A picture has at most 5 MB: make it smaller.")
    assert kept() == set()
    assert left() == []


def test_a_pdf_named_as_a_picture_is_no_picture(sender):
    assert sender.picture(pdf("Un"))[0] == 400


@pytest.mark.parametrize("role", ["seat", "stage", "forged", "elsewhere", "nobody"])
@pytest.mark.parametrize("method", ["POST", "GET", "DELETE"])
def test_only_the_animation_of_this_session_sends(port, session, role, method, kept):
    other = Seat(session.id + 1, "", Role.FACILITATOR)
    cookies = {
        "seat": f"seat={take_seat(session.id, 'Zoé')}",
        "stage": f"stage={stage_token(session.id)}; console={stage_token(session.id)}",
        "forged": f"console={facilitator_token(session.id)}x",
        "elsewhere": f"console={seat_token(other)}",
        "nobody": "",
    }
    sender = Sender(port, session.code, cookies[role])
    status, _ = sender.ask(method, picture(), **{"as": "picture"})
    assert status == 403
    assert kept() == set()


@pytest.mark.parametrize("origin", ["https://evil.example", "null", ""])
def test_a_page_from_elsewhere_cannot_send(sender, origin, kept):
    sender.headers["Origin"] = origin
    assert sender.picture(picture())[0] == 403
    assert kept() == set()


def test_an_upload_that_is_interrupted_leaves_nothing(sender, port, kept):
    line = half(sender, port, pdf("Un") + bytes(2_000_000))
    until(lambda: any(path.stat().st_size for path in left()))
    line.close()
    until(lambda: left() == [])
    assert kept() == set()
    assert sender.jobs() == []


def half(sender, port, content):
    """Send the head of a request, and half of what it promised."""
    line = socket.create_connection(("127.0.0.1", port))
    head = [f"POST /s/{sender.code}/media?as=slides HTTP/1.1", f"Host: 127.0.0.1:{port}"]
    head += [f"{name}: {value}" for name, value in sender.headers.items()]
    head += [f"Content-Length: {len(content)}", "", ""]
    line.sendall("\r\n".join(head).encode())
    line.sendall(content[: len(content) // 2])
    return line


def test_slow_senders_hold_no_thread(sender, port):
    lines = [half(sender, port, pdf("Un") + bytes(2_000_000)) for _ in range(6)]
    until(lambda: len(list((JOBS / ".incoming").iterdir())) == 6)
    before = threading.active_count()
    began = time.monotonic()
    answers = [sender.ask("GET", path="console")[0] for _ in range(20)]
    assert set(answers) == {200}
    assert time.monotonic() - began < 10
    assert threading.active_count() <= before + 8  # the pages' own, whatever is being sent
    status, said = sender.picture(picture())
    assert (status, said["error"]) == (503, "The server is busy: try again in a moment.")
    for line in lines:
        line.close()
    until(lambda: sender.picture(picture())[0] == 200)


def test_slides_enter_the_session_once_all_is_drawn(sender, session, kept):
    status, said = sender.slides(pdf("Bonjour", "Fini"), "Ma_présentation.pdf")
    assert status == 202
    assert sender.finished(said["job"])["state"] == "done"
    step = plan_of(session).beside[-1]
    assert (step.kind, step.title, step.pages) == ("slides", "Ma présentation", 2)
    assert [one.alt for one in step.pictures] == ["Bonjour", "Fini"]
    assert {media_name(one.src) for one in step.pictures} == {path.name for path in kept()}
    assert {one.src for one in step.pictures} <= pictures_of(session)
    assert left() == []


def test_slides_that_are_refused_say_why_and_leave_nothing(sender, session, kept):
    files = [
        (pdf("Un", password="x"), "locked by a password"),
        (pdf(*[""] * 500), "500 pages: 200 at most"),
        (b"%PDF-1.4" + bytes(3000), "damaged"),
        (packed({"a": "b"}), "not a presentation"),
    ]
    for content, why in files:
        _, said = sender.slides(content)
        assert why in sender.finished(said["job"])["text"]
    assert sender.slides(b"\0" * 90)[0] == 400
    assert plan_of(session).beside[1:] == ()
    assert kept() == set()
    assert left() == []


def test_slides_given_up_are_gone(sender, session):
    _, said = sender.slides(pdf(*["Une page"] * 120))
    until(lambda: sender.jobs()[-1]["page"] > 1)
    assert sender.ask("DELETE", job=said["job"])[0] == 200
    assert sender.jobs() == []
    assert left() == []
    assert sender.ask("DELETE", job=said["job"])[0] == 404
    assert plan_of(session).beside[1:] == ()


def test_another_session_sees_nothing_of_them(sender, port, session):
    _, said = sender.slides(pdf(*["Une page"] * 60))
    other = create_session(plan_of(session))
    stranger = Sender(port, other.code, f"console={facilitator_token(other.id)}")
    assert stranger.jobs() == []
    assert stranger.ask("DELETE", job=said["job"])[0] == 404
    assert sender.ask("DELETE", job=said["job"])[0] == 200


def test_slides_interrupted_by_a_restart_are_drawn_all_the_same(session, tmp_path):
    source = tmp_path / "source"
    source.write_bytes(pdf("Un", "Deux"))
    decks.create(JOBS, Deck("interrupted", session.id, "Reprise", "pdf"), source)
    (JOBS / ".half").mkdir()
    with serving() as port:
        sender = Sender(port, session.code, f"console={facilitator_token(session.id)}")
        assert sender.finished("interrupted")["state"] == "done"
    assert [one.title for one in plan_of(session).beside] == ["Fil", "Reprise"]
    assert left() == []


def test_the_same_slides_are_added_once_whatever_is_tried_again(session, tmp_path):
    for _ in range(2):  # stopped after the room's yes, before the folder was gone
        source = tmp_path / "source"
        source.write_bytes(pdf("Un"))
        decks.create(JOBS, Deck("twice", session.id, "Une fois", "pdf"), source)
        with serving() as port:
            sender = Sender(port, session.code, f"console={facilitator_token(session.id)}")
            assert sender.finished("twice")["state"] == "done"
    assert [one.title for one in plan_of(session).beside] == ["Fil", "Une fois"]


def test_a_file_that_ends_the_server_each_time_is_given_up(tmp_path):
    source = tmp_path / "source"
    source.write_bytes(b"%PDF-")
    own = decks.create(tmp_path / "jobs", Deck("bad", 1, "T", "pdf"), source)
    tried = [len(decks.left(tmp_path / "jobs")) for _ in range(decks.TRIES + 1)]
    assert tried == [1] * decks.TRIES + [0]
    assert not own.exists()


def test_a_session_that_is_over_takes_no_more(sender, session):
    over = Entry(1, datetime.now(UTC), "", "end", None, "session.ended", 1, Ended())
    here().append([Append(session.id, 0, (over,))])
    assert sender.slides(pdf("Un"))[0] == 409
