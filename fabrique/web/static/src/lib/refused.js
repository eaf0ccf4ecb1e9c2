// What the room refused where no form is there to say it: in sight for a while, then gone.
const WHILE = 10_000;

export class Refused {
  constructor(place) {
    this.place = place;
  }

  say(text) {
    const words = Object.assign(document.createElement("p"), { textContent: text });
    this.told ??= Object.assign(document.createElement("div"), { className: "refusal" });
    this.told.replaceChildren(words);
    this.place.append(this.told);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.told.remove(), WHILE);
  }
}
