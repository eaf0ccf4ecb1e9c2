// The screen as fragments: put, morphed, moved and dropped as the hub says (docs/live-protocol.md).
import { Idiomorph } from "idiomorph";
import { hash } from "./chance.js";

const TYPED = new Set(["value", "checked"]);
const GIVEN = new Set(["tabindex", "role", "draggable", "aria-pressed"]); // by the browser's own code

const ACT = ["do", "run", "body", "sure"];

const callbacks = {
  // What the browser writes itself is not the server's to change, nor a question half answered.
  beforeNodeMorphed: (old, fresh) =>
    !(isLocal(old) && isLocal(fresh)) && !(old.dataset?.asked && isSameAct(old, fresh)),
  // Fragments come and go by their own key.
  beforeNodeRemoved: (node) => !node.dataset || !("within" in node.dataset),
  beforeAttributeUpdated: (name, element, change) =>
    !(
      name === "open" ||
      (TYPED.has(name) && element.type !== "hidden") ||
      (GIVEN.has(name) && change === "remove")
    ),
};

export class Screen {
  constructor(root, seed) {
    this.root = root;
    this.seed = seed;
    this.keys = new Set();
    this.seq = 0;
  }

  /** Apply a view frame; false when it does not follow what is on screen. */
  apply({ seq, from, set = {}, drop = [] }) {
    if (from !== 0 && from !== this.seq) return false;
    const gone = from === 0 ? [...this.keys].filter((key) => !(key in set)) : drop;
    gone.forEach((key) => this.drop(key));
    const news = Object.entries(set).map(([key, html]) => this.put(key, html));
    this.seq = seq;
    this.root.removeAttribute("aria-busy");
    return from === 0 ? [] : news.filter(Boolean);
  }

  drop(key) {
    document.getElementById(key)?.remove();
    this.keys.delete(key);
  }

  /** Put one fragment; give the sentence it has to say, if that is news. */
  put(key, html) {
    const fresh = parse(html);
    const { within, rank } = fresh.dataset;
    const old = document.getElementById(key);
    const list = (within && document.getElementById(within)) || this.root;
    const said = old?.dataset.say;
    // What has no list of its own stays where the page has put it.
    const settled = old && (!within || (old.parentNode === list && old.dataset.rank === rank));
    if (old) Idiomorph.morph(old, fresh, { morphStyle: "outerHTML", callbacks });
    const element = old ?? fresh;
    if (!settled) this.place(element, list);
    this.keys.add(key);
    return element.dataset.say === said ? "" : element.dataset.say?.trim();
  }

  place(element, list) {
    const focused = element.contains(document.activeElement) ? document.activeElement : null;
    const rank = this.rank(element, list);
    const after = [...list.children].find(
      (other) => other !== element && "rank" in other.dataset && this.rank(other, list) > rank,
    );
    list.insertBefore(element, after ?? null);
    focused?.focus({ preventScroll: true });
  }

  /** In a list with `data-order="mine"` everybody has an order of their own. */
  rank(element, list) {
    if (list.dataset.order === "mine") return hash(`${this.seed}/${element.id}`);
    return Number(element.dataset.rank);
  }
}

function isLocal(node) {
  return node.dataset !== undefined && "local" in node.dataset;
}

/** Two buttons that would do the same. */
function isSameAct(one, other) {
  return ACT.every((name) => one.dataset[name] === other.dataset[name]);
}

function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}
