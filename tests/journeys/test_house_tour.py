"""Every page of the association, as each who may read it: no barrier, nothing out, both tongues.

`FABRIQUE_LOOK` names a folder that keeps a picture of each page in each width and look.
"""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from bench.axe import violations
from bench.instance import Instance
from tests.journeys.looks import show
from tests.journeys.people import LAPTOP, SMALL, TOUCH
from tests.journeys.test_screens import SIDEWAYS
from tests.journeys.words import foreign, plain
from tests.journeys.world import World

LOOK = os.environ.get("FABRIQUE_LOOK")
CHAPTERS = Path(__file__).parents[2] / "fabrique/web/paths"
WIDTHS = (320, 768, 1920)
LOOKS = [(look, width) for look in ("light", "dark") for width in WIDTHS]
GUEST = ""
# Who reads a page: what is between braces is told by whoever made the house.
PAGES = (
    ("enter", GUEST, "/account/enter/"),
    ("account_signup", GUEST, "/account/new/"),
    ("account_logout", "member", "/account/leave/"),
    ("account_inactive", GUEST, "/account/asleep/"),
    ("me", "adherent", "/me/"),
    ("me", "antenna", "/me/"),
    ("my-data", "member", "/me/data/"),
    ("people", GUEST, "/people/"),
    ("people", "member", "/people/?q=nobody-at-all"),
    ("person", GUEST, "/people/{person}/"),
    ("structure", "member", "/structures/{structure}/"),
    ("groups", "member", "/groups/"),
    ("group", "adherent", "/groups/sobriete-numerique/"),
    ("join-association", "member", "/join/"),
    ("library", GUEST, "/library/"),
    ("library", "member", "/library/?q=rien"),
    ("commitments", GUEST, "/register/"),
    ("minutes-owed", "host", "/minutes/owed/"),
    ("minutes-owed", "team", "/minutes/owed/"),
    ("library", "member", "/library/?q=cahier&kind=resource"),
    ("resource", GUEST, "/library/r/{resource}/"),
    ("resource", "adherent", "/library/r/{tool}/"),
    ("resource", "team", "/library/r/{study}/"),
    ("resource-ask", GUEST, "/library/r/{resource}/ask/"),
    ("resource-ask", "member", "/library/r/{resource}/ask/"),
    ("resource-ask-link", GUEST, "{ask_link}"),
    ("resource-mine", "member", "/library/mine/"),
    ("resource-mine", "author", "/library/mine/"),
    ("resource-new", "member", "/library/new/"),
    ("resource-edit", "author", "/library/r/{tool}/edit/"),
    ("resource-edit", "author", "/library/r/{asked_text}/edit/"),
    ("resource-edit", "team", "/library/r/{study}/edit/"),
    ("team-resources", "team", "/team/resources/"),
    ("team-people", "team", "/team/people/"),
    ("team-person", "team", "/team/people/{person}/"),
    ("team-memberships", "team", "/team/memberships/"),
    ("team-structures", "team", "/team/structures/"),
    ("team-structure", "team", "/team/structures/{structure}/"),
    ("team-requests", "team", "/team/requests/"),
    ("team-groups", "team", "/team/groups/"),
    ("members-import", "team", "/team/import/"),
    ("members-batch", "team", "/team/import/{batch}/"),
    ("articles-import", "team", "/team/import/articles/"),
    ("articles-batch", "team", "/team/import/articles/{articles}/"),
    ("team-proposals", "team", "/team/proposals/"),
    ("team-slots", "team", "/team/slots/"),
    ("team-messages", "team", "/team/messages/"),
    ("team-spotted", "team", "/team/spotted/"),
    ("propose", "member", "/propose/"),
    ("accomplices", "member", "/propose/complices/"),
    ("draft", "host", "/propose/{draft}/"),
    ("organise-mine", "host", "/organise/"),
    ("organise-mine", "member", "/organise/"),
    ("organise-one", "host", "/g/{asked}/organise/"),
    ("organise-group", "host", "/g/{asked}/organise/group"),
    ("organise-slot", "host", "/g/{asked}/organise/slot"),
    ("organise-video", "host", "/g/{asked}/organise/video"),
    ("organise-series", "host", "/g/{asked}/organise/series"),
    ("organise-series", "host", "/g/{empty}/organise/series"),
    ("invited", GUEST, "{invited}"),
    ("poll", GUEST, "/poll/{poll}/"),
    ("series", "host", "/series/les-cafes-du-lundi/"),
    ("agenda", GUEST, "/agenda/"),
    ("agenda", "host", "/agenda/"),
    ("agenda-past", GUEST, "/agenda/past/"),
    ("agenda-month", GUEST, "/agenda/{month}/"),
    ("feed-mine", "member", "/agenda/feed/"),
    ("embed-agenda", GUEST, "/embed/agenda"),
    ("embed-gathering", GUEST, "/embed/g/{open}"),
    ("gathering", GUEST, "/g/{open}/"),
    ("gathering", "adherent", "/g/{open}/"),
    ("gathering", "host", "/g/{open}/"),
    ("gathering", "team", "/g/{waiting}/"),
    ("gathering", GUEST, "/g/{soon}/"),
    ("gathering", GUEST, "/g/{past}/"),
    ("gathering", GUEST, "/g/{off}/"),
    ("gathering", GUEST, "/g/{days}/"),
    ("gathering-edit", "host", "/g/{open}/edit/"),
    ("gathering-publish", "host", "/g/{soon}/publish/"),
    ("gathering-publish", "host", "/g/{open}/publish/"),
    ("messages", "host", "/g/{open}/messages/"),
    ("messages", "host", "/g/{empty}/messages/"),
    ("mail-stop", GUEST, "{stop}"),
    ("register", GUEST, "/g/{open}/register"),
    ("register", "member", "/g/{open}/register"),
    ("room", "member", "/g/{open}/room"),
    ("registration-form", "host", "/g/{open}/form/"),
    ("antenna", "member", "/g/{open}/antenna"),
    ("antenna-door", "antenna", "/g/{open}/antenna/{pool}/"),
    ("registrations", "host", "/g/{open}/registrations/"),
    ("registrations", "host", "/g/{empty}/registrations/"),
    ("registrations-letter", "host", "/g/{open}/registrations/letter"),
    ("registration-one", "host", "/g/{open}/registrations/{row}"),
    ("compositions", "host", "/g/{open}/groups/"),
    ("compositions", "host", "/g/{empty}/groups/"),
    ("composition", "host", "/g/{open}/groups/{composition}/"),
    ("composition", "host", "/g/{open}/groups/{composition}/?round=2&who={sits}"),
    ("composition-met", "host", "/g/{open}/groups/{composition}/met?who={sits}"),
    ("composition", "host", "/g/{open}/groups/{choice}/"),
    ("composition", "host", "/g/{open}/groups/{choice}/?who={chooses}&slot={slot}"),
    ("composition-call", "host", "/g/{open}/groups/{composition}/call"),
    ("checkin", "host", "/g/{open}/checkin/"),
    ("checkin", "host", "/g/{empty}/checkin/"),
    ("checkin-badge", "host", "/g/{open}/checkin/{badge}"),
    ("registration", GUEST, "/r/{own}/"),
    ("registration", GUEST, "/r/{late}/"),
    ("own-room", GUEST, "/r/{own}/room"),
    ("programme", GUEST, "/g/{days}/programme/"),
    ("programme", "lead", "/g/{days}/programme/"),
    ("programme-versions", GUEST, "/g/{days}/programme/versions/"),
    ("my-programme", "member", "/g/{days}/programme/mine/"),
    ("programme-edit", "lead", "/g/{days}/programme/edit/"),
    ("programme-edit", "host", "/g/{empty}/programme/edit/"),
    ("programme-rooms", "lead", "/g/{days}/programme/rooms/"),
    ("programme-item-new", "lead", "/g/{days}/programme/items/new/"),
    ("programme-item", "lead", "/g/{days}/programme/items/{item}/"),
    ("programme-speakers", "lead", "/g/{days}/programme/speakers/"),
    ("programme-release", "lead", "/g/{days}/programme/release/"),
    ("speaking", GUEST, "{speaking}"),
    ("call", GUEST, "/g/{days}/call/"),
    ("call-edit", "lead", "/g/{days}/call/edit/"),
    ("call-edit", "host", "/g/{empty}/call/edit/"),
    ("call-own", GUEST, "{call}"),
    ("contributions", "lead", "/g/{days}/contributions/"),
    ("contribution", "lead", "/g/{days}/contributions/{contribution}/"),
    ("venues", "lead", "/g/{days}/venues/"),
    ("venues", "host", "/g/{empty}/venues/"),
    ("venue-new", "lead", "/g/{days}/venues/new/"),
    ("venue", "lead", "/g/{days}/venues/{place}/"),
    ("criterion-new", "lead", "/g/{days}/venues/criteria/new/"),
    ("criterion", "lead", "/g/{days}/venues/criteria/{criterion}/"),
)


# What is no page to look at, or is looked at by the journey that comes to it.
ELSEWHERE = {
    "account_email": "me, by another name",
    "account_login": "enter, by another name",
    "account_request_login_code": "enter, by another name",
    "account_confirm_login_code": "test_people: after a code was asked for",
    "account_email_verification_sent": "test_people: after a code was asked for",
    "sign-in-link": "test_people: by a link that works once",
    "socialaccount_login_cancelled": "comes back from another house",
    "socialaccount_login_error": "comes back from another house",
    "socialaccount_signup": "comes back from another house",
    "my-data-zip": "a file",
    "person-picture": "a picture",
    "minutes-begin": "test_minutes",
    "minutes-recording": "what a page asks while it waits",
    "minutes-asking": "what a page asks while it waits",
    "minutes": "test_minutes",
    "minutes-words": "test_minutes",
    "minutes-sources": "test_sources",
    "minutes-publish": "test_minutes",
    "minutes-links": "test_recording",
    "minutes-consent": "test_recording",
    "minutes-consent-csv": "a file",
    "send": "test_recording",
    "send-recording": "what a page asks while it waits",
    "commitment": "test_register: after an action was published",
    "minutes-quick": "test_register",
    "minutes-quick-begin": "test_register: from the console",
    "minutes-locks": "what the desk asks while it is open",
    "article": "test_minutes",
    "article-editions": "test_article",
    "article-changes": "test_article",
    "library-podcast": "a file",
    "podcast-own": "a file",
    "podcast-cover": "a picture",
    "article-ask": "test_article",
    "article-ask-link": "test_article",
    "minutes-requests": "test_article",
    "minutes-announce": "test_article",
    "article-file": "a file",
    "library-atom": "a file",
    "resource-say": "an act",
    "comment": "an act",
    "articles-look": "test_wordpress: after an export was sent",
    "draft-page": "leads to a page of the draft",
    "organise-room": "leads to the console",
    "agenda-ics": "a file",
    "agenda-atom": "a file",
    "feed-own": "a file",
    "gathering-ics": "a file",
    "interest": "an act",
    "registrations-act": "an act",
    "registrations-file": "a file",
    "registrations-paper": "a file",
    "own-tables": "what a script asks",
    "composition-act": "an act",
    "composition-state": "what a script asks",
    "composition-paper": "a file",
    "composition-lists": "a file",
    "checkin-sync": "an act",
    "antenna-door-sync": "an act",
    "attestation": "a file",
    "programme-pick": "an act",
    "my-programme-ics": "a file",
    "programme-csv": "a file",
    "programme-xlsx": "a file",
    "programme-json": "a file",
}
LETTERS = {"messages", "team-messages", "gathering-publish"}  # in the language of a gathering
REFUSED = {"account_inactive"}  # a page that says no
# Words of people, and some that both languages write alike.
ALIKE = {"Structure", "Format", "Documentation", "Yann", "Studio", "Foyer"}
THEIRS = ALIKE | {"français", "English"}  # a language is chosen by its own name


def made(instance):
    command = [sys.executable, "-m", "tests.journeys.house"]
    done = subprocess.run(
        command, env=instance._environment(), check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


class Reader:
    """Browsers of each who reads, opened once."""

    def __init__(self, world, told):
        self.world, self.told, self.pages = world, told, {}

    def page(self, who):
        if who not in self.pages:
            context = self.world.context(LAPTOP)
            if who:
                address = self.world.instance.address
                cookie = {"name": "session", "value": self.told["who"][who], "url": address}
                context.add_cookies([cookie])
            self.pages[who] = context.new_page()
        return self.pages[who]

    def goes(self, who, address):
        page = self.page(who)
        found = urlsplit(address.format(**self.told))
        status = page.goto(f"{found.path}{'?' if found.query else ''}{found.query}").status
        return page, status


@pytest.fixture
def world(browser, tmp_path):
    """A house of its own: what stands in it would surprise the other journeys."""
    with Instance(tmp_path) as own, World(browser, own) as found:
        yield found
    assert not re.search("ERROR|CRITICAL|Traceback", own.log()), own.log()


def test_every_address_is_visited_or_says_why_not():
    said = "".join(path.read_text() for path in CHAPTERS.glob("*.py"))
    names = set(re.findall(r'\bname="([^"]+)"', said))
    assert names == {name for name, *_ in PAGES} | set(ELSEWHERE)


def test_every_page_of_the_house(world):
    world.watch.allow("status of 403")
    reader, faults = Reader(world, made(world.instance)), []
    for turn, (name, who, address) in enumerate(PAGES):
        page, status = reader.goes(who, address)
        here = f"{name} as {who or 'nobody'} {address}"
        if (status >= 400) is (name not in REFUSED):
            faults.append(f"{here}: {status}")
        faults += [f"{here} {one}" for one in looked_at(page, turn, f"{turn:03}-{name}-{who}")]
        faults += [f"{here} says: {one}" for one in foreign(page, "fr", THEIRS)]
    for who in reader.pages:
        page, _ = reader.goes(who, "/agenda/")
        page.get_by_role("button", name="In English").click()
    theirs = THEIRS | {plain(one) for one in reader.told["words"]}
    for name, who, address in PAGES:
        if name not in LETTERS:
            page, _ = reader.goes(who, address)
            faults += [f"{name} as {who} says: {one}" for one in foreign(page, "en", theirs)]
    assert not faults, "\n".join(faults)


def looked_at(page, turn, name):
    """Faults of a page: pushed aside or too small in any width, a barrier in one of the looks."""
    for width in WIDTHS:
        show(page, "light", width)
        if (over := page.evaluate(SIDEWAYS)) > 0:
            yield f"scrolls sideways by {over} at {width}"
        if width == WIDTHS[0]:
            yield from (f"too small: {one}" for one in page.evaluate(SMALL, TOUCH))
    show(page, *Random(turn).choice(LOOKS))
    yield from violations(page)
    for look, width in LOOKS if LOOK else ():
        show(page, look, width)
        page.screenshot(path=Path(LOOK) / f"{name}-{look}-{width}.png", full_page=True)
