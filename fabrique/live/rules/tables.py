"""Working in small groups: a step open at every table, and what comes back to plenary."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain import lines
from fabrique.domain.definitions import definition_data
from fabrique.domain.entry import Op
from fabrique.domain.group_lines import Gathered, Merged, Show, Step
from fabrique.domain.groups import is_for
from fabrique.domain.run import Phase, Run
from fabrique.domain.schema import read
from fabrique.domain.tables import runs_of_groups
from fabrique.domain.text import Refused, Text
from fabrique.live.rules.grouping import current
from fabrique.live.rules.rule import Draft, Ground, Rule, closing, run_id


def each(ground: Ground, step: str) -> list[str]:
    """Give the groups for which a step can be opened; raise `Refused` where there is none."""
    now = ground.session.groups.now
    if not now:
        raise Refused("no_groups", Text("The room is not split into groups."))
    runs = ground.session.runs_of(step)
    busy = {run.group for run in runs if run.closed_at is None}
    free = [one.id for one in now if one.id not in busy]
    if not free or None in busy:
        raise Refused("already_open", Text("This step is already open."))
    return free


def check_pen(ground: Ground, op: Op, run: Run) -> None:
    """Raise `Refused` for whoever writes where only the scribe of the group does."""
    if not run.definition.scribe or run.group is None:
        return
    if op.do not in ground.kinds[run.definition.kind].writing:
        return
    holder = ground.session.groups.scribes.get(run.group)
    if holder is None:
        raise Refused("no_scribe", Text("One of you takes the notes first: say who on a phone."))
    if holder != op.participant:
        raise Refused("not_scribe", Text("The one who takes the notes writes for your group."))


def check_at_table(ground: Ground, op: Op, run: Run) -> None:
    """Raise `Refused` for whoever answers at a table that is not theirs."""
    # Who was there may be late: what was typed at a table is kept after leaving it.
    if not is_for(ground.session, run, op.participant) and op.participant not in run.joined:
        raise Refused("other_group", Text("This is open for another group than yours."))


def show(ground: Ground, op: Op) -> list[Draft]:
    """Put one group alone on the stage, or all of them."""
    wanted = read(op.body, Show).group
    group = None if wanted is None else current(ground, wanted).id
    return [("group_shown", None, Show(group=group))]


def close(ground: Ground, op: Op) -> list[Draft]:
    """Close a step at every table."""
    still = [run for run in _runs(ground, op) if run.closed_at is None]
    if not still:
        raise Refused("already_closed", Text("This activity is already closed."))
    return closing(still)


def reveal(ground: Ground, op: Op) -> list[Draft]:
    """Show at every table what it made."""
    runs = [run for run in _runs(ground, op) if run.phase is not Phase.REVEALED]
    if not runs:
        raise Refused("already_revealed", Text("The results are already shown."))
    shown: list[Draft] = [("revealed", run.id, lines.Revealed()) for run in runs]
    return [*closing(runs), *shown]


def gather(ground: Ground, op: Op) -> list[Draft]:
    """Open a step in plenary with all that the groups made of it; theirs close."""
    runs = _runs(ground, op)
    definition = runs[-1].definition
    activity = ground.kinds[definition.kind]
    if not activity.gathers:
        why = Text("This cannot be brought together: show each group's results instead.")
        raise Refused("not_gathered", why)
    if any(run.closed_at is None for run in ground.session.runs_of(definition.id) if not run.group):
        raise Refused("already_open", Text("This step is already open."))
    if not activity.goes_on and any(run.definition != definition for run in runs):
        raise Refused("changed", Text("This step was changed between the groups."))
    new = run_id(ground.session, 1)
    found: list[Draft] = [
        *closing(runs),
        ("opened", new, lines.Opened(definition_data(definition))),
        ("gathered", new, Gathered(runs=tuple(run.id for run in runs))),
    ]
    # Where an answer replaces the one before, what was answered in groups stands as it is.
    return found if activity.goes_on else [*found, ("closed", new, lines.Closed())]


def merge(ground: Ground, op: Op) -> list[Draft]:
    """Bring everybody back in plenary; what is open at the tables closes."""
    read(op.body, lines.Nothing)
    if not ground.session.groups.now:
        raise Refused("no_groups", Text("The room is not split into groups."))
    at_tables = [run for run in ground.session.open_runs() if run.group is not None]
    return [*closing(at_tables), ("merged", None, Merged())]


def _runs(ground: Ground, op: Op) -> list[Run]:
    found = runs_of_groups(ground.session, read(op.body, Step).step)
    if not found:
        raise Refused("unknown_run", Text("No group has worked on this step."))
    return found


RULES: Mapping[str, Rule] = {
    "group.show": show,
    "group.close": close,
    "group.reveal": reveal,
    "group.gather": gather,
    "group.merge": merge,
}
