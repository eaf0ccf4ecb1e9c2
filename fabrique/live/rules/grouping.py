"""Small groups: who is at which table, and who writes there."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.entry import Op
from fabrique.domain.group_lines import Grouped, Named, Pen, Placed, Put, Scribed, Split, Whom
from fabrique.domain.groups import Group
from fabrique.domain.schema import read
from fabrique.domain.session import Session
from fabrique.domain.shares import drawn, filled
from fabrique.domain.text import Invalid, Refused, Text
from fabrique.live.rules.rule import Draft, Ground, Rule


def split(ground: Ground, op: Op) -> list[Draft]:
    """Split those who are here; who comes later goes where people are fewest."""
    body, session = read(op.body, Split), ground.session
    if any(run.group is not None for run in session.open_runs()):
        raise Refused("groups_open", Text("Groups are at work: close what is open there first."))
    named = _named(session, body.groups or _numbered(body.count))
    ids = [one.id for one in named]
    here = _here(session)
    if body.by == "hand":
        given = _given(session, body.of, ids)
        of = filled(given, (one for one in here if one not in given), ids, session.people)
    else:
        _check_enough(session, here, ids)
        seed = op.op if body.seed is None else str(body.seed)
        of = drawn(here, ids, session.people, seed)
    return [("grouped", None, Grouped(groups=named, of=of))]


def _numbered(count: int | None) -> tuple[str, ...]:
    if count is None:
        raise Invalid(Text("Say how many groups, or their names."), ".groups")
    return tuple(f"Table {n}" for n in range(1, count + 1))  # the same word in both languages


def _named(session: Session, titles: tuple[str, ...]) -> tuple[Named, ...]:
    if not all(title.strip() for title in titles):
        raise Refused("empty", Text("Give every group a name."))
    first = len(session.groups.known) + 1  # an id is never used again: runs are known by it
    return tuple(Named(id=f"g{n}", title=title) for n, title in enumerate(titles, first))


def _here(session: Session) -> list[str]:
    expelled = session.conduct.expelled
    return [who for who, one in session.people.items() if one.present and who not in expelled]


def _given(session: Session, of: Mapping[str, int], ids: list[str]) -> dict[str, str]:
    for who, place in of.items():
        if who not in session.people:
            raise Invalid(Text("There is no such participant."), f".of.{who}")
        if place >= len(ids):
            raise Invalid(Text("There is no such group."), f".of.{who}")
    return {who: ids[place] for who, place in of.items()}


def _check_enough(session: Session, here: list[str], ids: list[str]) -> None:
    if len(here) < len(ids):
        what = {"n": len(here), "groups": len(ids), "heads": session.people.heads(here)}
        raise Refused(
            "too_few",
            Text(
                "{n} device is here, too few for {groups} groups.",
                what,
                "{n} devices are here, too few for {groups} groups.",
            ),
        )


def newcomer(ground: Ground, who: str) -> list[Draft]:
    """Give the line that seats somebody who has no group while there are groups."""
    session = ground.session
    groups = session.groups
    if not groups.now or who in groups.of:
        return []
    ids = [one.id for one in groups.now]
    people = {one: groups.of[one] for one in _here(session) if one in groups.of}
    found = filled(people, [who], ids, session.people)[who]
    return [("placed", None, Placed(participant=who, group=found))]


def put(ground: Ground, op: Op) -> list[Draft]:
    """Move somebody to another table."""
    body = read(op.body, Put)
    _check_known(ground, body.participant)
    group = current(ground, body.group).id
    return [("placed", None, Placed(participant=body.participant, group=group))]


def scribe(ground: Ground, op: Op) -> list[Draft]:
    """Say who writes for the group where they are."""
    who = read(op.body, Whom).participant
    _check_known(ground, who)
    return [("scribed", None, Scribed(group=_group_of(ground, who), participant=who))]


def pen(ground: Ground, op: Op) -> list[Draft]:
    """Take the pen of one's group if nobody who is here holds it, or lay it down."""
    body = read(op.body, Pen)
    ground.check_joined(op)
    session, who = ground.session, op.participant
    group = _group_of(ground, who)
    holder = session.groups.scribes.get(group)
    held = holder in session.people and session.people[holder].present if holder else False
    if body.on and held and holder != who:
        raise Refused("has_scribe", Text("Somebody in your group takes the notes already."))
    if not body.on and holder != who:
        raise Refused("not_scribe", Text("You do not take the notes of your group."))
    return [("scribed", None, Scribed(group=group, participant=who if body.on else None))]


def current(ground: Ground, wanted: str) -> Group:
    """Find a group of now, by its id or the number of its table; raise `Refused`."""
    found = ground.session.groups.find(wanted)
    if found is None:
        raise Refused("unknown_group", Text("There is no such group."))
    return found


def _group_of(ground: Ground, who: str) -> str:
    found = ground.session.groups.of.get(who)
    if found is None:
        raise Refused("no_group", Text("This person is in no group."))
    return found


def _check_known(ground: Ground, who: str) -> None:
    if who not in ground.session.people:
        raise Invalid(Text("There is no such participant."), ".participant")


RULES: Mapping[str, Rule] = {
    "group.split": split,
    "group.put": put,
    "group.scribe": scribe,
    "pen": pen,
}
