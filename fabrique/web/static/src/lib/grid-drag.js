// Drag as an extra: onto an hour of a room, or back into the list.
import { minuteAt } from "./grid-scale.js";

export class Drag {
  constructor(root, moves, step) {
    Object.assign(this, { root, moves, step });
    root.addEventListener("dragstart", (event) => this.lift(event));
    root.addEventListener("dragover", (event) => this.over(event));
    root.addEventListener("drop", (event) => this.drop(event));
    root.addEventListener("dragend", () => this.let());
  }

  lift(event) {
    this.held = event.target.closest?.(".slot");
    if (!this.held) return;
    this.grip = this.held.matches("[data-minute]") ? event.clientY - this.held.getBoundingClientRect().top : 0;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.held.querySelector("b").textContent);
    this.held.classList.add("lifted");
  }

  place(event) {
    return this.held && event.target.closest?.(".scaled [data-drop], [data-drop=list]");
  }

  over(event) {
    const place = this.place(event);
    for (const one of this.root.querySelectorAll(".over")) one.classList.toggle("over", one === place);
    if (!place) return;
    place.classList.add("over");
    event.preventDefault();
  }

  drop(event) {
    const place = this.place(event);
    if (!place) return;
    event.preventDefault();
    const { item, minutes } = this.held.dataset;
    if (place.dataset.drop === "list") {
      this.moves.ask({ do: "unschedule", item });
      return;
    }
    const at = minuteAt(place, event.clientY - this.grip, this.step);
    const clock = `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
    const { room } = place.closest(".room").dataset;
    const { day } = place.closest(".rooms").dataset;
    this.moves.ask({ do: "place", item, day, clock, room, minutes });
  }

  let() {
    this.held?.classList.remove("lifted");
    for (const one of this.root.querySelectorAll(".over")) one.classList.remove("over");
    this.held = null;
  }
}
