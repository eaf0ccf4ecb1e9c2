// Dots: so many each, placed one by one; mine are known here alone.
import { say } from "./words.js";

export class Dots {
  constructor(root, mine, outbox, announcer) {
    Object.assign(this, { root, mine, outbox, announcer });
    root.addEventListener("click", ({ target }) => {
      const button = target.closest("[data-dot]");
      if (button) this.add(button.closest("[data-within]"), Number(button.dataset.dot));
    });
  }

  /** Where mine are in a run, those on their way included. */
  placed(run) {
    const found = { ...this.mine.runs[run]?.dots };
    for (const { frame } of this.outbox.waiting()) {
      if (frame.do === "dots" && frame.run === run) found[frame.item] = frame.n;
    }
    return found;
  }

  left(place) {
    const placed = Object.values(this.placed(place.dataset.dotsLeft));
    return Number(place.dataset.budget) - placed.reduce((sum, n) => sum + n, 0);
  }

  add(item, by) {
    const [run, id] = item.id.split(/:item:(.*)/s);
    const place = this.root.querySelector(`[data-dots-left="${run}"]`);
    const n = (this.placed(run)[id] ?? 0) + by;
    if (n < 0 || (by > 0 && this.left(place) < 1)) return;
    this.outbox.ask("dots", run, { item: id, n });
    this.announcer.say(`${say("dots", { n })} ${say("dotsleft", { n: this.left(place) })}`);
    this.dress();
  }

  dress() {
    for (const place of this.root.querySelectorAll("[data-dots-left]")) {
      place.textContent = say("dotsleft", { n: this.left(place) });
    }
    for (const dots of this.root.querySelectorAll("[data-dots]")) {
      const [run] = dots.closest("[data-within]").id.split(":item:");
      const place = this.root.querySelector(`[data-dots-left="${run}"]`);
      const n = this.placed(run)[dots.dataset.dots] ?? 0;
      dots.hidden = !place;
      if (!place) continue;
      dots.querySelector("b").textContent = n;
      const [less, more] = dots.querySelectorAll("button");
      less.disabled = !n;
      more.disabled = this.left(place) < 1;
    }
  }
}
