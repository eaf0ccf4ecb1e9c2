import pytest

from fabrique.domain.text import Invalid
from fabrique.questions.open import KIND, OpenQuestion
from tests.importers.scripts import asked, said


def test_open_texts_are_in_order_of_time():
    found = asked("open", said("ana", 5, text="après"), said("bo", 1, text="avant"))
    assert found["texts"] == ["avant", "après"]
    assert (found["answered"], found["abstained"]) == (2, 0)


def test_open_answered_again_stands_at_its_last_time():
    answers = [said("ana", 1, text="un"), said("bo", 2, text="deux"), said("ana", 3, text="trois")]
    assert asked("open", *answers)["texts"] == ["deux", "trois"]


def test_open_texts_are_kept_as_they_were_sent():
    texts = ["<b>&", "=1+1", "\u202eabc", "e\u0301", "💜", " ", "", "a\n\tb"]
    people = " ".join(f"p{n}" for n in range(len(texts)))
    answers = [said(f"p{n}", n, text=text) for n, text in enumerate(texts)]
    assert asked("open", *answers, people=people)["texts"] == texts


@pytest.mark.parametrize("answer", [{}, {"text": 1}, {"text": None}, {"text": "a", "choice": [0]}])
def test_open_of_another_form_is_invalid(answer):
    with pytest.raises(Invalid):
        asked("open", said("ana", 1, **answer))


def test_open_takes_no_options_and_may_say_that_it_has_no_settings():
    assert asked("open", settings={})["texts"] == []
    with pytest.raises(Invalid, match="options"):
        asked("open", options=["a"])


def test_whoever_writes_is_told_that_the_text_is_shown():
    assert "shown without your name" in KIND.promise(OpenQuestion(id="q", title="?")).msgid
