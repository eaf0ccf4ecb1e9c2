"""Every screen in every state: what a session looks like from the first page to the report."""

from itertools import product

from playwright.sync_api import expect

from tests.journeys.people import LAPTOP, PATIENCE
from tests.journeys.plan import STEPS, TRAP

LANGUAGES = ("fr", "en")
SCHEMES = ("light", "dark")
WIDTHS = (320, 768, 1920)
LOOKS = tuple(product(SCHEMES, WIDTHS))

BEHIND = 12  # people behind the first screen, once it says so
RANK = {"order": [2, 0, 1, 3]}
ANSWERS = {
    "challenge": [[{"text": "26/09/2022"}], [{"text": "15/09/2022"}], [{"text": "26-9-22"}]],
    "questionnaire": [
        [
            {"question": "stade", "answer": {"choice": [2]}},
            {"question": "essai", "answer": {"text": TRAP}},
            {"question": "frein", "answer": {"choice": [0, 1]}},
            {"question": "suivi", "answer": RANK},
            {"question": "note", "answer": {"value": 5, "comment": "Plus clair qu’avant"}},
        ],
        [
            {"question": "stade", "answer": {"choice": [1]}},
            {"question": "frein", "answer": {"choice": [2]}},
            {"question": "suivi", "answer": RANK},
            {"question": "note", "answer": {"value": 4}},
        ],
        [{"question": "stade", "answer": {"choice": []}}],
    ],
    "word_cloud": [[{"text": "élan"}, {"text": "café"}], [{"text": "Élan"}], [{"text": "envie"}]],
    "ideas": [[{"text": "médiation"}], [{"text": TRAP}], [{"text": "billetterie " * 12}]],
    "board": [
        [{"text": "Une liste des aides en cours", "column": 0}],
        [{"text": TRAP, "column": 1}],
        [{"text": "Anticonstitutionnellement" * 3, "column": 1}],
    ],
    "pause": [[], [], []],
    "avis": [[{"value": 5}], [{"value": 4}], [{"value": None}]],
    "ville": [[{"choice": [2]}], [{"choice": [0]}], [{"choice": []}]],
}
assert set(ANSWERS) == {one["id"] for one in STEPS}


class Tour:
    """Drives a session without a screen, and shows its pages in both languages as it goes."""

    def __init__(self, world):
        self.world = world
        self.instance = world.instance
        self.made = world.session()
        self.seats = self.instance.make("seats", session=self.made.session, people=3)["seats"]
        self.pages = {language: self._pages(language) for language in LANGUAGES}

    def lead(self, do, **body):
        (reply,) = self.instance.act(self.made, self.made.lead, {"do": do, **body})
        assert "ack" in reply, reply

    def __iter__(self):
        """Give (name, page) for every state of every page, one after the other."""
        yield from self._doors()
        yield from self._shown("waiting")
        yield from self._led()
        for number, one in enumerate(STEPS, 4):  # runs 1 and 2 are beside the order, 3 was a pause
            yield from self._played(one["id"], f"r{number}")
        self.lead("show", run="r2", page=2)
        self.lead("end")
        for screens in self.pages.values():
            for name, page in screens.items():
                if name != "other":
                    ended = "body[data-stage=ended]" if name == "stage" else 'a[href$="report"]'
                    expect(page.locator(ended).first).to_be_attached(timeout=PATIENCE)
        yield from self._shown("ended")
        yield from self._left()

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
        for screens in self.pages.values():
            for name in ("phone", "stage", "console"):
                expect(screens[name].locator("#session-paused[data-on]")).to_be_attached(
                    timeout=PATIENCE
                )
                expect(screens[name].locator("time[role=timer]")).to_be_attached(timeout=PATIENCE)
            for summary in screens["console"].locator("summary").all():
                if summary.is_visible():  # the first opens what holds the next
                    summary.click()
            for summary in screens["phone"].locator("#me summary").all():
                summary.click()
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
        yield from self._shown(f"{step_id} {phase}")

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

    def _doors(self):
        self.world.watch.allow("status of 40")
        fresh = self.instance.make("links", session=self.made.session)
        paths = {
            "home": "/",
            "enter": f"/enter/{fresh['link']}",
            "unknown code": "/s/ZZZZZZ/",
            "closed door": f"/enter/{self.made.look}",
        }
        for language, screens in self.pages.items():
            page = screens["other"]
            for name, path in paths.items():
                page.goto(path)
                yield f"{language} {name}", page
            stranger = self._stranger(language)
            stranger.goto(self.made.join)
            yield f"{language} join", stranger
            page.goto(f"/enter/{fresh[f'organise_{language}']}")
            yield f"{language} organise", page
            page.locator("main form button.go").click()
            page.wait_for_url("**/prepare/")
            yield f"{language} methods", page
            page.locator("main button[name=method]").first.click()
            page.wait_for_url("**/s/*/prepare")
            expect(page.locator(".step-form:not([hidden])")).to_be_attached(timeout=PATIENCE)
            yield f"{language} prepare", page
            page.locator("[data-pane=preview]").last.evaluate("(pane) => pane.click()")
            yield f"{language} prepare, preview", page

    def _left(self):
        for language, screens in self.pages.items():
            screens["other"].goto(self.made.report)
            yield f"{language} report", screens["other"]
            screens["other"].goto(f"{self.made.join}mine")
            yield f"{language} mine", screens["other"]
            stranger = self._stranger(language)
            stranger.goto(self.made.join)
            yield f"{language} join ended", stranger

    def _stranger(self, language):
        context = self.world.context(LAPTOP)
        cookie = {"name": "language", "value": language, "url": self.instance.address}
        context.add_cookies([cookie])
        return context.new_page()
