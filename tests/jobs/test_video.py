"""Links had from a stand-in that speaks Zoom's documented API on loopback."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.store.instance import instance

instance()

from django.conf import settings  # noqa: E402 - needs Django to be set up
from django.db import connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from fabrique.actions import video  # noqa: E402
from fabrique.domain.language import language  # noqa: E402
from fabrique.domain.text import Invalid  # noqa: E402
from fabrique.jobs import video as jobs  # noqa: E402
from fabrique.jobs.duties import found  # noqa: E402
from fabrique.store.models import VideoRoom  # noqa: E402
from tests.store import made  # noqa: E402


class Zoom(ThreadingHTTPServer):
    """Meetings and tokens as Zoom keeps them; `next` holds what it answers instead."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.meetings, self.tokens, self.asked, self.next = {}, set(), [], []
        self.lock = threading.Lock()


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *_words):
        pass

    def _do(self):
        house, path = self.server, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with house.lock:
            house.asked.append(f"{self.command} {path.path}")
            instead = house.next.pop(0) if house.next else None
        if callable(instead):
            return instead(self, body)
        if instead is not None:
            return self._say(*instead)
        if path.path == "/oauth/token":
            return self._token(parse_qs(body.decode()))
        if self.headers.get("Authorization", "").removeprefix("Bearer ") not in house.tokens:
            return self._say(401, {"code": 124, "message": "Access token is expired."})
        return self._meetings(path.path, body)

    do_GET = do_POST = do_PATCH = _do  # noqa: N815 - names of the standard library

    def _token(self, form):
        if form != {"grant_type": ["account_credentials"], "account_id": ["acc"]}:
            return self._say(400, {"reason": "Bad Request", "error": "invalid_request"})
        token = f"token-{len(self.server.tokens)}"
        self.server.tokens.add(token)
        return self._say(200, {"access_token": token, "token_type": "bearer", "expires_in": 3599})

    def _meetings(self, path, body):
        meetings = self.server.meetings
        if path == "/v2/users/me/meetings" and self.command == "GET":
            shown = [{k: m[k] for k in ("id", "topic", "agenda")} for m in meetings.values()]
            return self._say(200, {"meetings": shown, "next_page_token": ""})
        if path == "/v2/users/me/meetings":
            number = 8000 + len(meetings)
            given = json.loads(body)
            links = {"join_url": f"https://zoom.test/j/{number}"}
            links["start_url"] = f"https://zoom.test/s/{number}?zak=secret"
            meetings[number] = {"id": number, **given, **links}
            return self._say(201, meetings[number])
        number = int(path.rpartition("/")[2])
        if number not in meetings:
            return self._say(404, {"code": 3001, "message": "Meeting does not exist."})
        if self.command == "PATCH":
            meetings[number].update(json.loads(body))
            return self._say(204)
        return self._say(200, meetings[number])

    def _say(self, status, table=None, headers=()):
        content = b"" if table is None else json.dumps(table).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@pytest.fixture
def zoom(monkeypatch):
    VideoRoom.objects.all().delete()  # what another test left to be tried again
    house = Zoom()
    thread = threading.Thread(target=house.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{house.server_address[1]}"
    values = {"zoom_account": "acc", "zoom_client": "c", "zoom_secret": "s"}
    values |= {"zoom_api": f"{address}/v2", "zoom_token": f"{address}/oauth/token"}
    monkeypatch.setattr(settings, "VIDEO", {**settings.VIDEO, **values})
    monkeypatch.setattr(video, "_kept", {})
    yield house
    house.shutdown()
    house.server_close()
    thread.join()


@pytest.fixture
def me():
    return made.person()


@pytest.fixture
def gathering(me):
    return made.gathering("Fabrique <b>vidéo</b>", organisers=[me], days=400)


def want(gathering, me, kind="zoom", now=None):
    video.want(gathering, kind, "", me, now or timezone.now())
    jobs.attend(gathering.pk, now or timezone.now())
    return video.room_of(gathering)


def test_a_meeting_is_had_with_its_two_links(zoom, gathering, me):
    room = want(gathering, me)
    assert (room.state, room.join_url) == ("ready", "https://zoom.test/j/8000")
    assert room.host_url == "https://zoom.test/s/8000?zak=secret"
    assert zoom.meetings[8000]["topic"] == gathering.title
    assert zoom.meetings[8000]["duration"] == 120


def test_asking_twice_gives_one_meeting_and_one_token(zoom, gathering, me):
    want(gathering, me)
    want(gathering, me)
    assert len(zoom.meetings) == len(zoom.tokens) == 1


def test_two_workers_at_once_make_one_meeting(zoom, gathering, me):
    video.want(gathering, "zoom", "", me, timezone.now())

    def work(_):
        try:
            jobs.attend(gathering.pk, timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    assert zoom.asked.count("POST /v2/users/me/meetings") == 1
    assert video.room_of(gathering).state == "ready"


def test_a_meeting_whose_answer_was_lost_is_found_again(zoom, gathering, me):
    def lose(answers, body):
        given = json.loads(body)
        links = {"join_url": "https://zoom.test/j/1", "start_url": "https://zoom.test/s/1"}
        zoom.meetings[1] = {"id": 1, **given, **links}
        answers.close_connection = True  # and no word said

    zoom.tokens.add("t")
    video._kept["zoom"] = "t"
    zoom.next = [None, lose]
    room = want(gathering, me)
    assert room.state == "failed"
    assert room.retry_at is not None
    assert jobs.run_due(room.retry_at - timedelta(seconds=1)) == 0
    jobs.run_due(room.retry_at)
    room = video.room_of(gathering)
    assert (room.state, room.join_url) == ("ready", "https://zoom.test/j/1")
    assert list(zoom.meetings) == [1]


def test_a_token_that_is_too_old_is_renewed(zoom, gathering, me):
    video._kept["zoom"] = "of yesterday"
    assert want(gathering, me).state == "ready"
    assert zoom.asked.count("POST /oauth/token") == 1


def test_who_asks_to_wait_is_waited_for(zoom, gathering, me):
    now = timezone.now()
    zoom.next = [None, (429, {"message": "Too many"}, [("Retry-After", "90")])]
    room = want(gathering, me, now=now)
    assert (room.state, room.retry_at - now) == ("failed", timedelta(seconds=90))
    with pytest.raises(Invalid):  # nor does a person who insists
        video.want(gathering, "zoom", "", me, now + timedelta(seconds=30))
    jobs.run_due(now + timedelta(seconds=91))
    assert video.room_of(gathering).state == "ready"


@pytest.mark.parametrize(
    "said", ["9" * 9, "9" * 30, "9" * 5000, "²", "Fri, 31 Dec 9999 23:59:59 GMT"]
)
def test_who_asks_for_an_absurd_wait_is_asked_again_the_same_day(zoom, gathering, me, said):
    now = timezone.now()
    zoom.next = [None, (429, {"message": "Too many"}, [("Retry-After", said)])]
    room = want(gathering, me, now=now)
    assert room.state == "failed"
    assert now < room.retry_at <= now + timedelta(hours=6)


@pytest.mark.parametrize(
    ("instead", "words", "again"),
    [
        ((500, {}), "en panne (500)", True),
        ((302, {}, [("Location", "http://127.0.0.1:1/")]), "Zoom a refusé (302)", False),
        ((400, {"message": "User not exist"}), "User not exist", False),
        ((200, {"surprise": 1, "meetings": 3}), "illisible", False),
    ],
)
def test_what_goes_wrong_is_said_and_the_link_there_was_stays(
    zoom, gathering, me, instead, words, again
):
    before = want(gathering, me)
    zoom.next = [instead] * 2
    room = want(gathering, me)
    if instead[0] == 200:  # a move that Zoom accepts, and a meeting nobody can read
        assert room.state == "failed"
    assert room.join_url == before.join_url
    assert room.host_url == before.host_url
    assert words in language("fr").say(video.error_of(room))
    assert (room.retry_at is not None) is again


def test_silence_is_given_up(zoom, gathering, me, monkeypatch):
    monkeypatch.setattr(jobs, "TIMEOUT", 0.2)
    stop = threading.Event()
    zoom.next = [lambda *_: stop.wait(5)]
    room = want(gathering, me)
    stop.set()
    assert room.state == "failed"
    assert "ne répond pas" in language("fr").say(video.error_of(room))


@pytest.mark.usefixtures("zoom")
def test_a_wrong_account_is_said_to_whoever_can_set_it(gathering, me, monkeypatch):
    monkeypatch.setattr(settings, "VIDEO", {**settings.VIDEO, "zoom_account": "other"})
    room = want(gathering, me)
    assert "FABRIQUE_ZOOM_ACCOUNT" in language("fr").say(video.error_of(room))
    assert room.retry_at is None


def test_another_date_is_told_to_the_provider(zoom, gathering, me):
    want(gathering, me)
    gathering.starts_at += timedelta(days=7)
    gathering.ends_at += timedelta(days=7)
    gathering.save()
    video.moved(gathering)
    assert jobs.run_due(timezone.now()) == 1
    assert zoom.meetings[8000]["start_time"] == gathering.starts_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert len(zoom.meetings) == 1


def test_jitsi_needs_nobody(gathering, me, monkeypatch):
    monkeypatch.setattr(settings, "VIDEO", {**settings.VIDEO, "jitsi_url": "https://meet.test"})
    first = want(gathering, me, "jitsi")
    assert first.join_url.startswith("https://meet.test/Fabrique-")
    assert want(gathering, me, "jitsi").join_url == first.join_url


def test_without_a_date_no_link_is_asked_for(zoom, me):
    undated = made.gathering(organisers=[me], starts_at=None, ends_at=None)
    with pytest.raises(Invalid):
        video.want(undated, "zoom", "", me, timezone.now())
    assert zoom.asked == []


def test_the_worker_has_what_waits(zoom, gathering, me):
    video.want(gathering, "zoom", "", me, timezone.now())
    assert found()["video"].run(timezone.now()) == 1
    assert len(zoom.meetings) == 1
