"""Which of our own sentences a page says, in which language: read from the catalog."""

import re
from functools import cache
from pathlib import Path

import polib

CATALOG = Path(__file__).parents[2] / "fabrique/locale/fr/LC_MESSAGES/django.po"
GAP = re.compile(r"\{[^{}]*\}|%\(\w+\)s")
# Every text that shows or is said, with the words of people left out.
SAID = """() => {
  const found = new Set();
  const keep = (text) => {
    if (/\\p{L}{3}/u.test(text ?? "")) found.add(text.trim().replace(/\\s+/g, " "));
  };
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const parent = texts.currentNode.parentElement;
    if (!parent.closest("script, style, noscript, [lang]:not(html)")) {
      keep(texts.currentNode.textContent);
    }
  }
  for (const one of document.querySelectorAll("[aria-label], [title], [alt], [placeholder]")) {
    if (one.closest("[lang]:not(html)")) continue;
    for (const name of ["aria-label", "title", "alt", "placeholder"]) keep(one.getAttribute(name));
  }
  keep(document.title);
  return [...found];
}"""


@cache
def sentences():
    """Patterns of (English, French) where the two differ."""
    pairs = set()
    for entry in polib.pofile(str(CATALOG)):
        ours = [entry.msgid, entry.msgid_plural] if entry.msgid_plural else [entry.msgid]
        theirs = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        pairs |= {("en", one) for one in ours} | {("fr", one) for one in theirs}
    both = {one for language, one in pairs if language == "en"} & {
        one for language, one in pairs if language == "fr"
    }
    return {
        language: [pattern(one) for said, one in pairs if said == language and one not in both]
        for language in ("fr", "en")
    }


def pattern(sentence):
    """Match the sentence whole, with anything in its gaps; None if it is all gaps."""
    pieces = [plain(piece) for piece in GAP.split(sentence)]
    fixed = max((len(piece.strip(" :.,()«»“”")) for piece in pieces), default=0)
    return re.compile(".+?".join(map(re.escape, pieces)) + r"\Z") if fixed > 3 else None


def plain(text):
    return re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " "))


def foreign(page, language, theirs=()):
    """Sentences of ours that the page says in the other language; `theirs` are people's words."""
    if page.locator("html").get_attribute("lang") != language:
        return [f"lang is not {language}"]
    said = [plain(text) for text in page.evaluate(SAID)]
    return [text for text in said if text not in theirs and is_foreign(text, language)]


@cache
def is_foreign(text, language):
    other = "en" if language == "fr" else "fr"
    return is_ours(text, other) and not is_ours(text, language)


def is_ours(text, language):
    return any(one.match(text) for one in sentences()[language] if one)
