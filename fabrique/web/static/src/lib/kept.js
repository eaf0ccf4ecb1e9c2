// Texts the room refused stay with their author, who can copy them or let them go.
import { copy } from "./copy.js";
import { wrote } from "./outbox.js";
import { say } from "./words.js";

export function showKept(list, outbox, announcer) {
  outbox.addEventListener("changed", () => {
    const acts = outbox.refusals();
    const same = acts.map((act) => act.frame.op).join();
    if (list.dataset.same === same) return;
    list.dataset.same = same;
    list.replaceChildren(...acts.map((act) => entry(act)));
    list.hidden = !acts.length;
  });

  function entry({ frame, refused }) {
    const why = paragraph(refused.text || say("refused"));
    why.className = "soft";
    const words = paragraph(wrote(frame));
    words.className = "words";
    const acts = document.createElement("div");
    acts.className = "acts";
    acts.append(
      button(say("copy"), async (event) => {
        await copy(wrote(frame));
        event.target.textContent = say("copied");
        announcer.say(say("copied"));
      }),
      button(say("forget"), () => outbox.forget(frame.op)),
    );
    const element = document.createElement("li");
    element.append(why, words, acts);
    return element;
  }
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}

function button(text, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.className = "act";
  element.textContent = text;
  element.addEventListener("click", act);
  return element;
}
