import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fabrique.domain.bodies import read_body, write_body
from fabrique.domain.results import results
from fabrique.domain.session import Session, fold
from fabrique.domain.text import Invalid
from fabrique.importers.script import read_script
from fabrique.live.replay import replay
from tests.importers.scripts import KINDS, WHOLE, asked, form, play, question, said, script, step


def journal(document):
    """Play a script and give its room and its journal."""
    lines = []
    read = read_script(json.dumps(document).encode(), KINDS)
    return replay(read, KINDS, lines.extend), lines


def test_replay_writes_lines_numbered_from_1_in_order_of_time():
    _, lines = journal(WHOLE)
    assert [line.seq for line in lines] == list(range(1, len(lines) + 1))
    assert [line.at for line in lines] == sorted(line.at for line in lines)
    assert len({(line.participant, line.op) for line in lines}) == len(lines)


def test_replay_keeps_what_was_refused_in_the_last_line():
    _, lines = journal(WHOLE)
    assert (lines[-1].kind, lines[-1].body.refused) == ("session.ended", {"closed": 1})


def test_the_journal_alone_gives_the_results():
    room, lines = journal(WHOLE)
    stored = [
        msgspec.structs.replace(
            line, body=read_body(KINDS, line.kind, line.version, write_body(line.body))
        )
        for line in lines
    ]
    assert stored == lines
    again = fold(Session(room.session.plan), stored, KINDS)
    assert results(again, KINDS) == play(WHOLE)


def test_refused_counts_once_whatever_the_reasons():
    late = said("ana", 99, choice=[0])
    few = {"options": ["a", "b"], "settings": {"min": 2}}
    found = play(script(form(question("multiple", late, said("bo", 1, choice=[1]), **few))))
    assert found["refused"] == 2


def test_refused_counts_things_and_not_heads():
    found = play(script(step("word_cloud", said("bo", 99, text="a")), people="bo*9"))
    assert found["refused"] == 1


@pytest.mark.parametrize("at", [-1, 5, 60, 1e300])
def test_what_no_client_could_send_is_invalid_at_any_time(at):
    with pytest.raises(Invalid) as no:
        play(script(step("board", said("ana", at, text="a", column=1), columns=["a"])))
    assert no.value.where == ".steps[0].answers[0].column"


@settings(max_examples=60)
@given(st.permutations(range(8)))
def test_the_order_of_the_file_matters_only_at_equal_times(order):
    texts = ["a", "A", "à", "b", "B", "c", "ç", "C"]
    answers = [said("ana", n, text=text) for n, text in enumerate(texts)]
    shuffled = [answers[n] for n in order]
    assert play(script(step("word_cloud", *shuffled))) == play(script(step("word_cloud", *answers)))


REPLIES = {
    "single": st.fixed_dictionaries({"choice": st.lists(st.integers(0, 2), max_size=1)}),
    "multiple": st.fixed_dictionaries(
        {"choice": st.lists(st.integers(0, 2), max_size=3, unique=True)}
    ),
    "ranking": st.fixed_dictionaries(
        {"order": st.lists(st.integers(0, 2), max_size=3, unique=True)}
    ),
    "rating": st.fixed_dictionaries({"value": st.none() | st.integers(1, 5)}),
}
OWN = {
    "single": {"options": ["a", "b", "c"]},
    "multiple": {"options": ["a", "b", "c"]},
    "ranking": {"options": ["a", "b", "c"], "settings": {"top": 3}},
    "rating": {"settings": {"scale": 5}},
}


@pytest.mark.parametrize("kind", REPLIES)
@settings(max_examples=40)
@given(data=st.data())
def test_a_device_for_several_counts_as_several_devices_that_say_the_same(kind, data):
    rows = data.draw(st.lists(st.tuples(st.integers(1, 4), REPLIES[kind]), max_size=5))
    together = [said(f"p{n}", n, **reply) for n, (_, reply) in enumerate(rows)]
    apart = [
        said(f"p{n}x{k}", n, **reply) for n, (heads, reply) in enumerate(rows) for k in range(heads)
    ]
    devices = " ".join(f"p{n}*{heads}" for n, (heads, _) in enumerate(rows))
    alone = " ".join(one["by"] for one in apart)
    assert asked(kind, *together, people=devices, **OWN[kind]) == asked(
        kind, *apart, people=alone, **OWN[kind]
    )
