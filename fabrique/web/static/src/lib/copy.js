// Words that go to the clipboard, from a button that says so.
import { say } from "./words.js";

const SAID = 4000; // milliseconds the button says that it is done

/** Buttons that hold what they copy; each says when it is done, to the eye and in a voice. */
export function listenCopies(root, announcer) {
  root.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    await copy(button.dataset.copy);
    button.dataset.words ??= button.textContent;
    button.textContent = say("copied");
    announcer.say(say("copied"));
    setTimeout(() => (button.textContent = button.dataset.words), SAID);
  });
}

/** Copy without the clipboard interface where it is missing: on plain http. */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const focused = document.activeElement;
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "said";
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
  focused?.focus();
  return undefined;
}
