import pytest

from fabrique.domain.text import Invalid
from tests.importers.scripts import first, said, step


def cloud(*texts, people="ana bo cy"):
    answers = [said(by, n, text=text) for n, (by, text) in enumerate(texts)]
    return first(step("word_cloud", *answers), people=people)


def test_word_cloud_weighs_people_and_counts_entries():
    found = cloud(
        ("ana", "Médiation"), ("ana", "médiation"), ("bo", "médiation"), ("cy", "Mediation")
    )
    assert (found["answered"], found["entries"]) == (3, 4)
    assert found["words"] == [
        {
            "label": "médiation",
            "people": 3,
            "entries": 4,
            "forms": {"Médiation": 1, "médiation": 2, "Mediation": 1},
        }
    ]


def test_word_cloud_label_of_equal_forms_is_the_most_recent():
    assert cloud(("ana", "Élan"), ("bo", "élan"))["words"][0]["label"] == "élan"
    words = cloud(
        ("ana", "élan"), ("bo", "Élan"), ("cy", "l’élan"), ("ana", "élan"), ("bo", "Élan")
    )
    assert words["words"][0]["label"] == "Élan"


def test_word_cloud_forms_count_entries_and_not_heads():
    words = cloud(("bo", "élan"), ("ana", "ÉLAN"), ("ana", "ÉLAN"), people="ana bo*9")["words"]
    assert (words[0]["label"], words[0]["people"]) == ("ÉLAN", 10)


def test_word_cloud_orders_by_people_then_label_by_code_point():
    said_ = [("ana", "zut"), ("ana", "été"), ("ana", "Zen"), ("bo", "ami"), ("cy", "ami")]
    assert [word["label"] for word in cloud(*said_)["words"]] == ["ami", "Zen", "zut", "été"]


def test_word_cloud_texts_without_a_word_are_one_group():
    words = cloud(("ana", "…"), ("bo", "?"), ("cy", "!!"))["words"]
    forms = {"…": 1, "?": 1, "!!": 1}
    assert words == [{"label": "!!", "people": 3, "entries": 3, "forms": forms}]


def test_word_cloud_of_nobody_is_empty():
    assert cloud()["words"] == []


@pytest.mark.parametrize("settings", [{"words": 0}, {"words": 1.0}, {"words": True}, {"max": 2}])
def test_word_cloud_with_settings_that_cannot_be_is_invalid(settings):
    with pytest.raises(Invalid):
        first(step("word_cloud", settings=settings))
