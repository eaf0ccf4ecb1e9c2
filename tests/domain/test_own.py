"""What somebody did comes back to them in words, whatever the kind."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.own import own
from fabrique.domain.text import Text
from tests.laws import rooms
from tests.live.rules.driver import Driver


@pytest.mark.parametrize("kind", rooms.KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_every_answer_of_every_kind_is_said_and_only_to_its_author(kind, data):
    room, journal = rooms.played(kind, data.draw(rooms.acts(kind)))
    run = room.session.runs["r1"]
    for who in rooms.PEOPLE:
        mine = rooms.KINDS[kind].mine(run, who)
        (found,) = own(room.session, rooms.KINDS, who, journal) or (None,)
        if not mine["answers"] and not mine.get("likes"):
            assert found is None
            continue
        assert len(found.answers) == len(mine["answers"])
        assert all(answer.words for answer in found.answers)
        line = journal[found.seq - 1]
        assert (line.participant, line.run, line.at) == (who, "r1", found.at)


STEPS = (
    {"kind": "vote", "id": "avis", "title": "Avis", "settings": {"scale": 5}},
    {"kind": "vote", "id": "ville", "title": "Ville", "options": ["Lille", "Sète"]},
    {
        "kind": "questionnaire",
        "id": "q",
        "title": "Questions",
        "questions": [
            {"kind": "ranking", "id": "rang", "title": "Classez", "options": ["a", "b"]},
            {"kind": "multiple", "id": "frein", "title": "Freins", "options": ["x", "y"]},
        ],
    },
)


def test_the_words_are_those_that_were_asked():
    room = Driver(STEPS)
    for step in ("avis", "ville", "q"):
        room.send("open", step=step)
    room.send("answer", "ana", "r1", value=3)
    room.send("answer", "ana", "r1", value=4)
    room.send("answer", "ana", "r2", choice=[])
    room.send("answer", "ana", "r3", question="rang", answer={"order": [1, 0]})
    room.send("answer", "ana", "r3", question="frein", answer={"choice": [0, 1]})
    room.send("answer", "bo", "r1", value=1)
    avis, ville, q = own(room.session, room.room.kinds, "ana", room.journal)
    assert [one.words for one in avis.answers] == [
        (Text("{value} out of {scale}", {"value": 4, "scale": 5}),)
    ]
    assert (avis.changes, avis.seq) == (1, 7)
    assert ville.answers[0].words == (Text("I would rather not say"),)
    assert [one.question for one in q.answers] == ["Classez", "Freins"]
    assert [word.params["option"] for word in q.answers[0].words] == ["b", "a"]
    assert q.answers[1].words == ("x", "y")
