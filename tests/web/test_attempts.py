from fabrique.web import attempts as module
from fabrique.web.attempts import MOST, Attempts

GUESSER, ROOM = "198.51.100.7", "203.0.113.1"


def test_ten_thousand_wrong_codes_from_one_address_are_stopped():
    attempts = Attempts()
    tried = 0
    for n in range(10_000):
        if not attempts.blocked(GUESSER, f"CODE{n}"):
            tried += 1
            attempts.failed(GUESSER)
    assert tried == MOST


def test_a_room_behind_one_address_is_never_stopped():
    attempts = Attempts()
    attempts.found(ROOM, "KM74PX")
    for _ in range(10_000):
        attempts.failed(ROOM)
    assert not attempts.blocked(ROOM, "KM74PX")
    assert attempts.blocked(ROOM, "ABCDEF")


def test_a_guesser_with_a_whole_ipv6_network_is_one_guesser():
    attempts = Attempts()
    for n in range(MOST):
        attempts.failed(f"2001:db8:1:2::{n:x}")
    assert attempts.blocked("2001:db8:1:2:ffff::1", "X")
    assert not attempts.blocked("2001:db8:1:3::1", "X")
    assert not attempts.blocked("::ffff:198.51.100.7", "X")


def test_a_guesser_does_not_disturb_others(client, session):
    for n in range(MOST + 1):
        answer = client.get(f"/s/WRNG{n}/", REMOTE_ADDR=GUESSER)
    assert answer.status_code == 429
    assert "quart d’heure" in answer.text
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=GUESSER).status_code == 429
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=ROOM).status_code == 200


def test_failures_are_forgotten_after_a_while(monkeypatch):
    attempts, clock = Attempts(), iter([0.0] * (MOST + 1) + [module.SPAN + 1] * 5)
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    for _ in range(MOST):
        attempts.failed(GUESSER)
    assert attempts.blocked(GUESSER, "X")
    assert not attempts.blocked(GUESSER, "X")
