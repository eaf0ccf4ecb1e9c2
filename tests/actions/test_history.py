"""Every verb of the history has its sentence, and every sentence its verb."""

import ast
from pathlib import Path

from fabrique.domain.call import State as Contribution
from fabrique.domain.gathering import State
from fabrique.domain.happened import CHANGED, VERBS, happened
from fabrique.domain.seat import Seat

CODE = Path(__file__).parents[2] / "fabrique"
# What ends the verbs that are put together, by how they begin and where.
ENDS = {
    ("registration.", "settle"): set(Seat) - {Seat.INVITED},
    ("gathering.", "publish"): {State.ANNOUNCED, State.PUBLISHED, State.POSTPONED, State.CANCELLED},
    ("join.", "joining"): {"accepted", "declined"},
    ("contribution.", "calls"): {"drafted", "rewritten", "sent"}
    | (set(Contribution) - {Contribution.DRAFT}),
    ("dispatch.", "messages"): {"rewritten", "released", "dropped", "retried"},
}


def read(expression, file):
    """The verbs that an expression may give."""
    match expression:
        case ast.Constant(value=str(verb)):
            return {verb}
        case ast.IfExp(body=yes, orelse=no):
            return read(yes, file) | read(no, file)
        case ast.JoinedStr(values=[ast.Constant(value=head), *_]):
            return {f"{head}{end}" for end in ENDS[head, file]}
    raise TypeError(ast.dump(expression))


def written():
    found = set()
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note":
                found |= read(node.args[0], path.stem)
    return found


def test_every_verb_has_its_sentence_and_no_sentence_is_left_over():
    assert written() == set(VERBS)


def test_a_verb_that_is_written_no_longer_is_still_said():
    assert happened("gathering.flown") == CHANGED
