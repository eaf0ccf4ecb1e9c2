// A move is the form of the page, sent without leaving it; what comes back is the page, drawn anew.
const KEYS = {
  ArrowUp: { minutes: -15 },
  ArrowDown: { minutes: 15 },
  ArrowLeft: { rooms: -1 },
  ArrowRight: { rooms: 1 },
};

export class Moves {
  constructor(root, announcer, dress) {
    Object.assign(this, { root, announcer, dress });
    this.line = Promise.resolve(); // one move after the other: each counts from the one before
    root.addEventListener("keydown", (event) => this.press(event));
  }

  press(event) {
    const { key, target } = event;
    if ((event.ctrlKey || event.metaKey) && key.toLowerCase() === "z" && !event.shiftKey) {
      if (target.matches("input, textarea, select")) return;
      event.preventDefault();
      this.ask({ do: "undo" });
      return;
    }
    const item = target.closest(".slot")?.dataset.item;
    if (!item || event.ctrlKey || event.metaKey) return;
    const move = this.move(event);
    if (!move) return;
    event.preventDefault();
    this.ask({ item, ...move });
  }

  move({ key, altKey, target }) {
    if (altKey && KEYS[key]) return { do: "nudge", ...KEYS[key] };
    if (altKey || !target.closest("[data-minute]")) return null;
    if (key === "+" || key === "=") return { do: "nudge", longer: 15 };
    if (key === "-") return { do: "nudge", longer: -15 };
    return key === "Delete" || key === "Backspace" ? { do: "unschedule" } : null;
  }

  ask(values) {
    this.line = this.line.then(() => this.send(values)).catch(() => location.reload());
    return this.line;
  }

  async send(values) {
    const form = this.root.querySelector("#place form");
    const kept = new FormData();
    for (const name of ["csrfmiddlewaretoken", "shown"]) {
      const field = form.elements[name];
      if (field) kept.set(name, field.value);
    }
    for (const [name, value] of Object.entries(values)) kept.set(name, value);
    const answer = await fetch(form.getAttribute("action"), { method: "POST", body: kept });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#grid");
    if (!fresh) throw new Error("not the grid");
    this.draw(fresh, values.item ?? new URL(answer.url).searchParams.get("item"));
    if (answer.ok) history.replaceState(null, "", answer.url.split("#")[0]);
  }

  draw(fresh, item) {
    this.root.replaceChildren(...fresh.childNodes);
    this.dress();
    const refused = this.root.querySelector("#refused");
    const link = item && this.root.querySelector(`.slot[data-item="${CSS.escape(item)}"] a`);
    link?.focus({ preventScroll: true });
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
    const warned = this.root.querySelector("#warned").textContent;
    this.announcer.say(refused?.textContent ?? [link?.dataset.said, warned].filter(Boolean).join(". "));
  }
}
