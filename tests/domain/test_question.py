from fabrique.domain.blocks import Chart, Heading, Notice, Paragraph, Picture, Quotes
from fabrique.domain.latest import Latest
from fabrique.domain.people import People
from fabrique.domain.question import counted, persons
from fabrique.domain.registry import discover
from fabrique.domain.schema import read
from fabrique.domain.sheets import heading
from fabrique.domain.step import Image

KINDS = discover("fabrique.questions")


def question(kind, **own):
    example = {"kind": kind, "id": kind, "title": "Titre", **KINDS[kind].example, **own}
    return read(example, KINDS[kind].question)


def test_heading_is_title_instruction_and_picture():
    asked = question("open", instruction="Un mot", image={"src": "a.png", "alt": "A"})
    assert heading(asked) == [Heading("Titre"), Paragraph("Un mot"), Picture("a.png", "A")]
    assert asked.image == Image(src="a.png", alt="A")
    assert heading(question("open")) == [Heading("Titre")]


def test_blocks_are_chart_quotes_and_notes():
    rating, latest = question("rating"), Latest()
    kind = KINDS["rating"]
    for n in range(3):
        kind.put(latest, f"p{n}", kind.read(rating, {"value": 4, "comment": "Bien"}))
    found = kind.blocks("a", rating, latest, People(), {})
    assert [type(one) for one in found] == [Chart, Quotes, Notice]


def test_every_kind_of_question_shows_itself_before_anybody_answered():
    for name, kind in KINDS.items():
        shown = kind.shown(question(name), Latest(), People(), {})
        assert (shown.kind, shown.answered, shown.abstained) == (name, 0, 0)


def test_the_results_keep_the_picture_they_are_about():
    asked = question("single", image={"src": "a.png", "alt": "A"})
    shown = KINDS["single"].shown(asked, Latest(), People(), {})
    assert shown.image == Image(src="a.png", alt="A")


def test_counted_says_abstentions_where_there_are_some():
    assert counted(3, 0).params == {"n": 3}
    assert counted(3, 1).params == {"n": 3, "abstained": 1}


def test_persons_have_a_plural():
    assert (persons(1).msgid, persons(2).plural) == ("{n} person", "{n} people")
