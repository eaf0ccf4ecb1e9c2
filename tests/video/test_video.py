"""Adapters played by hand: what they ask for, what they make of the answers."""

import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.domain.video import Account, Answer, Failed, Meeting, Wanted

KINDS = discover("fabrique.video")
WANTED = Wanted(
    key="k-1",
    title="Café",
    starts_at=datetime(2026, 10, 25, 18, 30, tzinfo=ZoneInfo("Europe/Paris")),
    minutes=90,
    zone="Europe/Paris",
)
VALUES = {
    "zoom_account": "a",
    "zoom_client": "c",
    "zoom_secret": "s",
    "jitsi_url": "https://j.org/",
}
MADE = {"id": 12, "join_url": "https://z.us/j/12", "start_url": "https://z.us/s/12?zak=x"}


def account(**kept):
    return Account(VALUES, dict(kept), "Room-1")


def answer(status=200, **table):
    return Answer(status, {}, json.dumps(table).encode())


def play(kind, answers, wanted=WANTED, held=None):
    """Give what was asked for, and the meeting."""
    steps, asked, left = KINDS[kind].have(wanted, held or account()), [], list(answers)
    try:
        request = next(steps)
        while True:
            asked.append(f"{request.method} {request.url.partition('.us')[2]}")
            request = steps.send(left.pop(0))
    except StopIteration as end:
        assert left == []
        return asked, end.value


def test_a_house_has_these_providers():
    assert sorted(KINDS) == ["jitsi", "link", "zoom"]


def test_a_pasted_link_is_taken_without_a_call():
    given = Wanted(
        **{**{f: getattr(WANTED, f) for f in WANTED.__struct_fields__}, "given": "https://x.org/a"}
    )
    assert play("link", [], given) == ([], Meeting("https://x.org/a"))


def test_a_jitsi_room_keeps_its_name():
    assert play("jitsi", [])[1] == Meeting("https://j.org/Room-1", "", "Room-1")
    kept = Wanted("k", "t", WANTED.starts_at, 60, "Europe/Paris", provider_id="Old 1")
    assert play("jitsi", [], kept)[1].join_url == "https://j.org/Old%201"


def test_zoom_makes_a_meeting_once_it_has_a_token():
    asked, meeting = play(
        "zoom",
        [answer(access_token="t"), answer(meetings=[]), answer(201, **MADE)],
    )
    assert asked == ["POST /oauth/token", "GET /v2/users/me/meetings", "POST /v2/users/me/meetings"]
    assert meeting == Meeting("https://z.us/j/12", "https://z.us/s/12?zak=x", "12")


def test_zoom_is_told_the_moment_in_utc_and_the_length():
    steps = KINDS["zoom"].have(WANTED, account(zoom="t"))
    next(steps)
    body = steps.send(answer(meetings=[])).body
    assert (body["start_time"], body["duration"]) == ("2026-10-25T17:30:00Z", 90)
    assert body["agenda"] == "fabrique:k-1"


def test_a_meeting_made_unheard_is_found_again():
    listed = answer(meetings=[{"id": 9, "agenda": "other"}, {"id": 12, "agenda": "fabrique:k-1"}])
    asked, meeting = play("zoom", [listed, Answer(204), answer(**MADE)], held=account(zoom="t"))
    assert asked == [
        "GET /v2/users/me/meetings",
        "PATCH /v2/meetings/12",
        "GET /v2/meetings/12",
    ]
    assert meeting.provider_id == "12"


def test_pages_of_meetings_are_all_looked_through():
    first = answer(meetings=[], next_page_token="n")
    second = answer(meetings=[{"id": 12, "agenda": "fabrique:k-1"}])
    asked, _ = play("zoom", [first, second, Answer(204), answer(**MADE)], held=account(zoom="t"))
    assert asked[:2] == ["GET /v2/users/me/meetings"] * 2


def test_a_known_meeting_is_moved_and_one_that_is_gone_is_made_anew():
    known = Wanted("k-1", "t", WANTED.starts_at + timedelta(days=1), 60, "Europe/Paris", "7")
    asked, _ = play("zoom", [Answer(204), answer(**MADE)], known, account(zoom="t"))
    assert asked == ["PATCH /v2/meetings/7", "GET /v2/meetings/7"]
    asked, _ = play("zoom", [Answer(404), answer(201, **MADE)], known, account(zoom="t"))
    assert asked == ["PATCH /v2/meetings/7", "POST /v2/users/me/meetings"]


def test_a_refused_token_is_renewed_once():
    held = account(zoom="old")
    asked, _ = play(
        "zoom",
        [Answer(401), answer(access_token="new"), answer(meetings=[]), answer(201, **MADE)],
        held=held,
    )
    assert asked.count("POST /oauth/token") == 1
    assert held.kept == {"zoom": "new"}
    with pytest.raises(Failed) as failed:
        play("zoom", [Answer(401), answer(access_token="new"), Answer(401)], held=account(zoom="o"))
    assert not failed.value.again


@pytest.mark.parametrize(
    "answers",
    [
        [Answer(200, {}, b"<html>")],
        [Answer(200, {}, b"[]")],
        [answer(meetings="none")],
        [answer(meetings=[]), answer(201, id=1)],
        [answer(meetings=[]), answer(201, **{**MADE, "start_url": "javascript:1"})],
        [answer(meetings=[]), answer(400, message="no")],
    ],
)
def test_nonsense_is_a_sentence(answers):
    with pytest.raises(Failed):
        play("zoom", answers, held=account(zoom="t"))


@pytest.mark.parametrize("token", [answer(400, reason="bad"), answer(200), Answer(200, {}, b"x")])
def test_no_token_is_a_sentence(token):
    with pytest.raises(Failed):
        play("zoom", [token])


def test_a_wrong_link_is_refused():
    with pytest.raises(Invalid):
        play("link", [])
