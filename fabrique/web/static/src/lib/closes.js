// A date in words: the server says which, this device how far it is.
import { serverNow } from "./clock.js";
import { say } from "./words.js";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Keep every `[data-closes]` (milliseconds) saying how long is left; its last day is marked. */
export function showCloses(root) {
  for (const place of root.querySelectorAll("[data-closes]")) {
    const ms = Number(place.dataset.closes) - serverNow();
    const said = place.querySelector("[data-closes-in]");
    const text = ms > 0 ? left(ms, place.dataset) + elsewhere(place.dataset) : "";
    if (said.textContent !== text) said.textContent = text;
    place.classList.toggle("last-day", ms > 0 && ms < DAY);
  }
}

function left(ms, { closes, zone }) {
  const words = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: "auto" });
  const days = dayOf(Number(closes), zone) - dayOf(serverNow(), zone);
  if (days > 0) return words.format(days, "day");
  if (ms >= HOUR) return words.format(Math.floor(ms / HOUR), "hour");
  return words.format(Math.ceil(ms / MINUTE), "minute");
}

/** Where the clocks of this device say another hour, whose hour it is. */
function elsewhere({ closes, zone }) {
  const hour = { dateStyle: "short", timeStyle: "short" };
  const [here, there] = [undefined, zone].map((timeZone) =>
    new Intl.DateTimeFormat("fr", { ...hour, timeZone }).format(Number(closes)),
  );
  return here === there ? "" : ` · ${say("clocks", { zone: zone.split("/").pop().replace(/_/g, " ") })}`;
}

/** Days count as on the wall of the house: two nights are two days. */
function dayOf(at, timeZone) {
  const iso = new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);
  return Date.parse(`${iso}T00:00:00Z`) / DAY;
}
