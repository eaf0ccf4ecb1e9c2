"""A person without a mouse: every stop of the Tab key is seen, none holds them back."""

import time

from playwright.sync_api import expect

from tests.journeys.people import PATIENCE

MOST_STOPS = 80
DATE_PARTS = 7  # day, month, year, hour, minute, half of the day, and the calendar
NO_MOUSE = """for (const name of ["mousedown", "pointerdown", "touchstart"]) {
  addEventListener(name, () => console.error("a mouse was used"), true);
}"""
# Whether what has the focus is seen to have it: on itself, or on what shows it.
SEEN = """() => {
  const on = document.activeElement;
  if (!on || on === document.body) return "";
  const lit = [on, on.closest("label"), on.nextElementSibling, on.parentElement].some((one) => {
    if (!one) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  });
  const box = (on.closest("label") ?? on).getBoundingClientRect();
  const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
  return lit && inside ? "" : on.outerHTML.slice(0, 200);
}"""
STOP = """() => { const on = document.activeElement;
  return on === document.body ? "" : on.outerHTML.slice(0, 300); }"""


class Keys:
    """Hands on a keyboard, over one page."""

    def __init__(self, page):
        self.page = page
        page.add_init_script(NO_MOUSE)
        # Asked for long before a key opens one: a browser told too late shows it to nobody.
        self.offered = []
        page.on("filechooser", self.offer)

    def offer(self, window):
        self.offered.append(window)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def go(self, selector):
        """Press Tab until what is wanted has the focus."""
        self.page.locator(selector).first.wait_for(timeout=PATIENCE)
        for _ in range(MOST_STOPS):
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", selector):
                return
            self.press("Tab")
            hidden = self.page.evaluate(SEEN)
            assert not hidden, f"focus is not seen: {hidden}"
        raise AssertionError(f"no way to {selector}")

    def act(self, selector, key="Enter"):
        self.go(selector)
        self.press(key)

    def write(self, selector, text):
        self.go(selector)
        self.page.keyboard.type(text)

    def choose(self, selector, file):
        """Bring a file through the window that the browser opens."""
        self.act(selector, "Space")
        end = time.monotonic() + PATIENCE / 1000
        while not self.offered:
            assert time.monotonic() < end, f"nothing to choose from at {selector}"
            self.page.wait_for_timeout(20)
        self.offered.pop().set_files(file)

    def pick(self, within, value):
        """Choose a radio button as keyboards do: the first stop, then arrows."""
        self.go(f"{within} input[type=radio]")
        self.press("Space")
        for _ in range(10):
            if self.page.locator(f'{within} input[value="{value}"]').is_checked():
                return
            self.press("ArrowDown")
        raise AssertionError(value)

    def is_on(self, selector):
        expect(self.page.locator(selector).first).to_be_focused(timeout=PATIENCE)

    def walk(self):
        """Go all around the page: the focus never stays, and comes out at the end."""
        self.page.evaluate("() => document.activeElement.blur()")
        stops, parts = [], 1
        for _ in range(MOST_STOPS):
            self.press("Tab")
            stop = self.page.evaluate(STOP)
            assert not self.page.evaluate(SEEN), stop
            if not stop or (stops and stop == stops[0]):
                return stops
            parts = parts + 1 if stops and stop == stops[-1] else 1
            most = DATE_PARTS if "datetime-local" in stop else 1
            assert parts <= most, f"a trap: {stop}"
            stops.append(stop)
        raise AssertionError(f"no way out after {stops[-3:]}")
