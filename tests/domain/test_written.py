import pytest

from fabrique.domain.text import Refused
from fabrique.domain.written import check_written
from tests.importers.scripts import play, said, script, step

BLANK = [
    "",
    " ",
    "\t\n",
    "\u00a0\u202f\u3000",
    "\u200b\u2060\ufeff",
    "\u202e\u00ad",
    "\u3164",
    "\u2800\ufe0f",
]
WRITTEN = ["a", "…", "!!", "  é ", "🎭", "\u202eabc", "<b>", "0", "\u200b.", "e\u0301"]


@pytest.mark.parametrize("text", BLANK)
def test_what_cannot_be_seen_is_refused(text):
    with pytest.raises(Refused) as no:
        check_written(text)
    assert no.value.refusal.why == "empty"


@pytest.mark.parametrize("text", WRITTEN)
def test_whatever_can_be_seen_is_left_as_it_is(text):
    assert check_written(text) == text


KINDS = {
    "word_cloud": step("word_cloud", said("ana", 1, text="\u200b"), said("ana", 2, text="oui")),
    "ideas": step("ideas", said("ana", 1, text=" "), said("ana", 2, text="oui")),
    "board": step(
        "board",
        said("ana", 1, text="\n", column=0),
        said("ana", 2, text="oui", column=0),
        columns=["A"],
    ),
}


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_contribution_is_refused_and_counted(kind):
    found = play(script(KINDS[kind]))
    assert (found["refused"], found["steps"][0]["entries"]) == (1, 1)


def test_an_empty_message_is_refused_and_counted():
    found = play(script(messages=[said("ana", 1, text=""), said("ana", 2, text="Bonjour")]))
    assert (found["refused"], found["messages"]) == (1, 1)
