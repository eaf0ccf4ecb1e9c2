import http.client
import json
import socket

import pytest

from fabrique.actions.access import Role
from tests.live.place import until


def ask(place, method, path, body=None, **headers):
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=10)
    data = json.dumps(body) if isinstance(body, dict) else body
    connection.request(method, f"/live/{place.code}{path}", data, headers)
    answer = connection.getresponse()
    said = json.loads(answer.read() or b"{}")
    connection.close()
    return answer.status, said


def post(place, token, *ops, screen="phone"):
    body = {"token": token, "screen": screen, "lang": "fr", "ops": list(ops)}
    return ask(place, "POST", "/ops", body)


def view(place, token, screen="phone", **query):
    wanted = "&".join(f"{key}={value}" for key, value in {"screen": screen, **query}.items())
    return ask(place, "GET", f"/view?{wanted}", Authorization=f"Bearer {token}")


def answer(op, run, choice):
    return {"op": op, "do": "answer", "run": run, "choice": choice}


def test_acts_posted_are_answered_in_order_once_on_disk(place, console, run):
    token = place.token(who="ana")
    status, said = post(place, token, answer("a", run, 1), answer("b", run, 13))
    assert status == 200
    first, second = said["replies"]
    assert first["ack"] == "a"
    assert first["mine"][run]["answers"] == [{"choice": 1}]
    assert (second["no"], second["why"]) == ("b", "unlucky")
    again = post(place, token, answer("a", run, 1))[1]["replies"][0]
    assert again["seq"] == first["seq"]
    console.until_shown("((1, 1),)")
    console.until_shown('"joined": "1", "connected": "1"')


def test_a_view_is_whole_then_nothing_until_it_changes(place, console, run):
    token = place.token(who="ana")
    view(place, token)
    until(lambda: place.hall.session.people)
    status, said = view(place, token)
    assert status == 200
    assert {"welcome", "epoch", "seq", "now", "participant", "mine", "set"} <= set(said)
    assert said["from"] == 0
    same = view(place, token, epoch=said["epoch"], after=said["seq"])[1]
    assert "set" not in same
    console.asked("close", run)
    until(lambda: "set" in view(place, token, epoch=said["epoch"], after=said["seq"])[1])


def test_the_two_ways_show_the_same(place, run):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    phone.until_shown("open")
    said = view(place, place.token(who="ana"))[1]
    assert said["set"] == phone.shown
    assert said["mine"] == phone.mine


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"hello", 400),
        ({"token": "x"}, 400),
        ({"token": "x", "screen": "phone", "ops": []}, 403),
        ({"token": "x", "screen": "phone", "ops": [{}] * 200}, 400),
        (b"x" * 1_100_000, 413),
    ],
)
def test_nonsense(place, body, status):
    found, said = ask(place, "POST", "/ops", body)
    assert found == status
    assert said["error"]


def test_an_act_without_sense_keeps_the_whole_post_out(place, run):
    status, _ = post(place, place.token(), answer("a", run, 1), {"op": "\0", "do": "answer"})
    assert status == 400
    assert "tally.answer" not in [entry.kind for entry in place.entries()]


def test_tokens_and_screens(place):
    assert view(place, "nobody")[0] == 403
    assert view(place, place.token(), screen="console")[0] == 403
    assert view(place, place.token(Role.STAGE), screen="stage")[0] == 200
    assert view(place, place.token(), screen="wall")[0] == 400
    assert post(place, place.token(Role.STAGE), screen="phone")[0] == 403
    assert ask(place, "GET", "/ops")[0] == 405
    other = place.token()
    place.code = "ZZZZZZ"
    assert view(place, other)[0] == 403


def test_whoever_may_not_be_here_is_told_why_and_nothing_is_done(place, console, run):
    inside, late = place.token(who="ana"), place.token(who="bo")
    view(place, inside)
    until(lambda: "ana" in place.hall.session.people)
    console.asked("lock", "", on=True)
    assert view(place, late) == (200, {"bye": "locked"})
    assert "set" in view(place, inside)[1]
    console.asked("expel", "", participant="ana")
    assert view(place, inside) == (200, {"bye": "expelled"})
    assert post(place, inside, answer("a", run, 1)) == (200, {"bye": "expelled"})
    assert set(place.hall.session.people) == {"ana"}
    console.asked("readmit", "", participant="ana")
    assert post(place, inside, answer("a", run, 1))[1]["replies"][0]["ack"] == "a"


def test_the_error_is_in_the_readers_language(place):
    english = ask(place, "POST", "/ops", b"x", **{"Accept-Language": "en-GB"})[1]["error"]
    assert english == "This is not JSON that can be read."


def test_a_body_that_does_not_come_holds_no_page(place, monkeypatch):
    monkeypatch.setattr("fabrique.web.asgi.READ_WITHIN", 0.2)
    slow = [socket.create_connection(("127.0.0.1", place.port)) for _ in range(20)]
    for one in slow:
        one.sendall(b"POST /s/ABC234/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n")
    assert view(place, place.token())[0] == 200
    assert b" 408 " in slow[0].recv(1000)
    for one in slow:
        one.close()
