import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.fold_text import bare, key, plain, stems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Médiation", "mediation"),
        ("médiation", "mediation"),
        ("Mediation", "mediation"),
        ("MÉDIATION !", "mediation"),
        ("«\u00a0L’élan !\u00a0»", "elan"),
        ("l'", "l"),
        ("l’", "l"),
        ("la", "la"),
        ("la ", "la"),
        ("l'l'eau", "l'eau"),
        ("l' eau", "eau"),
        ("l'«eau»", "eau"),
        ("L'EAU", "eau"),
        ("la la", "la"),
        ("la-la", "la-la"),
        ("lalala", "lalala"),
        ("d'abord", "abord"),
        ("des idées", "idees"),
        ("un  mot", "mot"),
        ("une\nligne", "ligne"),
        ("du pain", "du pain"),
        ("qu'on", "qu'on"),
        ("-ville-", "ville"),
        ("porte-monnaie", "porte-monnaie"),
        ("Cœur", "coeur"),
        ("ŒUVRE", "oeuvre"),
        ("aujourd’hui", "aujourd'hui"),
        ("ﬁn", "fin"),
        ("２０", "20"),
        ("Straße", "strasse"),
        ("...", ""),
        ("!?", ""),
        ("", ""),
        (" \n", ""),
        ("chiens", "chiens"),
        ("1 000 €", "1 000 €"),
        ("e\u0301lan", "elan"),
        ("💜", "💜"),
    ],
)
def test_key_step_by_step(text, expected):
    assert key(text) == expected


def test_key_of_the_reference_gathers_four_writings():
    # live-activities 3.6: raw exact 2, lower case without accents 3, ours 4.
    said = ["Médiation", "médiation", "médiation", "Mediation"]
    assert {key(one) for one in said} == {"mediation"}


@given(st.text())
def test_key_has_no_outer_space_and_no_run_of_spaces(text):
    assert key(text) == " ".join(key(text).split())


@given(st.text(), st.sampled_from(["", " ", "!", "« ", "…", "\n"]))
def test_key_passes_over_what_stands_around(text, around):
    assert key(around + text + around) == key(text)


def test_plain_keeps_articles_and_punctuation():
    assert plain(" L’Élan ! ") == "l'elan !"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vingt  et\u00a0un ", "vingt et un"),
        ("Août", "aout"),
        ("cœur", "cœur"),
        ("l’eau", "l’eau"),
        ("x²", "x²"),
    ],
)
def test_bare_folds_case_accents_and_spaces_only(text, expected):
    assert bare(text) == expected


def test_stems_are_sorted_without_accents_and_without_the_first_article():
    assert stems("Une formation d’équipes") == ("equip", "format")
    assert stems("FORMATIONS équipe !") == ("equip", "format")
    assert stems("d’équipe, formations") == ("equipe,", "format")


def test_stems_of_nothing_but_punctuation_are_none():
    assert stems("") == stems("…") == ()


def test_stems_split_at_spaces_only():
    assert stems("chats, chiens") == ("chats,", "chien")
