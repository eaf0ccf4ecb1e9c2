import time

import pytest
from msgspec import structs
from websockets.exceptions import ConnectionClosed

from fabrique.actions.access import Role
from fabrique.domain.entry import Op
from fabrique.domain.verbs import ANIMATION, HUB, TAKING_PART
from fabrique.live.messages import now
from tests.live.place import PLAN, TallyDefinition, make_session, serving, until


def kinds_of(entries):
    return [entry.kind for entry in entries]


def test_hello_gives_a_welcome_then_the_whole_screen(place):
    phone = place.client(who="ana")
    welcome, view = phone.hear(), phone.hear()
    assert welcome["welcome"] == 1
    assert welcome["participant"] == "ana"
    assert abs(welcome["now"] / 1000 - time.time()) < 5
    assert view["from"] == 0
    assert "session-head" in view["set"]
    assert next(iter(view["set"])) == "session-head"


def test_an_answer_is_acknowledged_once_on_disk_and_shown(place, console, run):
    phone = place.client(who="ana")
    reply = phone.asked("answer", run, choice=2)
    assert [e.seq for e in place.entries() if e.kind == "tally.answer"] == [reply["seq"]]
    assert reply["mine"] == {run: {"answers": [{"choice": 2}], "changes": 1}}
    console.until_shown("((2, 1),)")
    assert "((2, 1),)" not in str(phone.shown)
    console.asked("reveal", run)
    phone.until_shown("((2, 1),)")


@pytest.mark.parametrize("first", ["phone", "open"])
def test_what_is_beside_the_order_opens_with_the_first_who_comes(path, first):
    beside = (TallyDefinition(id="thread", title="Fil"),)
    session = make_session(path, plan=structs.replace(PLAN, beside=beside))
    with serving(path, session=session) as place:
        console = place.client("console")
        console.hear(), console.hear()
        assert place.entries() == []
        if first == "phone":
            place.client().until_shown("open")
        else:
            console.asked("open", step="one")
        place.client().until_shown("open")
        assert kinds_of(place.entries())[0] == "session.opened"
        assert place.entries()[0].body.definition["id"] == "thread"
        assert place.hall.session.runs_of("thread")[1:] == []


def test_names_come_with_the_join_and_stay_out_of_the_lines(place):
    token = place.token(who="ana", name="Ana", heads=3)
    place.client(token=token).hear()
    until(place.names)
    assert place.names()["ana"].name == "Ana"
    assert place.entries()[0].body.heads == 3


def test_the_same_act_again_is_the_same_line(place, run):
    phone = place.client(who="ana")
    first = phone.asked("answer", run, op="same", choice=1)
    again = phone.asked("answer", run, op="same", choice=1)
    assert first["seq"] == again["seq"]
    assert kinds_of(place.entries()).count("tally.answer") == 1


def test_a_refusal_says_why_in_the_readers_language(place, run):
    phone = place.client(who="ana")
    reply = phone.asked("answer", run, choice=13)
    assert reply["why"] == "unlucky"
    assert reply["text"]
    assert phone.asked("answer", "r9", choice=1)["why"] == "unknown_run"
    beyond = phone.asked("answer", run, choice=-1)
    assert (beyond["why"], beyond["where"]) == ("invalid", ".choice")
    assert "where" not in reply
    assert phone.asked("fly", run)["why"] == "invalid"


def test_a_role_does_what_it_may(place, console, run):
    phone, stage = place.client(), place.client("stage")
    for do in sorted(ANIMATION | HUB):  # every act of the animation, and of the house itself
        assert phone.asked(do, run)["why"] == "role", do
        assert stage.asked(do, run)["why"] == "role", do
    for do in sorted(TAKING_PART):
        assert stage.asked(do, run)["why"] == "role", do
    assert stage.asked("answer", run, choice=1)["why"] == "role"
    assert console.asked("answer", run, choice=1)["why"] == "role"
    assert console.asked("join")["why"] == "role"


@pytest.mark.parametrize("screen", ["stage", "console"])
def test_a_seat_opens_its_own_screens_only(place, screen):
    client = place.client(screen, Role.PARTICIPANT)
    assert client.hear() == {"bye": "token"}
    with pytest.raises(ConnectionClosed):
        client.hear()


def test_a_facilitator_may_look_at_every_screen(place):
    for screen in ("phone", "stage", "console"):
        client = place.client(screen, Role.FACILITATOR)
        assert client.hear()["participant"] == ""
    assert place.entries() == []


def test_a_fault_in_a_kind_is_one_refusal_and_the_room_goes_on(place, console, run):
    phone = place.client(who="ana")
    assert phone.asked("answer", run, choice=500)["why"] == "invalid"
    assert "ack" in phone.asked("answer", run, choice=1)
    console.until_shown("((1, 1),)")


def test_two_tabs_are_one_person(place, console, run):
    one, two = place.client(who="ana"), place.client(who="ana")
    two.hear()
    one.asked("answer", run, choice=4)
    two.wait(lambda frame: "ack" in frame)
    assert two.mine[run]["answers"] == [{"choice": 4}]
    assert kinds_of(place.entries()).count("session.joined") == 1
    one.close()
    two.asked("answer", run, choice=5)
    console.until_shown("((5, 1),)")


def test_who_asks_is_told_again_what_they_did(place, run):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    phone.send(mine=1)
    assert phone.wait(lambda frame: "mine" in frame and "ack" not in frame)["mine"] == phone.mine


def test_figures_follow_those_who_are_connected(place, console):
    phones = [place.client() for _ in range(3)]
    console.until_shown('"joined": "3", "connected": "3"')
    phones[0].close()
    console.until_shown('"joined": "3", "connected": "2"')


def test_who_comes_back_with_what_is_shown_gets_nothing_more(place, console, run):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    phone.until_shown("open")
    again = place.client(who="ana", at=[phone.epoch, phone.seq])
    welcome = again.hear()
    assert welcome["mine"][run]["answers"] == [{"choice": 1}]
    console.asked("close", run)
    first_view = again.wait(lambda frame: "set" in frame)
    assert first_view["from"] == phone.seq


@pytest.mark.parametrize("at", [["other", 1], ["same", 0], ["same", 99]])
@pytest.mark.usefixtures("run")
def test_who_comes_back_with_something_else_gets_the_whole(place, at):
    phone = place.client()
    phone.until_shown("open")
    epoch = phone.epoch if at[0] == "same" else at[0]
    again = place.client(at=[epoch, at[1]])
    again.hear()
    assert again.hear()["from"] == 0


def test_a_snapshot_when_asked(place):
    phone = place.client()
    phone.hear(), phone.hear()
    phone.send(snapshot=1)
    assert phone.wait(lambda frame: "set" in frame)["from"] == 0


def test_time_closes_a_run_two_seconds_late(place, console):
    console.asked("open", step="one", seconds=0.2)
    closed = until(lambda: [e for e in place.entries() if e.kind == "session.closed"])
    opened = place.entries()[0]
    assert (closed[0].at - opened.at).total_seconds() >= 2.2
    assert place.hall.intake.room.refused == {}


def test_a_name_that_was_erased_does_not_come_back_with_its_person(place, console):
    token = place.token(who="ana", name="Ana")
    phone = place.client(token=token)
    until(place.names)
    joined = next(e.seq for e in place.entries() if e.kind == "session.joined")
    assert "ack" in console.asked("redact", seq=joined)
    phone.wait(lambda frame: "set" in frame)
    place.client(token=token).hear()
    until(lambda: place.hall.intake.idle)
    assert place.names()["ana"].name == place.hall.intake.names["ana"].name == ""


def test_a_fault_after_a_batch_does_not_stop_the_room(place, console, run, monkeypatch):
    phone = place.client(who="ana")
    phone.asked("answer", run, choice=1)
    failing = [ZeroDivisionError]

    def tell(_judged):
        if failing:
            raise failing.pop()

    intake = place.hall.intake
    monkeypatch.setattr(intake, "_tell", tell)
    op = phone.act("answer", run, choice=2)
    until(lambda: not failing)
    monkeypatch.undo()
    assert "ack" in phone.asked("answer", run, op=op, choice=2)
    console.until_shown("((2, 1),)")


def test_redaction_reaches_every_screen_and_changes_the_epoch(place, console, run):
    phone = place.client(who="ana")
    seq = phone.asked("answer", run, choice=7)["seq"]
    console.until_shown("((7, 1),)")
    before = console.epoch
    assert "ack" in console.asked("redact", seq=seq)
    welcome = phone.wait(lambda frame: "welcome" in frame)
    assert welcome["mine"] == {}
    assert welcome["epoch"] != before
    assert phone.wait(lambda frame: "set" in frame)["from"] == 0
    console.wait(lambda frame: "set" in frame and "((7, 1),)" not in str(frame))


def test_the_end_is_the_end(place, console, run):
    phone = place.client()
    phone.hear()
    assert "ack" in console.asked("end")
    phone.until_shown("ended")
    assert phone.asked("answer", run, choice=1)["why"] == "ended"
    lines = len(place.entries())
    place.client().until_shown("ended")
    assert len(place.entries()) == lines


def test_a_session_nobody_has_or_another_code(place):
    other = place.token()
    place.session = 999
    assert place.client().hear() == {"bye": "token"}
    stranger = place.client(token=other, path="/live/ZZZZZZ")
    assert stranger.hear() == {"bye": "token"}


def test_submitting_from_another_thread(place):
    answer = place.hub.submit(place.session, Op("x1", "open", now(), body={"step": "one"}))
    assert answer.result(10).seq == 1
    refusal = place.hub.submit(place.session, Op("x2", "open", now(), body={"step": "one"}))
    assert refusal.result(10).why == "already_open"
    assert place.hub.submit(999, Op("x", "begin", now())).result(10).why


def test_refusals_are_counted_on_disk_so_that_a_stop_does_not_forget_them(path):
    session = make_session(path)
    with serving(path, session=session) as place:
        assert place.client(who="ana").asked("answer", "r9", choice=1)["why"] == "unknown_run"
        until(lambda: "session.refusals" in kinds_of(place.entries()))
    with serving(path, session=session) as place:
        place.client("console").asked("end")
        assert place.entries()[-1].body.refused == {"unknown_run": 1}
