// A draft that somebody else makes: how far it is, and the page anew when it is there.
const EACH = 2000;

export function followAsking(box) {
  const bar = box.querySelector("[data-progress]");
  const look = async () => {
    try {
      const told = await (await fetch(box.dataset.follow, { headers: { Accept: "application/json" } })).json();
      if (told.state !== "waiting" && told.state !== "working") {
        location.reload();
        return;
      }
      bar.value = told.share;
    } catch {
      // the line broke: the next look comes
    }
    setTimeout(look, EACH);
  };
  setTimeout(look, EACH);
}
