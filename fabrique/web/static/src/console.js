// What only a console does.
import { listenConsole } from "./lib/animation.js";
import { listenCopies } from "./lib/copy.js";
import { listenInvitation } from "./lib/invite.js";
import { listenKeys } from "./lib/keys.js";
import { Led } from "./lib/led.js";
import { Pictures } from "./lib/pictures.js";
import { listenPanes } from "./lib/panes.js";

const root = document.querySelector("[data-room]");
const { outbox, announcer } = root.room;
listenPanes(root, "now");
listenKeys(root);
new Led(root, root.room);
listenConsole(root, outbox);
listenInvitation(root, announcer);
listenCopies(root, announcer);
new Pictures(root, { announcer, media: root.querySelector("[data-media]").dataset.media, give });

/** A photo of a wall, a drawing: everybody finds it in the report. */
function give(_place, { src, small, alt }) {
  outbox.ask("note", "", { mark: "keep", image: { src, alt, ...(small && { small }) } });
}
