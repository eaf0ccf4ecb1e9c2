import json
import zlib

import pytest
from msgspec import Struct

from fabrique.domain.view import Part
from fabrique.live import audience as audiences
from fabrique.live.audience import Audience
from fabrique.live.frames import Frame
from fabrique.live.handshake import read


class View(Struct, frozen=True):
    words: str


class Link:
    """A screen whose network takes what it is told to take."""

    def __init__(self, queue=0):
        self.queue, self.heard, self.shown = queue, [], {}
        self.seq, self.missed, self.slow_since, self.aborted = -1, None, 0.0, False

    def backlog(self):
        return self.queue

    def abort(self):
        self.aborted = True

    def write(self, frame):
        said = json.loads(frame.payload)
        assert said["from"] in (0, self.seq), "a gap"
        self.shown = ({} if said["from"] == 0 else self.shown) | said["set"]
        for key in said["drop"]:
            del self.shown[key]
        self.heard.append(said)


@pytest.fixture
def drawn():
    return []


@pytest.fixture
def audience(drawn):
    def render(_kind, _partial, view, _language, part):
        drawn.append(part.key)
        if view.words == "broken":
            raise ValueError(view)
        return f"<p>{view.words}</p>"

    return Audience(("phone", "fr", None), render)


def parts(**words):
    return [Part(key, "phone", View(said), kind="k") for key, said in words.items()]


def seated(audience, *links):
    for link in links:
        audience.add(link)
        audience.show_whole(link)
    return links


def tell(audience, patch, now=0.0):
    for link in list(audience.links):
        audience.deliver(link, patch, now)


def test_only_what_changed_is_drawn_and_sent(audience, drawn):
    audience.draw(parts(a="1", b="1"), 1)
    (link,) = seated(audience, Link())
    tell(audience, audience.draw(parts(a="1", b="2"), 2))
    assert drawn == ["a", "b", "b"]
    assert link.heard[-1] == {"seq": 2, "from": 1, "set": {"b": "<p>2</p>"}, "drop": []}
    tell(audience, audience.draw(parts(b="2"), 3))
    assert link.heard[-1] == {"seq": 3, "from": 2, "set": {}, "drop": ["a"]}


def test_nothing_changed_nothing_sent(audience):
    audience.draw(parts(a="1"), 1)
    assert audience.draw(parts(a="1"), 5) is None
    assert audience.seq == 1


def test_from_the_first_seq_the_whole_is_sent(audience):
    audience.draw(parts(a="1"), 0)
    (link,) = seated(audience, Link())
    tell(audience, audience.draw(parts(a="1", b="2"), 1))
    assert link.shown == {"a": "<p>1</p>", "b": "<p>2</p>"}


def test_change_without_an_entry_is_remembered(audience):
    audience.draw(parts(a="1"), 4)
    assert not audience.restless
    audience.draw(parts(a="2"), 4)
    assert audience.restless
    audience.draw(parts(a="3"), 5)
    assert not audience.restless


def test_the_whole_is_made_once_however_many_ask(audience):
    audience.draw(parts(a="1"), 1)
    assert audience.whole() is audience.whole()
    assert audience.whole().deflated is audience.whole().deflated


def test_a_slow_screen_gets_one_merged_patch(audience):
    audience.draw(parts(a="0", b="0", c="0"), 1)
    slow, fast = seated(audience, Link(), Link())
    slow.queue = audiences.SLOW + 1
    steps = [{"a": "1", "b": "0", "c": "0"}, {"a": "2", "b": "0"}, {"a": "2", "b": "0", "d": "1"}]
    for seq, words in enumerate(steps, 2):
        tell(audience, audience.draw(parts(**words), seq))
        audience.catch_up(1.0)
    assert len(slow.heard) == 1
    assert len(fast.heard) == 4
    slow.queue = 0
    audience.catch_up(2.0)
    assert len(slow.heard) == 2
    assert set(slow.heard[-1]["set"]) == {"a", "d"}
    assert slow.shown == fast.shown
    tell(audience, audience.draw(parts(a="9"), 9))
    assert slow.shown == fast.shown == {"a": "<p>9</p>"}


@pytest.mark.parametrize(("queue", "later"), [(audiences.HOPELESS + 1, 0.1), (100_000, 31)])
def test_a_hopeless_screen_is_let_go(audience, queue, later):
    audience.draw(parts(a="0"), 1)
    (link,) = seated(audience, Link())
    link.queue = audiences.SLOW + 1
    tell(audience, audience.draw(parts(a="1"), 2))
    link.queue = queue
    audience.catch_up(later)
    assert link.aborted


def test_who_came_meanwhile_is_not_sent_the_patch_too(audience):
    audience.draw(parts(a="0"), 1)
    seated(audience, Link())
    patch = audience.draw(parts(a="1"), 2)
    (late,) = seated(audience, Link())
    tell(audience, patch)
    assert len(late.heard) == 1


def test_a_fragment_that_cannot_be_drawn_blinds_nobody(audience, caplog):
    audience.draw(parts(**{"a": "broken", "b": "1", '"><i>': "broken"}), 1)
    (link,) = seated(audience, Link())
    assert link.shown["b"] == "<p>1</p>"
    assert 'id="a"' in link.shown["a"]
    assert "<i>" not in link.shown['"><i>']
    assert "Could not draw k.phone" in caplog.text


@pytest.mark.parametrize("size", [0, 100, 125, 126, 300, 65_535, 65_536, 200_000])
def test_frames_of_every_size(size):
    frame = Frame("é" * (size // 2))
    for data, packed in ((frame.plain, False), (frame.deflated, size >= 256)):
        head = 2 if data[1] < 126 else 4 if data[1] == 126 else 10
        length = data[1] if head == 2 else int.from_bytes(data[2:head], "big")
        assert len(data) == head + length
        assert data[0] == (0xC1 if packed else 0x81)
        payload = data[head:]
        if packed:
            payload = zlib.decompressobj(-15).decompress(payload + b"\0\0\xff\xff")
        assert payload == frame.payload


def test_a_host_of_our_own_is_an_origin():
    lines = [
        "GET /live/abc234?x=1 HTTP/1.1",
        "host: café.example",
        "origin: https://Fabrique.Example",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
    ]
    data = "\r\n".join([*lines, "", ""]).encode()
    assert read(data, frozenset({"https://fabrique.example"})).code == "ABC234"
