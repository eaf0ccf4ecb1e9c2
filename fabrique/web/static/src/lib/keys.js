// Keyboard shortcuts of the console and the stage; "?" lists them.

import { uncover } from "./panes.js";

/** Click what carries the key's name (`data-key`), or go there to type; not while typing. */
export function listenKeys(root) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.repeat && !event.key.startsWith("Arrow")) return;
    if (event.key === "f" && root.dataset.screen === "stage") return void toggleFull();
    const key = `[data-key="${CSS.escape(event.key.toLowerCase())}"]`;
    // Two things may turn with the same arrow: the one that has the big screen does.
    const button = root.querySelector(`#${root.dataset.focus} ${key}`) ?? root.querySelector(key);
    if (!button || button.disabled || button.closest("[hidden]")) return;
    event.preventDefault();
    uncover(root, button.closest("label") ?? button);
    if (button.matches("input[type=text]")) return void button.focus();
    button.click();
    if (button.matches("summary")) button.focus();
    if (button.matches("input[type=radio]")) button.form.querySelector("input[type=text]").focus();
  });
}

function typing(element) {
  return element.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
}

/** Safari 15.4 has no full screen for a page: its key does nothing there. */
function toggleFull() {
  const page = document.documentElement;
  if (!page.requestFullscreen) return;
  if (page.matches(":fullscreen")) page.ownerDocument.exitFullscreen();
  else page.requestFullscreen();
}
