// A ranking: four buttons a line, drag as an extra; the order is an answer only once validated.
import { shuffled } from "./chance.js";
import { say } from "./words.js";

const TO = { top: () => 0, up: (at) => at - 1, down: (at) => at + 1, bottom: (at, size) => size - 1 };

export function setUpRankings(root, { seed, announcer }) {
  for (const list of root.querySelectorAll("ol.rank:not([data-ready])")) {
    list.dataset.ready = "";
    new Ranking(list, announcer).shuffle(`${seed}/${list.dataset.seed}`);
  }
}

class Ranking {
  constructor(list, announcer) {
    this.list = list;
    this.form = list.closest("form");
    this.announcer = announcer;
    this.top = Number(list.dataset.top) || Infinity;
    list.addEventListener("click", (event) => this.click(event));
    list.addEventListener("pointerdown", (event) => this.grab(event));
    this.form.addEventListener("ordered", (event) => this.show(event.detail));
  }

  /** Nobody is helped by the author's order. */
  shuffle(seed) {
    if (this.form.dataset.dirty === undefined) this.list.append(...shuffled(this.items(), seed));
    this.changed();
  }

  /** The order of an answer; what it left out follows. */
  show(order) {
    const place = (item) => {
      const at = order.indexOf(Number(item.dataset.index));
      return at < 0 ? order.length : at;
    };
    this.list.append(...this.items().sort((a, b) => place(a) - place(b)));
    this.changed();
  }

  items() {
    return [...this.list.children];
  }

  click(event) {
    const button = event.target.closest("button[data-to]");
    if (!button) return;
    const item = button.closest("li");
    const items = this.items();
    const at = items.indexOf(item);
    const to = TO[button.dataset.to](at, items.length);
    if (to < 0 || to >= items.length || to === at) return;
    this.move(item, to);
    button.focus();
  }

  move(item, to) {
    const others = this.items().filter((one) => one !== item);
    this.list.insertBefore(item, others[to] ?? null);
    const name = item.querySelector("span").textContent;
    this.announcer.say(say("place", { name, place: to + 1, size: others.length + 1 }));
    this.changed();
    this.form.dispatchEvent(new Event("touched", { bubbles: true }));
  }

  changed() {
    const items = this.items();
    items.forEach((item, at) => {
      item.classList.toggle("out", at >= this.top);
      for (const button of item.querySelectorAll("button[data-to]")) {
        const to = TO[button.dataset.to](at, items.length);
        const still = to < 0 || to >= items.length || to === at;
        button.setAttribute("aria-disabled", String(still));
      }
      item.querySelector("input").disabled = at >= this.top;
    });
  }

  /** Drag by the line itself with a mouse, by nothing with a finger: a finger scrolls. */
  grab(event) {
    const item = event.target.closest("li");
    if (!item || event.pointerType !== "mouse" || event.target.closest("button")) return;
    event.preventDefault();
    item.classList.add("drag");
    const over = (move) => {
      const target = document.elementFromPoint(move.clientX, move.clientY)?.closest("li");
      if (!target || target === item || target.parentNode !== this.list) return;
      const at = this.items().indexOf(target);
      if (at !== this.items().indexOf(item)) this.move(item, at);
    };
    const drop = () => {
      item.classList.remove("drag");
      removeEventListener("pointermove", over);
    };
    addEventListener("pointermove", over);
    addEventListener("pointerup", drop, { once: true });
    addEventListener("pointercancel", drop, { once: true });
  }
}
