// While typing: what is already on this screen and looks alike. It proposes, nothing more.
const LEAST = 0.42;
const MOST = 3;
const ENOUGH = 8; // letters: shorter texts look like everything

export function listenNear(root) {
  root.addEventListener("input", ({ target }) => {
    const run = target.dataset?.near;
    if (run && target.matches("textarea")) show(root, run, target.value);
  });
  root.addEventListener("asked", ({ target }) => {
    const field = target.querySelector("textarea[data-near]");
    if (field) show(root, field.dataset.near, "");
  });
}

function show(root, run, text) {
  const place = root.querySelector(`[data-near-of="${run}"]`);
  const found = text.trim().length < ENOUGH ? [] : near(root, run, text);
  place.hidden = !found.length;
  place.querySelector("ul").replaceChildren(
    ...found.map((words) => Object.assign(document.createElement("li"), { textContent: words })),
  );
}

function near(root, run, text) {
  const own = letters(text);
  return [...root.querySelectorAll(`[id^="${run}:item:"] > span:first-child`)]
    .map((one) => one.firstChild.textContent.trim())
    .map((words) => [share(own, letters(words)), words])
    .filter(([likeness]) => likeness >= LEAST)
    .sort(([one], [other]) => other - one)
    .slice(0, MOST)
    .map(([, words]) => words);
}

/** Runs of three letters, without case, accents or punctuation. */
function letters(text) {
  const plain = text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ");
  const padded = ` ${plain.trim()} `;
  return new Set(Array.from({ length: Math.max(padded.length - 2, 0) }, (_, n) => padded.slice(n, n + 3)));
}

function share(one, other) {
  const both = [...one].filter((run) => other.has(run)).length;
  return one.size && other.size ? (2 * both) / (one.size + other.size) : 0;
}
