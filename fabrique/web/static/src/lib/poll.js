// Where WebSocket is blocked: the same acts by POST, the same views by asking now and then.
import { setClock } from "./clock.js";

const LOOKED = 2500;
const HIDDEN = 15_000;
// Sent away for a reason that may pass: no hurry to knock again.
export const KNOCK = { locked: 20_000, expelled: 30_000 };
const PATIENCE = 15_000; // a request that takes longer is lost

export class Poll {
  constructor(link) {
    this.link = link;
    this.running = false;
    this.queue = [];
    this.epoch = "";
  }

  start() {
    if (this.running) return;
    this.running = true;
    this.epoch = "";
    this.ask();
  }

  stop() {
    this.running = false;
    clearTimeout(this.timer);
  }

  send(frame) {
    if ("snapshot" in frame) this.epoch = "";
    if ("op" in frame) {
      this.queue.push(frame);
      this.post();
    }
    return this.running;
  }

  async post() {
    if (this.posting || !this.queue.length) return;
    this.posting = true;
    const ops = this.queue.splice(0);
    const { token, screen, lang } = this.link.me;
    try {
      const answer = await this.fetch("/ops", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ token, screen, lang, ops }),
      });
      answer.replies?.forEach((reply) => this.link.emit("ack" in reply ? "ack" : "no", reply));
      this.soon(0);
    } catch {
      this.link.become("offline"); // the outbox sends them again when the line is back
    }
    this.posting = false;
    this.post();
  }

  async ask() {
    if (!this.running) return;
    const { token, screen, group, lang } = this.link.me;
    const [epoch, after] = this.link.at() ?? ["", 0];
    const query = new URLSearchParams({ screen, group, lang, epoch: this.epoch && epoch, after });
    try {
      const headers = { Authorization: `Bearer ${token}` };
      const answer = await this.fetch(`/view?${query}`, { headers });
      if (answer.bye) return this.away(answer.bye);
      this.receive(answer);
    } catch (error) {
      this.link.become(error.status === 403 ? "stale" : "offline");
    }
    this.soon(document.hidden ? HIDDEN : LOOKED);
    return undefined;
  }

  /** Not let in, or taken out: say so, and knock again after a while. */
  away(why) {
    if (!this.running) return;
    this.epoch = "";
    this.link.become(why);
    this.soon(KNOCK[why]);
  }

  receive(answer) {
    if (!this.running) return;
    setClock(answer.now);
    const back = this.link.state !== "polling";
    this.link.become("polling");
    if (back || this.epoch !== answer.epoch) this.link.emit("welcome", answer);
    else if (answer.mine) this.link.emit("mine", answer);
    this.epoch = answer.epoch;
    if (answer.set) this.link.emit("set", answer);
  }

  soon(wait) {
    clearTimeout(this.timer);
    if (this.running) this.timer = setTimeout(() => this.ask(), wait);
  }

  async fetch(path, options) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), PATIENCE);
    try {
      const { signal } = abort;
      const response = await fetch(this.link.path + path, { cache: "no-store", signal, ...options });
      if (!response.ok) throw Object.assign(new Error(path), { status: response.status });
      return await response.json();
    } finally {
      clearTimeout(timer);
    }
  }
}
