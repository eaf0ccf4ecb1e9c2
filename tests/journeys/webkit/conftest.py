"""A browser for each; an instance of its own, or that of the journeys in Chromium."""

import pytest

from bench.instance import Instance
from tests.journeys.plan import plan
from tests.journeys.webkit.driver import MISSING, is_installed, webkit
from tests.journeys.webkit.phone import Phone


@pytest.fixture
def page():
    if not is_installed():
        pytest.skip(MISSING)  # it says which packages; bin/test installs them where it may
    with webkit() as page:
        yield page


@pytest.fixture
def room(page, instance):
    with Room(page, instance) as room:
        yield room


@pytest.fixture
def fragile(page, tmp_path):
    """An instance of one's own, to be stopped."""
    with Instance(tmp_path) as instance, Room(page, instance) as room:
        yield room


class Room:
    """A phone, and everybody else by plain requests."""

    def __init__(self, page, instance):
        self.phone = Phone(page, instance.address)
        self.instance = instance

    def __enter__(self):
        return self

    def __exit__(self, kind, *_rest):
        if kind is None:
            self.phone.check()

    def holds(self, *steps):
        """Make a session, and have the phone join it by its link."""
        self.made = self.instance.session(plan(*steps))
        self.phone.join(self.made.join, "Ana")

    def somebody(self):
        return self.instance.make("seats", session=self.made.session, people=1)["seats"][0]

    def does(self, token, do, **more):
        for reply in self.instance.act(self.made, token, {"do": do, **more}):
            assert "ack" in reply, reply

    def lead(self, do, **more):
        self.does(self.made.lead, do, **more)

    def open(self, step):
        """Give the run that is opened."""
        self.lead("open", step=step)
        self.phone.is_at(step)
        (shown,) = self.phone.shown(f'[data-step="{step}"]')
        return self.phone.page.run("return arguments[0].dataset.run", shown)

    def then(self, do, run, step):
        self.lead(do, run=run)
        self.phone.is_at(step, {"close": "closed", "reveal": "revealed"}[do])

    def texts(self, kind):
        entries = self.instance.archive(self.made)["entries"]
        return [one["body"]["text"] for one in entries if one["kind"] == kind]
