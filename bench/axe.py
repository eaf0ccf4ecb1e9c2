"""axe-core over a page: every rule of WCAG 2.0 to 2.2, A and AA, and its best practices."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

SOURCE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """async (tags) => {
  const runOnly = { type: "tag", values: tags };
  // Where the system sets every colour, axe reads the page's own, which nobody sees.
  const enabled = !matchMedia("(forced-colors: active)").matches;
  const rules = { "color-contrast": { enabled } };
  const { violations } = await axe.run(document, { runOnly, rules, resultTypes: ["violations"] });
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, any }) => `${id}: ${target.join(" ")} ${any[0]?.message ?? ""}`));
}"""


def violations(page: Page) -> list[str]:
    """Give one line for each element that breaks a rule."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(SOURCE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(RUN, TAGS)
    return found
