"""The guides name buttons that exist and pictures that are there, set as our French is."""

import re
from functools import cache
from pathlib import Path

import polib
import pytest

from fabrique.domain.typography import french
from fabrique.web.pages.guide import GUIDES

ROOT = Path(__file__).resolve().parent.parent
GUIDE = ROOT / "docs/guide"
QUOTES = {"fr": re.compile("«\u00a0(.*?)\u00a0»"), "en": re.compile("“(.*?)”")}
PAGES = [(language, page) for pair in GUIDES.values() for language, page in pair.items()]
MOST = 1_500_000  # bytes of pictures
LINK = re.compile(r"\]\([^)]*\)|^\|-+\|.*$", re.MULTILINE)


def text(page):
    return (GUIDE / f"{page}.md").read_text(encoding="utf-8")


@cache
def said(language):
    """Every sentence of the interface, as it is set."""
    catalog = polib.pofile(str(ROOT / "fabrique/locale/fr/LC_MESSAGES/django.po"))
    current = [entry for entry in catalog if not entry.obsolete]
    if language == "en":
        return {entry.msgid for entry in current}
    return {french(entry.msgstr) for entry in current}


def test_every_page_is_one_of_a_guide():
    assert sorted(page for _, page in PAGES) == sorted(one.stem for one in GUIDE.glob("*.md"))


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_every_label_quoted_is_in_the_interface(language, page):
    quoted = QUOTES[language].findall(text(page))
    assert len(quoted) > 30
    assert [label for label in quoted if label not in said(language)] == []


def test_every_picture_is_there_described_and_small_and_none_is_left_over():
    shown = re.findall(r"!\[(.*?)\]\((.*?)\)", "".join(text(page) for _, page in PAGES))
    assert all(len(words) > 20 for words, _ in shown)
    files = {f"pictures/{one.name}": one.stat().st_size for one in GUIDE.glob("pictures/*")}
    assert {name for _, name in shown} == set(files)
    assert sum(files.values()) < MOST


@pytest.mark.parametrize("guide", GUIDES)
def test_the_french_page_is_set_as_our_french_is(guide):
    spans = LINK.split(text(GUIDES[guide]["fr"]))
    assert [span for span in spans if french(span) != span] == []


@pytest.mark.parametrize("guide", GUIDES)
def test_both_pages_tell_the_same(guide):
    pages = [text(page) for page in GUIDES[guide].values()]
    heads = [re.findall("^## ", page, re.MULTILINE) for page in pages]
    rows = [re.findall(r"^\| ", page, re.MULTILINE) for page in pages]
    points = [re.findall("^(?:-|[0-9][.]) ", page, re.MULTILINE) for page in pages]
    for found in (heads, rows, points):
        assert len(found[0]) == len(found[1]) > 0


@pytest.mark.parametrize(("language", "page"), PAGES)
def test_a_guide_leads_to_guides_of_its_language_alone(language, page):
    others = {files[language] for files in GUIDES.values()}
    assert set(re.findall(r"\]\(([\w-]+)\.md\)", text(page))) <= others - {page}
