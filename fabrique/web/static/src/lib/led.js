// What the facilitator does with one contribution: one sheet an activity says it, as on the board.
import { listenPaper } from "./paper.js";
import { calm, confirmed } from "./sure.js";
import { text, travel } from "./travel.js";

const WORDS = ".led > [role=button]";
const STEPS = { ArrowUp: "up", ArrowDown: "down" };

export class Led {
  constructor(root, { outbox, announcer }) {
    Object.assign(this, { root, outbox, announcer });
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("dressed", () => this.dress());
    listenPaper(root, { outbox, announcer });
    root.addEventListener("asked", ({ target }) => this.sheet?.contains(target) && this.close());
    sortByDrag(root, (item, before) => this.place(item, before));
    this.dress();
  }

  /** Contributions become buttons here, not in the fragment: their words stay words for readers. */
  dress() {
    for (const words of this.root.querySelectorAll(".led > .led-words:not([role])")) {
      words.tabIndex = 0;
      words.setAttribute("role", "button");
      words.parentNode.draggable = Boolean(words.closest("[data-sorts], [data-column]"));
    }
    if (this.sheet && !this.sheet.isConnected) this.sheet = null;
    if (this.item && !this.item.isConnected) this.close();
  }

  press(event) {
    if (event.key === "Escape") this.close();
    const words = event.target.closest(WORDS);
    if (words && event.altKey && STEPS[event.key]) {
      event.preventDefault();
      this.item = words.parentNode;
      return void this.move(STEPS[event.key]);
    }
    if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches(WORDS)) return;
    event.preventDefault();
    this.open(event.target.parentNode);
  }

  click(event) {
    const words = event.target.closest(WORDS);
    const button = event.target.closest("[data-led], [data-onto-this]");
    if (words) this.open(words.parentNode);
    else if (button) this.act(button, event);
  }

  open(item) {
    const sheet = item.closest("[data-run]").querySelector("[data-led-sheet]");
    if (this.sheet && this.sheet !== sheet) this.sheet.hidden = true;
    Object.assign(this, { sheet, item });
    sheet.querySelector("blockquote").textContent = text(item);
    const state = item.dataset.state;
    const fits = { release: state === "held", restore: state === "hidden", hide: state !== "hidden" };
    fits.unstack = Boolean(item.dataset.onto);
    fits.erase = item.dataset.lines !== "[]";
    for (const button of sheet.querySelectorAll("[data-led]")) {
      calm(button);
      const here = button.dataset.column && item.dataset.within.endsWith(`:c${button.dataset.column}`);
      button.hidden = fits[button.dataset.led] === false || Boolean(here);
    }
    travel(sheet, item);
    const form = sheet.querySelector("form[data-do=amend]");
    if (form) {
      form.elements.namedItem("item").value = item.dataset.item;
      form.elements.text.value = text(item);
    }
    sheet.hidden = false;
    sheet.dispatchEvent(new CustomEvent("led", { bubbles: true, detail: item }));
    (form?.elements.text ?? sheet.querySelector("button:not([hidden])")).focus();
  }

  act(button, event) {
    const { led: verb = "stack", sure, told } = button.dataset;
    if (sure && !confirmed(button, sure, event)) return;
    if (verb === "up" || verb === "down") return void this.move(verb);
    if (verb !== "close") this.ask(verb, button);
    if (told) this.announcer.say(told);
    this.close();
  }

  ask(verb, button) {
    const { item: id, lines } = this.item.dataset;
    const run = this.sheet.dataset.ledSheet;
    // Every line that holds the words goes, or the words would stay in the journal.
    if (verb === "erase") JSON.parse(lines).forEach((seq) => this.outbox.ask("redact", run, { seq }));
    else if (verb === "stack") this.outbox.ask(verb, run, { items: [id], onto: button.dataset.ontoThis ?? button.form.elements.onto.value });
    else if (verb === "sort") this.outbox.ask(verb, run, { item: id, column: Number(button.dataset.column) });
    else if (verb === "unstack") this.outbox.ask(verb, run, { items: [id] });
    else this.outbox.ask(verb, run, { item: id });
  }

  /** One place up or down; at the end there is nothing to be put before. */
  move(way) {
    const { previousElementSibling: above, nextElementSibling: below } = this.item;
    if (way === "up" && above) this.place(this.item, above);
    if (way === "down" && below) this.place(this.item, below.nextElementSibling);
  }

  place(item, next) {
    const { run } = item.closest("[data-run]").dataset;
    const before = next ? { before: next.dataset.item } : {};
    this.outbox.ask("place", run, { item: item.dataset.item, ...before });
  }

  close() {
    if (!this.sheet || this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.item?.querySelector(".led-words")?.focus();
  }
}

/** Beside buttons and keys: a contribution dropped on another goes before it. */
function sortByDrag(root, place) {
  let held = null;
  const over = (event) => {
    const item = event.target.closest?.("[data-sorts] > .led");
    return held && item && item !== held && item.parentNode === held.parentNode ? item : null;
  };
  root.addEventListener("dragstart", ({ target, dataTransfer }) => {
    held = target.closest?.("[data-sorts] > .led") ?? null;
    if (held) dataTransfer.setData("text/plain", text(held));
  });
  root.addEventListener("dragover", (event) => over(event) && event.preventDefault());
  root.addEventListener("drop", (event) => {
    const item = over(event);
    if (item) place(held, item);
    held = null;
  });
}
