from datetime import UTC, date, datetime
from decimal import Decimal

import polib
import pytest

from fabrique.domain.language import Language
from fabrique.domain.text import Name, Text

THIN, FIRM = "\u202f", "\u00a0"
SENTENCES = {
    "Ready?": "Prêt ?",
    "{percent}%": "{percent} %",
    "Chart of “{title}”": "Diagramme de « {title} »",
}


@pytest.fixture
def french(tmp_path):
    catalog = polib.POFile()
    catalog.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Plural-Forms": "nplurals=2; plural=(n > 1);",
    }
    for msgid, msgstr in SENTENCES.items():
        catalog.append(polib.POEntry(msgid=msgid, msgstr=msgstr))
    forms = {0: "{n} personne", 1: "{n} personnes"}
    catalog.append(
        polib.POEntry(msgid="{n} person", msgid_plural="{n} people", msgstr_plural=forms)
    )
    folder = tmp_path / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalog.save_as_mofile(str(folder / "django.mo"))
    return Language("fr", tmp_path)


ENGLISH = Language("en")


def people(n):
    return Text("{n} person", {"n": n}, "{n} people")


def test_users_words_are_never_touched(french):
    assert french.say("l'idée ?") == "l'idée ?"


def test_a_text_is_translated_then_set(french):
    assert french.say(Text("Ready?")) == f"Prêt{THIN}?"
    assert ENGLISH.say(Text("Ready?")) == "Ready?"


def test_users_words_inside_a_text_are_not_set(french):
    said = french.say(Text("Chart of “{title}”", {"title": "C'est quoi ? {x}"}))
    assert said == f"Diagramme de «{FIRM}C'est quoi ? {{x}}{FIRM}»"


@pytest.mark.parametrize(("n", "said"), [(0, "0 personne"), (1, "1 personne"), (2, "2 personnes")])
def test_plural_in_french(french, n, said):
    assert french.say(people(n)) == said


@pytest.mark.parametrize(("n", "said"), [(0, "0 people"), (1, "1 person"), (1200, "1,200 people")])
def test_plural_in_english(n, said):
    assert ENGLISH.say(people(n)) == said


def test_parameters_are_said_first(french):
    inner = Text("Chart of “{title}”", {"title": people(1200)})
    assert french.say(inner) == f"Diagramme de «{FIRM}1{THIN}200 personnes{FIRM}»"
    assert french.say(Text("{percent}%", {"percent": Decimal("4.5")})) == f"4,5{THIN}%"


def test_a_template_keeps_its_names(french):
    assert french.template(people(1), 2) == "{n} personnes"
    assert french.template(Text("")) == ""


def test_a_message_without_translation_stays_english(french, tmp_path):
    assert french.say(Text("Really?")) == "Really?"
    assert Language("fr", tmp_path / "nowhere").say(people(3)) == "3 people"


@pytest.mark.parametrize(
    ("code", "spoken"),
    [("fr", "fr"), ("FR-ca", "fr"), ("fr_FR", "fr"), ("fro", "en"), ("xx", "en"), ("../fr", "en")],
)
def test_a_script_may_name_any_language_and_a_document_speaks_one_of_ours(code, spoken):
    assert Language(code).code == spoken


def test_a_name_is_said_in_its_language(french):
    name = Name(fr="Prêt ?", en="Ready?")
    assert (french.say(name), ENGLISH.say(name)) == (f"Prêt{THIN}?", "Ready?")


def test_a_missing_parameter_is_told():
    with pytest.raises(KeyError):
        ENGLISH.say(Text("{n} notes"))


def test_figures(french):
    assert french.figure(1234567.25) == f"1{THIN}234{THIN}567,25"
    assert ENGLISH.figure(Decimal("1234.5")) == "1,234.5"
    assert french.figure(4.25, 1) == "4,3"
    assert (french.percent(9), ENGLISH.percent(9)) == (f"9{THIN}%", "9%")


def test_days_hours_and_lists(french):
    first = date(2031, 3, 1)
    assert (french.day(first), ENGLISH.day(first)) == (
        "samedi 1er mars 2031",
        "Saturday 1 March 2031",
    )
    assert french.time(datetime(2031, 3, 1, 9, 5, tzinfo=UTC)) == "09:05"
    assert french.join(["a", "b", "c"]) == "a, b et c"
    assert ENGLISH.join(["a", "b"]) == "a and b"
    assert (french.join(["a"]), french.join([])) == ("a", "")
