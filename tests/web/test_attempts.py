import pytest

from fabrique.web import attempts as module
from fabrique.web.attempts import FEW, MOST, STORM, Attempts

GUESSER, ROOM = "198.51.100.7", "203.0.113.1"
GUESSERS = [f"10.{n // 250}.{n % 250}.9" for n in range(1000)]  # each in a network of its own


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands still until it is told."""

    class Clock:
        now = 0.0

        def monotonic(self):
            return self.now

    found = Clock()
    monkeypatch.setattr(module, "time", found)
    return found


def guess(attempts, address, times=1):
    """Try wrong codes; give how many were looked up."""
    tried = 0
    for n in range(times):
        if not attempts.blocked(address, f"CODE{n}"):
            tried += 1
            attempts.failed(address)
    return tried


def storm(attempts, times=MOST):
    """Have a thousand addresses guess; give how many guesses were looked up."""
    return sum(guess(attempts, address, times) for address in GUESSERS)


def test_ten_thousand_wrong_codes_from_one_address_are_stopped():
    assert guess(Attempts(), GUESSER, 10_000) == MOST


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


def test_a_thousand_addresses_together_have_few_tries_each(clock):
    attempts = Attempts()
    assert storm(attempts) <= STORM // FEW * MOST + FEW * len(GUESSERS)
    for minute in range(1, 14):  # they come back, again and again, within their quarter of an hour
        clock.now = 60.0 * minute
        assert storm(attempts, FEW) == 0


@pytest.mark.usefixtures("clock")
def test_without_the_limit_of_the_whole_they_have_many():
    assert storm(Attempts(storm=10**9)) == MOST * len(GUESSERS)


@pytest.mark.usefixtures("clock")
def test_in_a_storm_whoever_knows_a_code_comes_in():
    attempts = Attempts()
    attempts.found(ROOM, "KM74PX")  # whoever runs the session opened its console
    storm(attempts)
    for n in range(70):  # some mistype it
        assert not attempts.blocked(ROOM, "KM74PX")
        guess(attempts, ROOM, n % 2)
    for n in range(840):  # each at home
        home = f"192.{n // 250}.2.{n % 250}"
        assert guess(attempts, home, n % FEW) == n % FEW
        assert not attempts.blocked(home, "KM74PX")


@pytest.mark.usefixtures("clock")
def test_a_room_that_was_told_a_wrong_code_is_no_storm():
    attempts = Attempts()
    assert guess(attempts, ROOM, 140) == 140
    assert not attempts.blocked(ROOM, "KM74PX")
    assert guess(attempts, GUESSER, FEW + 1) == FEW + 1


@pytest.mark.usefixtures("clock")
def test_in_a_storm_a_guesser_with_many_networks_has_few():
    attempts = Attempts()
    storm(attempts)
    tried = sum(guess(attempts, f"2001:db8:7:{n:x}::1", FEW) for n in range(1000))
    assert tried == MOST
    assert guess(attempts, "2001:db8:8::1") == 1


def test_a_storm_passes(clock):
    attempts = Attempts()
    storm(attempts)
    guess(attempts, ROOM, FEW)
    assert attempts.blocked(ROOM, "KM74PX")
    clock.now = 120.0
    assert not attempts.blocked(ROOM, "KM74PX")


def test_a_guesser_does_not_disturb_others(client, session):
    for n in range(MOST + 1):
        answer = client.get(f"/s/WRNG{n}/", REMOTE_ADDR=GUESSER)
    assert answer.status_code == 429
    assert "quart d’heure" in answer.text
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=GUESSER).status_code == 429
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=ROOM).status_code == 200


@pytest.mark.usefixtures("clock")
def test_in_a_storm_pages_open_to_whoever_has_a_code(client, session):
    storm(module.attempts, FEW)
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=GUESSERS[0]).status_code == 429
    assert client.get(f"/s/{session.code}/", REMOTE_ADDR=ROOM).status_code == 200


def test_failures_are_forgotten_after_a_while(clock):
    attempts = Attempts()
    guess(attempts, GUESSER, MOST)
    assert attempts.blocked(GUESSER, "X")
    clock.now = module.SPAN + 1
    assert not attempts.blocked(GUESSER, "X")
