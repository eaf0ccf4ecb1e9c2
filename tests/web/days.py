"""Big days made for a test: two days, two rooms, items, speakers, a call."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from fabrique.actions import calls
from fabrique.actions.programme import draft, speakers
from fabrique.domain.call import Asked
from fabrique.domain.tier import Tier
from tests.store.made import gathering, joined, person

PARIS = ZoneInfo("Europe/Paris")
FIRST = datetime(2027, 6, 9, 9, tzinfo=PARIS)


def days(**fields):
    """Two days in June with somebody who organises them."""
    host = person("Hana")
    made = gathering(
        "Les journées",
        [host],
        **{"starts_at": FIRST, "ends_at": FIRST + timedelta(hours=33), **fields},
    )
    return made, host


def room(about, host, name="Grande salle", seats=200):
    return draft.add_room(about, name, seats, host)


def item(gathering_, host, title="Atelier", at=None, where=None, minutes=60, **fields):
    words = draft.About(title=title, kind=fields.pop("kind", "talk"), **fields)
    made = draft.save_item(gathering_, None, words, host, minutes=minutes)
    if at is not None:
        place(made, host, at, where, minutes)
    return made


def place(row, host, at, where=None, minutes=60):
    draft.place(row, draft.Place(at, where and where.pk, minutes), host, timezone.now())


def part(row, host, name="Ines", email=""):
    return speakers.add_part(row, name, email, "speaker", host).speaker


def call(about, host, asked=(), opens=-1, closes=30):
    now = timezone.now()
    span = (now + timedelta(days=opens), now + timedelta(days=closes))
    return calls.open_call(about, "Vos idées", span, asked, host)


QUESTIONS = (
    Asked(id="q1", title="Pour qui ?", required=True),
    Asked(id="q2", title="Où ?", options=("Dedans", "Dehors")),
)


def given(**fields):
    values = {
        "title": "La lumière",
        "about": "Un atelier",
        "kind": "workshop",
        "minutes": "90",
        "language": "fr",
        "name": "Mona",
        "email": "mona@example.org",
        "do": "send",
    }
    return {**values, **fields}


ADHERENT = Tier.ADHERENT.value


def of(tier, **fields):
    """Somebody of a tier on the days, however far they are."""
    made = person(**fields)
    if tier is Tier.ADHERENT:
        joined(made, starts_on=date(2020, 1, 1), ends_on=date(2040, 1, 1))
    return made
