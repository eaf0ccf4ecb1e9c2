"""Every sentence is said in French: none missing, none unused, none doubtful, none half said."""

import re
from pathlib import Path

import polib
import pytest

from fabrique.domain.typography import french
from tools.catalogs import messages

CATALOG = Path(__file__).resolve().parents[2] / "fabrique/locale/fr/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"\{\w*\}|%\(\w+\)s")
TAG = re.compile(r"</?\w+>")


@pytest.fixture(scope="module")
def said():
    return messages()


@pytest.fixture(scope="module")
def catalog():
    return {entry.msgid: entry for entry in polib.pofile(str(CATALOG))}


def test_nothing_is_missing(said, catalog):
    assert sorted(set(said) - set(catalog)) == []
    assert [entry.msgid for entry in catalog.values() if not entry.translated()] == []


def test_nothing_is_left_over(said, catalog):
    assert sorted(set(catalog) - set(said)) == []
    assert [entry.msgid for entry in catalog.values() if entry.fuzzy or entry.obsolete] == []


def test_plurals_agree(said, catalog):
    for msgid, (plural, where) in said.items():
        assert (catalog[msgid].msgid_plural or None) == plural, (msgid, where)


def test_translations_hold_the_same_values_and_marks(catalog):
    for entry in catalog.values():
        for form, pattern in ((PLACEHOLDER, "values"), (TAG, "marks")):
            wanted = set(form.findall(entry.msgid + entry.msgid_plural))
            for text in (entry.msgstr, *entry.msgstr_plural.values()):
                if text:
                    found = set(form.findall(text))
                    assert found <= wanted, (pattern, text)
            if not entry.msgid_plural:
                assert set(form.findall(entry.msgstr)) == wanted, (pattern, entry.msgstr)


def test_french_is_set_as_french(catalog):
    for entry in catalog.values():
        for text in (entry.msgstr, *entry.msgstr_plural.values()):
            assert french(text) == text
