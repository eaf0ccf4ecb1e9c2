"""Words taken out of a text: wherever they stand, and nothing else."""

from datetime import UTC, datetime

import pytest
from msgspec import structs

from fabrique.domain.article import Article, Part, Passage, plain
from fabrique.domain.beside import Link
from fabrique.domain.minutes import Cite
from fabrique.domain.redaction import MARK, Redaction, redacted, with_heard

AT = datetime(2026, 3, 2, 10, tzinfo=UTC)
CUES = (
    (0, 5000, "Nina Roux", "Nous avons trente lieux."),
    (5000, 9000, "Sam Petit", "Le budget de Sam est perdu."),
)
PASSAGES = (
    Passage(
        "Trente lieux prêtent.",
        "statement",
        (Cite("t:1", "avons trente lieux"),),
        ("0:00, Nina Roux",),
    ),
    Passage("Le budget est perdu.", "extract", (Cite("t:2", "budget de Sam est perdu"),)),
    Passage("Samedi, on continue avec Sam.", "action", owner="Sam Petit", due="2027-01-01"),
)


def article():
    return Article(
        "Café",
        "fr",
        AT,
        AT,
        "Europe/Paris",
        "",
        AT,
        2,
        (),
        "0",
        (Part("Suite", PASSAGES),),
        cues=CUES,
    )


def test_a_moment_takes_what_cites_it_with_it():
    found = redacted(article(), Redaction(spans=((5000, 9000),)))
    assert [one.kind for one in found.parts[0].passages] == ["statement", "redacted", "action"]
    assert found.parts[0].passages[1] == Passage(MARK, "redacted")
    assert found.cues == (CUES[0], (5000, 9000, "", MARK))
    assert (found.number, found.removed) == (2, ((5000, 9000),))


def test_words_go_wherever_they_stand_and_not_inside_others():
    found = redacted(article(), Redaction(words=("sam",)))
    said = found.parts[0].passages[2]
    assert (said.text, said.owner) == (f"Samedi, on continue avec {MARK}.", f"{MARK} Petit")
    assert found.cues[1] == (5000, 9000, f"{MARK} Petit", f"Le budget de {MARK} est perdu.")
    assert found.parts[0].passages[1].cites[0].quote == f"budget de {MARK} est perdu"


def test_words_are_found_whatever_their_spaces_and_apostrophes():
    text = "C’est\u00a0l’idée\u202fde Nina."
    assert Redaction(words=("l'idée de nina",)).mask(text) == f"C’est\u00a0{MARK}."


def test_a_name_in_front_of_what_was_said_goes_too():
    found = redacted(article(), Redaction(words=("Nina Roux",)))
    assert "Nina" not in str(found)
    assert found.parts[0].passages[0].text == "Trente lieux prêtent."


def test_the_moments_where_words_are_said_are_heard_no_more():
    cues = [(start, end, text) for start, end, _, text in CUES]
    assert with_heard(Redaction(words=("Sam",)), cues).spans == ((5000, 9000),)
    assert with_heard(Redaction(words=("Nina Roux",)), cues).spans == ()  # nobody says it


def test_what_stands_beside_the_text_is_gone_through():
    link = Link("Le livre de Sam", "https://example.org/a", "Écrit par Sam.")
    found = redacted(structs.replace(article(), resources=(link,)), Redaction(words=("Sam",)))
    assert found.resources == (Link(f"Le livre de {MARK}", link.address, f"Écrit par {MARK}."),)


@pytest.mark.parametrize("wanted", [Redaction(), Redaction(words=("zq",))])
def test_what_is_not_there_changes_nothing(wanted):
    assert redacted(article(), wanted) == article()
    assert plain(article())
