"""When a session began, and how long after that something happened."""

from __future__ import annotations

from datetime import datetime

from fabrique.domain.session import Session

HOUR = 3600


def began_at(session: Session) -> datetime:
    """Give the announced time, or when the first step opened if nobody was there to be told.

    A session prepared the day before would otherwise last for a day.
    """
    announced = session.plan.starts_at
    steps = {one.id for one in session.plan.steps}
    opened = [run.opened_at for run in session.runs.values() if run.definition.id in steps]
    if not opened or any(one.joined_at <= announced for one in session.people.values()):
        return announced
    return min(opened)


def since_start(session: Session, at: datetime) -> str:
    """Say how long after the start a moment is: minutes and seconds, hours where there are any."""
    seconds = max(int((at - began_at(session)).total_seconds()), 0)
    minutes, rest = divmod(seconds % HOUR, 60)
    hours = f"{seconds // HOUR}:" if seconds >= HOUR else ""
    return f"{hours}{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
