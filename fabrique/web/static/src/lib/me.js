// What concerns me whatever is open: my hand, the time I need, how many we are at this screen.
import { say } from "./words.js";

export class Me {
  constructor(root, mine, outbox, announcer) {
    Object.assign(this, { root, mine, outbox, announcer });
    this.place = root.querySelector("#me");
    this.hand = this.place.querySelector("[data-hand]");
    this.hand.addEventListener("click", () => this.raise());
    this.place.addEventListener("change", ({ target }) => {
      if (target.name === "allowance") outbox.ask("allow", "", { percent: Number(target.value) });
    });
  }

  /** What the room knows of me, and what I have just asked. */
  get state() {
    const { hand = false, floor = false, allowance = 0, heads = 1 } = this.mine.runs[""] ?? {};
    const asked = { hand, floor, percent: Math.round(allowance * 100), heads };
    for (const { frame } of this.outbox.waiting()) {
      if (frame.do === "hand") asked.hand = frame.on;
      if (frame.do === "allow") asked.percent = frame.percent;
    }
    return asked;
  }

  raise() {
    const on = !this.state.hand;
    if (!this.outbox.ask("hand", "", { on })) return;
    this.announcer.say(say(on ? "handup" : "handdown"));
    this.dress();
  }

  dress() {
    const { hand, floor, percent, heads } = this.state;
    this.hand.toggleAttribute("data-up", hand);
    this.root.toggleAttribute("data-pen", this.mine.runs[""]?.scribe === true);
    this.hand.querySelector("span").textContent = say(hand ? "lower" : "raise");
    const told = this.place.querySelector("[data-floor]");
    if (floor && told.hidden) this.announcer.say(told.textContent);
    told.hidden = !floor;
    const box = this.place.querySelector(`[name=allowance][value="${percent}"]`);
    if (box) box.checked = true;
    this.count(heads);
  }

  count(heads) {
    const behind = this.place.querySelector("[data-behind]");
    behind.hidden = heads < 2;
    behind.textContent = say("behind", { n: heads });
    const several = this.place.querySelector("[data-several]");
    const field = several.querySelector("[name=heads]");
    if (document.activeElement !== field && heads > 1) field.value = heads;
    several.hidden = this.answered();
  }

  answered() {
    return Object.entries(this.mine.runs).some(([run, own]) => run && own.answers?.length);
  }
}
