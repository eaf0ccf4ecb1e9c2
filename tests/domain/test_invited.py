"""Who answered of who was invited: counts, shares, and nothing that they do not say."""

from datetime import UTC, datetime, timedelta

import pytest

from fabrique.domain.blocks import Facts, Items, Notice
from fabrique.domain.invited import Comparison, Heard, Turnout, in_results, section, turnout
from fabrique.domain.language import Language
from fabrique.domain.report import report
from tests.importers.scripts import KINDS
from tests.live.rules.driver import Driver

TIER = {
    "kind": "single",
    "id": "tier",
    "title": "Vous êtes",
    "options": ["Lieu", "Compagnie", "Autre"],
}
WORD = {"kind": "open", "id": "word", "title": "Un mot"}
STEPS = (
    {"kind": "questionnaire", "id": "ask", "title": "Vous", "questions": [TIER, WORD]},
    {"kind": "ideas", "id": "ideas", "title": "Des idées"},
)


@pytest.fixture
def room():
    """Ana, a venue; Bo, a company of three; Cy, who does not say; Di, who only came."""
    room = Driver(STEPS)
    for one in ("cy", "di"):
        room.send("join", one)
    room.send("pace.until", until="2026-03-19T18:00")
    room.send("pace.open")
    for who, choice in (("ana", 0), ("bo", 1)):
        room.send("answer", who, "r1", question="tier", answer={"choice": [choice]})
    room.send("answer", "cy", "r2", text="élan")
    return room


def test_people_are_counted_of_who_was_invited(room):
    room.send("pace.invited", people=10)
    room.send(
        "pace.sort", name="Type", lines="LIEU: 6\ncompagnie: 3\nÉcole: 1", question="ask/tier"
    )
    assert turnout(room.session, KINDS) == Turnout(
        invited=10,
        answered=5,  # Bo answers for three
        sorts=(
            Comparison(
                name="Type",
                groups=(Heard("LIEU", 6, 1), Heard("compagnie", 3, 3), Heard("École", 1, 0)),
                invited=10,
                said=4,
                silent=1,
                asked=True,
            ),
        ),
    )


def test_nothing_is_said_where_nobody_said_who_was_invited(room):
    assert section(turnout(room.session, KINDS)) == ()
    assert "invited" not in report(room.session, KINDS, {}, "").results


def test_what_no_question_asks_is_not_guessed(room):
    room.send("pace.sort", name="Région", lines="Nord: 4\nSud: 6")
    found = turnout(room.session, KINDS)
    assert found.sorts[0].asked is False
    assert in_results(found)["invited"]["sorts"][0]["groups"][0]["answered"] is None
    said = [block for one in section(found) for block in one.blocks]
    assert any(isinstance(one, Notice) and "not known" in one.text.msgid for one in said)


def test_what_the_room_was_not_shown_stays_out_of_its_report(room):
    room.send("pace.sort", name="Type", lines="Lieu: 6\nCompagnie: 3", question="ask/tier")
    for everything, asked in ((True, 1), (False, None)):
        figures = report(room.session, KINDS, {}, "", everything=everything).results["invited"]
        assert figures["sorts"][0]["groups"][0]["answered"] == asked


def test_it_is_said_in_words(room):
    room.send("pace.invited", people=10)
    room.send("pace.sort", name="Type", lines="Lieu: 6\nCompagnie: 3", question="ask/tier")
    (found,) = section(turnout(room.session, KINDS))
    facts, _, items, *notices = found.blocks
    assert isinstance(facts, Facts)
    assert isinstance(items, Items)
    assert [Language("en").say(one) for one in items.items] == [
        "Lieu: 67% of the invited (6 of 9); 25% of those who said it (1 of 4)",
        "Compagnie: 33% of the invited (3 of 9); 75% of those who said it (3 of 4)",
    ]
    said = " ".join(Language("fr").say(one.text) for one in notices)
    assert "1 personne a répondu sans le dire" in said
    assert "Répondre était un choix" in said


def test_a_link_that_went_further_has_no_share():
    (found,) = section(Turnout(10, 12, ()))
    facts, notice = found.blocks
    assert [one.value for one in facts.facts] == ["10", "12"]
    assert "further" in notice.text.msgid


def test_a_length_of_days_is_said_in_days(room):
    room.send("pace.close", at=9 * 24 * 3600)
    made = report(room.session, KINDS, {}, "")
    assert made.facts[3].value.params["n"] in (8, 9)
    assert made.facts[3].value.msgid == "{n} day"
    assert made.ends_at - made.starts_at > timedelta(days=8)
    assert made.ends_at < datetime(2026, 3, 19, tzinfo=UTC)
