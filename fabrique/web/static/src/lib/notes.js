// What is written together, on a phone: my own paragraphs open in a sheet to be changed.
const WORDS = "[data-notes] .own > [role=button]";

export class Notes {
  constructor(root) {
    this.root = root;
    root.addEventListener("click", ({ target }) => {
      const words = target.closest(WORDS);
      if (words) this.open(words);
      else if (target.closest("[data-shut]")) this.close();
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      if ((event.key !== "Enter" && event.key !== " ") || !event.target.matches(WORDS)) return;
      event.preventDefault();
      this.open(event.target);
    });
    root.addEventListener("asked", ({ target }) => target === this.sheet && this.close());
  }

  dress() {
    for (const words of this.root.querySelectorAll("[data-notes] .paragraph > .words")) {
      const able = words.parentNode.classList.contains("own") && words.closest("[data-open]");
      if (Boolean(able) === words.hasAttribute("role")) continue;
      words.toggleAttribute("tabindex", Boolean(able));
      if (able) words.tabIndex = 0;
      if (able) words.setAttribute("role", "button");
      else words.removeAttribute("role");
    }
  }

  open(words) {
    const notes = words.closest("[data-notes]");
    this.words = words;
    this.sheet = notes.querySelector(".sheet");
    const { text } = this.sheet.elements;
    this.sheet.elements.namedItem("item").value = words.parentNode.id.slice(`${notes.dataset.notes}:item:`.length);
    text.value = words.textContent;
    this.sheet.hidden = false;
    text.focus();
  }

  close() {
    if (!this.sheet || this.sheet.hidden) return;
    this.sheet.hidden = true;
    this.words.focus();
  }
}
