"""Under which name somebody's words are shown in a run: the publication policy, applied.

Whoever draws a screen, a report or a listing asks here, and hands kinds nothing more.
"""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.pseudonyms import pseudonyms
from fabrique.domain.run import Run
from fabrique.domain.session import Kinds, Session
from fabrique.domain.step import Publication


def signatures(
    session: Session, kinds: Kinds, run: Run, names: Mapping[str, str]
) -> Mapping[str, str]:
    """Give what each participant is called in a run; nobody is called anything without names."""
    policy = kinds[run.definition.kind].policy(run.definition)
    if policy is Publication.NAMES:
        return names
    if policy is Publication.PSEUDONYMS:
        return pseudonyms(session.people, session.plan.language, str(session.plan.starts_at))
    return {}
