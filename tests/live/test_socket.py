import json
import random
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fabrique.live import socket as sockets
from tests.live import raw
from tests.live.place import Place
from tests.store.instance import fresh_journal_file


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = Place(fresh_journal_file(tmp_path_factory.mktemp("socket")))
    console = place.client("console")
    assert "ack" in console.asked("open", step="one")
    console.close()
    yield place
    place.end()


def hello(place, **changes):
    said = {"hello": 1, "token": place.token(), "screen": "phone", "lang": "fr", "at": None}
    return json.dumps(said | changes).encode()


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "null",
        "",
        "http://evil.example",
        "http://127.0.0.1:1",
        "http://127.0.0.1",
        "https://127.0.0.1.evil.example",
        "http://evil.example:{port}",
        "file://127.0.0.1:{port}",
        "http://[::1",
    ],
)
def test_another_origin_is_refused(place, origin):
    asked = origin and origin.format(port=place.port)
    assert raw.status(place.port, Origin=asked) == 403


def test_our_origins_are_let_in(place):
    own = f"http://127.0.0.1:{place.port}"
    assert raw.status(place.port, Origin=own) == 101
    local = f"localhost:{place.port}"
    assert raw.status(place.port, Origin=f"http://{local}", Host=local) == 101
    assert raw.status(place.port, Origin="http://localhost:8000", Host="elsewhere") == 101


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"path": "/live/"}, 404),
        ({"path": "/elsewhere"}, 404),
        ({"path": "/live/ABC234/ops"}, 404),
        ({"Sec_WebSocket_Key": "short"}, 400),
        ({"Sec_WebSocket_Key": None}, 400),
        ({"Sec_WebSocket_Version": "8"}, 426),
        ({"method": "POST"}, 400),
    ],
)
def test_requests_that_make_no_sense(place, changes, status):
    assert raw.status(place.port, **changes) == status


def test_fragments_pings_and_an_empty_message_in_between(place):
    connection = raw.opened(place.port)
    said = hello(place)
    connection.sendall(raw.frame(said[:10], fin=False))
    connection.sendall(raw.frame(b"are you there", opcode=9))
    connection.sendall(raw.frame(b"", opcode=0, fin=False))
    for byte in raw.frame(said[10:], opcode=0):
        connection.sendall(bytes((byte,)))
    heard = raw.hear(connection, b'"drop"')
    assert raw.frame(b"are you there", opcode=10, masked=False) in heard
    assert b'"welcome":1' in heard
    connection.sendall(raw.frame(b"\x03\xe8", opcode=8))
    assert raw.close_code(connection) == 1000


def test_a_message_in_a_hundred_thousand_pieces_holds_nobody_up(place):
    connection = raw.opened(place.port)
    said = hello(place)
    pieces = [raw.frame(said[:10], fin=False), *[raw.frame(b"", opcode=0, fin=False)] * 100_000]
    connection.sendall(b"".join(pieces) + raw.frame(said[10:], opcode=0))
    assert b'"welcome":1' in raw.hear(connection, b'"welcome"')
    connection.close()


def test_pings_of_whoever_does_not_read_pile_up_to_a_limit(place):
    connection = raw.opened(place.port)
    connection.sendall(raw.frame(hello(place)))
    pings = raw.frame(b"x" * 125, opcode=9) * 150_000
    with pytest.raises(ConnectionError):
        connection.sendall(pings)
    connection.close()


BAD = {
    "not masked": (raw.frame(b"{}", masked=False), 1002),
    "a reserved bit": (raw.frame(b"{}", rsv=4), 1002),
    "an unknown opcode": (raw.frame(b"{}", opcode=3), 1002),
    "a ping in pieces": (raw.frame(b"", opcode=9, fin=False), 1002),
    "a large ping": (raw.frame(b"x" * 126, opcode=9), 1002),
    "a piece of nothing": (raw.frame(b"{}", opcode=0), 1002),
    "text within text": (raw.frame(b"{", fin=False) + raw.frame(b"}"), 1002),
    "a close code that is none": (raw.frame(b"\x00\x01", opcode=8), 1002),
    "binary": (raw.frame(b"{}", opcode=2), 1003),
    "not UTF-8": (raw.frame(b'{"a":"\xff"}'), 1007),
    "half a character": (raw.frame(b'"\xc3', fin=False) + raw.frame(b'"', opcode=0), 1007),
    "too large": (raw.frame(b"x" * 40_000), 1009),
    "too large in pieces": (
        raw.frame(b"x" * 20_000, fin=False) + raw.frame(b"x" * 20_000, opcode=0),
        1009,
    ),
    "announced too large": (raw.frame(b"x" * 70_000, size=2**40), 1009),
    "not JSON": (raw.frame(b"hello"), 1008),
    "deep JSON": (raw.frame(b"[" * 30_000), 1008),
    "not an object": (raw.frame(b"[1]"), 1008),
    "no hello": (raw.frame(b'{"op":"a","do":"answer"}'), 1008),
    "a token of nobody": (raw.frame(b'{"hello":1,"token":"x","screen":"phone"}'), 1008),
    "another screen": (raw.frame(b'{"hello":1,"token":"x","screen":"wall"}'), 1008),
    "half a hello": (raw.frame(b'{"hello":1}'), 1008),
}


@pytest.mark.parametrize(("sent", "code"), BAD.values(), ids=BAD)
def test_a_bad_frame_is_answered_by_its_code(place, sent, code):
    connection = raw.opened(place.port)
    connection.sendall(sent)
    assert raw.close_code(connection) == code


SEATED = {
    "an act without an id": (b'{"op":"","do":"answer"}', 1008),
    "an act of a strange id": (b'{"op":"a\\u0000b","do":"answer"}', 1008),
    "an act of a number": (b'{"op":7,"do":"answer"}', 1008),
    "not JSON": (b"{", 1008),
}


@pytest.mark.parametrize(("sent", "code"), SEATED.values(), ids=SEATED)
def test_nonsense_from_a_seated_screen(place, sent, code):
    connection = raw.opened(place.port)
    connection.sendall(raw.frame(hello(place)) + raw.frame(sent))
    assert raw.close_code(connection) == code


def test_silence_is_not_a_hello(place, monkeypatch):
    monkeypatch.setattr(sockets, "HELLO_WITHIN", 0.1)
    connection = raw.opened(place.port)
    frames = list(raw.read_frames(connection))
    assert frames[0] == (1, b'{"bye":"protocol"}')
    connection.close()


OFFER = "permessage-deflate; client_max_window_bits"


def deflated(text):
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return (packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH))[:-4]


def test_what_is_deflated_is_the_same_for_all(place):
    plain, small = place.client("console"), place.client("console", compression="deflate")
    agreed = small.socket.response.headers["Sec-WebSocket-Extensions"]
    assert "server_no_context_takeover" in agreed
    assert "client_no_context_takeover" in agreed
    assert [plain.hear() and plain.hear()] == [small.hear() and small.hear()]
    assert plain.shown == small.shown
    small.send(snapshot=1, padding="x" * 1000)  # deflated by the client
    assert small.wait(lambda frame: "set" in frame)["from"] == 0


def test_an_offer_that_leaves_us_a_smaller_window_is_declined(place):
    connection = raw.dial(place.port)
    offer = "permessage-deflate; server_max_window_bits=9"
    connection.sendall(raw.request(place.port, Sec_WebSocket_Extensions=offer))
    assert b"deflate" not in connection.recv(4096)
    connection.close()


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (deflated(b"x" * 10_000_000), 1009),
        (deflated(b" " * 33_000), 1009),
        (b"\xff\xff\xff\xff", 1007),
    ],
    ids=["a bomb", "a little too much", "not deflated"],
)
def test_what_inflates_too_much(place, payload, code):
    connection = raw.opened(place.port, Sec_WebSocket_Extensions=OFFER)
    connection.sendall(raw.frame(payload, rsv=4))
    assert raw.close_code(connection) == code


def test_a_bomb_in_many_pieces(place):
    connection = raw.opened(place.port, Sec_WebSocket_Extensions=OFFER)
    bomb = deflated(b"x" * 5_000_000)
    pieces = [bomb[n : n + 100] for n in range(0, len(bomb), 100)]
    connection.sendall(raw.frame(pieces[0], rsv=4, fin=False))
    for piece in pieces[1:]:
        try:
            connection.sendall(raw.frame(piece, opcode=0, fin=False))
        except ConnectionError:
            break
    assert raw.close_code(connection) == 1009


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), seated=st.booleans())
def test_garbage_never_reaches_the_others(place, seed, seated):
    chance = random.Random(seed)
    connection = raw.opened(place.port)
    if seated:
        connection.sendall(raw.frame(hello(place)))
    for _ in range(chance.randint(1, 5)):
        sent = bytearray(raw.frame(b'{"op":"a","do":"answer","run":"r1","choice":1}'))
        for _ in range(chance.randint(0, 4)):
            sent[chance.randrange(len(sent))] = chance.randrange(256)
        try:
            connection.sendall(sent[: chance.randint(1, len(sent))])
        except ConnectionError:
            break
    connection.close()


def test_after_all_this_the_room_still_answers(place, caplog):
    console = place.client("console")
    assert "ack" in console.asked("open", step="two")
    assert "ack" in place.client().asked("answer", "r1", choice=1)
    assert not caplog.records


def test_a_fast_sender_is_slowed_down_and_loses_nothing(place, monkeypatch):
    monkeypatch.setattr("fabrique.live.limits.BURST", 20.0)
    monkeypatch.setattr("fabrique.live.limits.RATE", 200.0)
    phone, calm = place.client(who="fast"), place.client()
    calm.hear()
    ops = [phone.act("answer", "r1", choice=n % 5) for n in range(150)]
    assert "ack" in calm.asked("answer", "r1", choice=1)
    acked = [phone.wait(lambda frame: "ack" in frame)["ack"] for _ in ops]
    assert acked == ops


def test_a_ninth_tab_is_refused_and_the_eight_stay(place):
    tabs = [place.client(who="many") for _ in range(8)]
    for tab in tabs:
        tab.hear()
    ninth = place.client(who="many")
    assert ninth.hear() == {"bye": "tabs"}
    assert "ack" in tabs[0].asked("answer", "r1", choice=2)


def test_no_more_sockets_than_fit(place, monkeypatch):
    monkeypatch.setattr(place.hub, "most", 0)
    connection = raw.opened(place.port)
    assert next(iter(raw.read_frames(connection))) == (1, b'{"bye":"full"}')
    connection.close()
