// Ideas that travel, on the console: what an idea may be put under, its theme, its past.

/** The words of a contribution, without what is said about it. */
export function text(item) {
  return item.querySelector(".led-words").firstChild.textContent.trim();
}

export function travel(sheet, item) {
  const past = sheet.querySelector("[data-past]");
  past.replaceChildren(...[...item.querySelectorAll(".past > li")].map((one) => one.cloneNode(true)));
  past.hidden = !past.children.length;
  const others = [...item.closest("[data-run]").querySelectorAll(".led")].filter((one) => one !== item);
  const near = sheet.querySelector("[data-near-list]");
  if (near) propose(near, item, others);
  const stack = sheet.querySelector("[data-stack]");
  if (stack) choose(stack.elements.onto, others);
  const theme = sheet.querySelector("[data-topic-form]");
  if (theme) name(theme, item, others);
}

/** Nearest first, at most three: proposals, to be judged by who leads. */
function propose(place, item, others) {
  const ids = JSON.parse(item.dataset.near);
  const found = ids.map((id) => others.find((one) => one.dataset.item === id)).filter(Boolean);
  place.hidden = !found.length;
  place.querySelector(".acts").replaceChildren(
    ...found.map((one) => {
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "act", textContent: text(one) });
      Object.assign(button.dataset, { ontoThis: one.dataset.item, told: place.dataset.told ?? "" });
      return button;
    }),
  );
}

function choose(select, others) {
  select.replaceChildren(
    ...others.map((one) => {
      const words = text(one);
      return new Option(words.length > 80 ? `${words.slice(0, 79)}…` : words, one.dataset.item);
    }),
  );
}

function name(form, item, others) {
  form.elements.namedItem("item").value = item.dataset.item;
  form.elements.theme.value = item.dataset.topic;
  const themes = new Set(others.map((one) => one.dataset.topic).filter(Boolean));
  form.querySelector("datalist").replaceChildren(...[...themes].map((one) => new Option(one)));
}
