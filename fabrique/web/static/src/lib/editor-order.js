// The list of steps: choose, add, copy, take out, move — by button, by key, and by drag as an extra.
import { turnTo } from "./panes.js";
import { say } from "./words.js";

const NARROW = matchMedia("(max-width: 60rem)");

export class Order {
  constructor(root, { outbox, announcer, editor, preview, starters }) {
    Object.assign(this, { root, outbox, announcer, editor, preview, starters });
    this.list = root.querySelector("#prepare-list");
    this.current = "";
    this.awaited = false; // a step that was asked for is to be shown when it comes
    this.known = new Set();
    root.addEventListener("click", (event) => this.click(event.target));
    root.addEventListener("keydown", (event) => this.press(event));
    this.list.addEventListener("dragstart", (event) => this.lift(event));
    this.list.addEventListener("dragover", (event) => this.over(event));
    this.list.addEventListener("drop", (event) => this.drop(event));
    this.list.addEventListener("dragend", () => this.let());
    outbox.addEventListener("refused", ({ detail }) => {
      this.awaited = false; // or the next step of a colleague would be taken for it
      announcer.say(detail.text);
    });
  }

  /** After each frame: one form shows, that of the step that was chosen. */
  dress() {
    const ids = this.ids();
    const fresh = ids.find((id) => this.known.size && !this.known.has(id));
    const lost = this.current && !this.known.has(this.current) ? false : !ids.includes(this.current);
    this.known = new Set(ids);
    if (fresh && this.awaited) {
      this.awaited = false;
      this.pick(fresh, { go: true });
    } else if (!ids.includes(this.current)) {
      if (this.current && lost && this.expected !== this.current) this.announcer.say(say("gone"));
      this.pick(ids[Math.min(this.place ?? 0, ids.length - 1)] ?? "");
    } else {
      this.show();
    }
    this.root.querySelector("[data-empty]").hidden = this.list.children.length > 0;
  }

  ids() {
    const lines = this.root.querySelectorAll(".order-line");
    return [...lines].map((line) => line.dataset.step);
  }

  pick(id, { go = false } = {}) {
    this.current = id;
    this.show();
    this.preview.show(id);
    if (!go) return;
    if (NARROW.matches) this.root.dataset.pane = "form";
    this.panes();
    const form = this.editor.form(id);
    form?.querySelector("h2").focus();
    if (NARROW.matches) scrollTo(0, 0);
  }

  show() {
    this.place = this.ids().indexOf(this.current);
    for (const form of this.root.querySelectorAll(".step-form")) {
      form.hidden = form.dataset.step !== this.current;
    }
    for (const button of this.root.querySelectorAll("[data-pick]")) {
      const on = button.dataset.pick === this.current;
      if (on) button.setAttribute("aria-current", "true");
      else button.removeAttribute("aria-current");
      button.closest("li").classList.toggle("is-current", on);
    }
    this.panes();
  }

  panes() {
    turnTo(this.root, this.root.dataset.pane);
    this.preview.fit();
  }

  click(target) {
    const button = target.closest("button");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { pick, move, add, act, pane } = button.dataset;
    if (pane) this.turn(pane);
    else if (pick !== undefined) this.pick(pick, { go: true });
    else if (move) this.shift(button.closest("li").dataset.step, Number(move), button);
    else if (add) this.add(add);
    else if (act) this.act(act);
    else if ("undo" in button.dataset) this.undo();
  }

  turn(pane) {
    this.root.dataset.pane = pane;
    this.panes();
    this.preview.show(this.current);
    scrollTo(0, 0);
  }

  press(event) {
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !event.shiftKey) {
      if (target.matches("input[type=text], textarea")) return;
      event.preventDefault();
      this.undo({ again: !event.repeat });
    }
    const line = target.closest("#prepare-list .order-line");
    const by = { ArrowUp: -1, ArrowDown: 1 }[key];
    if (!line || !by || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (event.altKey) this.shift(line.dataset.step, by, target);
    else (by < 0 ? line.previousElementSibling : line.nextElementSibling)?.querySelector("button").focus();
  }

  add(kind) {
    const ids = this.steps();
    const before = ids[ids.indexOf(this.current) + 1];
    const step = this.starters[kind];
    this.ask("order.add", { step, ...(before && ids.includes(this.current) ? { before } : {}) });
    this.announcer.say(say("added", { name: step.title }));
    this.root.querySelector("[data-adding]").open = false;
  }

  act(verb) {
    const name = this.name(this.current);
    if (verb === "order.drop") {
      this.expected = this.current;
      this.outbox.ask(verb, "", { step: this.current });
      this.announcer.say(say("dropped", { name }));
    } else {
      this.ask(verb, { step: this.current });
      this.announcer.say(say("added", { name }));
    }
  }

  /** Ask for a step that will come with its own id. */
  ask(verb, body) {
    this.awaited = true;
    this.outbox.ask(verb, "", body);
  }

  undo(how) {
    this.outbox.ask("order.undo", "", {}, "", how);
    this.announcer.say(say("undone"));
  }

  steps() {
    return [...this.list.children].map((line) => line.dataset.step);
  }

  shift(step, by, focused) {
    const ids = this.steps();
    const to = ids.indexOf(step) + by;
    if (to >= 0 && to < ids.length) this.move(step, to, focused);
  }

  /** Here at once, so that the next move counts from where it stands; the room says the same. */
  move(step, to, focused) {
    const lines = [...this.list.children];
    const line = lines.find((one) => one.dataset.step === step);
    const others = lines.filter((one) => one !== line);
    const before = others[to] ?? null;
    this.list.insertBefore(line, before);
    [...this.list.children].forEach((one, rank) => {
      one.dataset.rank = rank;
    });
    focused?.focus();
    this.outbox.ask("order.move", "", { step, ...(before ? { before: before.dataset.step } : {}) });
    this.announcer.say(say("place", { name: this.name(step), place: to + 1, size: lines.length }));
  }

  name(step) {
    const line = this.root.querySelector(`.order-line[data-step="${CSS.escape(step)}"]`);
    return line?.querySelector("[data-name]").textContent ?? "";
  }

  lift(event) {
    this.held = event.target.closest?.(".order-line");
    if (!this.held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.name(this.held.dataset.step));
    this.held.classList.add("lifted");
  }

  over(event) {
    if (this.held && event.target.closest(".order-line")) event.preventDefault();
  }

  drop(event) {
    const line = event.target.closest(".order-line");
    if (!this.held || !line || line === this.held) return;
    event.preventDefault();
    this.move(this.held.dataset.step, [...this.list.children].indexOf(line));
  }

  let() {
    this.held?.classList.remove("lifted");
    this.held = null;
  }
}
