"""Whatever the order, the repetitions and the failures: acknowledged is kept, and kept once."""

import asyncio
from collections import Counter
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.entry import Entry, Op
from fabrique.domain.lines import Joined
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Refusal
from fabrique.live import intake as intakes
from fabrique.live.asks import Ask
from fabrique.live.desk import Loaded
from fabrique.live.intake import Intake
from fabrique.live.refusals import Refusals
from fabrique.live.room import Known, Room
from fabrique.store.journal import Behind
from tests.live.place import KINDS, PLAN
from tests.store.instance import at

intakes.RETRY = 0.0


class Paper:
    """A journal on paper, written when the test says so; `lies` acknowledges what it loses."""

    def __init__(self, *, lies=False):
        self.lines, self.waiting, self.lies = [], [], lies

    def put(self, append, done):
        self.waiting.append((append, done))

    def write(self, *, fails=False):
        append, done = self.waiting.pop(0)
        if fails:
            done(None if self.lies else OSError("no space"))
        elif append.after != len(self.lines):
            done(Behind(append.session))
        else:
            self.lines += append.entries
            done(None)

    def run(self, read, done):
        asyncio.get_running_loop().call_soon(done, read())

    def load(self, _session):
        room = Room(PLAN, KINDS)
        room.session = fold(Session(PLAN), self.lines, KINDS)
        return Loaded("ABC234", "e", {}, room)

    def foreign(self):
        """Another hub writes a line."""
        seq = len(self.lines) + 1
        who = f"guest{seq}"
        self.lines.append(Entry(seq, at(seq), who, "j", None, "session.joined", 1, Joined()))


class Scene:
    def __init__(self, *, lies=False):
        self.paper, self.told, self.seconds = Paper(lies=lies), [], 0
        desk = SimpleNamespace(writer=self.paper, loader=self.paper, load=self.paper.load)
        self.intake = Intake(1, desk, lambda _loaded, _epoch: None)
        self.asked = 0

    def ask(self, who, op, do="answer", **body):
        self.seconds += 1
        run = "r1" if do == "answer" else None
        act = Op(op, do, at(self.seconds), who, run, body)
        self.asked += 1
        self.intake.ask(Ask(act, lambda answer: self.told.append((act, answer))))

    async def settle(self):
        for _ in range(60):
            await asyncio.sleep(0)
            if self.paper.waiting:
                self.paper.write()

    async def play(self, steps):
        self.ask("", "open", "open", step="one")
        for who in ("ana", "bob"):
            self.ask(who, "join", "join")
        await self.settle()
        for step, *more in steps:
            match step:
                case "ask":
                    self.ask(more[0], f"op{more[1]}", choice=more[2])
                case "write" if self.paper.waiting:
                    self.paper.write(fails=more[0])
                case "foreign":
                    self.paper.foreign()
                case "turn":
                    await asyncio.sleep(0)
        await self.settle()
        self.ask("ana", "last", choice=1)  # a hub learns of another's lines when it writes
        await self.settle()


STEPS = st.lists(
    st.one_of(
        st.tuples(
            st.just("ask"), st.sampled_from(["ana", "bob"]), st.integers(0, 5), st.integers(0, 20)
        ),
        st.tuples(st.just("write"), st.booleans()),
        st.tuples(st.just("foreign")),
        st.tuples(st.just("turn")),
    ),
    max_size=40,
)


def wrong(scene):
    """What a person would complain about."""
    lines = scene.paper.lines
    if [line.seq for line in lines] != list(range(1, len(lines) + 1)):
        yield "numbers"
    if len({(line.participant, line.op) for line in lines}) != len(lines):
        yield "an act twice"
    if len(scene.told) != scene.asked:
        yield "somebody was not answered"
    for act, answer in scene.told:
        kept = [n for n in lines if (n.participant, n.op) == (act.participant, act.op)]
        if isinstance(answer, Known) and [line.seq for line in kept] != [answer.seq]:
            yield f"{act.op} acknowledged but not kept"
        if isinstance(answer, Refusal) and answer.why == "unlucky" and kept:
            yield f"{act.op} refused and kept"
    noes = [(act, no.why) for act, no in scene.told if isinstance(no, Refusal)]
    refused = {(act.participant, act.op, why) for act, why in noes if why != "disk"}
    if Counter(why for _, _, why in refused) != scene.intake.room.refused:
        yield "refusals miscounted"
    now = fold(Session(PLAN), lines, KINDS)
    room = scene.intake.session
    if (room.seq, room.runs["r1"].state) != (now.seq, now.runs["r1"].state):
        yield "the room differs from its journal"


async def found_wrong(steps, *, lies=False):
    scene = Scene(lies=lies)
    await scene.play(steps)
    return list(wrong(scene))


@settings(max_examples=300)
@given(STEPS)
def test_duplicates_reordering_failures_and_other_hubs(steps):
    assert asyncio.run(found_wrong(steps)) == []


def test_the_model_finds_a_writer_that_lies():
    steps = [("ask", "ana", 1, 1), ("turn",), ("write", True)]
    assert asyncio.run(found_wrong(steps)) == []
    assert "op1 acknowledged but not kept" in asyncio.run(found_wrong(steps, lies=True))


REFUSED_BESIDE = [("ask", "ana", 1, 13), ("ask", "bob", 2, 1)]
UNDONE = {
    "the disk fails": [*REFUSED_BESIDE, ("turn",), ("write", True), ("turn",), ("turn",)],
    "another hub was faster": [("foreign",), *REFUSED_BESIDE],
}


@pytest.mark.parametrize("how", UNDONE)
def test_the_model_finds_refusals_counted_twice(how, monkeypatch):
    steps = [*UNDONE[how], ("ask", "ana", 1, 13)]
    assert asyncio.run(found_wrong(steps)) == []
    # What a room did that forgot, with the batch, whom it had refused, and counted on.
    monkeypatch.setattr(Refusals, "take_back", lambda self: self._told.clear())
    assert "refusals miscounted" in asyncio.run(found_wrong(steps))
