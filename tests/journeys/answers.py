"""What three people answer on the tour, step by step, and what is then made of it."""

from fabrique.domain.words import mark
from tests.journeys.plan import STEPS, TRAP, step

# Steps that only those who lead know in full: held, piled, named, dotted, written together.
SORTED = step(
    "ideas",
    "Que garder ?",
    id="tri",
    settings={"likes": True, "dots": 3, "review": True},
    publication="pseudonyms",
)
NOTES = step("notes", "La trace de ce café")
TOURED = [*STEPS, SORTED, NOTES]

RANK = {"order": [2, 0, 1, 3]}
ANSWERS = {
    "challenge": [[{"text": "26/09/2022"}], [{"text": "15/09/2022"}], [{"text": "26-9-22"}]],
    "questionnaire": [
        [
            {"question": "stade", "answer": {"choice": [2]}},
            {"question": "essai", "answer": {"text": TRAP}},
            {"question": "frein", "answer": {"choice": [0, 1]}},
            {"question": "suivi", "answer": RANK},
            {"question": "note", "answer": {"value": 5, "comment": "Plus clair qu’avant"}},
        ],
        [
            {"question": "stade", "answer": {"choice": [1]}},
            {"question": "frein", "answer": {"choice": [2]}},
            {"question": "suivi", "answer": RANK},
            {"question": "note", "answer": {"value": 4}},
        ],
        [{"question": "stade", "answer": {"choice": []}}],
    ],
    "word_cloud": [[{"text": "élan"}, {"text": "café"}], [{"text": "Élan"}], [{"text": "envie"}]],
    "ideas": [[{"text": "médiation"}], [{"text": TRAP}], [{"text": "billetterie " * 12}]],
    "board": [
        [{"text": "Une liste des aides en cours", "column": 0}],
        [{"text": TRAP, "column": 1}],
        [{"text": "Anticonstitutionnellement" * 3, "column": 1}],
    ],
    "pause": [[], [], []],
    "avis": [[{"value": 5}], [{"value": 4}], [{"value": None}]],
    "ville": [[{"choice": [2]}], [{"choice": [0]}], [{"choice": []}]],
    "tri": [
        [{"text": "Former les équipes à la billetterie"}, {"text": TRAP}],
        [{"text": "Former les équipes de billetterie"}],
        [{"text": "Anticonstitutionnellement" * 3}],
    ],
    "notes": [[{"text": TRAP}], [{"text": "Sète accueille le premier essai."}], []],
}
assert set(ANSWERS) == {one["id"] for one in TOURED}
# What the facilitator does with what was written, before it closes.
LED = {
    "tri": [
        {"do": "release"},
        {"do": "stack", "items": ["i3"], "onto": "i1"},
        {"do": "theme", "item": "i1", "theme": "Métiers " * 6},
        {"do": "hide", "item": "i4"},
    ],
    "word_cloud": [{"do": "hide", "item": mark("envie")}],
}
