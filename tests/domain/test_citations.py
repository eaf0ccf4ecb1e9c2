"""What the validator blocks, what it asks a person to look at, and what it lets pass."""

from __future__ import annotations

import pytest

from fabrique.domain.citations import BLOCKING, RULES, check
from fabrique.domain.minutes import Cite, Sentence
from fabrique.domain.sources import Source, Sources, resources
from fabrique.domain.statements import Statement
from fabrique.domain.transcript import Cue, Transcript

CUES = (
    Cue(0, 5000, "Bonjour à toutes et à tous, je suis Ana.", "Ana Bérard"),
    Cue(5000, 9000, "Nous n’irons pas à Lyon avant le 12 mai, faute de", "Ana Bérard"),
    Cue(9000, 12_000, "budget. La salle coûte quarante mille euros.", "Ana Bérard"),
    Cue(12_000, 15_000, "Je ne refuse rien : il faut valider avec Marseille.", "Bo Le Gall"),
    Cue(15_000, 18_000, "Oui.", "Ana Bérard"),
    Cue(18_000, 20_000, "C’est très bien comme ça, merci beaucoup.", "Cy"),
)
TALLY = Statement(
    "« On y va ? » : oui : 14 (61 %) ; non : 9 (39 %) ; 23 réponses.",
    (("oui", "14 (61 %)"), ("non", "9 (39 %)")),
)
AGES = Statement(
    "« Âge » : de 10 à 20 ans : 3 ; plus : 4.", (("de 10 à 20 ans", "3"), ("plus", "4"))
)
OTHERS = {
    "a:r3": Source(
        "On y va ?\npar le train de 7 h",
        whole=frozenset(("on y va", "par le train de 7 h")),
        statements=(TALLY,),
    ),
    "a:r4": Source("Âge", statements=(AGES,)),
    "n:7": Source("Réserver 2 salles", "Équipe", frozenset(("reserver 2 salles",))),
    "m:9": Source("Et la fiche ? 👍", "Bo Le Gall", frozenset(("et la fiche", "👍"))),
    "s:r2/1": Source("Une carte de France\nParler lentement", part=True),
    **resources({"guide": "Guide du mécénat, édition 2024"}),
}
SOURCES = Sources(Transcript(CUES), OTHERS)


def rules(text, *cites, kind="statement", by=""):
    told = tuple(Cite(*cite) for cite in cites)
    return [one.rule for one in check(Sentence(text, kind, told, by=by), SOURCES)]


def cue(text, number, quote):
    return rules(text, (f"t:{number}", quote))


LYON = "Nous n’irons pas à Lyon avant le 12 mai, faute de budget."


def test_a_sentence_that_says_what_was_said_passes():
    assert cue(LYON, 2, LYON) == []
    assert cue("NOUS N'IRONS PAS A LYON", 2, "nous n’irons pas à Lyon") == []
    assert cue("Ana n’ira pas à Lyon avant le 12 mai.", 2, LYON) == []
    assert cue("La salle coûte 40 000 euros.", 3, "La salle coûte quarante mille euros") == []


def test_a_quote_may_begin_in_its_cue_and_end_in_the_next_of_the_same_voice():
    assert cue(LYON, 2, "avant le 12 mai, faute de budget") == []
    assert cue(LYON, 3, "avant le 12 mai, faute de budget") == []
    assert cue(LYON, 1, "avant le 12 mai, faute de budget") == ["quote-not-in-span"]
    across = "quarante mille euros. Je ne refuse rien"
    assert cue(across, 3, across) == ["quote-not-in-span"], "two people's words are no quote"


@pytest.mark.parametrize(
    ("cites", "rule"),
    [
        ([], "no-citation"),
        ([("t:2", "")], "no-citation"),
        ([("t:2", "…")], "no-citation"),
        ([("t:7", LYON)], "dead-ref"),
        ([("t:0", LYON)], "dead-ref"),
        ([("t:02", LYON)], "dead-ref"),
        ([("t:²", LYON)], "dead-ref"),
        ([("t:", LYON)], "dead-ref"),
        ([("t:" + "9" * 5000, LYON)], "dead-ref"),
        ([("x:2", LYON)], "dead-ref"),
        ([("a:r9", "")], "dead-ref"),
        ([("t:2", "pas à Lyon")], "quote-too-short"),
        ([("t:2", LYON.replace("mai", "juin"))], "quote-not-in-span"),
        ([("t:2", "ous n’irons pas à Lyon")], "quote-not-in-span"),
        ([("m:9", "")], "no-citation"),
        ([("m:9", "la fiche")], "quote-not-in-span"),
        ([("n:7", "Réserver")], "quote-not-in-span"),
        ([("a:r3", "le train de 7 h")], "quote-not-in-span"),
        ([("r:guide", "édition 2025")], "quote-not-in-span"),
    ],
)
def test_what_cannot_be_checked_is_blocked(cites, rule):
    found = check(Sentence("Nous irons.", "statement", tuple(Cite(*one) for one in cites)), SOURCES)
    assert [(one.rule, one.blocks) for one in found] == [(rule, True)]


def test_short_answers_notes_and_messages_are_quoted_whole():
    assert rules("Et la fiche ? 👍", ("m:9", "et la fiche")) == []
    assert rules("👍", ("m:9", "👍")) == []
    assert rules("Réserver 2 salles", ("n:7", "Réserver 2 salles."), kind="action") == []
    assert rules("Par le train de 7 h", ("a:r3", "par le train de 7 h")) == []
    assert rules("Une carte", ("s:r2/1", "une carte")) == []
    assert rules("Guide du mécénat", ("r:guide", "Guide du mécénat"), kind="resource") == []


def test_one_broken_source_among_good_ones_is_told():
    assert rules(LYON, ("t:2", LYON), ("t:99", LYON)) == ["dead-ref"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (LYON.replace("12", "13"), "number-not-in-span"),
        (LYON.replace("12", "douze et 12"), "number-not-in-span"),
        (LYON.replace("Lyon", "Nantes"), "name-not-in-span"),
        (LYON.replace("Nous", "Nantes"), "name-not-in-span"),
        (LYON.replace("n’irons pas", "irons"), "polarity-differs"),
        (LYON.replace("n’irons pas", "n’irons"), "polarity-differs"),
        ("irons à Lyon avant le 12 mai", "polarity-differs"),
        ("à Lyon avant le 12 mai", "polarity-differs"),
    ],
)
def test_a_changed_word_is_shown_to_a_person(text, rule):
    found = check(Sentence(text, "statement", (Cite("t:2", LYON),)), SOURCES)
    assert (rule, False) in [(one.rule, one.blocks) for one in found]


def test_a_negation_more_does_not_hide_behind_another():
    said = "Je ne refuse rien : il faut valider avec Marseille."
    assert cue(said, 4, said) == []
    assert cue(said.replace("refuse rien", "rien"), 4, said) == ["polarity-differs"]


def test_somebody_else_who_speaks_there_is_told():
    assert cue("Bo Le Gall n’ira pas à Lyon.", 2, LYON) == ["speaker"]
    assert cue("Cy n’ira pas à Lyon.", 2, LYON) == ["speaker"]
    assert cue("Ana Bérard n’ira pas à Lyon.", 2, LYON) == []


@pytest.mark.parametrize(
    "text",
    [
        TALLY.text,
        "14 personnes ont dit oui, 9 ont dit non.",
        "Le oui l’emporte par 14 sur 23 réponses.",
        "Le oui l’emporte par quatorze voix.",
    ],
)
def test_figures_of_the_journal_need_no_quote(text):
    assert rules(text, ("a:r3",), kind="result") == []


@pytest.mark.parametrize(
    "text",
    [
        TALLY.text.replace("14", "15"),
        TALLY.text.replace("14", "9").replace("(39", "(61"),
        TALLY.text.replace("23 réponses", "14 réponses"),
        "14 personnes ont dit non, 9 ont dit oui.",
        "Le oui l’emporte par 9 voix.",
        "Le oui l’emporte par quinze voix.",
        "24 réponses.",
    ],
)
def test_figures_that_the_journal_does_not_give_are_blocked(text):
    assert rules(text, ("a:r3",), kind="result") == ["figures"]


@pytest.mark.parametrize(
    "text", ["Tout le monde veut y aller.", "« On y va ? »", "Une voix a tout décidé."]
)
def test_what_is_no_figure_needs_a_quote(text):
    assert rules(text, ("a:r3",), kind="result") == ["no-citation"]
    assert rules(text, ("a:r3",), ("a:r3", "par le train de 7 h")) == []


def test_a_number_in_a_label_is_no_figure():
    assert rules("De 10 à 20 ans : 3 personnes.", ("a:r4",)) == []
    assert rules("Il y a 10 personnes.", ("a:r4",)) == ["figures"]
    assert rules("De 10 à 20 ans : 20 personnes.".lower(), ("a:r4",)) == ["figures"]


def test_a_person_who_writes_is_the_source():
    assert rules("Nous étions heureux.", kind="written", by="Ana Bérard") == []
    assert rules("Nous étions heureux.", kind="written") == ["no-author"]
    assert rules("Nous étions heureux.", kind="written", by=" ") == ["no-author"]
    assert rules("Décidé.", kind="decision", by="Ana Bérard") == []
    assert rules("Décidé.", ("t:99", "x"), kind="decision", by="Ana Bérard") == ["dead-ref"]


def test_every_rule_is_met_in_this_file():
    assert set(RULES) - BLOCKING == {
        "number-not-in-span",
        "name-not-in-span",
        "polarity-differs",
        "speaker",
    }


def test_nothing_is_looked_for_where_nothing_was_said():
    nothing = Sources()
    found = check(Sentence("Oui", "statement", (Cite("t:1", "un deux trois quatre"),)), nothing)
    assert [one.rule for one in found] == ["dead-ref"]
