// Sends what is recorded, piece by piece, for as long as it takes: what the server has is never
// sent twice, what it has not is never dropped.
import { drop, keep, kept } from "./pieces.js";

const REST = [500, 1000, 2000, 4000, 8000]; // milliseconds between two tries
const LATEST = 15000; // milliseconds: a piece that takes longer is asked about

export class Sender {
  constructor(id, here, tell) {
    Object.assign(this, { id, here, tell, queue: [], next: 0, ended: false, busy: false });
    addEventListener("online", () => this.wake?.());
  }

  /** Find again what this browser kept, and what the server has. */
  async find() {
    this.queue = await kept(this.id).catch(() => []);
    const last = this.queue.at(-1);
    const told = await this.ask();
    this.next = Math.max(told?.received ?? 0, last ? last.at + last.blob.size : 0);
    this.ended = localStorage.getItem(`ended:${this.id}`) === "1";
    if (told?.received) {
      this.arrived(told.received);
    }
    this.pump();
  }

  /** Keep a piece, then send it; `began` is when its part began, for the first of a part. */
  async add(blob, began = 0) {
    const piece = { of: this.id, at: this.next, blob, began };
    this.next += blob.size;
    this.queue.push(piece);
    await keep(piece).catch(() => this.tell("short"));
    this.pump();
  }

  end() {
    this.ended = true;
    localStorage.setItem(`ended:${this.id}`, "1");
    this.pump();
  }

  get waiting() {
    return this.queue.reduce((sum, one) => sum + one.blob.size, 0);
  }

  async pump() {
    if (this.busy) return;
    this.busy = true;
    let tries = 0;
    while (this.queue.length || this.ended) {
      this.tell("sending");
      const said = this.queue.length ? await this.send(this.queue[0]) : await this.close();
      if (said.received !== undefined) this.arrived(said.received);
      if (said.whole) {
        localStorage.removeItem(`ended:${this.id}`);
        this.tell("arrived");
        break;
      }
      tries = said.ok ? 0 : tries + 1;
      if (!said.ok) {
        this.tell(said.why);
        await this.rest(REST[Math.min(tries, REST.length) - 1]);
      }
    }
    this.busy = false;
    if (!this.ended && !this.queue.length) this.tell("sent");
  }

  /** What the server has goes; a piece of which it has a part keeps its place. */
  arrived(received) {
    while (this.queue.length && this.queue[0].at + this.queue[0].blob.size <= received) {
      drop(this.id, this.queue.shift().at).catch(() => {});
    }
    this.received = received;
  }

  send(piece) {
    const from = Math.max(0, (this.received ?? piece.at) - piece.at);
    const part = from === 0 && piece.began ? `&ago=${Math.max(0, Date.now() - piece.began)}` : "";
    return this.post(`?at=${piece.at + from}${part}`, piece.blob.slice(from));
  }

  close() {
    return this.post(`?end=${this.next}`, "");
  }

  async post(query, body) {
    try {
      const signal = AbortSignal.timeout(LATEST + body.length / 10 || LATEST);
      const answer = await fetch(this.here + query, { method: "POST", body, signal });
      if (answer.ok || answer.status === 409) return { ok: answer.ok, why: "line", ...(await answer.json()) };
      return { ok: false, why: { 403: "barred", 507: "full" }[answer.status] ?? "line" };
    } catch {
      return { ok: false, why: "line" };
    }
  }

  async ask() {
    try {
      const answer = await fetch(`${this.here}.json`);
      return answer.ok ? await answer.json() : null;
    } catch {
      return null;
    }
  }

  rest(milliseconds) {
    return new Promise((resolve) => {
      this.wake = resolve;
      setTimeout(resolve, milliseconds);
    });
  }
}
