// The state of the line, said in one sentence; nothing while all is well.
import { say } from "./words.js";

const PATIENCE = 1500; // a cut shorter than this is nobody's business

export function showLine(place, link, outbox, announcer) {
  const text = document.createElement("p");
  text.hidden = true;
  place.append(text);
  let timer = null;

  const show = () => {
    clearTimeout(timer);
    for (const away of document.querySelectorAll("[data-away]")) {
      const here = away.dataset.away === link.state;
      if (here && away.hidden) announcer.say(away.textContent.trim());
      away.hidden = !here;
    }
    place.closest("[data-room]").dataset.line = link.state;
    const sentence = describe(link.state, outbox.waiting().length);
    if (sentence && text.hidden) timer = setTimeout(() => write(sentence), PATIENCE);
    else write(sentence);
  };

  const write = (sentence) => {
    if (text.textContent === sentence) return;
    if (sentence) announcer.say(sentence, { later: true });
    else if (!text.hidden) announcer.say(say("back"));
    text.textContent = sentence;
    text.hidden = !sentence;
  };

  link.addEventListener("state", show);
  outbox.addEventListener("changed", show);
  show();
}

function describe(state, waiting) {
  if (state === "live" || state === "polling") return "";
  if (state === "locked" || state === "expelled") return ""; // the screen says it whole
  if (["stale", "full", "tabs"].includes(state)) return say(state);
  if (waiting) return say("waiting", { n: waiting });
  return say(state === "connecting" ? "connecting" : "lost");
}
