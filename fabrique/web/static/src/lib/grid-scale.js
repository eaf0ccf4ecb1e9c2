// Each column of the grid to scale: an hour is as high everywhere, what clashes stands side by side.
const HOUR = 84; // pixels
const WIDE = matchMedia("(min-width: 60rem)");

export function scale(root) {
  const rooms = root.querySelector(".rooms");
  if (!rooms) return;
  rooms.classList.toggle("scaled", WIDE.matches);
  const opens = Number(rooms.dataset.opens);
  const closes = Number(rooms.dataset.closes);
  const high = (minutes) => `${(minutes * HOUR) / 60}px`;
  rooms.style.setProperty("--hour", `${HOUR}px`);
  rooms.style.setProperty("--tall", high(closes - opens));
  for (const slot of rooms.querySelectorAll(".slot")) {
    const { minute, minutes, lane, lanes } = slot.dataset;
    slot.style.setProperty("--at", high(Number(minute) - opens));
    slot.style.setProperty("--long", high(Math.min(Number(minutes), closes - Number(minute))));
    slot.style.setProperty("--left", `${(100 * Number(lane)) / Number(lanes)}%`);
    slot.style.setProperty("--width", `${100 / Number(lanes)}%`);
  }
  draw(rooms.querySelector(".axis"), opens, closes, high);
}

function draw(axis, opens, closes, high) {
  axis.textContent = "";
  for (let at = opens; at <= closes; at += 60) {
    const line = document.createElement("li");
    line.textContent = `${String((at / 60) % 24).padStart(2, "0")}:00`;
    line.style.setProperty("--at", high(at - opens));
    axis.append(line);
  }
}

/** The minute of the day at a height of a column, on the step. */
export function minuteAt(column, y, step) {
  const { opens } = column.closest(".rooms").dataset;
  const from = y - column.getBoundingClientRect().top;
  return Number(opens) + Math.max(0, Math.round(((from / HOUR) * 60) / step) * step);
}
