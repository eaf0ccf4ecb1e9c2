"""Who plays a journey: somebody at a phone, the facilitator at a console, a big screen."""

import re

from playwright.sync_api import expect

PHONE = {"viewport": {"width": 390, "height": 760}, "has_touch": True, "is_mobile": True}
LAPTOP = {"viewport": {"width": 1366, "height": 900}}
WALL = {"viewport": {"width": 1920, "height": 1080}}
PATIENCE = 20_000  # milliseconds; what is waited for takes a tenth of it at most
TOUCH = 44  # CSS pixels

# Visible controls of a page that a finger must hit, and how large what it hits is.
SMALL = """(least) => [...document.querySelectorAll(
    "button, summary, select, textarea, input:not([type=hidden]), a[href], [role=button]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }))
  .filter((one) => !one.closest(".said, .skip"))
  .filter((one) => !(one.matches("a") && getComputedStyle(one).display === "inline"
    && one.closest("p")))
  .map((one) => [one, (one.closest("label") ?? one).getBoundingClientRect()])
  .filter(([, box]) => box.width && (box.height < least - 0.5 || box.width < least - 0.5))
  .map(([one, box]) => `${one.outerHTML.slice(0, 120)} ${box.width}×${box.height}`)"""


class Screen:
    """A page of the room, and what to look for on it."""

    def __init__(self, page):
        self.page = page

    def __call__(self, selector, **more):
        return self.page.locator(selector, **more)

    def sees(self, text, within="main"):
        # The words of what is hidden are in the page too: they are not seen.
        place = self(within).filter(visible=True).first
        expect(place).to_contain_text(text, timeout=PATIENCE)

    def is_at(self, step, phase="open"):
        expect(self(f'[data-step="{step}"][data-phase="{phase}"]')).to_be_visible(timeout=PATIENCE)

    def run_of(self, step):
        return self(f'[data-step="{step}"]').get_attribute("data-run")


class Phone(Screen):
    """Somebody who takes part, with one finger."""

    @classmethod
    def join(cls, page, address, name=""):
        page.goto(address)
        return cls.enter(page, name)

    @classmethod
    def enter(cls, page, name=""):
        """Go in by the door that shows."""
        if name:
            page.locator("input[name=name]").fill(name)
        page.locator("main form button.go").tap()
        return cls(page).ready()

    def ready(self):
        expect(self("main#screen:not([aria-busy])")).to_be_attached(timeout=PATIENCE)
        return self

    def tap(self, selector, **more):
        self(selector, **more).tap(timeout=PATIENCE)

    def choose(self, name, value):
        """Tap an option of the form that shows: what a finger hits is its label."""
        self(f'label:visible:has(input[name="{name}"][value="{value}"])').tap(timeout=PATIENCE)

    def rank_first(self, index):
        """Put an option of the ranking first; chance may have put it there already."""
        button = self(f'.question:visible li[data-index="{index}"] button[data-to="top"]')
        if button.get_attribute("aria-disabled") == "false":
            button.tap(timeout=PATIENCE)
        top = self(".question:visible ol.rank > li").first
        expect(top).to_have_attribute("data-index", str(index), timeout=PATIENCE)

    def send(self):
        self(".activity form:visible button.go").tap(timeout=PATIENCE)

    def write(self, text, name="text"):
        self(f'.activity [name="{name}"]:visible').fill(text, timeout=PATIENCE)

    def is_kept(self, text=None):
        """The form that shows says that its answer is on the server's disk."""
        receipt = self(".activity form:visible [data-receipt]:not(.pending)")
        expect(receipt).to_be_visible(timeout=PATIENCE)
        if text:
            expect(receipt).to_contain_text(text, timeout=PATIENCE)

    def has_nothing_waiting(self):
        self.page.wait_for_function(
            "() => !Object.keys(localStorage).some((key) => key.includes('.act.'))",
            timeout=PATIENCE,
        )

    def question(self, question):
        shown = self(f'.question[data-question="{question}"]')
        expect(shown).to_be_visible(timeout=PATIENCE)
        return shown

    def check_targets(self):
        small = self.page.evaluate(SMALL, TOUCH)
        assert not small, small


class Stage(Screen):
    """The big screen."""


class Console(Screen):
    """The facilitator's screen, driven with a mouse."""

    @classmethod
    def enter(cls, page, address):
        page.goto(address)
        page.locator("main form button.go").click()
        page.wait_for_url(re.compile("/console$"))
        found = cls(page)
        expect(found("#session-order li").first).to_be_attached(timeout=PATIENCE)
        return found

    def open(self, step):
        self(f"""button[data-do=open][data-body*='"{step}"']""").click(timeout=PATIENCE)
        self.is_at(step)

    def next(self):
        self("button[data-next]").click(timeout=PATIENCE)

    def close(self, step):
        self(f'[data-step="{step}"] button[data-do=close]').click(timeout=PATIENCE)
        self.is_at(step, "closed")

    def reveal(self, step):
        self(f'[data-step="{step}"] button[data-do=reveal]').click(timeout=PATIENCE)
        self.is_at(step, "revealed")

    def counts(self, joined, connected, answered):
        expect(self("#session-figures dd")).to_have_text(
            [str(joined), str(connected), str(answered)], timeout=PATIENCE
        )

    def end(self):
        for _ in range(2):
            self("button[data-do=end]:visible").first.click(timeout=PATIENCE)
        expect(self('body[data-stage="ended"]')).to_be_attached(timeout=PATIENCE)
