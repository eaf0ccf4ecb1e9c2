"""In how many ways a page may have to look: schemes, contrasts, widths."""

from itertools import product

WIDTHS = (320, 768, 1920)
CALM = {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"}
# What the reader's system asks of a page.
ASKED = {
    "light": CALM,
    "dark": CALM | {"color_scheme": "dark"},
    "contrast": CALM | {"contrast": "more"},
    "dark contrast": CALM | {"color_scheme": "dark", "contrast": "more"},
    "forced": CALM | {"color_scheme": "dark", "forced_colors": "active"},
}
LOOKS = (
    *product(("light", "dark", "contrast"), WIDTHS),
    *product(("dark contrast", "forced"), (320,)),
)
# A big screen has its own look, chosen on it; in the dark house by itself.
THEMES = {"light": "light", "contrast": "contrast"}
# Where a narrow page shows one part at a time, each look has another.
DRESS = """([theme, turn]) => {
  const panes = [...document.querySelectorAll(".panes [data-pane]")];
  if (panes.length) document.body.dataset.pane = panes[turn % panes.length].dataset.pane;
  if (!document.body.matches(".stage")) return;
  if (theme) document.body.dataset.theme = theme;
  else delete document.body.dataset.theme;
}"""


def show(page, look, width):
    """Make the page look so."""
    page.emulate_media(**ASKED[look])
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate(DRESS, [THEMES.get(look), [*ASKED].index(look)])
