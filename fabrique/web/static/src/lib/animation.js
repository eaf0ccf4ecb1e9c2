// What only the facilitator's screens do: go on to the next step, turn pages, choose what to show.

/** The console: close what is open, open what comes next; turn the pages of the slides. */
export function listenConsole(root, outbox) {
  root.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next]");
    if (next) goOn(next.dataset.next);
    const turn = event.target.closest("[data-turn]");
    if (turn) {
      const page = Number(turn.dataset.page) + Number(turn.dataset.turn);
      if (page > 0 && page <= Number(turn.dataset.pages)) outbox.ask("show", turn.dataset.run, { page });
    }
  });

  function goOn(step) {
    for (const open of root.querySelectorAll("#now [data-phase=open]")) {
      outbox.ask("close", open.dataset.run, {});
    }
    outbox.ask("open", "", { step });
  }
}

const SIZES = ["1.9em", "1.6em", "1.35em", "1.15em", "1em", ".9em"];

/** The stage: slides or step, whichever moved last; one result at a time. */
export class Stage {
  constructor(root) {
    this.root = root;
    this.card = 0;
    addEventListener("keydown", (event) => {
      if (event.key === "ArrowRight" || event.key === "PageDown") this.turn(1);
      if (event.key === "ArrowLeft" || event.key === "PageUp") this.turn(-1);
    });
    addEventListener("resize", () => this.fit());
    this.stayAwake();
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  dress() {
    const now = [...this.root.querySelectorAll("#now [data-phase]")];
    const steps = now.map(({ id, dataset }) => id + dataset.phase).join();
    const page = this.root.querySelector(".slides")?.dataset.page ?? "0";
    const asking = now.some(({ dataset }) => dataset.phase === "open");
    if (asking || this.steps === undefined || steps !== this.steps) this.focus("now");
    else if (page !== this.page && page !== "0") this.focus("slides");
    if (steps !== this.steps) this.card = 0;
    this.steps = steps;
    this.page = page;
    this.turn(0);
    this.fit();
  }

  /** What does not fit: the last ones stay in sight, words get smaller. */
  fit() {
    for (const list of this.root.querySelectorAll(".notes, .ideas")) {
      if (list.querySelector(".like")) continue;
      list.scrollTop = list.scrollHeight;
      list.classList.toggle("deep", list.scrollTop > 0);
    }
    for (const cloud of this.root.querySelectorAll(".cloud")) {
      for (const size of SIZES) {
        cloud.style.fontSize = size;
        if (cloud.scrollHeight <= cloud.clientHeight) break;
      }
    }
  }

  focus(what) {
    this.root.dataset.focus = what;
  }

  turn(by) {
    const cards = [...this.root.querySelectorAll("[data-card]")];
    this.card = Math.max(0, Math.min(cards.length - 1, this.card + by));
    cards.forEach((card, place) => {
      card.hidden = place !== this.card;
    });
  }

  async stayAwake() {
    try {
      if (!document.hidden) await navigator.wakeLock?.request("screen");
    } catch {
      // A battery that is low decides otherwise.
    }
  }
}
