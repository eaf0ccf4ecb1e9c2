// A questionnaire on a phone: one question at a time, those that do not concern me left out.

import { say } from "./words.js";

const END = ""; // where one is after the last question

export class Steps {
  constructor(root, mine) {
    this.root = root;
    this.mine = mine;
    this.at = new Map(); // run → id of the question on screen
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("asked", (event) => this.answered(event.target));
  }

  dress() {
    for (const sheet of this.root.querySelectorAll("[data-sheet]")) this.show(sheet);
  }

  show(sheet, go = null) {
    const asked = this.asked(sheet);
    if (!asked.length) return;
    const run = sheet.dataset.sheet;
    const wanted = go ?? this.at.get(run) ?? this.first(asked);
    let place = asked.findIndex((section) => section.dataset.question === wanted);
    const end = wanted === END;
    if (place < 0 && !end) place = 0;
    this.at.set(run, end ? END : asked[place].dataset.question);
    for (const section of sheet.querySelectorAll(".question")) {
      section.hidden = end || section !== asked[place];
    }
    this.navigation(sheet, asked.length, end ? asked.length : place);
  }

  /** A device that comes back goes to the first question it has not answered. */
  first(asked) {
    const open = asked.find((section) => !this.mine.answer(section.querySelector("form")));
    return open ? open.dataset.question : END;
  }

  /** Come back to a question that the room refused: what is wrong is said there. */
  back(form) {
    const section = form.closest(".question");
    const sheet = form.closest("[data-sheet]");
    if (!sheet || !section.hidden || !this.asked(sheet).includes(section)) return;
    this.show(sheet, section.dataset.question);
    section.querySelector("h2").focus();
  }

  navigation(sheet, size, place) {
    const end = place === size;
    const bar = sheet.querySelector("progress");
    bar.max = size;
    bar.value = place;
    sheet.querySelector("[data-progress]").textContent = end
      ? say("allseen")
      : say("question", { n: place + 1, size });
    sheet.querySelector("[data-end]").hidden = !end;
    sheet.querySelector("[data-step='-1']").disabled = place === 0;
    sheet.querySelector("[data-step='1']").disabled = end;
  }

  /** The questions that my answers so far call for. */
  asked(sheet) {
    const choices = new Map();
    return [...sheet.querySelectorAll(".question")].filter((section) => {
      const { question, showIf, choice } = section.dataset;
      const shown = !showIf || (choices.get(showIf) ?? []).some((one) => JSON.parse(choice).includes(one));
      const form = section.querySelector("form");
      choices.set(question, shown ? (this.mine.answer(form)?.answer?.choice ?? []) : []);
      return shown;
    });
  }

  click(event) {
    const button = event.target.closest("button[data-step]");
    if (button) this.go(button.closest("[data-sheet]"), Number(button.dataset.step));
  }

  answered(form) {
    const sheet = form.closest("[data-sheet]");
    if (sheet) this.go(sheet, 1);
  }

  go(sheet, by) {
    const asked = this.asked(sheet);
    const now = this.at.get(sheet.dataset.sheet);
    const place = now === END ? asked.length : asked.findIndex((s) => s.dataset.question === now);
    const next = Math.max(0, Math.min(asked.length, place + by));
    this.show(sheet, next === asked.length ? END : asked[next].dataset.question);
    const title = sheet.querySelector(".question:not([hidden]) h2, [data-end]:not([hidden]) h2");
    title?.focus();
    sheet.scrollIntoView({ block: "nearest" });
  }
}
