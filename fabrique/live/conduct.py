"""How the room is led, as its screens say it: the pause, the recording, hands, people, notes.

Fragments have kind "conduct"; their partials are those of `live/conduct.html`.
"""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from fabrique.domain.conduct import Mark
from fabrique.domain.session import Kinds, Session
from fabrique.domain.step import Image
from fabrique.domain.timeline import since_start
from fabrique.domain.view import Part
from fabrique.live.figures import Figures
from fabrique.live.order import current_runs

KIND = "conduct"
PEOPLE, NOTES = "people", "notes"  # ids of the lists of the console
LISTED = 200  # people that a console lists, the latest to come; all who were taken out besides

Names = Mapping[str, str]


class On(Struct, frozen=True):
    """Whether something is on that every screen says: the pause, the recording."""

    on: bool


class Said(Struct, frozen=True):
    """What is done now, in the facilitator's words."""

    text: str


class Outside(Struct, frozen=True):
    """Which host of others will draft from what is said; none where it is empty."""

    host: str


class Switches(Struct, frozen=True):
    """What the facilitator turns on and off."""

    frozen: bool
    locked: bool
    recording: bool
    outside: str
    said: str
    ended: bool


class Somebody(Struct, frozen=True):
    """A person as a list of the console names them; `name` is empty if they gave none."""

    id: str
    name: str
    heads: int
    number: int  # the place in order of coming, from 1


class Hands(Struct, frozen=True):
    """Who asks to speak, in the order of asking, and who was given the floor."""

    asking: tuple[Somebody, ...]
    floor: Somebody | None


class Person(Struct, frozen=True):
    """Somebody and where they stand."""

    who: Somebody
    here: bool
    answered: bool
    expelled: bool


class Room(Struct, frozen=True):
    """Figures of the list of people, and how many consoles are open."""

    people: int
    listed: int
    expelled: int
    consoles: int


class Note(Struct, frozen=True):
    """What the facilitator wrote down, so long after the start."""

    moment: str
    text: str
    mark: Mark
    image: Image | None


def notices(session: Session) -> list[Part]:
    """Give what every screen says above all else."""
    conduct, live = session.conduct, session.ended_at is None
    return [
        _part("recording", On(live and conduct.recording)),
        _part("outside", Outside(conduct.outside if live else "")),
        _part("paused", On(live and conduct.frozen)),
        _part("told", Said(conduct.said if live else "")),
    ]


def panels(session: Session, kinds: Kinds, names: Names, figures: Figures) -> list[Part]:
    """Give what only the console shows, lists before their items."""
    conduct = session.conduct
    people = _people(session, kinds, names, figures)
    switches = Switches(
        conduct.frozen,
        conduct.locked,
        conduct.recording,
        conduct.outside,
        conduct.said,
        session.ended_at is not None,
    )
    room = Room(
        session.people.heads(session.people), len(people), len(conduct.expelled), figures.consoles
    )
    return [
        _part("switches", switches),
        _part("hands", _hands(session, names)),
        _part("room", room),
        *people,
        *_notes(session),
    ]


def _hands(session: Session, names: Names) -> Hands:
    conduct = session.conduct
    numbers = {one: n for n, one in enumerate(session.people, 1)}

    def somebody(one: str) -> Somebody:
        return _somebody(session, names, one, numbers[one])

    asking = tuple(somebody(one) for one in conduct.hands if one in numbers)
    return Hands(asking, somebody(conduct.floor) if conduct.floor in numbers else None)


def _people(session: Session, kinds: Kinds, names: Names, figures: Figures) -> list[Part]:
    runs = current_runs(session)
    answered = set().union(*(kinds[run.definition.kind].answered(run) for run in runs))
    expelled = session.conduct.expelled
    everybody = list(enumerate(session.people, 1))
    latest = len(everybody) - LISTED
    found = []
    for number, one in everybody:
        if number > latest or one in expelled:
            who = _somebody(session, names, one, number)
            person = Person(who, one in figures.here, one in answered, one in expelled)
            found.append(_part("person", person, f"person:{one}", PEOPLE, -number))
    return found


def _notes(session: Session) -> list[Part]:
    return [
        _part(
            "note",
            Note(since_start(session, one.at), one.text, one.mark, one.image),
            f"note:{one.seq}",
            NOTES,
            -one.seq,
        )
        for one in session.conduct.notes
    ]


def _somebody(session: Session, names: Names, one: str, number: int) -> Somebody:
    return Somebody(one, names.get(one, ""), session.people[one].heads, number)


def _part(partial: str, view: Struct, key: str = "", within: str = "", rank: float = 0) -> Part:
    return Part(key or f"session-{partial}", partial, view, within, rank, KIND)
