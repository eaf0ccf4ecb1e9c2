import pytest

from fabrique.domain.text import Invalid
from tests.activities.pools import Pool
from tests.importers.scripts import play, said, script, step

COLUMNS = {"columns": ["gauche", "droite"]}
CARD = said("ana", 5, text="Carte", id="k", column=0)


def board(*answers, people="ana bo cy", **own):
    found = play(script(step("board", *answers, **{**COLUMNS, **own}), people=people))
    return found["steps"][0], found["refused"]


def placed(found):
    return [[card["id"] for card in column["cards"]] for column in found["columns"]]


def test_board_gives_columns_with_cards_in_order_of_writing_moved_ones_too():
    answers = [CARD, said("bo", 6, text="b", column=1), said("cy", 7, text="c", column=0)]
    moves = [said("ana", 8, card="i2", column=1), said("bo", 9, card="k", column=1)]
    found, refused = board(*answers, moves=moves, people="ana bo*2 cy")
    assert (placed(found), refused) == ([[], ["k", "i1", "i2"]], 0)
    assert (found["answered"], found["entries"]) == (4, 3)
    assert found["columns"][1]["cards"][0] == {"id": "k", "text": "Carte", "by": "ana", "likes": 0}


def test_board_last_move_counts():
    moves = [said("bo", 7, card="k", column=1), said("cy", 8, card="k", column=0)]
    assert placed(board(CARD, moves=moves)[0]) == [["k"], []]


def test_board_where_one_moves_one_s_own_cards_only():
    moves = [said("bo", 7, card="k", column=1)]
    found, refused = board(CARD, moves=moves, settings={"move": "own"})
    assert (placed(found), refused) == ([["k"], []], 1)
    moves = [said("ana", 7, card="k", column=1)]
    assert placed(board(CARD, moves=moves, settings={"move": "own"})[0]) == [[], ["k"]]


def test_board_likes_sum_heads():
    likes = [said("bo", 6, card="k"), said("ana", 6, card="k"), said("cy", 60, card="k")]
    found, refused = board(CARD, likes=likes, people="ana bo*3 cy", settings={"likes": True})
    assert (found["columns"][0]["cards"][0]["likes"], refused) == (3, 2)


def test_board_move_after_closing_is_refused():
    assert board(CARD, moves=[said("bo", 60, card="k", column=1)])[1] == 1


@pytest.mark.parametrize(
    "move",
    [
        said("bo", 4, card="k", column=1),
        said("bo", 6, card="x", column=1),
        said("bo", 99, card="x", column=1),
        said("bo", 6, card="k", column=2),
        said("bo", 99, card="k", column=2),
        said("bo", 6, card="k", column=-1),
        said("bo", 6, card="k", column=True),
        said("bo", 6, card="k", column=1.0),
        said("bo", 6, card="k"),
        said("bo", 6, column=1),
        said("bo", 6, idea="k", column=1),
        said("zoe", 6, card="k", column=1),
    ],
)
@pytest.mark.parametrize("rule", ["any", "own"])
def test_board_move_that_no_client_could_send_is_invalid(move, rule):
    with pytest.raises(Invalid) as no:
        board(CARD, moves=[move], settings={"move": rule})
    assert no.value.where.startswith(".steps[0].moves[0]")


@pytest.mark.parametrize(
    "answer",
    [
        said("ana", 1, text="a", column=2),
        said("ana", 99, text="a", column=2),
        said("ana", 1, text="a"),
        said("ana", 1, column=0),
        said("ana", 1, text="a", column="0"),
        said("ana", 1, text="a", column=0, likes=1),
    ],
)
def test_board_card_that_no_client_could_send_is_invalid(answer):
    with pytest.raises(Invalid) as no:
        board(answer)
    assert no.value.where.startswith(".steps[0].answers[0]")


@pytest.mark.parametrize(
    "own", [{"columns": []}, {"columns": "ab"}, {"columns": [1]}, {"settings": {"move": "all"}}]
)
def test_board_that_cannot_be_is_invalid(own):
    with pytest.raises(Invalid):
        board(**own)


def test_board_columns_may_have_the_same_title():
    assert placed(board(CARD, columns=["a", "a"])[0]) == [["k"], []]


def test_whoever_leads_puts_any_card_in_another_column_with_what_is_under_it():
    found = Pool("board", **COLUMNS, settings={"move": "own"})
    for who, text in (("ana", "un"), ("bo", "deux"), ("cy", "trois")):
        assert found.ask("answer", who, text=text, column=0) is None
    assert found.ask("stack", items=["i2"], onto="i1") is None
    assert found.ask("sort", item="i1", column=1) is None
    assert placed(found.result()) == [["i3"], ["i1", "i2"]]
    assert [one.column for one in found.cards("console")] == [1, 1, 0]
    assert [past.said.msgid for past in found.run.state.items["i1"].past] == [
        "Put in another column"
    ]
    assert found.ask("sort", "ana", item="i1", column=0) == "role"
    for wrong in ({"item": "i1", "column": 2}, {"item": "i9", "column": 0}):
        with pytest.raises(Invalid):
            found.ask("sort", **wrong)
