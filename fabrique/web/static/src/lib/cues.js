// The transcript by keyboard: from one moment to the next, heard and put right without a mouse.
const STEP = 5;

export function goThrough(list, player) {
  const cues = [...list.children];
  const here = () => cues.indexOf(document.activeElement?.closest("[data-cues] > li"));
  const go = (step) => {
    const cue = cues[Math.min(Math.max(here() + step, 0), cues.length - 1)];
    cue?.focus();
    cue?.scrollIntoView({ block: "nearest" });
  };
  const heard = () => {
    if (player) {
      player.paused ? player.play().catch(() => {}) : player.pause();
    }
  };
  const move = (step) => {
    if (player) {
      player.currentTime = Math.max(0, player.currentTime + step);
    }
  };
  const correct = () => {
    const summary = cues[here()]?.querySelector("[data-correct]");
    if (summary) {
      summary.parentElement.open = true;
      summary.parentElement.querySelector("textarea").focus();
    }
  };
  const acts = {
    j: () => go(1),
    k: () => go(-1),
    l: () => cues[here()]?.querySelector("[data-at]")?.click(),
    p: heard,
    e: correct,
    arrowleft: () => move(-STEP),
    arrowright: () => move(STEP),
  };
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("audio, summary") && !/^[a-z]$/i.test(event.key)) {
      return;
    }
    const act = acts[event.key.toLowerCase()];
    if (act && !event.ctrlKey && !event.metaKey && !event.altKey && !event.target.closest("input, textarea, select")) {
      event.preventDefault();
      act();
    }
  });
  list.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("textarea, input")) {
      event.preventDefault();
      event.target.form.querySelector("button[name=do]").click();
    } else if (event.key === "Escape" && event.target.matches("textarea, input")) {
      event.target.closest("[data-cues] > li").focus();
    }
  });
}

// A note taken while listening stands at the moment that is heard, on the clock of the recording.
export function noteTheMoment(field, player) {
  const removed = JSON.parse(field.dataset.clock || "[]");
  field.form.addEventListener("focusin", () => {
    if (!field.value && player.currentTime > 0) {
      let at = player.currentTime * 1000;
      for (const [start, end] of removed) {
        at += at >= start ? end - start : 0;
      }
      const seconds = Math.floor(at / 1000);
      const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
      const two = (n) => String(n).padStart(2, "0");
      field.value = hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
    }
  });
}
