// What an editor says beside its forms: saved or not, and what is wrong, at its field.
import { say } from "./words.js";

let named = 0; // places for complaints, each known by an id

/** Half of `Editor`: it reads `root`, `link` and `dirty`, and changes nothing that is kept. */
export class Shown {
  /** The entry for a place as ".step.questions[1].options[0]", as near as there is. */
  place(step, where, entries) {
    const wanted = [];
    for (const [, name, number] of where.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
      const list = number && this.list(step, wanted);
      wanted.push(list ? (list.children[Number(number)]?.dataset.item ?? "") : (name ?? number));
    }
    if (wanted[0] === "step") wanted.shift();
    const shared = ({ path }) => path.findIndex((key, at) => key !== wanted[at]);
    const depth = (entry) => (shared(entry) < 0 ? entry.path.length : shared(entry));
    const best = [...entries].sort((a, b) => depth(b) - depth(a))[0];
    return depth(best) || entries.length === 1 ? best : null;
  }

  list(step, wanted) {
    const path = JSON.stringify(wanted.filter((key, at) => at || key !== "step"));
    return this.form(step)?.querySelector(`[data-items='${CSS.escape(path)}'] > ol`);
  }

  complain(step, text) {
    const place = this.form(step)?.querySelector(":scope > [data-complaint]");
    if (!place) return;
    place.hidden = !text;
    place.firstElementChild.textContent = text;
  }

  /** Show at a control what is wrong with it, or that nothing is. */
  mark(control) {
    if (!control) return;
    const wrong = this.dirty.get(keyOf(control))?.wrong ?? "";
    const place = below(control);
    if (place) {
      place.hidden = !wrong;
      place.textContent = wrong;
      describe(control, wrong && (place.id ||= `wrong-${(named += 1)}`));
    }
    if (wrong) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
    if (wrong) control.closest("details:not([open])")?.setAttribute("open", "");
  }

  states() {
    for (const place of this.root.querySelectorAll("[data-saved]")) {
      const { step } = place.closest("[data-step]").dataset;
      const state = this.state(step);
      if (place.dataset.saved !== state) {
        place.dataset.saved = state;
        place.textContent = state && say(state);
      }
    }
  }

  state(step) {
    const entries = [...this.dirty.values()].filter((entry) => entry.step === step);
    const up = this.link.state === "live" || this.link.state === "polling";
    if (entries.some((entry) => entry.wrong)) return "towrong";
    if (entries.length) return up ? "sending" : "keptchange";
    return this.saved?.has(step) ? "savednow" : "";
  }

  form(step) {
    const is = `[data-step="${CSS.escape(step)}"]`;
    return this.root.querySelector(step ? `.step-form${is}` : `.studio-head${is}`);
  }

  control(step, path) {
    return this.form(step)?.querySelector(`[data-path='${CSS.escape(JSON.stringify(path))}']`);
  }
}

export function keyOf(control) {
  return `${stepOf(control)}\n${control.dataset.path}`;
}

export function stepOf(element) {
  return element.closest("[data-step]").dataset.step;
}

/** What is wrong is said after the hint that the form came with. */
function describe(control, wrong) {
  control.dataset.hint ??= control.getAttribute("aria-describedby") ?? "";
  const said = [control.dataset.hint, wrong].filter(Boolean).join(" ");
  if (said) control.setAttribute("aria-describedby", said);
  else control.removeAttribute("aria-describedby");
}

/** The place for complaints that follows a control, or what holds it. */
function below(control) {
  for (let at = control; at && !at.matches("[data-step]"); at = at.parentElement) {
    if (at.nextElementSibling?.matches("[data-wrong]")) return at.nextElementSibling;
  }
  return null;
}
