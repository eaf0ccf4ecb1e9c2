// What only a big screen does.
import { Stage } from "./lib/animation.js";
import { listenKeys } from "./lib/keys.js";
import { listenThemes } from "./lib/themes.js";

const root = document.querySelector("[data-room]");
root.toggleAttribute("data-wall", new URLSearchParams(location.search).has("wall"));
const stage = new Stage(root);
listenKeys(root);
listenThemes(root, root.room.announcer);
root.addEventListener("dressed", () => stage.fit());
stage.fit();
