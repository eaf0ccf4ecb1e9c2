"""Acts on their way to the room, and the acts that the hub does by itself."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import partial

from msgspec import Struct, structs

from fabrique.actions.access import Seat
from fabrique.domain.bodies import to_micros
from fabrique.domain.entry import FACILITATOR, Entry, Op
from fabrique.domain.pace import open_at_pace
from fabrique.domain.run import Run
from fabrique.domain.session import Participant, Session
from fabrique.domain.text import Invalid, Refusal, Text
from fabrique.live.messages import now
from fabrique.live.presence import Presence
from fabrique.live.room import GRACE, Accepted, Known, Room

log = logging.getLogger(__name__)

Answer = Known | Refusal
Reply = Callable[[Answer], None]
BROKEN = Refusal("invalid", Text("Something went wrong on our side: this was not kept."))
UNKNOWN = Refusal("ended", Text("This session does not exist."))


class Ask(Struct, frozen=True):
    """An act to judge; dropped without an answer if `when` says no at that moment."""

    op: Op
    reply: Reply | None = None  # None: the hub itself asks, and asks again if the disk fails
    who: Participant | None = None  # the name and heads to keep if it is accepted
    when: Callable[[Session], bool] | None = None

    def answer(self, answer: Answer) -> None:
        """Tell who asked."""
        if self.reply is None:
            return
        try:
            self.reply(answer)
        except Exception:  # one screen's trouble is not another's
            log.exception("Could not answer %s", self.op.op)


Judged = list[tuple[Ask, Accepted | Answer | None]]


def lines_of(outcome: Accepted | Answer | None) -> tuple[Entry, ...]:
    """Give the lines that an act brought, none if it was not accepted."""
    return outcome.entries if isinstance(outcome, Accepted) else ()


def judged_by(room: Room, ask: Ask) -> Accepted | Answer | None:
    """Give what the room says of an act; None if it is dropped."""
    if ask.when is not None and not ask.when(room.session):
        return None
    op, last = ask.op, room.session.last_at
    if last is not None and op.at < last:  # the clock was set back: order is what counts
        op = structs.replace(op, at=last)
    try:
        return room.receive(op)
    except Invalid as error:
        return Refusal("invalid", error.text, error.where)
    except Exception:  # a fault in a kind is not the end of the room
        log.exception("The room failed on %s", op.do)
        return BROKEN


def joining(seat: Seat) -> Ask:
    """Say that somebody came, unless they are here already."""
    who = seat.participant
    op = Op(_new_id("join"), "join", now(), who, None, {"heads": seat.heads})
    name = Participant(id=who, name=seat.name, heads=seat.heads)
    return Ask(op, None, name, partial(_is_absent, who))


def beginning() -> Ask:
    """Open what is beside the running order, unless it is open."""
    return Ask(Op(_new_id("begin"), "begin", now()), when=_has_not_begun)


def leaving(who: str, presence: Presence) -> Ask:
    """Say that somebody left, unless they are back by then."""
    return Ask(Op(_new_id("leave"), "leave", now(), who), when=partial(_has_left, who, presence))


def closing(run: Run, allowance: float) -> Ask | None:
    """Close a run whose time is over, for those too who have `allowance` more of it.

    What is open until a date closes with all the rest (`shutting`). The same act whichever hub
    does it.
    """
    if (
        run.paced
        or run.closes_at is None
        or now() < run.closes_at + GRACE + run.allowance(allowance)
    ):
        return None
    op = Op(f"time-{run.id}", "close", now(), FACILITATOR, run.id)
    return Ask(op, when=partial(_is_open, run.id))


def shutting(session: Session) -> Ask | None:
    """Close what was open at one's own pace, the date being past; the same act whichever hub."""
    until = session.pace.until
    if until is None or now() < until + GRACE or not open_at_pace(session):
        return None
    op = Op(f"date-{to_micros(until)}", "pace.close", now(), FACILITATOR)
    return Ask(op, when=partial(_is_due, until))


def tallying() -> Ask:
    """Have the count of refusals written."""
    return Ask(Op(_new_id("tally"), "tally", now()), when=_is_on)


def _is_on(session: Session) -> bool:
    return session.ended_at is None


def _new_id(verb: str) -> str:
    return f"{verb}-{secrets.token_hex(6)}"


def _has_not_begun(session: Session) -> bool:
    beside = session.plan.beside
    return session.ended_at is None and any(not session.runs_of(one.id) for one in beside)


def _is_absent(who: str, session: Session) -> bool:
    known = session.people.get(who)
    return session.ended_at is None and not (known and known.present)


def _has_left(who: str, presence: Presence, session: Session) -> bool:
    known = session.people.get(who)
    here = who in presence.connected()
    return session.ended_at is None and known is not None and known.present and not here


def _is_due(until: datetime, session: Session) -> bool:
    return session.ended_at is None and session.pace.until == until and bool(open_at_pace(session))


def _is_open(run: str, session: Session) -> bool:
    found = session.runs.get(run)  # none if the line that opened it was erased meanwhile
    return session.ended_at is None and found is not None and found.closed_at is None
