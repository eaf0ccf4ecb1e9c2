// The server's clock decides; this device only knows by how much it differs.
import { say } from "./words.js";

let offset = 0;
let share = () => 0; // how much longer than others I have

const SAID = [60, 10]; // seconds left that are announced, once each
const LATE = 5; // seconds after which it is too late to announce them

export function setClock(now) {
  offset = now - Date.now();
}

export function serverNow() {
  return Date.now() + offset;
}

/** Keep every `<time data-since>` and `<time data-until>` (milliseconds) telling the truth. */
export function runClock(root, announcer, allowance) {
  share = allowance;
  const said = new Set();
  setInterval(() => {
    if (!document.hidden) showTimes(root);
    for (const time of root.querySelectorAll("time[data-from]")) announce(time, announcer, said);
  }, 1000);
}

export function showTimes(root) {
  for (const time of root.querySelectorAll("time[data-since], time[data-until]")) {
    const { since } = time.dataset;
    const ms = since ? serverNow() - Number(since) : left(time);
    const text = span(Math.max(0, Math.ceil(ms / 1000)));
    if (time.textContent !== text) time.textContent = text;
    if ("from" in time.dataset) end(time, ms <= 0);
  }
}

/** Milliseconds left on this screen: those who asked for it have longer. */
function left(time) {
  const until = Number(time.dataset.until);
  const longer = "from" in time.dataset ? share() * (until - Number(time.dataset.from)) : 0;
  return until + longer - serverNow();
}

/** Time is up here, while others may still have some. */
function end(time, over) {
  const article = time.closest("[data-run]");
  article.toggleAttribute("data-time-up", over);
  for (const place of article.querySelectorAll("[data-when-up]")) place.hidden = !over;
  time.parentNode.hidden = over;
}

/** A clock does not shout: two moments are said, if they were still to come when it started. */
function announce(time, announcer, said) {
  const ms = left(time);
  const length = Number(time.dataset.until) - Number(time.dataset.from);
  for (const seconds of SAID) {
    const key = `${time.dataset.until}/${seconds}`;
    const due = ms <= seconds * 1000 && ms > (seconds - LATE) * 1000 && length > seconds * 1500;
    if (!due || said.has(key)) continue;
    said.add(key);
    announcer.say(say(seconds === 60 ? "minute" : "seconds", { n: seconds }));
  }
}

function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}
