// Groups that are composed: weights say their figure, a plan that is computed says how far it is, a
// name may be dragged onto another or onto a table. Without it, forms and links do all.
import { Carried } from "./lib/compose-drag.js";

const EVERY = 1000;

for (const one of document.querySelectorAll(".weight")) {
  const [range, output] = [one.querySelector("input"), one.querySelector("output")];
  range.addEventListener("input", () => { output.textContent = range.value; });
}

async function follow(bar) {
  try {
    const answer = await fetch(bar.dataset.state);
    const { busy, share } = await answer.json();
    if (!busy) {
      location.reload();
      return;
    }
    bar.value = share;
  } catch { /* the line comes back */ }
  setTimeout(follow, EVERY, bar);
}

async function called(screen) {
  try {
    const answer = await fetch(screen.dataset.state);
    const { number } = await answer.json();
    if (String(number) !== screen.dataset.number) location.reload();
  } catch { /* the line comes back */ }
  setTimeout(called, 2 * EVERY, screen);
}

const bar = document.querySelector("#share");
if (bar) follow(bar);
const screen = document.querySelector("#call");
if (screen) called(screen);
const tables = document.querySelector("#tables");
if (tables) new Carried(tables);
