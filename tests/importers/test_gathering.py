import tomllib

import pytest

from fabrique.domain.checklist import DOCUMENT, LANES, PREPARE
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.importers.gathering import COMMON, FOLDER, formats, read_format
from fabrique.importers.method import methods

FORMATS = formats()
BARE = b'lane = "quick"\nname = { fr = "Un", en = "One" }\nabout = { fr = "A", en = "A" }\n'


def common():
    return tomllib.loads((FOLDER / COMMON).read_text())


@pytest.mark.parametrize("one", FORMATS.values(), ids=FORMATS)
def test_a_format_brings_a_method_that_there_is_and_that_fits_in_its_time(one):
    if one.method:
        method = methods(discover("fabrique.activities"))[one.method]
        assert method.minutes <= one.minutes


@pytest.mark.parametrize("one", FORMATS.values(), ids=FORMATS)
def test_a_format_speaks_both_languages(one):
    assert {code: len(asked) for code, asked in one.questions.items()} == {"fr": 1, "en": 1}
    for words in one.letters.values():
        assert words.text("fr") != words.text("en")


def test_both_lanes_have_the_steps_of_the_guide():
    counts = {
        lane: [sum(one.phase == phase for one in steps) for phase in (PREPARE, DOCUMENT)]
        for lane, steps in LANES.items()
    }
    assert counts == {"prepared": [9, 6], "quick": [9, 3]}
    for steps in LANES.values():
        assert len({one.key for one in steps}) == len(steps)


def test_the_quick_lane_brings_the_ready_made_workshop():
    assert [(one.id, one.method) for one in FORMATS.values() if one.lane == "quick"] == [
        ("atelier_3p", "atelier_3p")
    ]


@pytest.mark.parametrize(
    ("more", "where"),
    [
        ("[deadlines]\nnowhere = 'J-1'\n", ".deadlines"),
        ("[deadlines]\nslots = 'soon'\n", ""),
        ("documented = 'later'\n", ""),
        ("[[questions]]\nkind = 'riddle'\nid='a'\n", ".questions[0].kind"),
        ("[[questions]]\nkind = 'open'\nid='a'\n", ".questions[0]"),
        ("[letters.never]\nfr = 'a'\nen = 'a'\n", ".letters"),
        ("surprise = 1\n", ""),
    ],
)
def test_what_is_wrong_in_a_format_is_said(more, where):
    with pytest.raises(Invalid) as refused:
        read_format("x", BARE + more.encode(), common())
    assert refused.value.where.startswith(where)


def test_what_a_format_does_not_say_is_what_all_have():
    found = read_format("x", BARE, common())
    assert (found.mode, found.audience, found.documented) == ("remote", "member", "J+14")
