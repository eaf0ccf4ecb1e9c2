// Keeps a draft as it is typed; without this script, the button does.
const form = document.getElementById("draft");
const said = document.getElementById("saving");
const CALM = 1500;
const AGAIN = 5000;

if (form) {
  let timer = 0;
  let busy = false;
  let dirty = false;
  let stopped = false;
  let pressed = null;

  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(save, wait);
  };

  const save = async () => {
    if (busy || stopped || !dirty) return;
    busy = true;
    dirty = false;
    said.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      if (answer.ok) {
        form.elements.version.value = (await answer.json()).version;
        said.textContent = form.dataset.saved;
      } else if (answer.status < 500) {
        stopped = true;
        said.textContent = answer.status === 409 ? form.dataset.stale : form.dataset.refused;
      } else throw new Error("server");
    } catch {
      dirty = true;
      said.textContent = form.dataset.lost;
      later(AGAIN);
    }
    busy = false;
    if (pressed) form.requestSubmit(pressed);
    else if (dirty && !stopped) later(AGAIN);
  };

  form.addEventListener("input", () => {
    dirty = true;
    later(CALM);
  });
  addEventListener("online", save);
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (busy) {
      // The version that is on its way has to come back first.
      event.preventDefault();
      pressed = event.submitter;
      return;
    }
    stopped = true;
    dirty = false;
  });
  addEventListener("beforeunload", (event) => {
    if (dirty || busy) event.preventDefault();
  });
}
