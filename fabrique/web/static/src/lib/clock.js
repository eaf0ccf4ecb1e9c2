// The server's clock decides; this device only knows by how much it differs.
let offset = 0;

export function setClock(now) {
  offset = now - Date.now();
}

export function serverNow() {
  return Date.now() + offset;
}

/** Keep every `<time data-since>` and `<time data-until>` (milliseconds) telling the truth. */
export function runClock(root) {
  setInterval(() => {
    if (!document.hidden) showTimes(root);
  }, 1000);
}

export function showTimes(root) {
  for (const time of root.querySelectorAll("time[data-since], time[data-until]")) {
    const { since, until } = time.dataset;
    const ms = until ? Number(until) - serverNow() : serverNow() - Number(since);
    const text = span(Math.max(0, Math.round(ms / 1000)));
    if (time.textContent !== text) time.textContent = text;
  }
}

function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  const rest = String(seconds % 60).padStart(2, "0");
  if (minutes < 60) return `${minutes}:${rest}`;
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}:${rest}`;
}
