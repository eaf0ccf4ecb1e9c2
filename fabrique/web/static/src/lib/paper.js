// Paper in: each line typed or pasted becomes a note of the wall, with the keyboard alone.

export function listenPaper(root, { outbox, announcer }) {
  root.addEventListener("submit", (event) => {
    const form = event.target.closest("form[data-paper]");
    if (!form) return;
    event.preventDefault();
    put(form);
  });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || !event.target.matches("form[data-paper] textarea")) return;
    event.preventDefault();
    put(event.target.form);
  });

  function put(form) {
    const field = form.querySelector("textarea");
    const column = Number(form.querySelector("select")?.value ?? 0);
    const lines = field.value.split("\n").map((line) => line.trim()).filter(Boolean);
    for (const text of lines) outbox.ask("paper", form.dataset.run, { text, column });
    field.value = "";
    field.focus();
    if (lines.length) announcer.say(form.dataset.told);
  }
}
