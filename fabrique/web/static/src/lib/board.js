// Post-its: one sheet for all of them says what can be done with one.
const NOTE = "[data-board] .note > [role=button]";

export class Board {
  constructor(root, outbox, dots) {
    Object.assign(this, { root, outbox, dots });
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.press(event));
    root.addEventListener("dragstart", (event) => this.lift(event));
    root.addEventListener("dragover", (event) => this.column(event) && event.preventDefault());
    root.addEventListener("drop", (event) => this.drop(event));
  }

  /** Notes become buttons where something can be done with them: here, not in the fragment. */
  dress() {
    for (const board of this.root.querySelectorAll("[data-board][data-move]")) {
      const { move, likes, dotted } = board.dataset;
      for (const note of board.querySelectorAll(".note")) {
        const own = note.classList.contains("own");
        const able = move === "any" || own || likes !== undefined || dotted !== undefined;
        const words = note.firstElementChild;
        if (able === words.hasAttribute("tabindex")) continue;
        words.toggleAttribute("tabindex", able);
        if (able) words.tabIndex = 0;
        if (able) words.setAttribute("role", "button");
        else words.removeAttribute("role");
        note.draggable = move === "any" || own;
      }
    }
  }

  press(event) {
    if (event.key === "Escape") this.close();
    if (event.key !== "Enter" && event.key !== " ") return;
    if (!event.target.matches(NOTE)) return;
    event.preventDefault();
    this.open(event.target.parentNode);
  }

  click(event) {
    const note = event.target.closest(NOTE);
    const act = event.target.closest("[data-sheet-do]");
    if (note) this.open(note.parentNode);
    else if (act) this.act(act);
  }

  open(note) {
    const board = note.closest("[data-board]");
    const sheet = board.querySelector(".sheet");
    const own = note.classList.contains("own");
    this.note = note;
    sheet.querySelector("blockquote").textContent = note.firstElementChild.firstChild.textContent;
    for (const button of sheet.querySelectorAll("[data-sheet-do]")) {
      const { sheetDo: verb, column } = button.dataset;
      const movable = board.dataset.move === "any" || own;
      if (verb === "move") button.hidden = !movable || note.dataset.within.endsWith(`:c${column}`);
      if (verb === "like") {
        button.hidden = own;
        button.setAttribute("aria-pressed", String(note.classList.contains("liked")));
      }
    }
    sheet.hidden = false;
    sheet.querySelector("button:not([hidden])").focus();
  }

  act(button) {
    const { sheetDo: verb, column } = button.dataset;
    if (verb === "dots") this.dots.add(this.note, Number(button.dataset.by));
    else if (verb !== "close") this.ask(verb, this.note, column);
    this.close();
  }

  /** Put a note in another column: its author's act, or, on the console, the facilitator's. */
  put(note, column) {
    if (!note.classList.contains("led")) return this.ask("move", note, column);
    const { run } = note.closest("[data-run]").dataset;
    return this.outbox.ask("sort", run, { item: note.dataset.item, column: Number(column) });
  }

  ask(verb, note, column) {
    const { board } = note.closest("[data-board]").dataset;
    const card = note.id.slice(`${board}:item:`.length);
    this.outbox.ask(verb, board, verb === "move" ? { card, column: Number(column) } : { card });
  }

  close() {
    const sheet = this.root.querySelector(".sheet:not([hidden])");
    if (!sheet) return;
    sheet.hidden = true;
    this.note?.firstElementChild.focus();
  }

  lift(event) {
    const note = event.target.closest?.(".note");
    if (!note) return;
    this.held = note;
    event.dataTransfer.setData("text/plain", note.textContent);
    event.dataTransfer.effectAllowed = "move";
  }

  column(event) {
    const section = event.target.closest("[data-column]");
    return this.held && section?.closest(".board")?.contains(this.held) ? section : null;
  }

  drop(event) {
    const section = this.column(event);
    if (!section) return;
    event.preventDefault();
    const { column } = section.dataset;
    if (!this.held.dataset.within.endsWith(`:c${column}`)) this.put(this.held, column);
    this.held = null;
  }
}
