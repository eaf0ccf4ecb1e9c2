// Two people on one text see who is at which part. The page takes a part when somebody begins to
// type in it, renews it while they do, and shows where others are. It never touches what is typed.
const OFTEN = 15_000; // milliseconds between two questions
const ALIVE = 120_000; // after the last sign: somebody who went away leaves the part

export function followParts(address) {
  const all = [...document.querySelectorAll("[data-part]")];
  const state = { part: null, at: 0 };
  const sign = (event) => signed(event, state, () => ask(address, all, state));
  document.addEventListener("input", sign);
  document.addEventListener("focusin", sign);
  setInterval(() => document.hidden || ask(address, all, state), OFTEN);
}

function signed(event, state, changed) {
  const part = event.target.closest("[data-part]");
  if (!part || !event.target.matches("textarea, input:not([type=hidden]), select")) {
    return;
  }
  state.at = Date.now();
  if (state.part !== part.dataset.part) {
    state.part = part.dataset.part;
    changed();
  }
}

async function ask(address, all, state) {
  const body = new FormData();
  const alive = state.part !== null && Date.now() - state.at < ALIVE;
  if (alive) {
    body.set("section", state.part);
  }
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  const headers = { "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", body, headers }).catch(() => null);
  if (!answer?.ok) {
    return;
  }
  const { held, taken } = await answer.json();
  if (!taken) {
    state.part = null; // the next key asks again
  }
  for (const part of all) {
    show(part.querySelector("[data-lock]"), held[part.dataset.part]);
  }
}

function show(lock, said) {
  const words = lock.querySelector("[data-said]");
  if (said && words.textContent !== said) {
    words.textContent = said;
  }
  lock.hidden = !said;
}
