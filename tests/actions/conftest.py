import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.registry import discover
from fabrique.domain.session import Participant, Plan
from fabrique.domain.step import Definition
from fabrique.live.room import Accepted, Room
from tests.store.instance import START, instance

instance()
_numbers = itertools.count(1)


def _acts():
    """A short session: two people, one of them for three, a cloud opened, closed, revealed."""
    yield "join", "ana", None, {}
    yield "join", "bob", None, {"heads": 3}
    yield "begin", FACILITATOR, None, {}
    yield "open", FACILITATOR, None, {"step": "words", "seconds": 60}
    yield "answer", "ana", "cloud", {"text": "Épatant \u2028 💜"}
    yield "answer", "bob", "cloud", {"text": "l’avenir"}
    yield "leave", "bob", None, {}
    yield "reveal", FACILITATOR, "cloud", {}
    yield "end", FACILITATOR, None, {}


@pytest.fixture(scope="session")
def kinds():
    return discover("fabrique.activities")


@pytest.fixture(scope="session")
def plan(kinds) -> Plan:
    step = {"id": "words", "kind": "word_cloud", "title": "Un mot"}
    steps: tuple[Definition, ...] = (read_definition(step, kinds),)
    return Plan("Café", "café", "fr", START, facilitator="Zoé", steps=steps)


@pytest.fixture(scope="session")
def played(plan, kinds):
    """The plan, the names and the lines of the short session."""
    room = Room(plan, kinds)
    lines = []
    for n, (do, who, run, body) in enumerate(_acts()):
        name = next(iter(room.session.runs), None) if run else None
        outcome = room.receive(Op(f"o{n}", do, START + timedelta(seconds=n), who, name, body))
        assert isinstance(outcome, Accepted), (do, outcome)
        lines += outcome.entries
    people = (Participant(id="ana", name="Ana"), Participant(id="bob", name="Bob", heads=3))
    return plan, people, tuple(lines)


@pytest.fixture
def head(played):
    """The short session, taken in under a title of its own: the same one is taken in once."""
    from fabrique.actions.animate import import_archive  # noqa: PLC0415 - the instance first

    plan, people, lines = played
    own = structs.replace(plan, title=f"Café sonore {next(_numbers)}")
    return import_archive(archive.write(Archive(own, people, lines)))


@pytest.fixture
def zoe():
    """Somebody who writes minutes."""
    from tests.store.made import person  # noqa: PLC0415 - the instance first

    return person("Zoé")


@pytest.fixture
def minutes(head, zoe):
    """The minutes of the short session, begun."""
    from fabrique.actions.minutes import begin  # noqa: PLC0415 - the instance first

    return begin.begin(head, zoe, timezone.now())
