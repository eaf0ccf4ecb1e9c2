// Keyboard shortcuts of the console and the stage; "?" lists them.

/** Click what carries the key's name (`data-key`), unless somebody is typing. */
export function listenKeys(root) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "f" && root.dataset.screen === "stage") return void toggleFull();
    const button = root.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!button || button.disabled || button.closest("[hidden]")) return;
    event.preventDefault();
    button.click();
    if (button.matches("summary")) button.focus();
  });
}

function typing(element) {
  return element.matches?.("input:not([type=radio], [type=checkbox]), textarea, select");
}

function toggleFull() {
  if (document.fullscreenElement) document.exitFullscreen();
  else document.documentElement.requestFullscreen?.();
}
