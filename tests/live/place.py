"""A real server on a loopback port, with a session of one tiny kind, and clients to talk to it."""

import json
import secrets
import threading
import time
from collections import Counter
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime

from websockets.sync.client import connect

from fabrique.actions.access import Role, Seat, read_seat, seat_token
from fabrique.domain.activity import Activity
from fabrique.domain.bodies import write_body
from fabrique.domain.definitions import plan_data, read_plan
from fabrique.domain.schema import Index, Part
from fabrique.domain.session import Plan
from fabrique.domain.step import Definition
from fabrique.domain.text import Name, Refused, Text
from fabrique.live.desk import Record
from fabrique.live.hub import House, Hub
from fabrique.store.journal import Journal
from fabrique.web.asgi import make_server

PATIENCE = 10.0  # seconds; nothing here takes a hundredth of it


class TallyDefinition(Definition, frozen=True, kw_only=True, tag="tally"):
    """A choice by its number."""


class Choice(Part, frozen=True):
    choice: Index
    pad: str = ""


class Tally(Activity):
    """Who chose what, last choice counts; 13 is refused, 500 fails as a faulty kind would."""

    kind = "tally"
    name = Name(fr="Compte", en="Tally")
    definition = TallyDefinition
    verbs = {"answer": Choice}
    own_pace = True

    def start(self, _definition):
        return {}

    def decide(self, _run, _op, body):
        if body.choice == 13:
            raise Refused("unlucky", Text("Not this number."))
        if body.choice == 500:
            raise ZeroDivisionError
        return body

    def fold(self, _definition, state, entry):
        state.setdefault(entry.participant, []).append(entry.body.choice)
        return state

    def answered(self, run):
        return set(run.state)

    def shown(self, run, _people, _names):
        counts = Counter(choices[-1] for choices in run.state.values())
        return tuple(sorted(counts.items()))

    def mine(self, run, participant):
        choices = run.state.get(participant, [])
        return {"answers": [{"choice": one} for one in choices[-1:]], "changes": len(choices)}


KINDS = {"tally": Tally()}
PLAN = Plan(
    "Essai",
    "café",
    "fr",
    datetime(2026, 1, 1, tzinfo=UTC),
    steps=(TallyDefinition(id="one", title="Un"), TallyDefinition(id="two", title="Deux")),
)


def draw(kind, partial, view, language, part):
    """What the pages would draw, as JSON that a test can read."""
    shown = {"kind": kind, "partial": partial, "language": language}
    fields = ("joined", "connected", "answered", "result", "phase", "stage", "padding")
    shown |= {key: str(getattr(view, key)) for key in fields if hasattr(view, key)}
    return f'<p id="{part.key}">{json.dumps(shown)}</p>'


def reader(path, kinds=KINDS):
    """How a hub of these tests reads a session."""

    def read(session):
        journal = Journal(path, kinds)
        try:
            head = journal.head(session)
            plan = read_plan(json.loads(head.plan), kinds)
            names, entries = journal.names(session), journal.read(session)
            return Record(head.code, head.epoch, plan, names, entries)
        finally:
            journal.close()

    return read


def make_house(path, **changes):
    house = {
        "kinds": KINDS,
        "open_journal": lambda: Journal(path, KINDS),
        "read": reader(path),
        "render": draw,
        "read_seat": read_seat,
    }
    return House(**house | changes)


def make_session(path, code="ABC234", plan=PLAN):
    journal = Journal(path, KINDS)
    session = journal.create(code, write_body(plan_data(plan)), datetime.now(UTC))
    journal.close()
    return session


def until(condition, what="it to happen"):
    """Wait for something that another thread does."""
    limit = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < limit, f"waited in vain for {what}"
        time.sleep(0.005)
    return found


class Place:
    """A hub that serves the journal at `path`; `stop` and `start` again as a restart would."""

    def __init__(self, path, session=None, code="ABC234", **house):
        self.path, self.code, self.house = path, code, house
        self.session = session or make_session(path, code)
        self.port = 0
        self.sockets = ExitStack()
        self.start()

    def start(self):
        self.hub = Hub(make_house(self.path, **self.house))
        self.server = make_server(self.hub, "127.0.0.1", self.port)
        self.listening = threading.Event()
        self.server.ready = self.listening.set
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        assert self.listening.wait(PATIENCE)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def stop(self):
        self.server.should_exit = True
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive()

    def end(self):
        self.sockets.close()
        self.stop()

    @property
    def hall(self):
        return self.hub.halls[self.session]

    def token(self, role=Role.PARTICIPANT, who=None, **more):
        who = "" if role != Role.PARTICIPANT else who or secrets.token_hex(4)
        return seat_token(Seat(self.session, who, role, **more))

    def open(self, **options):
        options = {"origin": f"http://127.0.0.1:{self.port}", "compression": None} | options
        path = options.pop("path", f"/live/{self.code}")
        address = f"ws://127.0.0.1:{self.port}{path}"
        return self.sockets.enter_context(connect(address, close_timeout=1, **options))

    def client(self, screen="phone", role=None, who=None, *, at=None, **options):
        role = role or {"phone": Role.PARTICIPANT, "stage": Role.STAGE}.get(screen, "facilitator")
        token = options.pop("token", None) or self.token(Role(role), who)
        group = options.pop("group", "")
        return Client(self.open(**options), token, screen, at, group)

    def entries(self):
        journal = Journal(self.path, KINDS)
        try:
            return journal.read(self.session)
        finally:
            journal.close()

    def names(self):
        journal = Journal(self.path, KINDS)
        try:
            return journal.names(self.session)
        finally:
            journal.close()


@contextmanager
def serving(path, **house):
    place = Place(path, **house)
    try:
        yield place
    finally:
        place.end()


class Client:
    """A browser without a page: keeps what it shows, asks for a snapshot when it has a gap."""

    def __init__(self, socket, token, screen, at=None, group=""):
        self.socket, self.heard = socket, []
        self.shown, self.seq, self.mine, self.epoch = {}, None, {}, None
        hello = {"token": token, "screen": screen, "lang": "fr", "at": at, "group": group}
        self.send(hello=1, **hello, visible=True)

    def send(self, **frame):
        self.socket.send(json.dumps(frame))

    def act(self, do, run=None, op=None, **body):
        op = op or secrets.token_hex(6)
        self.send(op=op, do=do, **({"run": run} if run else {}), **body)
        return op

    def asked(self, do, run=None, op=None, **body):
        """Act, and give the reply."""
        op = self.act(do, run, op, **body)
        return self.wait(lambda frame: op in (frame.get("ack"), frame.get("no")))

    def wait(self, wanted, timeout=PATIENCE):
        """Hear frames until one is wanted; give it."""
        limit = time.monotonic() + timeout
        while True:
            frame = self.hear(limit - time.monotonic())
            if wanted(frame):
                return frame

    def hear(self, timeout=PATIENCE):
        frame = json.loads(self.socket.recv(timeout=timeout))
        self.heard.append(frame)
        if "welcome" in frame:
            self.epoch, self.mine = frame["epoch"], frame["mine"]
        elif "set" in frame:
            self.patch(frame)
        self.mine |= frame.get("mine", {})
        return frame

    def patch(self, frame):
        if frame["from"] not in (0, self.seq):
            self.send(snapshot=1)
            return
        if frame["from"] == 0:
            self.shown = {}
        self.shown |= frame["set"]
        for key in frame["drop"]:
            self.shown.pop(key, None)
        self.seq = frame["seq"]

    def until_shown(self, text):
        """Hear until some fragment holds `text`."""
        while not any(text in html for html in self.shown.values()):
            self.hear()
        return self

    def close(self):
        self.socket.close()
