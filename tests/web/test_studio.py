"""The editor's fragments as HTML: every kind, both languages, harmless, each control with words."""

import json

import pytest

from fabrique.domain.definitions import read_definition
from fabrique.domain.registry import discover
from fabrique.domain.session import Plan, Session
from fabrique.live.screens import Figures, parts
from fabrique.web.render import render
from tests.laws import rooms
from tests.web.reading import Page
from tests.web.test_render import HOSTILE, hostile

KINDS = discover("fabrique.activities")


def drawn(kind, language, words=HOSTILE):
    raw = {"kind": kind, "id": f"<{words}", "title": "", "instruction": "", **KINDS[kind].example}
    step = read_definition(json.loads(json.dumps(hostile(raw))) | {"id": raw["id"]}, KINDS)
    plan = Plan(words, "cafe", "fr", rooms.START, facilitator=words, introduction=words)
    place = {"beside": (step,)} if KINDS[kind].always else {"steps": (step,)}
    session = Session(Plan(**{f: getattr(plan, f) for f in plan.__struct_fields__} | place))
    found = parts(session, KINDS, "prepare", {}, Figures())
    return {part.key: render(part.kind, part.partial, part.view, language, part) for part in found}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_form_is_drawn_and_harmless(kind, language):
    for key, html in drawn(kind, language).items():
        page = Page(html)
        assert [root.get("id") for root in page.roots] == [key]
        assert page.threats() == []
        assert not {tag for tag, _ in page.elements} & {"script", "b2"}
        assert all(attrs.get("src") != "x" for _, attrs in page.elements)
        assert "49" not in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_every_control_has_words_and_an_id_of_its_own(kind):
    page = Page("".join(drawn(kind, "fr").values()))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(set(ids)) == len(ids)
    labelled = {attrs.get("for") for tag, attrs in page.elements if tag == "label"}
    for tag, attrs in page.elements:
        if tag in ("select", "textarea") and "data-path" in attrs and "in:" in attrs.get("id", ""):
            assert attrs["id"] in labelled or attrs["id"] == "in:introduction"


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_form_holds_comes_back_as_the_definition_has_it(kind):
    page = Page(drawn(kind, "fr")[f"form:<{HOSTILE}"])
    held = {
        attrs["data-path"]: json.loads(attrs["data-value"])
        for _, attrs in page.elements
        if "data-value" in attrs
    }
    assert held['["title"]'] == HOSTILE
    assert set(held) >= {'["title"]', '["instruction"]', '["presenter_notes"]'}
