// Between what a form shows and what a definition holds: one pair of functions a widget.

export class Wrong extends Error {}

const LINES = /\r?\n/;

/** The lines of a list as typed: neither empty ones nor spaces around. */
export function lines(text) {
  return text
    .split(LINES)
    .map((line) => line.trim())
    .filter(Boolean);
}

/** Read a control; null is "nothing here". Throws `Wrong` with the key of a sentence. */
export function read(control) {
  const value = READ[control.dataset.as](control);
  if (value === null && "needed" in control.dataset && !control.closest("[data-group]")) {
    throw new Wrong("missing");
  }
  return value;
}

const READ = {
  text: ({ value, dataset }) => value.trim() || ("optional" in dataset ? null : ""),
  long: ({ value }) => value.trim() || null,
  lines: ({ value, dataset }) => {
    const found = lines(value);
    return found.length || !("optional" in dataset) ? found : null;
  },
  number: ({ value }) => number(value),
  minutes: ({ value }) => {
    const found = number(value);
    return found === null ? null : Math.round(found * 60);
  },
  check: ({ checked }) => checked,
  choice: ({ value }) => value || null,
  picks: (set) => places(set, boxes(set), listed(set)),
  condition: (set) => {
    const { value: question } = set.querySelector("select");
    if (!question) return null;
    const then = set.querySelector(`[data-then="${CSS.escape(question)}"]`);
    const asked = set.closest("[data-items]").querySelector(`[data-item="${CSS.escape(question)}"]`);
    const choice = then ? places(set, boxes(then), asked?.querySelector("[data-as=lines]")) : [];
    return { question, choice };
  },
};

function number(text) {
  const plain = text.trim().replace(/[\s\u00a0\u202f]/g, "").replace(",", ".");
  if (!plain) return null;
  const found = Number(plain);
  if (!Number.isFinite(found)) throw new Wrong("notnumber");
  return found;
}

function boxes(place) {
  return [...place.querySelectorAll("input[type=checkbox]")];
}

/** The list into which picks point: the nearest of that name. */
function listed(set) {
  const own = set.closest("[data-item], [data-step]");
  return [...own.querySelectorAll("[data-as=lines]")].find(
    (one) => JSON.parse(one.dataset.path).at(-1) === set.dataset.of,
  );
}

/** Options are known by their words: where those that are ticked stand now. */
function places(_set, all, list) {
  const now = list ? lines(list.value) : all.map((box) => box.dataset.words);
  const same = now.length === all.length;
  const found = all.map((box, place) => {
    if (!box.checked) return -1;
    if (now[place] === box.dataset.words) return place;
    const moved = now.indexOf(box.dataset.words);
    return moved < 0 && same ? place : moved;
  });
  return [...new Set(found.filter((place) => place >= 0))].sort((a, b) => a - b);
}

/** Show in a control what the definition holds. */
export function show(control) {
  const { as, value = "null" } = control.dataset;
  if (as === "picks" || as === "condition") return showTicks(control);
  const held = JSON.parse(value);
  if (as === "check") control.checked = held;
  else control.value = written(as, held);
  return undefined;
}

function written(as, held) {
  if (held === null) return "";
  if (as === "lines") return held.join("\n");
  const comma = document.documentElement.lang === "fr" ? "," : ".";
  const plain = as === "minutes" ? Math.round((held / 60) * 100) / 100 : held;
  return typeof plain === "number" ? String(plain).replace(".", comma) : plain;
}

function showTicks(set) {
  for (const box of boxes(set)) box.checked = "on" in box.dataset;
  const select = set.querySelector("select");
  if (select) select.value = select.querySelector("[data-on]")?.value ?? "";
}
