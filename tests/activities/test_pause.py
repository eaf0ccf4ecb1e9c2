import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import first, said

PAUSE = {"id": "p", "kind": "pause", "title": "Pause", "opens_at": 0, "closes_at": 9}


@pytest.mark.parametrize("more", [{}, {"settings": {}}, {"instruction": "Respirez."}])
def test_pause_has_the_common_keys(more):
    assert first({**PAUSE, **more}, people="ana*2") == {
        "id": "p",
        "kind": "pause",
        "title": "Pause",
        "run": "r2",
        "joined": 2,
        "answered": 0,
        "abstained": 0,
        "entries": 0,
    }


@pytest.mark.parametrize(
    "more",
    [
        {"answers": []},
        {"answers": [said("ana", 1, text="a")]},
        {"likes": []},
        {"settings": {"x": 1}},
    ],
)
def test_pause_has_no_answers(more):
    with pytest.raises(Invalid):
        first({**PAUSE, **more})
