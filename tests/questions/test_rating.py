import pytest

from fabrique.domain.text import Invalid
from fabrique.questions.rating import KIND, RatingQuestion, Scale
from tests.importers.scripts import asked, form, play, question, said, script

FIVE = {"settings": {"scale": 5, "comments": True}}


def test_rating_sums_heads_and_counts_comments_as_things():
    found = asked(
        "rating",
        said("ana", 1, value=5, comment="Bien"),
        said("bo", 2, value=4, comment="Oui"),
        said("cy", 3, value=None, comment="Je ne sais pas"),
        people="ana bo*3 cy*2 dee",
        **FIVE,
    )
    assert found == {
        "id": "rating",
        "kind": "rating",
        "reached": 7,
        "answered": 6,
        "abstained": 0,
        "mean": "4.3",
        "median": 4,
        "distribution": [0, 0, 0, 3, 1],
        "no_opinion": 2,
        "comments": 3,
        "revised": 0,
    }


def test_rating_of_nobody_has_neither_mean_nor_median():
    found = asked("rating", said("ana", 1, value=None), **FIVE)
    assert (found["mean"], found["median"], found["no_opinion"]) == (None, None, 1)


def test_rating_median_of_an_even_count_is_between():
    found = asked("rating", said("ana", 1, value=2), said("bo", 1, value=5), **FIVE)
    assert (found["mean"], found["median"]) == ("3.5", 3.5)


@pytest.mark.parametrize(
    ("values", "revised"), [([3, 5, 3], 1), ([5, 5], 0), ([None, 2], 1), ([2, None], 1), ([4], 0)]
)
def test_rating_revised_at_one_moment_or_by_separate_answers(values, revised):
    at_once = said("bo", 1, value=values[-1], revised=values)
    apart = [said("bo", n, value=value) for n, value in enumerate(values)]
    for answers in ([at_once], apart):
        found = play(script(form(question("rating", *answers, **FIVE)), people="bo*3"))["steps"][0]
        assert found["entries"] == len(values)
        assert found["questions"][0]["revised"] == 3 * revised
        assert sum(found["questions"][0]["distribution"]) == (3 if values[-1] else 0)


def test_rating_answered_again_replaces_its_comment_too():
    answers = [said("ana", 1, value=5, comment="Bien"), said("ana", 2, value=5)]
    found = asked("rating", *answers, **FIVE)
    assert (found["comments"], found["revised"]) == (0, 0)


def test_rating_revised_after_closing_is_refused_vote_by_vote():
    one = question("rating", said("ana", 60, value=2, revised=[1, 2]), **FIVE)
    assert play(script(form(one)))["refused"] == 2


@pytest.mark.parametrize(
    "answer",
    [
        {"value": 0},
        {"value": 6},
        {"value": -1},
        {"value": True},
        {"value": 3.0},
        {"value": "3"},
        {"value": 10**30},
        {},
        {"comment": "x"},
        {"value": 3, "comment": 5},
        {"value": 3, "comment": None},
        {"value": 3, "revised": []},
        {"value": 3, "revised": [3, 4]},
        {"value": 3, "revised": [0, 3]},
        {"value": 3, "revised": [3.0]},
        {"value": 1, "revised": [True]},
        {"value": 3, "revised": ["1", 3]},
        {"value": 3, "revised": [[], 3]},
        {"value": 3, "revised": 3},
        {"revised": [None]},
        {"revised": [3]},
    ],
)
@pytest.mark.parametrize("at", [1, 99])
def test_rating_that_no_client_could_send_is_invalid(answer, at):
    with pytest.raises(Invalid) as no:
        asked("rating", said("ana", at, **answer), **FIVE)
    assert no.value.where.startswith(".steps[0].questions[0].answers[0]")


@pytest.mark.parametrize("comments", [False, None])
def test_rating_without_comments_does_not_know_the_key(comments):
    settings = {"scale": 5} if comments is None else {"scale": 5, "comments": False}
    with pytest.raises(Invalid, match="comment"):
        asked("rating", said("ana", 1, value=1, comment=""), settings=settings)


@pytest.mark.parametrize("scale", [1, 0, -5, True, 5.0, "5", 10**30])
def test_rating_on_a_scale_that_cannot_be_is_invalid(scale):
    with pytest.raises(Invalid):
        asked("rating", settings={"scale": scale})


def test_rating_on_a_long_scale():
    found = asked("rating", said("ana", 1, value=1000), settings={"scale": 1000})
    assert (found["mean"], len(found["distribution"])) == ("1000.0", 1000)


def test_whoever_may_comment_is_told_that_comments_are_quoted():
    silent, talking = (
        RatingQuestion(id="q", title="?", settings=Scale(scale=5, comments=on))
        for on in (False, True)
    )
    assert "comment" not in KIND.promise(silent).msgid
    assert "comments without your name" in KIND.promise(talking).msgid
