// Between a form and the body of an act. A control's name is the path of its value
// ("answer.choice"), its `data-as` says what kind of value: number, numbers, text or words.

/** Read what a form holds; `words` left empty are left out. */
export function read(form) {
  const body = {};
  for (const [path, kind, controls] of fields(form)) {
    const value = VALUES[kind](controls);
    if (value !== undefined) put(body, path, value);
  }
  return body;
}

const VALUES = {
  text: ([control]) => control.value.trim(),
  one: (controls) => chosen(controls)[0],
  words: ([control]) => control.value.trim() || undefined,
  number: (controls) => {
    const [value] = chosen(controls);
    return value === undefined || value === "" ? null : Number(value);
  },
  numbers: (controls) => chosen(controls).filter(Boolean).map(Number),
};

/** Show in a form what was answered before. */
export function fill(form, body) {
  for (const [path, , controls] of fields(form)) {
    const value = get(body, path);
    if (controls[0].type === "hidden") continue;
    for (const control of controls) show(control, value);
  }
}

function show(control, value) {
  if (control.type === "radio" || control.type === "checkbox") {
    control.checked = holds(control.value, value);
  } else {
    control.value = value ?? "";
  }
}

/** Nothing chosen, said on purpose, is the control whose value is empty. */
function holds(own, value) {
  if (value === undefined) return false;
  if (Array.isArray(value)) return own === "" ? !value.length : value.includes(Number(own));
  return own === "" ? value === null : value === own || value === Number(own);
}

/** Whether what must be given is given; the first control to go to if not. */
export function missing(form) {
  for (const [, kind, controls] of fields(form)) {
    if (!("needed" in controls[0].dataset)) continue;
    const given = kind === "text" ? controls[0].value.trim() : chosen(controls).length;
    if (!given) return controls[0];
  }
  return null;
}

/** What the form says of how many options it takes, when others than so many are ticked. */
export function miscounted(form) {
  const hint = form.querySelector("[data-least]");
  const ticked = form.querySelectorAll("input[type=checkbox]:checked:not([data-alone])").length;
  if (!hint || !ticked) return ""; // one that goes alone, or none on purpose, is always enough
  const { least, most } = hint.dataset;
  return ticked < Number(least) || (most && ticked > Number(most)) ? hint.textContent : "";
}

/** Whether anything was typed or chosen. */
export function untouched(form) {
  return [...fields(form)].every(
    ([, , controls]) =>
      controls[0].type === "hidden" || controls.every((c) => (isTick(c) ? !c.checked : !c.value.trim())),
  );
}

/** Options that exclude each other: whoever ticks one unticks the others. */
export function exclude(input) {
  if (input.type !== "checkbox" || !input.checked) return;
  const alone = "alone" in input.dataset;
  for (const other of input.form.querySelectorAll("input[type=checkbox]")) {
    if (other.name === input.name && other !== input && (alone || "alone" in other.dataset)) {
      other.checked = false;
    }
  }
}

function* fields(form) {
  const groups = new Map();
  for (const control of form.elements) {
    if (!control.name || !control.dataset.as || control.disabled) continue;
    if (!groups.has(control.name)) groups.set(control.name, []);
    groups.get(control.name).push(control);
  }
  for (const [path, controls] of groups) yield [path, controls[0].dataset.as, controls];
}

function chosen(controls) {
  const ticked = controls.filter((control) => !isTick(control) || control.checked);
  return ticked.map((control) => control.value);
}

function isTick(control) {
  return control.type === "radio" || control.type === "checkbox";
}

function get(body, path) {
  return path.split(".").reduce((value, key) => value?.[key], body);
}

function put(body, path, value) {
  const keys = path.split(".");
  const last = keys.pop();
  const place = keys.reduce((inner, key) => (inner[key] ??= {}), body);
  place[last] = value;
}
