import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.transcript import read_chat


@pytest.mark.parametrize(
    "line",
    [
        "09:05:12\t From Ana Bérard to Everyone : Bonjour",
        "09:05:12\t De Ana Bérard à Tout le monde : Bonjour",
        "2026-03-09 09:05:12 From Ana Bérard to Everyone:\n\tBonjour",
        "09:05:12\tAna Bérard:\tBonjour",
    ],
)
def test_every_form_of_zoom_says_the_same(line):
    (one,) = read_chat(line.encode()).messages
    assert (one.at, one.by, one.text) == (32_712_000, "Ana Bérard", "Bonjour")


def test_private_messages_and_reactions_stay_out():
    chat = read_chat(
        b"10:00:00 From A to B (Direct Message) : secret\n"
        b"10:00:01 From A to Bob : secret too\n"
        b"10:00:02 From A to Everyone : first\nsecond line\n"
        b'10:00:03 From B to Everyone : Reacted to "first" with x\n'
    )
    assert [one.text for one in chat.messages] == ["first\nsecond line"]
    assert chat.private == 2


def test_a_night_goes_on():
    chat = read_chat(b"23:59:59\tA:\tone\n00:00:01\tA:\ttwo\n")
    assert [one.at for one in chat.messages] == [86_399_000, 86_401_000]


@pytest.mark.parametrize("content", [b"", b"WEBVTT\n\n00:00.000 --> 00:01.000\na", b"\0"])
def test_what_is_no_chat_is_refused_with_its_line(content):
    with pytest.raises(Invalid) as error:
        read_chat(content)
    assert error.value.where == "1"


def test_a_line_made_to_be_slow_is_not():
    line = b"10:00:00 From " + b"a to " * 200_000
    with pytest.raises(Invalid):
        read_chat(line)
