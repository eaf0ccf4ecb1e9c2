// What is being typed, kept on this device until it is sent.
import { fill, read, untouched } from "./forms.js";

export class Drafts {
  constructor(store) {
    this.store = store;
    this.timers = new Map();
  }

  keep(form) {
    const key = name(form);
    if (!key) return;
    clearTimeout(this.timers.get(key));
    this.timers.set(key, setTimeout(() => this.write(form, key), 300));
  }

  write(form, key) {
    if (untouched(form) && !form.querySelector("ol.rank")) this.store.remove(key);
    else this.store.set(key, read(form));
  }

  drop(form) {
    const key = name(form);
    if (!key) return;
    clearTimeout(this.timers.get(key));
    this.store.remove(key);
  }

  /** Put a draft back; true when there was one. */
  restore(form) {
    const draft = name(form) && this.store.get(name(form));
    if (!draft || typeof draft !== "object") return false;
    fill(form, draft);
    form.dataset.dirty = "";
    const order = draft.answer?.order ?? draft.order;
    if (order) form.dispatchEvent(new CustomEvent("ordered", { detail: order }));
    return true;
  }
}

function name(form) {
  return form.dataset.form ? `draft.${form.dataset.form}` : "";
}
