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
// An address that ends with a sentence or a moment leads there, for screen readers too.
if (location.hash) {
  document.getElementById(location.hash.slice(1))?.focus({ preventScroll: true });
}
