// What only a console does.
import { listenConsole } from "./lib/animation.js";
import { listenInvitation } from "./lib/invite.js";
import { listenKeys } from "./lib/keys.js";
import { Led } from "./lib/led.js";
import { listenPanes } from "./lib/panes.js";

const root = document.querySelector("[data-room]");
const { outbox, announcer } = root.room;
listenPanes(root, "now");
listenKeys(root);
new Led(root, root.room);
listenConsole(root, outbox);
listenInvitation(root, announcer);
