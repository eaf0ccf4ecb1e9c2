// What was asked and not yet answered: kept on this device until the hub says yes or no.
import { newId } from "./chance.js";

const TWICE = 700; // two equal acts closer than this are one double click
const AGAIN = 3000;

export class Outbox extends EventTarget {
  /** `keeps` false: the facilitator's acts, which must not be done much later than asked. */
  constructor(store, link, { keeps = true } = {}) {
    super();
    this.store = store;
    this.link = link;
    this.keeps = keeps;
    this.acts = new Map();
    this.load();
    store.listen(() => this.load());
    link.addEventListener("welcome", () => this.sendAll());
    link.addEventListener("ack", ({ detail }) => this.settle(detail.ack));
    link.addEventListener("no", ({ detail }) => this.refuse(detail));
    link.addEventListener("state", () => this.changed());
  }

  load() {
    if (!this.keeps) return;
    const kept = this.store.keys().filter((key) => key.startsWith("act."));
    this.acts = new Map(
      kept
        .map((key) => this.store.get(key))
        .filter(Boolean)
        .sort((a, b) => a.at - b.at)
        .map((act) => [act.frame.op, act]),
    );
    this.changed();
  }

  /** Ask for something; the same act twice in a breath is asked once, unless it is meant `again`. */
  ask(verb, run, body, form = "", { again = false } = {}) {
    const frame = { op: newId(), do: verb, ...(run ? { run } : {}), ...body };
    const same = JSON.stringify({ ...frame, op: "" });
    const now = Date.now();
    if (!again && this.last?.same === same && now - this.last.at < TWICE) return null;
    this.last = { same, at: now };
    const act = { frame, form, at: now, refused: null };
    this.keep(act);
    this.link.send(frame);
    this.changed();
    return act;
  }

  keep(act) {
    this.acts.set(act.frame.op, act);
    if (this.keeps) act.safe = this.store.set(`act.${act.frame.op}`, act);
  }

  sendAll() {
    for (const act of this.waiting()) {
      if (act.held) continue;
      if (!this.keeps && Date.now() - act.at > 30_000) this.acts.delete(act.frame.op);
      else this.link.send(act.frame);
    }
    this.changed();
  }

  waiting() {
    return [...this.acts.values()].filter((act) => !act.refused);
  }

  refusals() {
    return [...this.acts.values()].filter((act) => act.refused);
  }

  settle(op) {
    const act = this.acts.get(op);
    this.forget(op);
    if (act) this.emit("settled", act);
  }

  refuse({ no: op, why, text }) {
    const act = this.acts.get(op);
    if (!act) return;
    if (why === "disk") {
      setTimeout(() => this.acts.has(op) && this.link.send(act.frame), AGAIN);
    } else if (why === "frozen" && act.form) {
      this.wait(act);
      return;
    } else if (wrote(act.frame)) {
      act.refused = { why, text };
      this.keep(act);
    } else {
      this.forget(op);
    }
    this.emit("refused", { act, why, text });
    this.changed();
  }

  /** The room is paused: what was on its way leaves again, as another act, when it goes on. */
  wait(act) {
    this.forget(act.frame.op);
    act.frame.op = newId();
    act.held = true;
    this.keep(act);
    this.changed();
    if (!this.paused) setTimeout(() => this.hold(this.paused), AGAIN);
  }

  hold(paused) {
    this.paused = paused;
    if (paused) return;
    for (const act of this.waiting().filter(({ held }) => held)) {
      act.held = false;
      this.keep(act);
      this.link.send(act.frame);
    }
  }

  forget(op) {
    this.acts.delete(op);
    this.store.remove(`act.${op}`);
    this.changed();
  }

  changed() {
    this.emit("changed");
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}

/** The words somebody typed in an act, if any. */
export function wrote(frame) {
  return frame.text ?? frame.answer?.text ?? frame.answer?.comment ?? "";
}
