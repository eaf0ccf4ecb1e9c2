import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.minutes import FORMAT, Cite, Draft, Sentence, read_draft, written
from fabrique.domain.text import Invalid

ONE = {"text": "Oui.", "kind": "note", "cites": [{"ref": "n:3", "quote": "Oui."}]}
PLAIN = st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=20)
DRAFTS = st.builds(
    Draft,
    st.lists(
        st.builds(
            Sentence,
            PLAIN,
            st.sampled_from(["result", "written"]),
            st.lists(st.builds(Cite, PLAIN, PLAIN)).map(tuple),
            PLAIN,
            PLAIN,
        )
    ).map(tuple),
    PLAIN,
    PLAIN,
)


@given(DRAFTS)
def test_a_draft_comes_back_as_it_was(draft):
    content = written(draft)
    assert read_draft(content) == draft
    assert written(read_draft(content)) == content


def test_a_sentence_always_names_its_kind_and_cites():
    (one,) = json.loads(written(Draft((Sentence("Oui.", "result", (Cite("a:r3"),)),))))["sentences"]
    assert one == {"text": "Oui.", "kind": "result", "cites": [{"ref": "a:r3", "quote": ""}]}


def test_the_least_that_is_a_draft_is_read():
    content = json.dumps({"format": FORMAT, "sentences": [{"text": "Oui.", "kind": "note"}]})
    assert read_draft(content.encode()) == Draft((Sentence("Oui.", "note"),))


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"kind": "rumour"}, ".sentences[0].kind"),
        ({"cites": [{"quote": "x"}]}, ".sentences[0].cites[0]"),
        ({"cites": "t:1"}, ".sentences[0].cites"),
        ({"author": "A"}, ".sentences[0]"),
        ({"text": "a\x00"}, ".sentences[0].text"),
        ({"text": None}, ".sentences[0].text"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(change, where):
    with pytest.raises(Invalid) as error:
        read_draft(json.dumps({"format": FORMAT, "sentences": [{**ONE, **change}]}).encode())
    assert error.value.where == where


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": "fabrique.draft/2"}', b"\xff"])
def test_what_is_no_draft_is_refused(content):
    with pytest.raises(Invalid):
        read_draft(content)
