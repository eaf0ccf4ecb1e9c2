// How this big screen looks: chosen on it, kept in its address, so that a reload looks the same.
const SHOWN = 4000; // a mouse that moves shows the menu for a while

export function listenThemes(root, announcer) {
  const menu = root.querySelector(".stage-menu");
  let timer = null;

  menu.addEventListener("click", ({ target }) => {
    const choice = target.closest("[data-theme-choice]");
    if (!choice) return;
    root.dataset.theme = choice.dataset.themeChoice;
    const address = new URL(location.href);
    address.searchParams.set("theme", root.dataset.theme);
    history.replaceState(null, "", address);
    announcer.say(choice.textContent);
    press();
  });

  menu.addEventListener("toggle", () => menu.open && menu.querySelector("[aria-pressed=true]").focus());

  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  addEventListener("pointermove", () => {
    menu.classList.add("awake");
    clearTimeout(timer);
    timer = setTimeout(() => menu.classList.remove("awake"), SHOWN);
  });

  function press() {
    for (const choice of menu.querySelectorAll("[data-theme-choice]")) {
      const on = choice.dataset.themeChoice === (root.dataset.theme ?? "dark");
      choice.setAttribute("aria-pressed", String(on));
    }
  }

  press();
}
