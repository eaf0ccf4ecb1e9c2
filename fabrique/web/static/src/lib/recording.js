// A recording on its way in: sent in pieces, so that what breaks goes on where it broke; then how
// far the sound is that the server makes of it.
const PIECE = 8 * 2 ** 20;
const OFTEN = 2000; // milliseconds between two questions
const TRIES = 5;

export function followRecording(box) {
  const form = box.querySelector("[data-announce], [data-go-on]");
  form?.addEventListener("submit", (event) => {
    event.preventDefault();
    begin(box, form);
  });
  if ("alone" in box.dataset) {
    return; // whoever only sends does not wait for the sound
  }
  box.addEventListener("arrived", () => wait(box));
  if (["waiting", "working"].includes(box.dataset.recording)) {
    wait(box);
  }
}

async function begin(box, form) {
  const file = form.querySelector("[data-file]").files[0];
  if (!file) {
    return;
  }
  const known = Number(box.dataset.size ?? 0);
  if (known && known !== file.size) {
    say(box, "other");
    return;
  }
  if (!known && !(await announced(form, file))) {
    return;
  }
  form.querySelector("button").disabled = true;
  await sendAll(box, file);
}

/** Say what will come; a refusal is shown by the page that a plain form leads to. */
async function announced(form, file) {
  form.elements.name.value = file.name;
  form.elements.size.value = file.size;
  const answer = await fetch(location.pathname, { method: "POST", body: new FormData(form) });
  if (answer.ok) {
    return true;
  }
  form.submit();
  return false;
}

async function sendAll(box, file) {
  const bar = box.querySelector("[data-progress]");
  bar.hidden = false;
  let at = (await asked(box))?.received ?? 0;
  let tries = 0;
  while (at < file.size) {
    const told = await piece(box, file, at);
    tries = told === null ? tries + 1 : 0;
    if (tries > TRIES) {
      say(box, "broken");
      return;
    }
    at = told?.received ?? (await asked(box))?.received ?? at;
    bar.value = at / file.size;
    if (told === null) {
      await new Promise((resolve) => setTimeout(resolve, OFTEN));
    }
  }
  location.reload();
}

/** Send one piece; null where the line or the server said no. */
async function piece(box, file, at) {
  try {
    const body = file.slice(at, at + PIECE);
    const answer = await fetch(`${box.dataset.here}?at=${at}`, { method: "POST", body });
    return answer.ok || answer.status === 409 ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function asked(box) {
  try {
    const answer = await fetch(`${box.dataset.here}.json`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

async function wait(box) {
  const bar = box.querySelector("[data-progress]");
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, OFTEN));
    const told = await asked(box);
    if (told && !["waiting", "working"].includes(told.state)) {
      location.reload();
      return;
    }
    bar.value = told?.share ?? bar.value;
  }
}

function say(box, what) {
  const line = box.querySelector("[data-said]");
  line.textContent = line.dataset[what];
}
