// What I did here: forms filled again, receipts, my own contributions among the others.
import { fill } from "./forms.js";
import { repeat } from "./repeat.js";
import { say } from "./words.js";

export class Mine {
  constructor(root, outbox, drafts, link) {
    this.root = root;
    this.outbox = outbox;
    this.drafts = drafts;
    this.link = link;
    this.runs = {};
    this.known = new WeakSet();
    this.asked = new Set();
  }

  replace(runs) {
    this.runs = runs ?? {};
    this.dress();
  }

  merge(runs) {
    Object.assign(this.runs, runs);
    this.dress();
  }

  /** Everything on screen that depends on me, again. */
  dress() {
    for (const form of this.root.querySelectorAll("form[data-do][data-form]")) {
      this.fill(form);
      this.receipt(form);
    }
    for (const place of this.root.querySelectorAll("[data-answer]")) {
      const [last] = this.kept(place.dataset.answer, place).slice(-1);
      repeat(place, last?.answer ?? last);
    }
    for (const list of this.root.querySelectorAll("[data-mine]")) this.list(list);
    for (const list of this.root.querySelectorAll("[data-marks]")) this.mark(list);
    for (const place of this.root.querySelectorAll("[data-if-mine]")) this.reveal(place);
  }

  /** What is known of me only once the results are shown: ask for it then. */
  reveal(place) {
    const { run, ifMine: key } = place.dataset;
    const own = this.runs[run];
    place.hidden = !own?.[key];
    if (!own || key in own || this.asked.has(run)) return;
    this.asked.add(run);
    this.link.send({ mine: 1 });
  }

  /** My last answer to what this form asks: the one on its way, else the one that was kept. */
  answer(form) {
    const own = this.pending(form).map((act) => act.frame);
    return [...this.kept(form.dataset.run, form), ...own].pop();
  }

  /** What is on the server's disk of mine, of the question that `place` is about. */
  kept(run, place) {
    return (this.runs[run]?.answers ?? []).filter((body) => suits(place, body));
  }

  pending(form) {
    return this.outbox.waiting().filter((act) => act.form === form.dataset.form);
  }

  fill(form) {
    if (!this.known.has(form)) {
      this.known.add(form);
      if (this.drafts.restore(form)) return;
    }
    if ("adds" in form.dataset || "dirty" in form.dataset) return;
    if (form.contains(document.activeElement) && document.activeElement.type !== "submit") return;
    const answer = this.answer(form);
    if (!answer) return;
    fill(form, answer);
    const order = answer.answer?.order ?? answer.order;
    if (order) form.dispatchEvent(new CustomEvent("ordered", { detail: order }));
  }

  /** "Vote recorded. Changed twice, counted once." and the button that says what it will do. */
  receipt(form) {
    const place = form.querySelector("[data-receipt]");
    const button = form.querySelector("button.go");
    const answered = !("adds" in form.dataset) && Boolean(this.answer(form));
    if (button?.dataset.again) {
      button.dataset.first ??= button.textContent;
      write(button, answered ? button.dataset.again : button.dataset.first);
    }
    if (!place) return;
    const [head, tail, pending] = this.state(form, answered);
    place.hidden = !head;
    place.classList.toggle("pending", pending);
    const [strong, rest] = place.firstElementChild.children;
    write(strong, head);
    write(rest, tail);
  }

  state(form, answered) {
    const waits = this.pending(form);
    if (waits.length) {
      if (waits.every((act) => act.held)) return [say("held"), say("whenon"), true];
      const safe = waits.every((act) => act.safe !== false);
      if (this.link.state === "live" || this.link.state === "polling") return [say("sent"), "", true];
      return [say("offline"), safe ? say("kept") : say("notkept"), true];
    }
    if (!answered || "dirty" in form.dataset) return ["", "", false];
    const run = this.runs[form.dataset.run];
    const changes = run?.changed?.[form.dataset.question] ?? run?.changes ?? 0;
    const heads = this.runs[""]?.heads ?? 1;
    const saved = form.dataset.saved || say("saved");
    const head = heads > 1 ? `${saved} ${say("counted", { n: heads })}` : saved;
    const changed = changes ? say(form.dataset.changed || "changed", { n: changes }) : "";
    return [head, [changed, sentence(this.answer(form).state)].filter(Boolean).join(" "), false];
  }

  /** The texts I gave to a run, those on their way included. */
  list(list) {
    const { mine: run } = list.dataset;
    const kept = (this.runs[run]?.answers ?? []).map((body) => [body.text, false, fate(run, body)]);
    const acts = this.outbox.waiting().filter(({ frame }) => frame.run === list.dataset.mine);
    const going = acts.filter(({ frame }) => frame.text).map(({ frame }) => [frame.text, true]);
    const items = [...kept, ...going];
    const same = JSON.stringify(items);
    if (list.dataset.same === same) return;
    list.dataset.same = same;
    list.replaceChildren(...items.map((one) => item(...one)));
    list.hidden = !items.length;
    if (list.previousElementSibling?.matches("[data-mine-title]")) {
      list.previousElementSibling.hidden = !items.length;
    }
  }

  /** My own contributions and my likes, among everybody's. */
  mark(list) {
    const run = list.dataset.marks;
    const { answers = [], likes = [] } = this.runs[run] ?? {};
    const key = (id) => `${run}:item:${id}`; // of the fragment that shows it
    const own = new Set(answers.map(({ id }) => key(id)));
    const liked = new Set(likes.map(key));
    for (const { frame } of this.outbox.waiting()) {
      if (frame.do === "like" && frame.run === run) toggle(liked, key(frame.idea ?? frame.card));
    }
    for (const element of list.querySelectorAll("[data-within]")) {
      element.classList.toggle("own", own.has(element.id));
      element.classList.toggle("liked", liked.has(element.id));
      const like = element.querySelector(".like");
      like?.setAttribute("aria-pressed", String(liked.has(element.id)));
      if (like) like.disabled = own.has(element.id);
    }
  }
}

function suits(form, body) {
  return !form.dataset.question || body.question === form.dataset.question;
}

/** "awaiting review" → "Awaiting review." */
function sentence(state) {
  const words = state ? say(state) : "";
  return words && `${words[0].toUpperCase()}${words.slice(1)}.`;
}

function toggle(set, key) {
  if (!set.delete(key)) set.add(key);
}

/** What became of a contribution that is not shown to all; once it is, it is among the others. */
function fate(run, { id, state }) {
  return state && !document.getElementById(`${run}:item:${id}`) ? say(state) : "";
}

function item(text, pending, told = "") {
  const element = document.createElement("li");
  const words = document.createElement("span");
  words.textContent = text;
  if (told) words.append(Object.assign(document.createElement("small"), { textContent: told }));
  element.append(words);
  element.className = pending ? "pending" : "";
  if (pending) element.title = say("sent");
  return element;
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}
