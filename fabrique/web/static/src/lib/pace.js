// At one's own pace: the steps as a list with what is done, then one of them at a time.
import { showCloses } from "./closes.js";
import { say } from "./words.js";

const AGAIN = 20_000; // milliseconds between two looks at how long is left

export class Pace {
  constructor(root, mine, steps) {
    Object.assign(this, { root, mine, steps, at: "" });
    root.addEventListener("click", (event) => this.click(event));
    setInterval(() => showCloses(root), AGAIN);
  }

  get list() {
    return [...this.root.querySelectorAll("[data-pace-go]")];
  }

  dress() {
    showCloses(this.root);
    const place = this.root.querySelector("[data-pace]");
    this.root.toggleAttribute("data-at-pace", place !== null);
    const runs = this.list.map((one) => one.dataset.paceGo);
    if (!runs.includes(this.at)) this.at = "";
    if (runs.length === 1) [this.at] = runs;
    this.root.toggleAttribute("data-pace-one", runs.length === 1);
    this.root.toggleAttribute("data-pace-in", this.at !== "");
    if (!place) return;
    for (const article of this.root.querySelectorAll("#now > .activity[data-run]")) {
      article.hidden = article.dataset.run !== this.at;
    }
    if (runs.length) this.tell(runs);
  }

  /** Say of every step what is done of it, and which comes next. */
  tell(runs) {
    const left = this.list.filter((button) => !this.mark(button));
    const all = this.root.querySelector("[data-pace-all]");
    all.hidden = left.length > 0 || this.closed;
    if (!all.hidden) write(all.firstElementChild, say("alldone"));
    const place = runs.indexOf(this.at);
    write(
      this.root.querySelector("[data-pace-where]"),
      place < 0 ? "" : say("stepof", { n: place + 1, size: runs.length }),
    );
    const next = this.root.querySelector("[data-pace-next]");
    const to = this.next(left);
    next.hidden = !to || this.at === "";
    next.classList.toggle("main", !left.some((button) => button.dataset.paceGo === this.at));
    if (to) write(next, say("nextstep", { name: to.querySelector(".pace-name").textContent }));
  }

  get closed() {
    return this.root.querySelector("[data-pace]")?.dataset.pace !== "open";
  }

  /** The first step with something left to do after the one on screen, else before it. */
  next(left) {
    const others = left.filter((button) => button.dataset.paceGo !== this.at);
    const place = this.list.findIndex((button) => button.dataset.paceGo === this.at);
    return others.find((button) => this.list.indexOf(button) > place) ?? others[0];
  }

  /** Show at a step what is done of it; whether nothing is left to do there. */
  mark(button) {
    const { paceGo: run, phase } = button.dataset;
    const article = this.root.querySelector(`.activity[data-run="${CSS.escape(run)}"]`);
    const [given, size] = this.given(run, article);
    const done = given > 0 && given >= size;
    const draft = this.holds(run);
    const open = phase === "open";
    write(button.querySelector(".pace-done"), open ? stateOf(given, size, draft) : past(given, draft));
    button.toggleAttribute("data-done", done);
    button.toggleAttribute("data-draft", draft);
    return done || !open;
  }

  /** Whether something typed for a run was not sent, and lies on this device. */
  holds(run) {
    const keys = this.mine.drafts.store.keys();
    if (keys.some((key) => key === `draft.${run}` || key.startsWith(`draft.${run}/`))) return true;
    const form = `.activity[data-run="${CSS.escape(run)}"] form[data-form][data-dirty]`;
    return this.root.querySelector(form) !== null;
  }

  /** How much I gave to a run, and how much it asks of me. */
  given(run, article) {
    const sheet = article?.querySelector("[data-sheet]");
    if (sheet) {
      const asked = this.steps.asked(sheet);
      const answered = asked.filter((one) => this.mine.answer(one.querySelector("form")));
      return [answered.length, asked.length];
    }
    const going = this.mine.outbox.waiting().filter(({ frame }) => frame.run === run);
    return [(this.mine.runs[run]?.answers ?? []).length + going.length, 1];
  }

  click({ target }) {
    const go = target.closest("[data-pace-go]");
    if (go) return this.show(go.dataset.paceGo);
    if (target.closest("[data-pace-next]")) {
      const left = this.list.filter((button) => !this.mark(button));
      return this.show(this.next(left)?.dataset.paceGo ?? "");
    }
    return target.closest("[data-pace-back]") ? this.show("") : undefined;
  }

  /** Go to a step, or back to the list: the focus goes along. */
  show(run) {
    const from = this.at;
    this.at = run;
    this.dress();
    const article = this.root.querySelector("#now > .activity[data-run]:not([hidden])");
    const back = this.list.find((button) => button.dataset.paceGo === from);
    const there = this.at ? article?.querySelector("h1") : back;
    there?.focus({ preventScroll: true });
    scrollTo({ top: 0 });
    return undefined;
  }
}

function past(given, draft) {
  if (draft) return say("draftunsent");
  return given ? say("stepsent") : "";
}

function stateOf(given, size, draft) {
  if (draft) return say("draftkept");
  if (given >= size && given > 0) return say("stepdone");
  return given ? say("partly", { n: given, size }) : say("todo");
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
