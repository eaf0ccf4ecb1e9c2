// The editor of a running order: a live screen like the others, whose fragments are forms.
import { complain, listenActs } from "./lib/acts.js";
import { Announcer } from "./lib/announce.js";
import { showCloses } from "./lib/closes.js";
import { listenCopies } from "./lib/copy.js";
import { Drafts } from "./lib/drafts.js";
import { Editor } from "./lib/editor.js";
import { Items } from "./lib/editor-items.js";
import { Pictures } from "./lib/pictures.js";
import { Order } from "./lib/editor-order.js";
import { Preview } from "./lib/editor-preview.js";
import { showLine } from "./lib/line.js";
import { Link } from "./lib/link.js";
import { Mine } from "./lib/mine.js";
import { Outbox } from "./lib/outbox.js";
import { Refused } from "./lib/refused.js";
import { Screen } from "./lib/patch.js";
import { Store } from "./lib/store.js";
import { say } from "./lib/words.js";

const root = document.querySelector("[data-room]");
const { room: code, token } = root.dataset;
const starters = JSON.parse(root.dataset.starters);
const store = new Store(`fabrique.${code}.prepare.`);
const screen = new Screen(root.querySelector("#screen"), "");
const announcer = new Announcer(root.querySelector("#voice"));

let epoch = null;
const lang = document.documentElement.lang;
const at = () => epoch && [epoch, screen.seq];
const link = new Link({ code, token, screen: "prepare", lang, at });
const outbox = new Outbox(store, link);
const refused = new Refused(root.querySelector("#line"));
const preview = new Preview(root, code);
const editor = new Editor(root, { outbox, link, store });
const order = new Order(root, { outbox, announcer, editor, preview, starters: starters.steps });
new Items(root, { editor, starters: starters.things });
new Pictures(root, {
  announcer,
  media: root.dataset.media,
  give: (set, image) => editor.put(set, JSON.parse(set.dataset.picture), image),
});

link.addEventListener("welcome", ({ detail }) => {
  if (epoch !== detail.epoch) screen.seq = 0;
  epoch = detail.epoch;
});

link.addEventListener("set", ({ detail }) => {
  if (!screen.apply(detail)) return link.send({ snapshot: 1 });
  editor.dress();
  order.dress();
  preview.refresh();
  showCloses(root);
  const title = root.querySelector(`#studio-head [data-path='["title"]']`);
  if (title) root.querySelector("h1").textContent = JSON.parse(title.dataset.value);
  return undefined;
});

outbox.addEventListener("settled", ({ detail }) => {
  if (detail.form.startsWith("edit")) announcer.say(say("savednow"), { later: true });
  // A move shows here before the room has drawn it; taken back in the same breath, it leaves the
  // room as it was, with nothing to tell.
  if (detail.frame.do === "order.undo") link.send({ snapshot: 1 });
});
outbox.addEventListener("refused", ({ detail: { act } }) => {
  if (act.frame.do === "order.move") link.send({ snapshot: 1 });
});

// What is set for the whole session — its date, who was invited — is asked as on the console.
const drafts = new Drafts(store);
listenActs(root, { outbox, drafts, mine: new Mine(root, outbox, drafts, link), announcer });
outbox.addEventListener("refused", ({ detail: { act, text } }) => {
  const form = act.form && root.querySelector(`form[data-form="${CSS.escape(act.form)}"]`);
  if (form) complain(form, text);
  else if (!act.form) refused.say(text); // what is typed is refused at its own field
});

listenCopies(root, announcer);

showLine(root.querySelector("#line"), link, outbox, announcer);
link.start();
