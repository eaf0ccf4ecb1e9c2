// One polite voice for the whole page: short sentences, never a list, never a flood.
const PAUSE = 700;
const REST = 5000;

export class Announcer {
  constructor(region) {
    this.region = region;
    this.waiting = "";
    this.timer = null;
    this.answering = false;
    this.spoken = -REST;
  }

  /** Say what the person just did; `later` may wait for its turn, and only the last one is said. */
  say(text, { later = false } = {}) {
    // What comes by itself never talks over an answer to somebody.
    if (!text || (later && this.answering)) return;
    this.answering = !later;
    this.waiting = text;
    clearTimeout(this.timer);
    const rest = later ? this.spoken + REST - performance.now() : 0;
    this.timer = setTimeout(() => this.speak(), Math.max(PAUSE, rest));
  }

  speak() {
    this.answering = false;
    this.spoken = performance.now();
    // The same sentence twice is still news: an empty region first.
    this.region.textContent = "";
    requestAnimationFrame(() => {
      this.region.textContent = this.waiting;
    });
  }
}
