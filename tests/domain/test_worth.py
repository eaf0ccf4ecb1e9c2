import pytest

from fabrique.domain.language import Language
from fabrique.domain.worth import worth


@pytest.mark.parametrize(
    ("value", "bound", "said"),
    [
        (
            (0, 100),
            (0, 100),
            ["Personne ne se croise deux fois.", "La mixité est la meilleure possible."],
        ),
        (
            (0, 1030),
            (0, 1000),
            ["Personne ne se croise deux fois.", "La mixité est à 3 % du meilleur possible."],
        ),
        (
            (0, 1001),
            (0, 1000),
            ["Personne ne se croise deux fois.", "La mixité est à 0,1 % du meilleur possible."],
        ),
        ((26, 0), (26, 0), ["26 rencontres se répètent : aucun plan n’en a moins."]),
        ((2, 0), (1, 0), ["2 rencontres se répètent ; 1 au moins ne peuvent être évitées."]),
        ((1, 0), (0, 0), ["1 rencontre se répète."]),
    ],
)
def test_a_plan_says_how_good_it_is(value, bound, said):
    names = ("repeats", "mix")
    plan = {
        "value": dict(zip(names, value, strict=True)),
        "bound": dict(zip(names, bound, strict=True)),
    }
    words = [
        Language("fr").say(one).replace("\u202f", " ").replace("\u00a0", " ") for one in worth(plan)
    ]
    assert words == said


def test_without_a_bound_nothing_is_claimed():
    assert [one.msgid for one in worth({"value": {"repeats": 3, "mix": 9}, "bound": None})] == [
        "{n} meeting happens twice."
    ]
