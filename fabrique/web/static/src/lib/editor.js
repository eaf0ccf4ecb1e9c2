// Forms that save themselves: what is typed leaves as an edit of what changed, and stays here,
// on this device too, until the room has kept it.
import { read, show, Wrong } from "./editor-values.js";
import { keyOf, Shown, stepOf } from "./editor-shown.js";
import { say } from "./words.js";

const PAUSE = 700; // of typing, before it is sent
const AGAIN = 800; // the outbox takes two equal acts in one breath for a double click

export class Editor extends Shown {
  constructor(root, { outbox, link, store }) {
    super();
    Object.assign(this, { root, outbox, link, store });
    this.dirty = new Map(); // "step path" → { step, path, wrong }
    this.sent = new Map(); // op → [[key, value as sent]]
    this.timers = new Map();
    root.addEventListener("input", ({ target }) => this.typed(target, PAUSE));
    root.addEventListener("change", ({ target }) => this.typed(target, 0));
    root.addEventListener("click", ({ target }) => this.cleared(target));
    outbox.addEventListener("settled", ({ detail }) => this.settle(detail.frame.op));
    link.addEventListener("no", ({ detail }) => this.refuse(detail));
    link.addEventListener("state", () => this.states());
  }

  /** After each frame: what the room holds, wherever nobody is writing. */
  dress() {
    for (const control of this.root.querySelectorAll("[data-path]")) {
      const key = keyOf(control);
      const kept = this.store.get(`typed.${key}`);
      if (kept !== null && !this.dirty.has(key)) this.restore(control, key, kept);
      if (!this.dirty.has(key) && control !== document.activeElement) show(control);
      this.mark(control);
    }
    for (const set of this.root.querySelectorAll(".condition")) showThen(set);
    this.states();
  }

  restore(control, key, kept) {
    control.dataset.value = JSON.stringify(kept);
    show(control);
    this.note(control, key);
    this.soon(stepOf(control), AGAIN);
  }

  typed(target, wait) {
    const control = target.closest("[data-path]");
    if (!control) return;
    if (control.matches(".condition")) showThen(control);
    this.note(control);
    if (control.dataset.as === "lines") this.followers(control).forEach((one) => this.note(one));
    this.soon(stepOf(control), wait);
  }

  /** What points into a list moves with its lines. */
  followers(control) {
    const item = control.closest("[data-item]");
    const picks = [...(item ?? control.closest("[data-step]")).querySelectorAll("[data-as=picks]")];
    const conditions = [...control.closest("[data-step]").querySelectorAll("[data-as=condition]")];
    const name = JSON.parse(control.dataset.path).at(-1);
    return [
      ...picks.filter((one) => one.dataset.of === name),
      ...conditions.filter((one) => item && one.querySelector("select").value === item.dataset.item),
    ];
  }

  note(control, key = keyOf(control)) {
    this.dirty.set(key, { step: stepOf(control), path: JSON.parse(control.dataset.path) });
    this.keep(control, key);
    this.mark(control);
    this.states();
  }

  keep(control, key) {
    try {
      if (!control.matches("fieldset")) this.store.set(`typed.${key}`, read(control));
    } catch (error) {
      if (!(error instanceof Wrong)) throw error;
    }
  }

  cleared(target) {
    const button = target.closest("[data-clear]");
    if (button) this.put(button, JSON.parse(button.dataset.clear), null);
  }

  /** Put a whole value at a path of the step that an element belongs to. */
  put(element, path, value) {
    this.change(stepOf(element), nested(path, value));
  }

  soon(step, wait) {
    clearTimeout(this.timers.get(step));
    this.timers.set(step, setTimeout(() => this.send(step), wait));
  }

  /** Send all that is not kept yet of a step; what cannot be is said at its field. */
  send(step) {
    const change = {};
    const keys = [];
    for (const [key, entry] of this.dirty) {
      if (entry.step !== step) continue;
      const control = this.control(step, entry.path);
      if (!control) {
        this.clean(key);
        continue;
      }
      try {
        const value = this.value(control);
        put(change, value.path, value.is);
        keys.push([key, JSON.stringify(read(control))]);
        entry.wrong = "";
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        entry.wrong = say(error.message);
      }
      this.mark(control);
    }
    if (keys.length) this.change(step, change, keys);
    this.states();
  }

  /** Ask for a change of a step; of the session itself where `step` is empty. */
  change(step, change, keys = []) {
    const body = step ? { step: { id: step, ...change } } : change;
    const act = this.outbox.ask(step ? "order.edit" : "order.title", "", body, `edit ${step}`);
    if (act) this.sent.set(act.frame.op, keys);
    else this.soon(step, AGAIN);
  }

  /** A group that may be absent is, once all in it is empty. */
  value(control) {
    const group = control.closest("[data-group]");
    const path = JSON.parse(control.dataset.path);
    if (group) {
      const inside = [...group.querySelectorAll("[data-path]")].map(read);
      if (inside.every((one) => one === null || one === false)) {
        return { path: JSON.parse(group.dataset.group), is: null };
      }
    }
    return { path, is: read(control) };
  }

  settle(op) {
    for (const [key, value] of this.sent.get(op) ?? []) {
      const entry = this.dirty.get(key);
      const control = entry && this.control(entry.step, entry.path);
      if (!control || sameAs(control, value)) this.clean(key);
      if (control) {
        if (!this.dirty.has(key)) control.dataset.value = value;
        this.mark(control);
      }
    }
    this.sent.delete(op);
    this.states();
  }

  refuse({ no: op, why, text, where = "" }) {
    const keys = this.sent.get(op);
    if (why === "disk" || !keys) return;
    this.sent.delete(op);
    const entries = keys.map(([key]) => this.dirty.get(key)).filter(Boolean);
    if (!entries.length) return;
    const [{ step }] = entries;
    const guilty = this.place(step, where, entries);
    for (const entry of entries) entry.wrong = entry === guilty ? text : (entry.wrong ?? "");
    this.complain(step, guilty ? "" : text);
    for (const { path } of entries) this.mark(this.control(step, path));
    this.states();
  }

  clean(key) {
    this.saved ??= new Set();
    this.saved.add(this.dirty.get(key)?.step);
    this.dirty.delete(key);
    this.store.remove(`typed.${key}`);
    this.complain(key.slice(0, key.indexOf("\n")), "");
  }
}

function sameAs(control, value) {
  try {
    return JSON.stringify(read(control)) === value;
  } catch {
    return false;
  }
}

function showThen(set) {
  const { value } = set.querySelector("select");
  for (const then of set.querySelectorAll("[data-then]")) then.hidden = then.dataset.then !== value;
}

function nested(path, value) {
  return path.reduceRight((inner, key) => ({ [key]: inner }), value);
}

function put(change, path, value) {
  const last = path.at(-1);
  const place = path.slice(0, -1).reduce((inner, key) => (inner[key] ??= {}), change);
  place[last] = value;
}
