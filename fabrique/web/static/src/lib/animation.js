// What only the facilitator's screens do: go on to the next step, turn pages, fill a wall.

/** The console: close what is open, open what comes next; turn the pages of the slides. */
export function listenConsole(root, outbox) {
  root.addEventListener("click", (event) => {
    const next = event.target.closest("[data-next]");
    if (next) goOn(next.dataset.next, next.dataset.nextGroup);
    const turn = event.target.closest("[data-turn]");
    if (turn) {
      const page = Number(turn.dataset.page) + Number(turn.dataset.turn);
      if (page > 0 && page <= Number(turn.dataset.pages)) outbox.ask("show", turn.dataset.run, { page });
    }
  });

  function goOn(step, group) {
    for (const open of root.querySelectorAll("#now [data-phase=open]")) {
      outbox.ask("close", open.dataset.run, {});
    }
    outbox.ask("open", "", group ? { step, group } : { step });
  }

  // The next note is an ordinary one, unless its key says otherwise.
  root.addEventListener("asked", ({ target: form }) => {
    if (form.dataset.do === "note") form.elements.mark[0].checked = true;
  });
}

const SIZES = ["1.9em", "1.6em", "1.35em", "1.15em", "1em", ".9em"];

/** The stage: all that it does by itself is to fill the wall, and to stay awake. */
export class Stage {
  constructor(root) {
    this.root = root;
    addEventListener("resize", () => this.fit());
    this.stayAwake();
    document.addEventListener("visibilitychange", () => this.stayAwake());
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

  async stayAwake() {
    try {
      if (!document.hidden) await navigator.wakeLock?.request("screen");
    } catch {
      // A battery that is low decides otherwise.
    }
  }
}
