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
const WALL_SIZES = ["1.6em", "1.4em", "1.2em", "1.05em"]; // words of a wall are never too small
const IDEA_SIZES = ["1.1em", "1em", ".95em"]; // of ideas between other things; never too small
const WALL = ":is(.board, .ideas, .paragraphs)";

/** The stage: all that it does by itself is to fill the wall, and to stay awake. */
export class Stage {
  constructor(root) {
    this.root = root;
    this.size = 0;
    addEventListener("resize", () => {
      this.size = 0;
      this.fit();
    });
    this.stayAwake();
    document.addEventListener("visibilitychange", () => this.stayAwake());
  }

  /** What does not fit: the last ones stay in sight, words get smaller. */
  fit() {
    if ("wall" in this.root.dataset) this.shrink();
    else this.root.querySelectorAll(".activity > .ideas").forEach(fitIdeas);
    for (const list of this.root.querySelectorAll(".notes, .ideas, [data-wall] .paragraphs")) {
      if (!("wall" in this.root.dataset) && list.querySelector(".like")) continue;
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

  /** A wall starts large; as it fills its words get smaller, all at once, and never grow again. */
  shrink() {
    const walls = [...this.root.querySelectorAll(WALL)];
    const full = () =>
      walls.some((wall) =>
        [wall, ...wall.querySelectorAll(".notes")].some((list) => list.scrollHeight > list.clientHeight + 1),
      );
    const set = () => walls.forEach((wall) => (wall.style.fontSize = WALL_SIZES[this.size]));
    set();
    while (full() && this.size < WALL_SIZES.length - 1) {
      this.size += 1;
      set();
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

/** Ideas that do not fit get smaller, so that a row holds one more; they never grow again. */
function fitIdeas(list) {
  if (list.closest(".table")) return;
  list.size ??= 0;
  list.style.fontSize = IDEA_SIZES[list.size];
  while (list.scrollHeight > list.clientHeight + 1 && list.size < IDEA_SIZES.length - 1) {
    list.size += 1;
    list.style.fontSize = IDEA_SIZES[list.size];
  }
}
