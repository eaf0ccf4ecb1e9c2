// Another device leads too: a one-time link, shown where it was asked for, gone once it was used.
export function listenInvitation(root, announcer) {
  const form = root.querySelector("[data-invite]");
  const place = root.querySelector("[data-invitation]");
  let before = 0;

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new FormData(form);
    body.set(event.submitter.name, event.submitter.value);
    before = consoles();
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (!answer.ok) throw new Error(answer.status);
      place.innerHTML = await answer.text();
      place.querySelector("input")?.select();
    } catch {
      tell(place.dataset.failed);
    }
  });

  root.addEventListener("dressed", () => {
    if (!place.querySelector(".invitation") || consoles() <= before) return;
    tell(place.dataset.paired);
    announcer.say(place.dataset.paired);
  });

  function tell(sentence) {
    const text = document.createElement("p");
    text.className = "receipt";
    text.textContent = sentence;
    place.replaceChildren(text);
  }

  function consoles() {
    return Number(root.querySelector("#session-room").dataset.consoles ?? 1);
  }
}
