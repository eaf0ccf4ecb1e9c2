// What was said, beside the text: a source leads to its moment, and the moment that is heard shows.
export function standBeside(list, player) {
  const cues = [...list.children];
  document.addEventListener("click", (event) => {
    const number = event.target.closest("a[href]")?.hash.match(/^#t-(\d+)$/)?.[1];
    const cue = number && list.offsetParent && !list.contains(event.target) && document.getElementById(`c-${number}`);
    if (cue) {
      event.preventDefault();
      point(cues, cue);
      cue.focus({ preventScroll: true });
    }
  });
  player?.addEventListener("timeupdate", () => {
    const at = player.currentTime * 1000;
    const heard = cues.filter((cue) => Number(cue.dataset.from) <= at).pop();
    if (!player.paused && heard && !heard.matches("[aria-current]")) {
      point(cues, heard);
    }
  });
}

function point(cues, cue) {
  cues.forEach((one) => one.removeAttribute("aria-current"));
  cue.setAttribute("aria-current", "true");
  const list = cue.parentElement;
  // Only the list moves: the sentence that is being read stays where it is.
  list.scrollTop = cue.offsetTop - list.offsetTop - list.clientHeight / 3;
}
