"""The checklist of a gathering: its lane's steps, each with a state, an owner and a date.

What the house sees by itself is ticked by itself; the rest is ticked by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from msgspec import Struct

from fabrique.actions import seen
from fabrique.actions.history import note
from fabrique.domain.checklist import DOCUMENT, LANES, PREPARE, STATES, line
from fabrique.domain.relative import relative
from fabrique.domain.text import Invalid, Text, Words
from fabrique.importers.gathering import GatheringFormat
from fabrique.store.models import Gathering, Organiser, Person, Task

MOST = 60  # steps of a checklist
LONGEST = 200
OVER = ("done", "skipped")


class Step(Struct, frozen=True):
    """A step as its page shows it."""

    id: int
    key: str
    title: Words
    hint: Text | None
    phase: str
    state: str
    by_itself: bool  # seen by the house: nobody has to tick it
    owner: Person | None
    due: date | None
    by_hand: bool  # its date was chosen
    rule: str
    late: bool

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in OVER


def lay_out(gathering: Gathering, chosen: GatheringFormat) -> None:
    """Lay the steps of a format out anew; what was touched already stays as it is."""
    kept = {one.key: one for one in Task.objects.filter(gathering=gathering)}
    rows = _rows(gathering, chosen)
    wanted = {one.key for one in rows}
    for key, old in kept.items():
        if key not in wanted and old.state == "todo" and not key.startswith("own-"):
            old.delete()
    for row in rows:
        if row.key not in kept:
            row.save(force_insert=True)
            continue
        before = kept[row.key]
        before.rule, before.rank, before.title = row.rule, row.rank, row.title
        before.save(update_fields=["rule", "rank", "title"])


def _rows(gathering: Gathering, chosen: GatheringFormat) -> list[Task]:
    code = "en" if gathering.language == "en" else "fr"
    rows: list[Task] = []
    for phase in (PREPARE, DOCUMENT):
        lane = [one for one in LANES[chosen.lane] if one.phase == phase]
        own = [one for one in chosen.own if one.phase == phase]
        steps = [(one.key, "", chosen.deadlines.get(one.key, one.due)) for one in lane]
        steps += [(one.id, one.name.name().text(code), one.due) for one in own]
        for key, title, rule in steps:
            rows.append(
                Task(
                    gathering=gathering,
                    key=key,
                    rank=10 * (len(rows) + 1),
                    phase=phase,
                    title=title,
                    rule=rule,
                )
            )
    return rows


def steps(gathering: Gathering, now: datetime) -> list[Step]:
    """Give the checklist of one gathering."""
    return all_steps([gathering], now)[gathering.pk]


def all_steps(gatherings: Sequence[Gathering], now: datetime) -> dict[UUID, list[Step]]:
    """Give the checklists of several, with as many queries as for one."""
    rows: dict[UUID, list[Task]] = {one.pk: [] for one in gatherings}
    tasks = Task.objects.filter(gathering__in=[one.pk for one in gatherings])
    for task in tasks.select_related("owner").order_by("rank", "id"):
        rows[task.gathering_id].append(task)
    known = seen.facts(gatherings, now)
    return {
        one.pk: [_step(task, one, known[one.pk].get(task.key, ""), now) for task in rows[one.pk]]
        for one in gatherings
    }


def _step(task: Task, gathering: Gathering, fact: str, now: datetime) -> Step:
    known = line(gathering.lane, task.key)
    state = fact if fact == "done" or (fact and task.state == "todo") else task.state
    due = task.due_on or due_of(task.rule, gathering)
    today = now.astimezone(ZoneInfo(gathering.zone)).date()
    return Step(
        id=task.pk,
        key=task.key,
        title=task.title or (known.title if known else task.key),
        hint=known.hint if known else None,
        phase=task.phase,
        state=state,
        by_itself=fact == "done",
        owner=task.owner,
        due=due,
        by_hand=task.due_on is not None,
        rule=task.rule,
        late=due is not None and due < today and state not in OVER,
    )


def due_of(rule: str, gathering: Gathering) -> date | None:
    """Give the day that a rule names; None as long as the gathering has no date."""
    if not rule or gathering.starts_at is None:
        return None
    ends = gathering.ends_at or gathering.starts_at
    return relative(rule).day(gathering.starts_at, ends, gathering.zone)


def tick(gathering: Gathering, task: int, values: dict[str, str], by: Person) -> None:
    """Change the state, the owner or the date of a step; raise `Invalid`, nothing being changed."""
    row = Task.objects.filter(gathering=gathering, pk=task).first()
    if row is None:
        raise Invalid(Text("This step is gone: nothing was changed."))
    if (state := values.get("state", row.state)) not in STATES:
        raise Invalid(Text("Choose one of what is offered."), "state")
    row.state = state
    if "owner" in values:
        row.owner = _owner(gathering, values["owner"])
    if "due" in values:
        row.due_on = _day(values["due"], due_of(row.rule, gathering))
    with transaction.atomic():
        row.save(update_fields=["state", "owner", "due_on"])
        due = row.due_on.isoformat() if row.due_on else ""
        note("step changed", gathering, by, step=row.key, state=state, due=due)


def _owner(gathering: Gathering, given: str) -> Person | None:
    if not given:
        return None
    group = Organiser.objects.filter(gathering=gathering).select_related("person")
    found = next((one.person for one in group if str(one.person_id) == given), None)
    if found is None:
        raise Invalid(Text("Choose somebody of the group."), "owner")
    return found


def _day(given: str, ruled: date | None) -> date | None:
    if not given:
        return None
    try:
        found = date.fromisoformat(given)
    except ValueError:
        raise Invalid(Text("Write a day as in a calendar."), "due") from None
    return None if found == ruled else found


def add(gathering: Gathering, title: str, phase: str, by: Person) -> Task:
    """Add a step of the group's own; raise `Invalid`."""
    shown = " ".join(title.split())
    if not shown or len(shown) > LONGEST:
        raise Invalid(Text("Say in a few words what there is to do."), "title")
    ranks = list(Task.objects.filter(gathering=gathering).values_list("rank", flat=True))
    if len(ranks) >= MOST:
        raise Invalid(Text("This checklist is long enough: take a step out first."), "title")
    with transaction.atomic():
        row = Task.objects.create(
            gathering=gathering,
            key=f"own-{len(ranks) + 1}-{max(ranks, default=0) + 1}",
            rank=max(ranks, default=0) + 1,
            phase=DOCUMENT if phase == DOCUMENT else PREPARE,
            title=shown,
        )
        note("step added", gathering, by, step=row.key, title=shown)
    return row
