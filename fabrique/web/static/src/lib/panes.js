// One part of a page at a time, where there is no room for all: the buttons that turn to another.

/** Turn to a part of the page; styles hide the others on narrow screens alone. */
export function turnTo(root, pane) {
  root.dataset.pane = pane;
  for (const button of root.querySelectorAll(".panes > button")) {
    if (button.dataset.pane === pane) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
}

/** Start with one part; a button turns to another. */
export function listenPanes(root, first) {
  turnTo(root, first);
  root.querySelector(".panes").addEventListener("click", ({ target }) => {
    const button = target.closest("[data-pane]");
    if (!button) return;
    turnTo(root, button.dataset.pane);
    scrollTo(0, 0);
  });
}

/** Turn the page until something that was asked for by its key can be seen. */
export function uncover(root, element) {
  const { pane } = root.dataset;
  for (const button of root.querySelectorAll(".panes > button")) {
    if (element.getClientRects().length) return;
    turnTo(root, button.dataset.pane);
  }
  if (!element.getClientRects().length) turnTo(root, pane);
}
