"""Every screen in every state: what a session looks like from the first page to the report."""

from playwright.sync_api import expect

from tests.journeys import doors
from tests.journeys.answers import ANSWERS, LED, TOURED
from tests.journeys.people import LAPTOP, PATIENCE
from tests.journeys.plan import TRAP

LANGUAGES = ("fr", "en")
UNFOLD = "(all) => document.querySelectorAll(`${all} details`).forEach((one) => (one.open = true))"
BEHIND = 12  # people behind the first screen, once it says so


class Tour:
    """Drives a session without a screen, and shows its pages in both languages as it goes."""

    def __init__(self, world):
        self.world = world
        self.instance = world.instance
        self.made = world.session(*TOURED)
        self.seats = self.instance.make("seats", session=self.made.session, people=3)["seats"]
        self.pages = {language: self._pages(language) for language in LANGUAGES}

    def lead(self, do, **body):
        (reply,) = self.instance.act(self.made, self.made.lead, {"do": do, **body})
        assert "ack" in reply, reply

    def __iter__(self):
        """Give (name, page) for every state of every page, one after the other."""
        yield from doors.before(self)
        yield from self._shown("waiting")
        yield from self._led()
        yield from doors.beside(self)
        for number, one in enumerate(TOURED, 4):  # runs 1 and 2 are beside the order, 3 was a pause
            yield from self._played(one["id"], f"r{number}")
        yield from self._split()
        self.lead("show", run="r2", page=2)
        self.lead("end")
        for screens in self.pages.values():
            for name, page in screens.items():
                if name != "other":
                    ended = "body[data-stage=ended]" if name == "stage" else 'a[href$="report"]'
                    expect(page.locator(ended).first).to_be_attached(timeout=PATIENCE)
        yield from self._shown("ended")
        yield from doors.after(self)

    def _led(self):
        """Everything at once that a facilitator may say, and people ask."""
        for seat in self.seats:
            self.instance.act(self.made, seat, {"do": "hand", "on": True})
        (gone, *_) = self.instance.act(self.made, self.seats[0], {"do": "heads", "heads": BEHIND})
        assert "ack" in gone, gone
        self.lead("note", text=TRAP, mark="decision")
        self.lead("tell", text=TRAP)
        self.lead("record", on=True)
        self.lead("lock", on=True)
        self.lead("freeze", on=True)
        self.lead("open", step="pause", seconds=900)
        for language, screens in self.pages.items():
            for name in ("phone", "stage", "console"):
                expect(screens[name].locator("#session-paused[data-on]")).to_be_attached(
                    timeout=PATIENCE
                )
                expect(screens[name].locator("time[role=timer]")).to_be_attached(timeout=PATIENCE)
            for name in ("phone", "console"):
                screens[name].set_viewport_size(LAPTOP["viewport"])  # all panes of a console
                screens[name].evaluate(UNFOLD, "body")
            to = "remote" if language == "fr" else "colleague"
            screens["console"].locator(f".invite button[value={to}]").click()
            expect(screens["console"].locator(".invitation")).to_be_visible(timeout=PATIENCE)
        yield from self._shown("led")
        self.lead("close", run="r3")
        for verb in ("freeze", "lock", "record"):
            self.lead(verb, on=False)
        self.lead("tell")

    def _played(self, step_id, run):
        self.lead("open", step=step_id)
        for seat, bodies in zip(self.seats, ANSWERS[step_id], strict=True):
            ops = [{"do": "answer", "run": run, **body} for body in bodies]
            assert all("ack" in reply for reply in self.instance.act(self.made, seat, *ops))
        heads = (BEHIND, *[1] * len(self.seats))
        answered = sum(n for n, bodies in zip(heads, ANSWERS[step_id], strict=False) if bodies)
        for screens in self.pages.values():  # all are told in the same tick
            figure = screens["console"].locator("#session-figures dd").nth(2)
            expect(figure).to_have_text(str(answered), timeout=PATIENCE)
        for act in LED.get(step_id, ()):
            self.lead(run=run, **act)
        yield from self._in_phase(step_id, "open")
        self.lead("close", run=run)
        yield from self._in_phase(step_id, "closed")
        if step_id != "pause":
            self.lead("reveal", run=run)
            yield from self._in_phase(step_id, "revealed")

    def _in_phase(self, step_id, phase):
        wanted = f'[data-step="{step_id}"][data-phase="{phase}"]'
        for screens in self.pages.values():
            for name in ("phone", "stage", "console"):
                expect(screens[name].locator(wanted)).to_be_attached(timeout=PATIENCE)
                if phase == "open":
                    unfold(screens[name])
        yield from self._shown(f"{step_id} {phase}")

    def _split(self):
        """The room at its tables, seated, then each at work."""
        self.lead("group.split", count=2)
        self._all_see(("phone", "#session-group"), ("stage", ".seats"), ("console", ".group-list"))
        yield from self._shown("at tables")
        self.lead("open", step="ideas", group="*")
        self._all_see(("phone", "[data-step=ideas]"), ("stage", ".table"), ("console", ".table"))
        yield from self._shown("ideas at tables")
        self.lead("group.merge")

    def _all_see(self, *there):
        for screens in self.pages.values():
            for name, selector in there:
                screens[name].set_viewport_size(LAPTOP["viewport"])
                expect(screens[name].locator(selector).first).to_be_visible(timeout=PATIENCE)
            unfold(screens["console"])

    def _shown(self, state):
        for language, screens in self.pages.items():
            for name in ("phone", "stage", "console"):
                yield f"{language} {name} {state}", screens[name]

    def _pages(self, language):
        context = self.world.context(LAPTOP, service_workers="block")
        cookie = {"name": "language", "value": language, "url": self.instance.address}
        context.add_cookies([cookie])
        pages = {name: context.new_page() for name in ("other", "phone", "stage", "console")}
        pages["stage"].goto(self.made.stage)
        pages["phone"].goto(self.made.join)
        pages["phone"].locator("main form button.go").click()
        made = self.instance.make("links", session=self.made.session)
        pages["console"].goto(f"/enter/{made['link']}")
        pages["console"].locator("main form button.go").click()
        for name in ("phone", "stage", "console"):
            there = pages[name].locator("main#screen:not([aria-busy])")
            expect(there).to_be_attached(timeout=PATIENCE)
        return pages

    def stranger(self, language):
        context = self.world.context(LAPTOP)
        cookie = {"name": "language", "value": language, "url": self.instance.address}
        context.add_cookies([cookie])
        return context.new_page()


def unfold(page):
    """Show what waits under a press: all that opens, and what may be done with one contribution."""
    page.bring_to_front()  # one behind others may draw no frame, and nothing on it gets still
    page.set_viewport_size(LAPTOP["viewport"])
    page.evaluate(UNFOLD, "#now")
    one = page.locator("#now").locator(".led-words, .note [role=button], .paragraph [role=button]")
    if one.count():
        one.first.click(timeout=PATIENCE)
