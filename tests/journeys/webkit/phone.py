"""Somebody who takes part with a WebKit phone: sees and touches only what shows."""

import time

from tests.journeys import people
from tests.journeys.webkit.driver import DriverError

PATIENCE = people.PATIENCE / 1000  # seconds
# What shows, and says the words given; spaces of French typography are spaces.
SHOWN = """const [css, words] = arguments;
return [...document.querySelectorAll(css)].filter((one) =>
  one.checkVisibility({ visibilityProperty: true })
  && one.textContent.replace(/\\s+/g, " ").includes(words));"""
# From now on on this page, what nobody should be told.
WATCH = """window.faults = [];
const note = (what) => window.faults.push(String(what));
addEventListener("error", (event) => note(event.message));
addEventListener("unhandledrejection", (event) => note(event.reason));
addEventListener("securitypolicyviolation", (event) => note(event.violatedDirective));"""
# No fault: a view may be redrawn between a look and a touch.
AGAIN = {"stale element reference", "element click intercepted", "element not interactable"}
FORM = ".activity form"


class Phone:
    def __init__(self, page, address):
        self.page = page
        self.address = address

    def join(self, path, name):
        self.page.go(self.address + path)
        self.write(name, "input[name=name]")
        self.tap("main form button.go")
        self.ready()

    def ready(self):
        self.sees("main#screen:not([aria-busy])")
        self.page.run(WATCH)

    def reload(self):
        self.check()
        self.page.reload()
        self.ready()

    def check(self):
        faults = self.page.run("return window.faults")
        assert not faults, faults

    def shown(self, css, words=""):
        return self.page.run(SHOWN, css, words)

    def sees(self, css, words="", times=None):
        """Wait until it shows: somewhere, or as many times as told."""
        return self._wait(css, words, range(1, 100) if times is None else {times})

    def sees_no(self, css, words=""):
        self._wait(css, words, {0})

    def _wait(self, css, words, times):
        found = []

        def look():
            found[:] = self.shown(css, words)
            return len(found) in times

        wait(look, lambda: f"{css} {words!r} on {self.page.run('return document.body.innerText')}")
        return found

    def is_at(self, step, phase="open"):
        self.sees(f'[data-step="{step}"][data-phase="{phase}"]')

    def tap(self, css, words=""):
        self._touch(lambda: self.page.click(self.sees(css, words)[0]))

    def choose(self, name, value):
        """What a finger hits is the label."""
        self.tap(f'{FORM} label:has(input[name="{name}"][value="{value}"])')

    def write(self, text, css=f"{FORM} [name=text]"):
        self._touch(lambda: self.page.type(self.sees(css)[0], text))

    def send(self):
        self.tap(f"{FORM} button.go")

    def is_kept(self, words=""):
        self.sees(f"{FORM} [data-receipt]:not(.pending)", words)

    def has_nothing_waiting(self):
        waiting = "return Object.keys(localStorage).filter((key) => key.includes('.act.')).length"
        wait(lambda: self.page.run(waiting) == 0, lambda: "an act waits")

    def _touch(self, touch):
        wait(lambda: _done(touch), lambda: "nothing to touch")


def _done(touch):
    try:
        touch()
    except DriverError as error:
        if error.code not in AGAIN:
            raise
        return False
    return True


def wait(look, tell):
    """Look until it is so."""
    until = time.monotonic() + PATIENCE
    while not look():
        assert time.monotonic() < until, tell()
        time.sleep(0.05)
