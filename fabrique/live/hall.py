"""One session while it lives: who comes, what they do, what time closes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from fabrique.actions.access import Seat, act_of, allowed
from fabrique.domain.entry import Op
from fabrique.domain.pace import awaits_date
from fabrique.domain.session import Session
from fabrique.domain.text import Refusal
from fabrique.live import mine
from fabrique.live.asks import Answer, Ask, beginning, closing, joining, leaving, shutting, tallying
from fabrique.live.audience import Audience
from fabrique.live.desk import Desk, Loaded
from fabrique.live.frames import Frame
from fabrique.live.gallery import Gallery
from fabrique.live.intake import Intake
from fabrique.live.link import Link, period
from fabrique.live.messages import ack, millis, no, now, read_op
from fabrique.live.moves import Moves
from fabrique.live.presence import Presence
from fabrique.live.room import FACILITATOR_ONLY, Known

At = tuple[str, int] | None

TALLY = 10.0  # seconds between two counts of refusals in the journal


class Hall:
    """A session that is open in this hub."""

    def __init__(self, session: int, desk: Desk) -> None:
        self._clock = asyncio.get_running_loop().time
        self._kinds = desk.kinds
        self.used_at = self._clock()
        self.presence = Presence()
        self._tally_at = 0.0
        self.intake = Intake(session, desk, self._settled)
        self.gallery = Gallery(self.intake, self.presence, desk)
        self._moves = Moves(self.presence, self.gallery)

    @property
    def session(self) -> Session:
        """The state of the session; it is what the disk says only while nothing is in flight."""
        return self.intake.session

    @property
    def awaits_date(self) -> bool:
        """Whether it is open until a date, and so stays in memory to close by itself."""
        room = self.intake.room
        return room is not None and room.session.ended_at is None and awaits_date(room.session)

    def arrive(self, link: Link, code: str, at: At) -> None:
        """Seat a screen that said hello, showing `at`; it is greeted once all is on disk."""
        link.hall = self
        if not self.presence.add(link):
            link.bye("tabs")
            return
        self.ensure_joined(link.seat)
        self.intake.between(partial(self._greet, link, code, at))

    def _greet(self, link: Link, code: str, at: At) -> None:
        if link.closed:
            return
        if self.intake.missing or code != self.intake.code:
            link.bye("token")
            return
        if why := self.unwelcome(link.seat.participant):
            link.bye(why)
            return
        audience = self.gallery.seat(link)
        link.write(Frame(self.welcome(link.seat, audience)))
        if at == (self.epoch(audience), audience.seq) and not audience.restless:
            link.seq = audience.seq
        else:
            audience.show_whole(link)

    def epoch(self, audience: Audience) -> str:
        """Give the mark of what is shown: another past, or another group, and it starts over."""
        return ".".join(filter(None, (self.intake.epoch, audience.group)))

    def welcome(self, seat: Seat, audience: Audience) -> dict[str, Any]:
        """Give what a screen is told first: where it is, the time, and what its person did."""
        return {
            "welcome": 1,
            "epoch": self.epoch(audience),
            "seq": audience.seq,
            "now": millis(now()),
            "participant": seat.participant,
            "mine": mine.everywhere(self._kinds, self.session, seat.participant),
        }

    def unwelcome(self, participant: str) -> str:
        """Say why somebody may not be here: "expelled", "locked", or "" if they may."""
        session = self.session
        if participant in session.conduct.expelled:
            return "expelled"
        newcomer = bool(participant) and participant not in session.people
        return "locked" if newcomer and session.conduct.locked and not session.ended_at else ""

    def gone(self, link: Link) -> None:
        """Forget a screen that closed."""
        self.used_at = self._clock()
        self.presence.drop(link, self.used_at)
        if link.audience is not None:
            link.audience.drop(link)

    def ensure_joined(self, seat: Seat) -> None:
        """Have the room say that this participant came, unless it knows."""
        if seat.participant:
            self.intake.ask(beginning())
            self.intake.ask(joining(seat))

    def hear(self, link: Link, data: Mapping[str, Any]) -> None:
        """Take what a screen says; raises `Invalid` for what no client of ours sends."""
        if "op" in data:
            who = link.seat.participant
            op = read_op(data, who, now())
            if wait := self.presence.wait(who, self._clock()):
                link.pause(wait)
            self.act(link.seat, op, partial(self._answer, link, op))
        elif "snapshot" in data:
            self.intake.between(partial(_show_whole, link))
        elif "mine" in data:
            self.intake.between(partial(self._say_mine, link))
        elif "visible" in data:
            link.visible = bool(data["visible"])
            link.beat_at = min(link.beat_at, self._clock() + period(link))

    def act(self, seat: Seat, op: Op, reply: Callable[[Answer], None]) -> None:
        """Judge an act of `seat`, whose role decides first."""
        if allowed(seat.role, act_of(op.do)):
            if op.do in ("open", "pace.open"):
                self.intake.ask(beginning())
            self.intake.ask(Ask(op, partial(self._tell, op, reply)))
        else:
            reply(FACILITATOR_ONLY.refusal)

    def _tell(self, op: Op, reply: Callable[[Answer], None], answer: Answer) -> None:
        """Answer an act; tell those whose own words it touched."""
        reply(answer)
        if not isinstance(answer, Refusal):
            for who, own in mine.touched(self._kinds, self.session, op).items():
                for tab in self.presence.links.get(who, ()):
                    tab.write(Frame({"mine": own}))

    def _answer(self, link: Link, op: Op, answer: Answer) -> None:
        if isinstance(answer, Refusal):
            link.write(Frame(no(op.op, answer, link.lang)))
            return
        frame = Frame(self.acked(op, answer))
        link.write(frame)
        for tab in self.presence.links.get(op.body.get("participant", ""), ()):
            self._say_mine(tab)  # the facilitator gave them the floor
        # The other tabs of the same person show the same answers.
        for tab in self.presence.links.get(op.participant, ()) if op.participant else ():
            if tab is not link:
                tab.write(frame)

    def acked(self, op: Op, known: Known) -> dict[str, Any]:
        """Give the acknowledgement of an act, with all that its author now has in that run."""
        if not op.participant:
            return ack(op.op, known.seq, None)
        run = self.session.runs.get(op.run or "")
        who = op.participant
        me = {"": mine.in_session(self.session, who)}
        return ack(op.op, known.seq, {run.id: mine.in_run(self._kinds, run, who)} if run else me)

    def _say_mine(self, link: Link) -> None:
        who = link.seat.participant
        # What went back to nothing is said too: a hand that was lowered.
        me = {"": mine.in_session(self.session, who)}
        link.write(Frame({"mine": me | mine.everywhere(self._kinds, self.session, who)}))

    def tick(self, at: float, *, may_send: bool) -> None:
        """Several times a second: draw what changed."""
        if self.intake.room is not None:
            self.gallery.tick(at, may_send=may_send)

    def chores(self, at: float) -> None:
        """Every second: those who left, the runs whose time is over, now and then the refusals."""
        for who in self.presence.left(at):
            self.intake.ask(leaving(who, self.presence))
        for run in self.session.open_runs() if self.intake.room is not None else ():
            if ask := closing(run, self.session.people.longest_allowance()):
                self.intake.ask(ask)
        if self.awaits_date and (ask := shutting(self.session)):
            self.intake.ask(ask)
        room = self.intake.room
        if room is not None and at >= self._tally_at and room.refused != room.session.refused:
            self._tally_at = at + TALLY
            self.intake.ask(tallying())

    def _settled(self, loaded: Loaded | None, epoch_before: str) -> None:
        if loaded is not None and not epoch_before:
            self.presence.restore(self.session.people.present(), self._clock())
        elif loaded is not None and loaded.epoch != epoch_before:
            self._welcome_again()
        for who in self.session.conduct.expelled & self.presence.connected():
            for link in list(self.presence.links.get(who, ())):
                link.bye("expelled")
        self._reseat()
        if self.intake.pressing:
            self.gallery.hurry()
        self.gallery.draw_due()

    def _reseat(self) -> None:
        moved, told = self._moves.since(self.session.groups)
        for link in moved:
            self._welcome(link)
        for link in told:
            self._say_mine(link)

    def _welcome(self, link: Link) -> None:
        if link.audience is not None:
            link.write(Frame(self.welcome(link.seat, link.audience)))
            link.audience.show_whole(link)

    def _welcome_again(self) -> None:
        for audience in self.gallery.start_over():
            for link in list(audience.links):
                self.gallery.seat(link)
                self._welcome(link)


def _show_whole(link: Link) -> None:
    if link.audience is not None and not link.closed:
        link.audience.show_whole(link)
