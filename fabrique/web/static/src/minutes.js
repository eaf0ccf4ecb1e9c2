import { followAsking } from "./lib/asking.js";
import { goThrough, noteTheMoment } from "./lib/cues.js";
import { standBeside } from "./lib/beside.js";
import { followChapters } from "./lib/chapters.js";
import { followParts } from "./lib/parts.js";
import { followRecorder } from "./lib/recorder.js";
import { followRecording } from "./lib/recording.js";

// The desk by keyboard: from one sentence to the next, and what a person says of it.
const all = [...document.querySelectorAll("[data-sentence]")];
const typing = (node) => node.closest("input, textarea, select, [contenteditable]");
const here = () => all.indexOf(document.activeElement?.closest("[data-sentence]"));

function go(step) {
  const place = Math.min(Math.max(here() + step, 0), all.length - 1);
  all[place]?.focus();
  all[place]?.scrollIntoView({ block: "nearest" });
}

function press(key) {
  const control = all[here()]?.querySelector(`[data-key="${key}"]`);
  if (!control) {
    return;
  }
  control.click();
  if (control.matches("summary")) {
    control.parentElement.querySelector("textarea")?.focus();
  }
}

function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
    return;
  }
  const key = event.key.toLowerCase();
  const acts = { j: () => go(1), k: () => go(-1), a: () => press("a"), e: () => press("e"), r: () => press("r") };
  if (acts[key]) {
    event.preventDefault();
    acts[key]();
  }
}

if (all.length) {
  document.addEventListener("keydown", pressed);
}
// A moment is heard where a button names it, from half a second before.
const player = document.querySelector("[data-player]");
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-at]");
  if (button && player) {
    player.currentTime = Math.max(0, button.dataset.at / 1000 - 0.5);
    player.play().catch(() => {}); // whoever presses pause at once is in the right
  }
});
const spoken = document.querySelector("[data-spoken]");
if (spoken) {
  standBeside(spoken, player);
}
if (player) {
  followChapters(player);
}
const cues = document.querySelector("[data-cues]");
if (cues) {
  goThrough(cues, player);
}
const moment = document.querySelector("[data-clock]");
if (moment && player) {
  noteTheMoment(moment, player);
}
const asking = document.querySelector("[data-follow]");
if (asking) {
  followAsking(asking);
}
const box = document.querySelector("#recording");
if (box) {
  followRecording(box);
  followRecorder(box);
}
// An address that ends with a sentence or a moment leads there, for screen readers too.
if (location.hash) {
  const wanted = document.getElementById(location.hash.slice(1));
  if (wanted?.matches("details")) {
    wanted.open = true;
  }
  wanted?.focus({ preventScroll: true });
}
const parts = document.querySelector("[data-locks]");
if (parts) {
  followParts(parts.dataset.locks);
}
