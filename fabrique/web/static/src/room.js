// A screen of the room: phone, stage or console. What is on it comes from the hub.
import { listenActs, complain } from "./lib/acts.js";
import { Announcer } from "./lib/announce.js";
import { Board } from "./lib/board.js";
import { runClock, showTimes } from "./lib/clock.js";
import { Dots } from "./lib/dots.js";
import { Drafts } from "./lib/drafts.js";
import { showKept } from "./lib/kept.js";
import { showLine } from "./lib/line.js";
import { Link } from "./lib/link.js";
import { Me } from "./lib/me.js";
import { Mine } from "./lib/mine.js";
import { listenNear } from "./lib/near.js";
import { Notes } from "./lib/notes.js";
import { Outbox, wrote } from "./lib/outbox.js";
import { Pace } from "./lib/pace.js";
import { Screen } from "./lib/patch.js";
import { setUpRankings } from "./lib/ranking.js";
import { Refused } from "./lib/refused.js";
import { Steps } from "./lib/steps.js";
import { Store } from "./lib/store.js";

const root = document.querySelector("[data-room]");
const { room: code, token, screen: role, seat } = root.dataset;
const seed = seat || "nobody";
const place = root.querySelector("#screen");
const store = new Store(`fabrique.${code}.${seat}.`);
const screen = new Screen(place, seed);
const announcer = new Announcer(root.querySelector("#voice"));

/** What a big screen is for: one wall, one group, or else what is on. */
function wanted(query) {
  return query.has("wall") ? `wall:${query.get("wall")}` : query.get("group") || "";
}

let epoch = null;
const link = new Link({
  code,
  token,
  screen: role,
  group: role === "stage" ? wanted(new URLSearchParams(location.search)) : "",
  lang: document.documentElement.lang,
  at: () => epoch && [epoch, screen.seq],
});
const outbox = new Outbox(store, link, { keeps: role === "phone" });
const drafts = new Drafts(store);
const mine = new Mine(root, outbox, drafts, link);
const steps = new Steps(root, mine);
const pace = new Pace(root, mine, steps);
const dots = new Dots(root, mine, outbox, announcer);
const board = new Board(root, outbox, dots);
const notes = new Notes(root);
const refused = new Refused(root.querySelector("#line"));
const me = role === "phone" ? new Me(root, mine, outbox, announcer) : null;

/** All that the browser alone knows, again, after every change. */
function dress() {
  setUpRankings(root, { seed, announcer });
  mine.dress();
  steps.dress();
  board.dress();
  notes.dress();
  dots.dress();
  pace.dress();
  const { stage: moment = "waiting", focus = "now" } = root.querySelector("#session-head").dataset;
  Object.assign(root.dataset, { stage: moment, focus });
  root.toggleAttribute("data-paused", root.querySelector("#session-paused[data-on]") !== null);
  outbox.hold("paused" in root.dataset);
  showTimes(root);
  root.dispatchEvent(new Event("dressed"));
}

/** What comes next begins at its top, unless somebody is typing elsewhere on the page. */
let before = "";
function turn() {
  const on = [...root.querySelectorAll("#now > *")].map((one) => one.id + one.dataset.phase).join();
  if (before && on !== before && !document.activeElement.matches("textarea, input")) scrollTo(0, 0);
  before = on;
}

link.addEventListener("welcome", ({ detail }) => {
  if (epoch !== detail.epoch) screen.seq = 0;
  epoch = detail.epoch;
  mine.replace(detail.mine);
  steps.dress();
  pace.dress();
  me?.dress();
});

link.addEventListener("set", ({ detail }) => {
  const news = screen.apply(detail);
  if (!news) return link.send({ snapshot: 1 });
  dress();
  if (role === "phone") turn();
  const last = news.pop();
  if (last) announcer.say(last, { later: true });
  return undefined;
});

for (const event of ["ack", "mine"]) {
  link.addEventListener(event, ({ detail }) => {
    mine.merge(detail.mine);
    steps.dress();
    pace.dress();
    dots.dress();
    me?.dress();
  });
}

outbox.addEventListener("settled", ({ detail: act }) => {
  const form = act.form && root.querySelector(`[data-form="${CSS.escape(act.form)}"]`);
  // Once what came with the acknowledgement is merged: the receipt is written from it.
  queueMicrotask(() => {
    const receipt = form && form.querySelector("[data-receipt]:not([hidden])");
    if (receipt) announcer.say(receipt.textContent.trim());
  });
});

outbox.addEventListener("refused", ({ detail: { act, text } }) => {
  const form = act.form && root.querySelector(`[data-form="${CSS.escape(act.form)}"]`);
  announcer.say(text);
  if (wrote(act.frame)) return; // kept, and said with the words
  if (form && complain(form, text)) steps.back(form);
  else refused.say(text);
});

outbox.addEventListener("changed", () => {
  mine.dress();
  pace.dress();
  dots.dress();
  me?.dress();
  root.classList.toggle("sending", outbox.waiting().length > 0);
});

listenActs(root, { outbox, drafts, mine, announcer });
listenNear(root);
showKept(root.querySelector("#kept"), outbox, announcer);
showLine(root.querySelector("#line"), link, outbox, announcer);
runClock(root, announcer, () => mine.runs[""]?.allowance ?? 0);
root.room = { code, outbox, announcer }; // for the scripts that only one screen has
link.start();
