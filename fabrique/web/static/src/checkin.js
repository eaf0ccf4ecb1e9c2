// The door on a phone: what is ticked is kept here until the server says that it is written.
import { Store } from "./lib/store.js";

const door = document.querySelector("#door");
const list = document.querySelector("#door-list");
const line = document.querySelector("#door-line");
const count = document.querySelector("#door-count");
const search = document.querySelector("#door-search");
const missing = document.querySelector("#door-missing");
const walkIn = document.querySelector("#door-walk-in");
const { sync, token, key } = door.dataset;
const store = new Store(`door.${key}.`);
const OFTEN = 15_000;
const PATIENCE = 10_000; // a line may be dead without saying so
const SOON = 1500;
let sending = false;
let again = null;

const filled = (words, values) =>
  words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const kept = () =>
  store
    .keys()
    .map((id) => store.get(id))
    .filter(Boolean)
    .sort((a, b) => a.at.localeCompare(b.at) || a.order - b.order);

function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function keep(act, who, name = "") {
  const order = kept().length;
  const done = { id: newId(), act, who, name, at: new Date().toISOString(), order };
  store.set(done.id, done);
  show(who, act === "out" ? "confirmed" : "attended", name);
  tally();
  send();
  setTimeout(tell, SOON);
}

/** Say how much is still kept here. */
function tell() {
  const { length } = kept();
  if (length) say(filled(line.dataset.waiting, { n: length }));
}

function show(who, state, name = "") {
  const item = list.querySelector(`[data-who="${who}"]`) ?? added(who, name);
  const here = state === "attended";
  item.dataset.state = state;
  const button = item.querySelector("button");
  button.value = here ? "out" : "in";
  button.textContent = here ? door.dataset.out : door.dataset.in;
  button.classList.toggle("here", here);
  const said = here ? door.dataset.undo : door.dataset.do;
  button.setAttribute("aria-label", filled(said, { name: item.dataset.name }));
}

function added(who, name) {
  const item = document.createElement("li");
  item.dataset.who = who;
  item.dataset.name = name;
  const words = document.createElement("span");
  const strong = document.createElement("b");
  strong.textContent = name;
  words.append(strong);
  const button = document.createElement("button");
  button.className = "act tick";
  item.append(words, button);
  list.prepend(item);
  return item;
}

function tally() {
  const items = [...list.children];
  const came = items.filter((one) => one.dataset.state === "attended").length;
  const awaited = items.filter((one) => !["waiting", "offered"].includes(one.dataset.state)).length;
  count.textContent = filled(count.dataset.said, { came, awaited });
  sift();
}

function sift() {
  const plain = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(search.value).trim();
  for (const item of list.children) {
    const there = plain(item.dataset.name).includes(wanted);
    item.hidden = !there || (missing.checked && item.dataset.state === "attended");
  }
}

async function send() {
  if (sending) return;
  sending = true;
  clearTimeout(again);
  const acts = kept();
  const stop = new AbortController();
  const late = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const response = await fetch(sync, {
      method: "POST",
      signal: stop.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(acts),
    });
    if (!response.ok) throw new Error(String(response.status));
    settle(await response.json());
  } catch {
    tell();
  }
  clearTimeout(late);
  sending = false;
  again = setTimeout(send, OFTEN);
}

function settle({ replies, people }) {
  let refused = "";
  for (const reply of replies) {
    store.remove(reply.id);
    if (!reply.ok) refused = filled(line.dataset.refused, { text: reply.text });
  }
  const waiting = new Set(kept().map((act) => act.who));
  for (const { who, name, state } of people) if (!waiting.has(who)) show(who, state, name);
  say(refused);
  tally();
  if (waiting.size) queueMicrotask(send);
}

function say(words) {
  line.textContent = words;
  line.hidden = !words;
}

list.addEventListener("submit", (event) => event.preventDefault());
list.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  keep(button.value, button.closest("li").dataset.who);
});
walkIn.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = walkIn.elements.namedItem("name").value.trim();
  if (!name) return;
  keep("walk-in", newId(), name);
  walkIn.reset();
});
search.addEventListener("input", sift);
missing.addEventListener("change", sift);
addEventListener("online", send);
for (const { act, who, name } of kept()) show(who, act === "out" ? "confirmed" : "attended", name);
tally();
send();
