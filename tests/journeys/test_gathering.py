"""Both lanes, from a question to a room full of names: on small telephones, mails and posts caught.

Two who gave their seat back are replaced by the first two of those who wait. Nobody is simulated:
each of the forty registers in a browser of their own.
"""

import json
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bench.axe import violations
from bench.instance import Instance
from tests.jobs.sinks import mail_server, webhook
from tests.journeys import gathered as acts
from tests.journeys.people import PATIENCE, SMALL, TOUCH, Console
from tests.journeys.world import World

LOOK = os.environ.get("FABRIQUE_LOOK")  # a folder, to see what was seen
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"


@pytest.fixture
def caught():
    with mail_server() as mails, webhook() as hook:
        yield mails.mails, hook.posts, mails.port, hook.address


@pytest.fixture
def house(browser, tmp_path, monkeypatch, caught):
    """An instance that sends mail, to a list and to one webhook of Discord."""
    mails, _, port, hook = caught
    monkeypatch.setenv("FABRIQUE_MAIL_URL", f"smtp://127.0.0.1:{port}")
    monkeypatch.setenv("FABRIQUE_MAIL_FROM", "reseau@example.org")
    monkeypatch.setenv("FABRIQUE_LIST", "liste@example.org")
    monkeypatch.setenv("FABRIQUE_DISCORD_CAFE", hook)
    with Instance(tmp_path) as own, World(browser, own, mails) as world:
        yield world
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def sound(page, name):
    """No barrier, nothing to push aside, nothing too small for a finger."""
    assert violations(page) == [], name
    assert page.evaluate(SIDEWAYS) <= 0, name
    assert page.evaluate(SMALL, TOUCH) == [], name
    if LOOK:
        page.screenshot(path=Path(LOOK) / f"lived-{name}.png", full_page=True)


# The second lane differs up to its publication: fewer people tell as much of it.
@pytest.mark.parametrize(
    ("lane", "title", "room"),
    [("rapide", "Écrire à plusieurs", (30, 40)), ("Préparée", "Le son en partage", (6, 9))],
)
def test_from_a_question_to_a_room_full_of_names(house, caught, tmp_path, lane, title, room):
    posts, (seats, people) = caught[1], room
    lived = acts.Lived(house, sound)
    team, ana = lived.person("Ines", "staff"), lived.person("Ana")
    ali, mia = lived.person("Ali"), lived.person("Mia")

    draft = acts.proposes(lived, ana, lane, title)
    acts.forms_a_group(lived, ana, draft, ali, mia, title)
    acts.is_accepted(lived, ana, draft, team, title)
    checklist = acts.polls_three_slots(lived, ana, title)
    acts.gets_its_link(lived, ana, checklist)
    here = acts.is_published(lived, ana, checklist, seats)
    relayed(lived, posts, title)
    names = [f"Pers{n:02}" for n in range(1, people + 1)]
    said = [acts.registers(lived, here, name) for name in names]
    assert [("place" in one, "attente" in one) for one in said] == [
        *[(True, False)] * seats,
        *[(False, True)] * (people - seats),
    ]
    gone = (names[2], names[4])
    for name in gone:
        acts.gives_the_seat_back(lived, name, title)
    promoted = names[seats : seats + 2]
    for name in promoted:
        acts.takes_the_seat(lived, name)
    seated = sorted({*names[:seats], *promoted} - {*gone})
    acts.are_checked_in(lived, ali, here, seated)
    opens(lived, mia, checklist, seated, tmp_path)


def relayed(lived, posts, title):
    """The list got a mail, the webhook a post that pings nobody."""
    (letter,) = lived.caught("liste@example.org")
    assert letter["Subject"] == f"{title} : inscriptions ouvertes"
    assert letter["List-Unsubscribe"] is None
    lived.until(lambda: posts)
    assert all(one["allowed_mentions"] == {"parse": []} for one in posts)
    assert title in str(posts)


def opens(lived, mia, checklist, seated, tmp_path):
    """One of the group leads from a telephone; thirty people are in the room, by name."""
    phones = [acts.enters(lived, name) for name in seated]
    mia.goto(checklist)
    acts.press(mia, "La télécommande")
    mia.wait_for_url("**/console", timeout=PATIENCE)
    expect(mia.locator("#session-figures dd").first).to_have_text(
        f"{len(seated)}", timeout=PATIENCE
    )
    Console(mia).next()
    for phone in (phones[0], phones[-1]):
        expect(phone("[data-step]").first).to_be_visible(timeout=PATIENCE)
    kept = tmp_path / "archive.json"
    code = re.search("/s/([^/]+)/", mia.url)[1]
    lived.world.instance.command("archive", code, "--out", str(kept))
    archive = json.loads(kept.read_text())
    assert sorted(one["name"] for one in archive["participants"]) == seated
