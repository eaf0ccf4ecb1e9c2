"""Scripts for tests: a small whole session to change at will, and its results once played."""

from __future__ import annotations

import json
from typing import Any

from fabrique.domain.registry import discover
from fabrique.domain.results import results
from fabrique.importers.script import read_script
from fabrique.live.replay import replay
from fabrique.live.room import Room

KINDS = discover("fabrique.activities")


def script(*steps: dict[str, Any], people: str = "ana bo cy", **more: Any) -> dict[str, Any]:
    """Give a script with these steps; `people` are ids, `ana*3` answers for three."""
    return {
        "format": "fabrique.script/1",
        "title": "Café",
        "kind": "cafe",
        "starts_at": "2026-03-09T14:00:00+01:00",
        "language": "fr",
        "facilitator": "Zoé",
        "introduction": "Bienvenue",
        "participants": [_person(one) for one in people.split()],
        "steps": list(steps),
        "messages": [],
        **more,
    }


def _person(text: str) -> dict[str, Any]:
    name, _, heads = text.partition("*")
    return {"id": name, "name": name.title(), **({"heads": int(heads)} if heads else {})}


def step(kind: str, *answers: dict[str, Any], **own: Any) -> dict[str, Any]:
    """Give a step open from 10 to 70 with these answers."""
    common = {"id": kind, "kind": kind, "title": "Titre", "opens_at": 10, "closes_at": 70}
    return {**common, "answers": list(answers), **own}


def form(*questions: dict[str, Any], **own: Any) -> dict[str, Any]:
    """Give a questionnaire."""
    found = step("questionnaire", questions=list(questions), **own)
    del found["answers"]
    return found


def question(kind: str, *answers: dict[str, Any], **own: Any) -> dict[str, Any]:
    """Give a question with these answers."""
    return {"id": kind, "kind": kind, "title": "Titre", "answers": list(answers), **own}


def said(by: str, at: float, **body: Any) -> dict[str, Any]:
    """Give an answer, a like or a move."""
    return {"by": by, "at": at, **body}


def play(content: dict[str, Any] | bytes) -> dict[str, Any]:
    """Play a script and give its results."""
    figures = results(played(content).session, KINDS)
    assert json.loads(json.dumps(figures)) == figures
    return figures


def played(content: dict[str, Any] | bytes) -> Room:
    """Play a script and give the room."""
    data = content if isinstance(content, bytes) else json.dumps(content).encode()
    return replay(read_script(data, KINDS), KINDS, lambda _entries: None)


def first(*steps: dict[str, Any], people: str = "ana bo cy") -> dict[str, Any]:
    """Play these steps and give the results of the first."""
    found: dict[str, Any] = play(script(*steps, people=people))["steps"][0]
    return found


def asked(kind: str, *answers: dict[str, Any], people: str = "ana bo cy", **own: Any) -> Any:
    """Play a questionnaire of one question and give that question's results."""
    return first(form(question(kind, *answers, **own)), people=people)["questions"][0]


WHOLE = script(
    step(
        "challenge",
        said("ana", 3.5, text="26 septembre 2022"),
        said("bo", 3.5, text="26/9/22"),
        id="c",
        settings={"answer": "date", "accepted": ["26/09/2022"], "attempts": 2},
        image={"src": "x.png", "alt": "X"},
    ),
    form(
        question("single", said("ana", 1, choice=[0]), options=["oui", "non"]),
        question(
            "multiple",
            said("ana", 2, choice=[0, 1]),
            options=["a", "b", "rien"],
            settings={"min": 1, "max": 2, "exclusive": [2]},
            show_if={"question": "single", "choice": [0]},
        ),
        question("open", said("bo", 3, text="Bonjour")),
        question("ranking", said("cy", 4, order=[1]), options=["x", "y"], settings={"top": 1}),
        question(
            "rating",
            said("cy", 5, value=3, revised=[None, 5, 3], comment="ok"),
            settings={"scale": 5, "comments": True},
        ),
    ),
    step("vote", said("ana", 1, choice=[1], revised=[[0], [1]]), options=["a", "b"], id="v"),
    step("vote", said("ana", 1, value=None), settings={"scale": 4}, id="w"),
    step("word_cloud", said("ana", 1, text="l’élan"), settings={"words": 2}),
    step(
        "ideas",
        said("ana", 1, text="une idée"),
        said("bo", 2, text="deux", id="d"),
        settings={"likes": True},
        likes=[said("bo", 3, idea="i1"), said("cy", 90, idea="d")],
    ),
    step(
        "board",
        said("ana", 1, text="une carte", column=0),
        said("bo", 2, text="deux", id="k", column=1),
        columns=["gauche", "droite"],
        settings={"likes": True, "move": "own"},
        moves=[said("bo", 3, card="k", column=0)],
        likes=[said("bo", 3, card="i1")],
    ),
    {"id": "p", "kind": "pause", "title": "Pause", "opens_at": 70, "closes_at": 80},
    people="ana bo*3 cy",
    timezone="Europe/Paris",
    slides={"title": "Diapositives", "pages": 2, "shown_at": [1, 2.5]},
    messages=[said("ana", 0, text="Bonjour"), said("bo", 999, text="Au revoir")],
)
