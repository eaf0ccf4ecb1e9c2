// The line to the hub: one socket that comes back by itself, or plain HTTP where sockets are blocked.
import { KNOCK, Poll } from "./poll.js";
import { setClock } from "./clock.js";

const WELCOME = 8000; // a socket that says nothing for so long is a blocked one
const ANSWER = 5000; // an act that hears nothing for so long was sent into a dead line
const PERIOD = { true: 10_000, false: 25_000 }; // heartbeats, by whether the tab is looked at
const SLEPT = 60_000;
const FIRST = 500;
const LONGEST = 10_000;
const FULL = ["full", "tabs"]; // farewells of a hub that is there, and lets in whoever comes later
const BLOCKED = 3; // sockets that never worked before we poll
const AGAIN = 60_000; // then a socket is tried now and then

export class Link extends EventTarget {
  constructor({ code, token, screen, group = "", lang, at }) {
    super();
    this.path = `/live/${encodeURIComponent(code)}`;
    this.me = { token, screen, group, lang };
    this.at = at; // gives [epoch, seq] of what is on screen, or null
    this.tries = 0;
    this.failures = 0;
    this.heard = 0;
    this.asked = 0; // when an act was sent, if nothing was heard since
    this.state = "connecting";
    this.poll = new Poll(this);
  }

  start() {
    setInterval(() => this.watch(), 1000);
    document.addEventListener("visibilitychange", () => this.looked());
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.lost());
    addEventListener("pagehide", () => this.socket?.close());
    addEventListener("pageshow", (event) => event.persisted && this.hurry());
    this.connect();
  }

  connect() {
    clearTimeout(this.retry);
    this.close();
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}${this.path}`);
    this.socket = socket;
    this.opened = Date.now();
    this.welcomed = false;
    this.farewell = null;
    this.asked = 0;
    socket.onopen = () =>
      this.send({ hello: 1, ...this.me, at: this.at(), visible: !document.hidden });
    socket.onmessage = (event) => socket === this.socket && this.receive(JSON.parse(event.data));
    socket.onclose = () => socket === this.socket && this.lost();
  }

  close() {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
  }

  /** Send now, if the line is up; the outbox keeps what was not acknowledged. */
  send(frame) {
    if (this.state === "polling") return this.poll.send(frame);
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    if ("op" in frame) this.asked ||= Date.now();
    return true;
  }

  receive(frame) {
    this.heard = Date.now();
    this.asked = 0;
    if ("beat" in frame) {
      setClock(frame.beat);
      this.send({ beat: 1 });
    } else if ("welcome" in frame) {
      this.welcome(frame);
    } else if ("bye" in frame) {
      this.farewell = frame.bye;
      this.emit("bye", frame);
    } else {
      this.emit(["ack", "no", "set", "mine"].find((key) => key in frame) ?? "set", frame);
    }
  }

  welcome(frame) {
    this.welcomed = true;
    this.worked = true;
    this.tries = 0;
    this.failures = 0;
    this.poll.stop();
    setClock(frame.now);
    this.become("live");
    this.emit("welcome", frame);
  }

  /** The line is gone: come back, a little later each time, never all at once. */
  lost() {
    this.close();
    const knock = KNOCK[this.farewell];
    if (knock) return this.away(this.farewell, knock);
    if (!this.welcomed && !this.farewell && navigator.onLine !== false) this.failures += 1;
    if (this.farewell === "token" || this.farewell === "protocol") return this.become("stale");
    const polls = this.failures >= BLOCKED;
    if (polls) this.poll.start();
    else this.become(FULL.includes(this.farewell) ? this.farewell : "offline");
    // Where sockets have worked before, a server that restarts is likelier than a wall.
    const walled = this.state === "polling" && !this.worked;
    const wait = walled ? AGAIN : Math.min(LONGEST, FIRST * 2 ** this.tries);
    this.tries += 1;
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
    return undefined;
  }

  away(why, wait) {
    this.farewell = null;
    this.become(why);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait * (0.5 + Math.random() / 2));
    return undefined;
  }

  /** Something says that it may work now. */
  hurry() {
    if (this.state === "live" || this.state === "stale") return;
    this.tries = 0;
    this.poll.soon(0);
    this.connect();
  }

  watch() {
    const now = Date.now();
    if (now - (this.watched ?? now) > SLEPT) this.woken();
    this.watched = now;
    if (!this.socket) return;
    const limit = this.welcomed ? 2.5 * PERIOD[!document.hidden] : WELCOME;
    const silent = now - Math.max(this.heard, this.opened) > limit;
    if (silent || (this.asked && now - this.asked > ANSWER)) this.lost();
  }

  looked() {
    if (this.state === "live") this.send({ visible: !document.hidden });
    else if (!document.hidden) this.hurry();
    this.heard = Date.now(); // another period begins
  }

  /** The tab slept: whatever came meanwhile was perhaps thrown away. */
  woken() {
    if (this.state === "live") this.send({ snapshot: 1 });
    else this.hurry();
  }

  become(state) {
    if (state === this.state) return;
    this.state = state;
    this.emit("state", { state });
  }

  emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
