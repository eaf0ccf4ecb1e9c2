// Drag as an extra: a name lifted from its table leads to the page that says what each place costs.
export class Carried {
  constructor(root) {
    this.root = root;
    root.addEventListener("dragstart", (event) => this.lift(event));
    root.addEventListener("dragover", (event) => this.over(event));
    root.addEventListener("drop", (event) => this.drop(event));
    root.addEventListener("dragend", () => this.let());
  }

  lift(event) {
    this.held = event.target.closest?.("[data-who]");
    if (!this.held) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.held.textContent);
  }

  place(event) {
    const table = this.held && event.target.closest?.("[data-table]");
    return table && !table.contains(this.held) ? table : null;
  }

  over(event) {
    const place = this.place(event);
    for (const one of this.root.querySelectorAll(".over")) one.classList.toggle("over", one === place);
    if (!place) return;
    place.classList.add("over");
    event.preventDefault();
  }

  drop(event) {
    if (!this.place(event)) return;
    event.preventDefault();
    location.assign(this.held.href);
  }

  let() {
    for (const one of this.root.querySelectorAll(".over")) one.classList.remove("over");
    this.held = null;
  }
}
