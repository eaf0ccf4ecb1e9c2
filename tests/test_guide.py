"""The guide names buttons that exist and pictures that are there, set as our French is."""

import re
from pathlib import Path

import polib
import pytest

from fabrique.domain.typography import french

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/guide"
PAGES = {"fr": "animer-une-session.md", "en": "run-a-session.md"}
QUOTES = {"fr": re.compile("«\u00a0(.*?)\u00a0»"), "en": re.compile("“(.*?)”")}
MOST = 1_500_000  # bytes of pictures
LINK = re.compile(r"\]\([^)]*\)|^\|-+\|.*$", re.MULTILINE)


def page(language):
    return (GUIDE / PAGES[language]).read_text(encoding="utf-8")


def said(language):
    """Every sentence of the interface, as it is set."""
    catalog = polib.pofile(str(ROOT / "fabrique/locale/fr/LC_MESSAGES/django.po"))
    current = [entry for entry in catalog if not entry.obsolete]
    if language == "en":
        return {entry.msgid for entry in current}
    return {french(entry.msgstr) for entry in current}


@pytest.mark.parametrize("language", PAGES)
def test_every_label_quoted_is_in_the_interface(language):
    quoted = QUOTES[language].findall(page(language))
    assert len(quoted) > 30
    assert [label for label in quoted if label not in said(language)] == []


def test_every_picture_is_there_described_and_small_and_none_is_left_over():
    shown = re.findall(r"!\[(.*?)\]\((.*?)\)", page("fr") + page("en"))
    assert all(len(words) > 20 for words, _ in shown)
    files = {f"pictures/{one.name}": one.stat().st_size for one in GUIDE.glob("pictures/*")}
    assert {name for _, name in shown} == set(files)
    assert sum(files.values()) < MOST


def test_the_french_page_is_set_as_our_french_is():
    spans = LINK.split(page("fr"))
    assert [span for span in spans if french(span) != span] == []


def test_both_pages_tell_the_same():
    heads = [re.findall("^## ", page(language), re.MULTILINE) for language in PAGES]
    rows = [re.findall(r"^\| ", page(language), re.MULTILINE) for language in PAGES]
    points = [re.findall("^(?:-|[0-9][.]) ", page(language), re.MULTILINE) for language in PAGES]
    for found in (heads, rows, points):
        assert len(found[0]) == len(found[1]) > 0
