// The draft of a programme: drawn to scale, moved by key and by drag. Without it, the form does all.
import { Announcer } from "./lib/announce.js";
import { Drag } from "./lib/grid-drag.js";
import { scale } from "./lib/grid-scale.js";
import { Moves } from "./lib/grid-moves.js";

const root = document.querySelector("#grid");
const announcer = new Announcer(document.querySelector("#voice"));
const moves = new Moves(root, announcer, dress);

function dress() {
  root.querySelector("#keys")?.removeAttribute("hidden");
  scale(root);
}

dress();
new Drag(root, moves, Number(root.dataset.step));
addEventListener("resize", () => scale(root));
