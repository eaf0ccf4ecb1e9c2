// From a touch to an act: forms and buttons marked `data-do` ask something of the room.
import { exclude, miscounted, missing, read, untouched } from "./forms.js";
import { confirmed } from "./sure.js";
import { say } from "./words.js";

export function listenActs(root, { outbox, drafts, mine, announcer }) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-do]");
    if (!form) return;
    event.preventDefault();
    submit(form);
  });

  root.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-do]");
    if (!button || button.getAttribute("aria-disabled") === "true") return;
    const { do: verb, run, body, sure } = button.dataset;
    if (sure && !confirmed(button, sure, event)) return;
    const why = standing(button, run);
    if (why) return void announcer.say(why);
    if (outbox.ask(verb, run, body ? JSON.parse(body) : {}) && button.dataset.told) {
      announcer.say(button.dataset.told);
    }
  });

  root.addEventListener("input", (event) => {
    const form = event.target.form;
    if (!form?.dataset.do) return;
    exclude(event.target);
    complain(form, "brief" in event.target.dataset && wordy(event.target.value) ? say("long") : "");
    touched(form);
  });

  root.addEventListener("touched", (event) => touched(event.target));

  function touched(form) {
    form.dataset.dirty = "";
    drafts.keep(form);
    mine.receipt(form);
  }

  function submit(form) {
    const why = standing(form, form.dataset.run);
    if (why) {
      complain(form, why);
      return;
    }
    const lacking = missing(form);
    if (lacking) {
      complain(form, form.dataset.lacking || say("needed"));
      lacking.focus();
      return;
    }
    const many = miscounted(form);
    if (many) {
      complain(form, many);
      announcer.say(many);
      return;
    }
    const { do: verb, run } = form.dataset;
    const act = outbox.ask(verb, run, read(form), form.dataset.form ?? "");
    if (!act) return;
    drafts.drop(form);
    delete form.dataset.dirty;
    if ("adds" in form.dataset) empty(form);
    if (form.dataset.told) announcer.say(form.dataset.told);
    mine.dress();
    form.dispatchEvent(new CustomEvent("asked", { bubbles: true }));
  }
}

/** Why nothing is taken now on this phone: the room is paused, or its own time is up. */
function standing(element, run) {
  if (!run || element.closest("[data-room]").dataset.screen !== "phone") return "";
  if (element.closest("[data-paused]")) return say("paused");
  return element.closest("[data-time-up]") ? say("timeup") : "";
}

/** A word of more than three words, or of thirty characters, is accepted with a remark. */
function wordy(text) {
  return text.trim().split(/\s+/).length > 3 || text.length > 30;
}

/** Say by the form what is wrong with it, nothing when `text` is empty; whether it has a place. */
export function complain(form, text) {
  const place = form.querySelector("[data-complaint]");
  if (!place) return false;
  place.hidden = !text;
  place.firstElementChild.textContent = text;
  return true;
}

/** Clear what was typed for the next idea; what was chosen stays chosen. */
function empty(form) {
  for (const control of form.elements) {
    if (control.type === "text" || control.type === "textarea") control.value = "";
  }
  if (!untouched(form)) form.dataset.dirty = "";
  form.querySelector("textarea, input[type=text]")?.focus();
}
