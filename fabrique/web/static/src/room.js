// A screen of the room: phone, stage or console. What is on it comes from the hub.
import { listenActs, complain } from "./lib/acts.js";
import { listenConsole, Stage } from "./lib/animation.js";
import { Announcer } from "./lib/announce.js";
import { Board } from "./lib/board.js";
import { runClock, showTimes } from "./lib/clock.js";
import { Drafts } from "./lib/drafts.js";
import { showKept } from "./lib/kept.js";
import { listenKeys } from "./lib/keys.js";
import { showLine } from "./lib/line.js";
import { Link } from "./lib/link.js";
import { Mine } from "./lib/mine.js";
import { Outbox, wrote } from "./lib/outbox.js";
import { Screen } from "./lib/patch.js";
import { setUpRankings } from "./lib/ranking.js";
import { Steps } from "./lib/steps.js";
import { Store } from "./lib/store.js";

const root = document.querySelector("[data-room]");
const { room: code, token, screen: role, seat } = root.dataset;
const seed = seat || "nobody";
const place = root.querySelector("#screen");
const store = new Store(`fabrique.${code}.${seat}.`);
const screen = new Screen(place, seed);
const announcer = new Announcer(root.querySelector("#voice"));

let epoch = null;
const link = new Link({
  code,
  token,
  screen: role,
  lang: document.documentElement.lang,
  at: () => epoch && [epoch, screen.seq],
});
const outbox = new Outbox(store, link, { keeps: role === "phone" });
const drafts = new Drafts(store);
const mine = new Mine(root, outbox, drafts, link);
const steps = new Steps(root, mine);
const board = new Board(root, outbox);
const stage = role === "stage" ? new Stage(root) : null;

/** All that the browser alone knows, again, after every change. */
function dress() {
  setUpRankings(root, { seed, announcer });
  mine.dress();
  steps.dress();
  board.dress();
  root.dataset.stage = root.querySelector("#session-head").dataset.stage ?? "waiting";
  stage?.dress();
  showTimes(root);
}

link.addEventListener("welcome", ({ detail }) => {
  if (epoch !== detail.epoch) screen.seq = 0;
  epoch = detail.epoch;
  mine.replace(detail.mine);
  steps.dress();
});

link.addEventListener("set", ({ detail }) => {
  const news = screen.apply(detail);
  if (!news) return link.send({ snapshot: 1 });
  dress();
  const last = news.pop();
  if (last) announcer.say(last, { later: true });
  return undefined;
});

for (const event of ["ack", "mine"]) {
  link.addEventListener(event, ({ detail }) => {
    mine.merge(detail.mine);
    steps.dress();
  });
}

outbox.addEventListener("settled", ({ detail: act }) => {
  const form = act.form && root.querySelector(`[data-form="${CSS.escape(act.form)}"]`);
  const receipt = form && form.querySelector("[data-receipt]:not([hidden])");
  if (receipt) announcer.say(receipt.textContent.trim());
});

outbox.addEventListener("refused", ({ detail: { act, text } }) => {
  const form = act.form && root.querySelector(`[data-form="${CSS.escape(act.form)}"]`);
  if (form && !wrote(act.frame)) complain(form, text);
  announcer.say(text);
});

outbox.addEventListener("changed", () => {
  mine.dress();
  root.classList.toggle("sending", outbox.waiting().length > 0);
});

listenActs(root, { outbox, drafts, mine, announcer });
if (role !== "phone") listenKeys(root);
if (role === "console") listenConsole(root, outbox);
showKept(root.querySelector("#kept"), outbox, announcer);
showLine(root.querySelector("#line"), link, outbox, announcer);
runClock(root);
link.start();
