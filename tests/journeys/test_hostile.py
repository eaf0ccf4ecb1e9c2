"""Hostile words in every field, on every screen: nothing runs, nothing leaves its place."""

from urllib.parse import urlencode

from playwright.sync_api import expect

from tests.journeys.looks import show
from tests.journeys.people import PATIENCE
from tests.laws.hostile import play
from tests.laws.ink import HOSTILE, Ink
from tests.laws.readers import flat
from tests.laws.rooms import KINDS

RAN = "() => document.documentElement.dataset.ran ?? ''"
# Whoever ran would say so: the corpus calls alert, and nothing here has handlers in its markup.
TELL = """window.alert = () => { document.documentElement.dataset.ran = "alert"; };"""
HANDLERS = """() => [...document.querySelectorAll("*")].flatMap((one) => [...one.attributes]
  .filter(({ name, value }) => /^on/i.test(name) || (/^(href|src|action)$/.test(name)
    && /^\\s*(javascript|data:text)/i.test(value)))
  .map(({ name }) => `${one.localName} ${name}`))"""
SIDEWAYS = "() => document.scrollingElement.scrollWidth - innerWidth"
# Texts drawn over other texts: each line of letters against those of elements beside it.
OVER = """() => {
  const seen = (one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const blocks = [...document.querySelectorAll("h1, h2, h3, p, li, button, label, dd, dt, summary")]
    .filter((one) => seen(one) && !one.closest(".said, .cloud, [inert], .line"))
    .filter((one) => !one.querySelector("h1, h2, h3, p, li, button, label, dd, dt, summary"))
    .filter((one) => getComputedStyle(one).position !== "fixed"
      && !one.closest(".stage-menu, .next, .panes"));
  // What is seen of it: a box that scrolls hides the rest.
  const shown = (one) => {
    let { left, right, top, bottom } = one.getBoundingClientRect();
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement) {
      if (getComputedStyle(up).overflow === "visible") continue;
      const box = up.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    return { left, right, top, bottom, width: right - left, height: bottom - top };
  };
  const boxes = blocks.map((one) => [one, shown(one)])
    .filter(([, box]) => box.width > 1 && box.height > 1);
  const found = [];
  boxes.forEach(([one, a], place) => boxes.slice(place + 1).forEach(([other, b]) => {
    const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    if (wide > 2 && high > 2 && !one.contains(other) && !other.contains(one)) {
      found.push([one, other].map((o) => o.textContent.trim().slice(0, 40)).join(" over "));
    }
  }));
  return found;
}"""

FAULTY = """() => {
  const main = document.querySelector("main");
  const faults = "<img src=x onerror=alert(1)><p>un</p><p id=over>deux</p><pre></pre>";
  main.insertAdjacentHTML("beforeend", faults);
  main.querySelector("pre").textContent = "mot".repeat(400);
  main.querySelector("#over").style.transform = "translateY(-2em)";
  alert(1);
}"""


class Stalls:
    """The screens of a session written in hostile ink, and what is wrong with them."""

    def __init__(self, world, played):
        self.world, self.played = world, played
        self.made = world.instance.session(played.plan)
        names = [name[-80:] for name in played.names.values()]
        seats = world.instance.make("seats", session=self.made.session, names=names)["seats"]
        self.tokens = dict(zip(played.names, seats, strict=True)) | {"": self.made.lead}
        cookies = {"phone": {"seat": seats[0]}, "stage": {}, "console": {"console": self.made.lead}}
        self.pages = {name: self.page(**held) for name, held in cookies.items()}
        self.faults = []
        for name, page in self.pages.items():
            page.goto({"phone": self.made.join}.get(name, getattr(self.made, name, "")))
            there = page.locator("main#screen:not([aria-busy])")
            expect(there).to_be_attached(timeout=PATIENCE)

    def page(self, **cookies):
        context = self.world.context({}, service_workers="block")
        path = {"domain": "127.0.0.1", "path": self.made.join}
        context.add_cookies([{"name": n, "value": v, **path} for n, v in cookies.items()])
        context.add_init_script(TELL)
        context.on("dialog", lambda dialog: (self.faults.append("a dialog"), dialog.dismiss()))
        return context.new_page()

    def play(self):
        """Do all that was done, and look at every opening before and after it is shown."""
        for who, verb, run, body in self.played.acts:
            if verb in ("join", "end"):
                continue
            if verb == "close":
                self.see(run, "open")
            op = {"do": verb, **body} if run is None else {"do": verb, "run": run, **body}
            self.world.instance.act(self.made, self.tokens[who], op)
            if verb == "reveal":
                self.see(run, "revealed")

    def see(self, run, phase):
        kind = self.played.plan["steps"][int(run[1:]) - 1]["kind"]
        for name, page in self.pages.items():
            if not KINDS[kind].always:  # chat and slides stay beside what is open
                there = page.locator(f'[data-run="{run}"][data-phase="{phase}"]').first
                expect(there).to_be_attached(timeout=PATIENCE)
            self.look(f"{name} {run} {phase}", page)

    def look(self, name, page):
        for width in (320, 1280):
            show(page, "light", width)
            if (over := page.evaluate(SIDEWAYS)) > 0:
                self.faults.append(f"{name} goes sideways by {over} at {width}")
            self.faults += [f"{name} at {width}: {one}" for one in page.evaluate(OVER)]
        self.faults += [f"{name}: {one}" for one in page.evaluate(HANDLERS)]
        if ran := page.evaluate(RAN):
            self.faults.append(f"{name} ran {ran}")


def test_hostile_words_on_every_screen(world):
    ink = Ink(HOSTILE)
    stalls = Stalls(world, play(ink))
    stalls.play()
    lead, mine = stalls.pages["console"], stalls.pages["phone"]
    lead.goto(f"{stalls.made.join}prepare")
    expect(lead.locator(".step-form:not([hidden])")).to_be_attached(timeout=PATIENCE)
    stalls.look("editor", lead)
    for pick in lead.locator("[data-pick]").all():
        pick.evaluate("(one) => one.click()")
        stalls.look("editor", lead)
    for step in stalls.played.plan["steps"]:
        for screen in ("phone", "stage"):
            query = urlencode({"screen": screen, "step": step["id"]})
            lead.goto(f"{stalls.made.join}preview?{query}")
            stalls.look(f"preview of {step['kind']}", lead)
            if screen == "phone":
                assert flat(step["title"]) in flat(lead.locator("body").text_content())
    world.instance.act(stalls.made, stalls.made.lead, {"do": "end"})
    mine.goto(f"{stalls.made.join}mine")
    stalls.look("mine", mine)
    lead.goto(stalls.made.report)
    stalls.look("report", lead)
    said = flat(lead.locator("body").text_content())
    used = ink.used([body for _, verb, _, body in stalls.played.acts if verb == "paper"])
    assert used
    assert [text for text in used.values() if flat(text) not in said] == []
    assert stalls.faults == [], "\n".join(sorted(set(stalls.faults)))


def test_a_planted_fault_is_seen(world):
    """The watch, the looks and the ears of the journey above are not deaf."""
    stalls = Stalls(world, play(Ink(("un mot",))))
    page = stalls.pages["phone"]
    page.evaluate(FAULTY)
    page.wait_for_timeout(300)
    stalls.look("phone", page)
    for fault in ("img onerror", "ran alert", "goes sideways", "over"):
        assert any(fault in one for one in stalls.faults), (fault, stalls.faults)
    assert any("policy: script-src" in one for one in world.watch.faults), world.watch.faults
    world.watch.faults.clear()  # they were wanted
