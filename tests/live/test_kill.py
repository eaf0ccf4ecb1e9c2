"""A server killed in mid-vote: nothing acknowledged is missing, nothing counts twice."""

import asyncio
import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

from fabrique.actions.access import Role, Seat, seat_token
from fabrique.domain.entry import Op
from fabrique.domain.session import Session, fold
from fabrique.live.room import Room
from fabrique.store.journal import Append, Journal
from tests.live.place import KINDS, PLAN, make_session

ROOT = Path(__file__).resolve().parents[2]


class Server:
    def __init__(self, path, *how):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.command = [sys.executable, "-m", "tests.live.victim", path, str(self.port), *how]
        self.process = None

    def start(self):
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=os.environ.copy(), stdout=subprocess.PIPE
        )
        assert self.process.stdout.readline() == b"listening\n"

    def end(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(10)
        self.process.stdout.close()


class Voter:
    """A phone with an outbox: sends again, under the same id, what was not acknowledged."""

    def __init__(self, server, session, name):
        self.server = server
        self.token = seat_token(Seat(session, name, Role.PARTICIPANT))
        self.name, self.sent, self.acked = name, 0, {}
        self.outbox, self.refused, self.mine = {}, [], {}
        self.chance = random.Random(name)

    async def live(self, enough):
        while not enough() or self.outbox:
            try:
                await self._connected(enough)
            except (OSError, WebSocketException, TimeoutError):
                await asyncio.sleep(0.2 + 0.3 * self.chance.random())

    async def _connected(self, enough):
        port = self.server.port
        address, origin = f"ws://127.0.0.1:{port}/live/ABC234", f"http://127.0.0.1:{port}"
        async with connect(address, origin=origin, open_timeout=5, close_timeout=0.2) as line:
            hello = {"hello": 1, "token": self.token, "screen": "phone", "lang": "fr", "at": None}
            await line.send(json.dumps(hello))
            while "welcome" not in (frame := json.loads(await line.recv())):
                pass
            self.mine = frame["mine"]
            for op in list(self.outbox):
                await line.send(json.dumps(self.outbox[op]))
            while not enough() or self.outbox:
                await self._vote(line)

    async def _vote(self, line):
        if not self.outbox:
            self.sent += 1
            op = f"{self.name}-{self.sent}"
            self.outbox[op] = {"op": op, "do": "answer", "run": "r1", "choice": self.sent % 5}
            await line.send(json.dumps(self.outbox[op]))
        frame = json.loads(await asyncio.wait_for(line.recv(), 5))
        if (op := frame.get("ack")) in self.outbox:
            del self.outbox[op]
            self.acked[op] = frame["seq"]
            self.mine = frame["mine"]
        elif frame.get("no") in self.outbox:
            self.refused.append(frame)


async def vote_until_killed(server, voters, kills):
    over = False
    tasks = [asyncio.create_task(voter.live(lambda: over)) for voter in voters]
    for _ in range(kills):
        before = sum(len(voter.acked) for voter in voters)
        while sum(len(voter.acked) for voter in voters) < before + 3 * len(voters):  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        await asyncio.to_thread(server.end, signal.SIGKILL)
        await asyncio.to_thread(server.start)
    over = True
    await asyncio.wait_for(asyncio.gather(*tasks), 60)


def audit(path, session, voters):
    """Everything that is wrong between what was acknowledged and what is in the journal."""
    check = sqlite3.connect(path)
    if check.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        yield "the file is damaged"
    check.close()
    journal = Journal(path, KINDS)
    lines = journal.read(session)
    journal.close()
    if [line.seq for line in lines] != list(range(1, len(lines) + 1)):
        yield "numbers are missing or repeated"
    kept = [(line.participant, line.op) for line in lines]
    if len(set(kept)) != len(kept):
        yield "an act was kept twice"
    place = {line.op: line.seq for line in lines}
    for voter in voters:
        for op, seq in voter.acked.items():
            if place.get(op) != seq:
                yield f"{op} was acknowledged as line {seq}, the journal says {place.get(op)}"
    counted = fold(Session(PLAN), lines, KINDS).runs["r1"].state
    for voter in voters:
        choices = counted.get(voter.name, [])
        if len(choices) != len(voter.acked):
            yield f"{voter.name} has {len(choices)} votes, {len(voter.acked)} acknowledged"


def open_a_run(path):
    """A session whose step is open, written as a hub would."""
    session = make_session(path)
    room = Room(PLAN, KINDS)
    entries = room.receive(Op("o", "open", datetime.now(UTC), body={"step": "one"})).entries
    journal = Journal(path, KINDS)
    journal.append([Append(session, 0, entries)])
    journal.close()
    return session


def voted(path, kills, *how, people=15):
    session = open_a_run(path)
    server = Server(path, *how)
    server.start()
    voters = [Voter(server, session, f"v{n}") for n in range(people)]
    try:
        limit = 180 + 10 * kills  # a busy machine is slow to start a server again
        asyncio.run(asyncio.wait_for(vote_until_killed(server, voters, kills), limit))
    finally:
        server.end()
    return session, voters


def test_killed_in_mid_vote(path):
    session, voters = voted(path, kills=2)
    assert list(audit(path, session, voters)) == []
    assert min(len(voter.acked) for voter in voters) >= 3
    assert not any(voter.refused for voter in voters)
    assert all(v.mine["r1"]["changes"] == len(v.acked) for v in voters)


def test_the_audit_finds_a_server_that_acknowledges_too_early(path):
    session, voters = voted(path, 1, "liar")
    assert list(audit(path, session, voters)) != []


@pytest.mark.long
def test_killed_again_and_again(path):
    session, voters = voted(path, kills=100)
    assert list(audit(path, session, voters)) == []
