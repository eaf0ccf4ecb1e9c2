import pytest

from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid
from fabrique.live.room import Accepted
from fabrique.live.rules import preparing
from tests.importers.scripts import KINDS

PAUSE = {"kind": "pause", "title": "On respire"}


def test_a_step_is_added_under_an_id_of_the_rooms_own(room):
    room.send("order.add", step=PAUSE)
    room.send("order.add", step=PAUSE | {"id": "words"}, before="vote")
    first, second = room.steps[-1], room.steps[1]
    assert room.steps == ["words", second, "vote", first]
    assert len({*room.steps}) == 4


def test_what_goes_beside_the_order_is_added_beside_it(room):
    room.send("order.add", step={"kind": "chat", "title": "Fil"})
    assert room.steps == ["words", "vote"]
    assert [one.kind for one in room.session.plan.beside] == ["chat"]


def test_a_step_that_cannot_be_is_invalid_and_says_where(room):
    with pytest.raises(Invalid) as error:
        room.send("order.add", step={"kind": "vote", "title": "?", "settings": {"scale": 1}})
    assert error.value.where.startswith(".step")
    assert room.steps == ["words", "vote"]


def test_a_copy_follows_its_model(room):
    room.send("order.copy", step="words")
    model, copy, _ = room.session.plan.steps
    assert (copy.title, copy.kind) == (model.title, model.kind)
    assert copy.id != model.id


def test_an_edit_counts_from_the_next_opening_on(room):
    room.send("open", step="words")
    room.send("order.edit", step={"kind": "word_cloud", "id": "words", "title": "Deux mots"})
    assert room.session.runs["r1"].definition.title == "Un mot"
    room.send("close", run="r1")
    room.send("open", step="words")
    assert room.session.runs["r2"].definition.title == "Deux mots"


def test_a_step_keeps_its_kind(room):
    with pytest.raises(Invalid):
        room.send("order.edit", step=PAUSE | {"id": "words"})


def test_an_edit_says_only_what_changes(room):
    room.send("order.edit", step={"id": "vote", "settings": {"scale": 7}})
    room.send("order.edit", step={"id": "vote", "seconds": None})
    (step,) = [one for one in room.session.plan.steps if one.id == "vote"]
    assert (step.title, step.settings.scale, step.seconds) == ("Un vote", 7, None)
    assert room.journal[-1].body.step == {"id": "vote", "seconds": None}


def test_two_people_who_edit_the_same_step_lose_nothing(room):
    room.send("order.edit", step={"id": "vote", "title": "Le mien"})
    room.send("order.edit", step={"id": "vote", "instruction": "La sienne"})
    step = room.session.plan.step("vote")
    assert (step.title, step.instruction) == ("Le mien", "La sienne")


def test_an_edit_that_changes_nothing_leaves_nothing_to_undo(room):
    room.send("order.edit", step={"id": "vote", "title": "Un vote"})
    assert room.why("order.undo") == "nothing_to_undo"


def test_an_edit_of_what_was_erased_is_passed_over(room):
    questions = [{"kind": "open", "id": "q", "title": "Quoi ?"}]
    room.send("order.add", step={"kind": "questionnaire", "title": "Q", "questions": questions})
    step = room.steps[-1]
    new = {"kind": "open", "title": "Et puis ?"}
    room.send("order.edit", step={"id": step, "questions": {"new": new}})
    room.send("order.edit", step={"id": step, "questions": {"new": {"title": "Alors ?"}}})
    left = [line for line in room.journal if "Et puis" not in repr(line.body)]
    assert len(left) == len(room.journal) - 1
    plan = fold(Session(room.plan), left, KINDS).plan
    assert [question.title for question in plan.steps[-1].questions] == ["Quoi ?"]


@pytest.mark.parametrize(
    ("step", "where"),
    [
        ({"id": "vote", "title": " "}, ".step.title"),
        ({"id": "vote", "settings": {"scale": 1}}, ".step.settings.scale"),
        ({"id": "vote", "settings": None}, ".step"),
        ({"id": "vote", "colour": "red"}, ".step"),
    ],
)
def test_what_cannot_be_says_where_it_is(room, step, where):
    with pytest.raises(Invalid) as error:
        room.send("order.edit", step=step)
    assert error.value.where == where
    assert room.session.plan.step("vote").title == "Un vote"


def test_a_step_that_is_gone_is_not_edited(room):
    assert room.why("order.edit", step={"id": "nobody", "title": "?"}) == "unknown_step"
    assert room.why("order.edit", step={"title": "?"}) == "unknown_step"


def test_a_step_moves_before_another_or_to_the_end(room):
    room.send("order.add", step=PAUSE)
    new = room.steps[-1]
    room.send("order.move", step=new, before="words")
    assert room.steps == [new, "words", "vote"]
    room.send("order.move", step=new)
    assert room.steps == ["words", "vote", new]
    assert room.why("order.move", step="nobody") == "unknown_step"
    assert room.why("order.move", step=new, before="nobody") == "unknown_step"


def test_a_step_is_dropped_unless_it_was_opened(room):
    room.send("open", step="words")
    assert room.why("order.drop", step="words") == "played"
    room.send("order.drop", step="vote")
    assert room.steps == ["words"]


def test_every_change_can_be_undone_in_turn(room):
    asked = [
        ("order.add", {"step": PAUSE}),
        ("order.copy", {"step": "words"}),
        ("order.edit", {"step": {"kind": "word_cloud", "id": "words", "title": "Autre"}}),
        ("order.move", {"step": "vote", "before": "words"}),
        ("order.drop", {"step": "vote"}),
        ("order.title", {"title": "Autre titre", "introduction": "Bienvenue"}),
    ]
    plans = [room.session.plan]
    for verb, body in asked:
        assert isinstance(room.send(verb, **body), Accepted)
        plans.append(room.session.plan)
    assert len({repr(plan) for plan in plans}) == len(plans)
    for plan in reversed(plans[:-1]):
        room.send("order.undo")
        assert room.session.plan == plan
    assert room.why("order.undo") == "nothing_to_undo"


def test_undoing_does_not_take_away_a_step_that_was_opened(room):
    room.send("order.add", step=PAUSE)
    room.send("open", step=room.steps[-1])
    assert room.why("order.undo") == "played"


def test_an_id_never_comes_back(room):
    room.send("order.add", step=PAUSE)
    first = room.steps[-1]
    room.send("order.undo")
    room.send("order.add", step=PAUSE)
    assert room.steps[-1] != first


def test_the_door_says_what_was_titled(room):
    room.send("order.title", title="Café du mardi", facilitator="L’équipe")
    plan = room.session.plan
    assert (plan.title, plan.facilitator, plan.introduction) == ("Café du mardi", "L’équipe", "")
    assert room.why("order.title", title=" ") == "empty"


def test_a_running_order_has_an_end(room, monkeypatch):
    monkeypatch.setattr(preparing, "LONGEST", 3)
    room.send("order.add", step=PAUSE)
    assert room.why("order.add", step=PAUSE) == "too_long"


def test_only_the_animation_prepares(room):
    assert room.why("order.add", "ana", step=PAUSE) == "role"


def test_a_restart_finds_the_running_order_as_it_was_left(room):
    room.send("order.drop", step="vote")
    room.room.reload(room.journal)
    assert room.steps == ["words"]
