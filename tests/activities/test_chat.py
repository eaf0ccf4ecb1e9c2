import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import KINDS, play, played, said, script, step

MESSAGES = [
    said("bo", 500, text="après"),
    said("ana", 0, text="avant"),
    said("bo", 75, text="entre"),
]


def test_chat_takes_messages_before_between_and_after_the_steps():
    room = played(script(step("word_cloud"), messages=MESSAGES))
    chat = room.session.runs["r1"]
    assert [one.text for one in chat.state.items.values()] == ["avant", "entre", "après"]
    assert (room.session.ended_at - room.session.plan.starts_at).total_seconds() == 500


def test_chat_messages_are_things_and_do_not_sum_heads():
    found = play(script(people="ana*3 bo", messages=MESSAGES))
    assert (found["messages"], found["refused"], found["steps"]) == (3, 0, [])


def test_chat_may_share_its_name_with_a_step():
    found = play(script(step("word_cloud", id="chat"), messages=MESSAGES))
    assert (found["messages"], [one["id"] for one in found["steps"]]) == (3, ["chat"])


def test_chat_shows_the_last_messages_signed():
    many = [said("ana", n, text=str(n)) for n in range(70)]
    room = played(script(messages=many))
    _, *items = KINDS["chat"].parts(room.session.runs["r1"], "phone", {}, {"ana": "Ana"})
    assert (len(items), items[-1].view.text) == (60, "69")


def test_chat_signs_no_message_of_somebody_without_a_name():
    run = played(script(messages=MESSAGES)).session.runs["r1"]
    _, *items = KINDS["chat"].parts(run, "phone", {}, {"ana": "Ana", "bo": ""})
    [quotes] = KINDS["chat"].blocks(run, {}, {"ana": "Ana"})
    for shown in ([item.view for item in items], quotes.quotes):
        assert [quote.by or None for quote in shown] == ["Ana", None, None]


@pytest.mark.parametrize(
    "message",
    [
        said("zoe", 1, text="a"),
        said("", 1, text="a"),
        said("ana", -1, text="a"),
        said("ana", "1", text="a"),
        said("ana", 1e300, text="a"),
        said("ana", 1),
        said("ana", 1, text="\r"),
        said("ana", 1, text="a", to="bo"),
    ],
)
def test_chat_message_that_no_client_could_send_is_invalid(message):
    with pytest.raises(Invalid) as no:
        play(script(messages=[message]))
    assert no.value.where.startswith(".messages[0]")
