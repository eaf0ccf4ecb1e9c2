from decimal import Decimal

import pytest

from fabrique.domain.blocks import Chart, Cloud, Section, Table, Wall
from fabrique.domain.language import Language
from fabrique.domain.listed import listings, tags
from fabrique.domain.listings import NO, YES, Share
from fabrique.domain.question import percentage
from fabrique.domain.text import Text
from tests.laws import rooms
from tests.laws.rooms import KINDS, START

NAMES = {"ana": "Ana", "bo": "Bo"}  # cy gave none


def listed(kind, script, sections=()):
    """The last listing of a room where ana, bo and cy answer for one, two and three people."""
    room, _ = rooms.played(kind, script)
    (run,) = room.session.runs.values()
    return listings(room.session, KINDS, NAMES, [(1, run)], sections)


def heads(listing):
    return [Language("en").say(head) for head in listing.head]


def test_a_vote_is_a_line_a_person_under_a_pseudonym():
    script = [("bo", "answer", {"value": 4}), ("ana", "answer", {"value": None})]
    *_, vote = listed("vote", script)
    assert (vote.id, Language("fr").say(vote.name)) == ("1-vote", "1. Vote")
    assert heads(vote) == ["Participant", "People", "Titre"]
    assert vote.rows == (("P01", 1, Text("no opinion")), ("P02", 2, 4))


def test_a_questionnaire_puts_every_question_side_by_side():
    answers = {
        "multiple": {"choice": [0, 2]},
        "open": {"text": "Oui."},
        "ranking": {"order": [2, 0]},
        "rating": {"value": 3, "comment": "Bien"},
        "single": {"choice": []},
    }
    script = [("ana", "answer", {"question": q, "answer": a}) for q, a in answers.items()]
    script.append(("cy", "answer", {"question": "open", "answer": {"text": "Non."}}))
    *_, sheet = listed("questionnaire", script)
    assert heads(sheet)[2:6] == ["multiple [A]", "multiple [B]", "multiple [C]", "open"]
    assert heads(sheet)[-2:] == ["rating (comment)", "single"]
    first, second = sheet.rows
    assert first == ("P01", 1, 1, 0, 1, "Oui.", 2, None, 1, 3, "Bien", Text("abstention"))
    assert second == ("P03", 3, *[None] * 3, "Non.", *[None] * 6)


def test_a_board_lists_its_cards_in_order_of_writing():
    script = [
        ("ana", "answer", {"text": "un", "column": 1, "id": "a"}),
        ("bo", "answer", {"text": "deux", "column": 0, "id": "b"}),
        ("cy", "like", {"card": "a"}),
    ]
    *_, board = listed("board", script)
    assert heads(board) == ["Column", "Note", "Author", "Likes"]
    assert board.rows == (("B", "un", "P01", 3), ("A", "deux", "P02", 0))


def test_ideas_have_their_author_and_likes():
    script = [("bo", "answer", {"text": "un", "id": "a"}), ("ana", "like", {"idea": "a"})]
    *_, ideas = listed("ideas", script)
    assert ideas.rows == (("un", "P02", 1),)


def test_a_word_is_told_with_the_one_it_is_counted_as():
    script = [("ana", "answer", {"text": word}) for word in ("élan", "Elan", "Elan")]
    *_, words = listed("word_cloud", script)
    assert words.rows == (("P01", 1, "élan", "Elan"), *[("P01", 1, "Elan", "Elan")] * 2)


def test_attempts_are_unsigned_for_the_winner_is_named():
    script = [("ana", "answer", {"text": "1788"}), ("bo", "answer", {"text": "1789"})]
    *_, challenge = listed("challenge", script)
    assert heads(challenge) == ["Seconds", "Attempt", "Right"]
    assert challenge.rows == ((1.0, "1788", NO), (2.0, "1789", YES))


def test_messages_are_under_the_names_that_people_chose():
    script = [("ana", "say", {"text": "Bonjour"}), ("cy", "say", {"text": "Salut"})]
    *_, chat = listed("chat", script)
    assert [row[1:] for row in chat.rows] == [("Ana", "Bonjour"), ("", "Salut")]
    assert chat.rows[0][0] > START


def test_pages_are_listed_with_their_moment():
    *_, slides = listed("slides", [("", "show", {"page": 2})])
    assert [row[0] for row in slides.rows] == [2]


def test_a_pause_lists_nothing_of_its_own():
    assert [one.id for one in listed("pause", [])] == ["steps", "results"]


def test_steps_are_told_with_their_moments_and_figures():
    steps, *_ = listed("vote", [("bo", "answer", {"value": 4})])
    (step,) = steps.rows
    assert step[:2] == (1, "Titre")
    assert step[4:] == (None, None, 6, 2, 0, 1)


@pytest.fixture
def charts():
    def chart(table, drawing):
        return Chart("c", "Qui ?", Text("{n} answer", {"n": 1}), Text(""), drawing, table)

    rows = (("ici", "12", percentage(60), Text("mean rank {rank}", {"rank": Decimal("1.5")})),)
    figures = Table("", ("Option", "People", "Share", "Rank"), rows, (1, 2, 3))
    cards = Table("", ("Column", "Note", "Likes"), (("A", "un", "3"),), (2,))
    return [Section("s", "", "", (chart(figures, Cloud(())), chart(cards, Wall(()))), 4)]


def test_the_figures_of_charts_are_numbers_again(charts):
    _, results, *_ = listed("pause", [], charts)
    assert results.rows == (
        (4, "Qui ?", "ici", "People", 12),
        (4, "Qui ?", "ici", "Share", Share(60)),
        (4, "Qui ?", "ici", "Rank", Decimal("1.5")),
    )


def test_pseudonyms_say_nothing_of_the_order_of_coming():
    assert tags(["b", "c", "a"]) == {"a": "P01", "b": "P02", "c": "P03"}
    assert tags(map(str, range(100)))["0"] == "P001"


def test_what_was_done_in_groups_says_in_which():
    room, journal = rooms.at_tables("ideas")
    for run, who, text in (("r1", "ana", "un"), ("r2", "bo", "deux")):
        rooms.ask(room, journal, "answer", who, {"text": text}, run)
        rooms.ask(room, journal, "close", "", {}, run)
    assert rooms.ask(room, journal, "group.gather", "", {"step": "one"})
    runs = [(1, run) for run in room.session.runs.values()]
    section = Section("r2", "", "T", (chart(),))
    steps, results, first, second, plenary = listings(room.session, KINDS, NAMES, runs, [section])
    one, two = (group.title for group in room.session.groups.known.values())
    assert heads(steps)[:3] == ["Number", "Step", "Group"]
    assert [row[2] for row in steps.rows] == [one, two, ""]
    assert (heads(results)[2], {row[2] for row in results.rows}) == ("Group", {two})
    assert [(heads(own)[0], own.rows[0][:2]) for own in (first, second)] == [
        ("Group", (one, "un")),
        ("Group", (two, "deux")),
    ]
    assert heads(plenary) == ["Idea", "Group", "Author", "Likes"]
    assert [row[:2] for row in plenary.rows] == [("un", one), ("deux", two)]


def chart():
    table = Table("T", ("Word", "People"), (("élan", "3"),), (1,))
    return Chart("c", "Q", Text("x"), Text("y"), Cloud(()), table)
