// Chapters beside a player: the one that is heard is marked; the clock that they follow is set by
// ear, or moved by the arrow keys, and heard before it is kept.
const PLACE = `heard:${location.pathname}`;

export function followChapters(player) {
  const all = [...document.querySelectorAll("[data-chapter]")];
  player.addEventListener("timeupdate", () => mark(player, all));
  const shift = document.querySelector("[data-shift]");
  shift?.addEventListener("input", () => preview(all, Number(shift.value) || 0));
  const heard = document.querySelector("[data-heard]");
  if (heard) {
    follow(player, heard);
  }
  stay(player);
}

function mark(player, all) {
  const now = player.currentTime * 1000 + 600; // a chapter is heard from half a second before
  const current = all.filter((one) => Number(one.dataset.at) <= now).at(-1);
  for (const one of all) {
    if (one === current) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}

/** Show where chapters would be, so that they are listened to before they are kept. */
function preview(all, seconds) {
  for (const one of all) {
    one.dataset.from ??= one.dataset.at;
    one.dataset.at = Math.max(0, Number(one.dataset.from) + seconds * 1000);
    one.querySelector("span").textContent = clock(one.dataset.at / 1000);
  }
}

/** The moment that is heard is written down as it goes, until somebody types another. */
function follow(player, heard) {
  let own = false;
  heard.addEventListener("input", () => {
    own = heard.value !== "";
  });
  player.addEventListener("timeupdate", () => {
    if (!own && document.activeElement !== heard) {
      heard.value = `${clock(player.currentTime)}.${Math.floor((player.currentTime * 10) % 10)}`;
    }
  });
}

/** A form that is sent leads back to the moment that was heard. */
function stay(player) {
  const kept = Number(sessionStorage.getItem(PLACE));
  sessionStorage.removeItem(PLACE);
  if (kept) {
    player.addEventListener("loadedmetadata", () => (player.currentTime = kept), { once: true });
    player.load();
  }
  document.querySelector("#clock")?.addEventListener("submit", () => {
    sessionStorage.setItem(PLACE, String(player.currentTime));
  });
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const two = (n) => String(n).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
