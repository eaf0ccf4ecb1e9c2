import base64
import gzip
import hashlib
import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from fabrique.domain import cover
from fabrique.domain.blocks import Block, Chart, Heading, Section, Table
from fabrique.domain.language import Language
from fabrique.domain.text import Text
from fabrique.formats.html import KIND, STYLE, STYLE_HASH

FRENCH, ENGLISH = Language("fr"), Language("en")
VOID = {"meta", "img", "link", "br", "hr", "input"}


class Page(HTMLParser):
    """Counts as EcoIndex does: every element but what a drawing is made of."""

    def __init__(self, page):
        super().__init__()
        self.open, self.elements, self.bodies, self.inside = [], [], 0, 0
        self.feed(page.decode())

    def handle_starttag(self, tag, attrs):
        if not self.inside:
            self.elements.append((tag, dict(attrs)))
            self.bodies += tag == "table"  # browsers add <tbody>
        self.inside += tag == "svg"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        self.inside -= tag == "svg"

    @property
    def nodes(self):
        return len(self.elements) + self.bodies

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def test_the_page_asks_nothing_of_anyone(every_block):
    page = Page(KIND.render(every_block, FRENCH))
    assert not {"script", "iframe", "object"} & {tag for tag, _ in page.elements}
    assert [link["rel"] for link in page.all("link")] == ["icon"]
    assert all(link["href"].startswith("data:") for link in page.all("link"))
    assert all(image["src"].startswith("data:") for image in page.all("img"))
    assert "url(" not in STYLE
    assert "@import" not in STYLE


def test_the_style_is_the_one_the_policy_allows(every_block):
    page = KIND.render(every_block, FRENCH).decode()
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"sha256-{digest}" == STYLE_HASH
    assert " style=" not in page


@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_the_page_is_built_for_everyone(every_block, language):
    page = Page(KIND.render(every_block, language))
    assert page.open == []
    assert page.all("html") == [{"lang": language.code}]
    assert len(page.all("h1")) == len(page.all("main")) == len(page.all("nav")) == 1
    assert all(image["alt"] for image in page.all("img"))
    said = [table for table in page.all("table") if table.get("aria-label")]
    assert len(page.all("caption")) + len(said) == len(page.all("table"))
    assert {th["scope"] for th in page.all("th")} == {"col", "row"}
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {a["href"].removeprefix("#") for a in page.all("a")} <= set(ids)


def test_every_kind_of_block_is_drawn(every_block):
    kinds = {type(block) for section in every_block.sections for block in section.blocks}
    assert kinds == set(Block.__subclasses__())


def test_a_chart_has_its_table_and_its_picture(every_block):
    page = KIND.render(every_block, ENGLISH, links={"q1": "/q1.png?a=1&b=2"}).decode()
    assert 'href="/q1.png?a=1&amp;b=2"' in page
    charts = [b for section in every_block.sections for b in section.blocks if isinstance(b, Chart)]
    assert page.count("<figure>") == page.count("<details>") == len(charts)
    assert page.count("<svg") == 2 * len(charts)


def test_the_figures_of_a_chart_are_said_line_by_line(every_block):
    page = KIND.render(every_block, ENGLISH).decode()
    for line in ("partout · People: 12 · Share: 70%", "Grade: 5 · People: 20"):
        assert f"<li>{line}</li>" in page
    assert page.count("<table") == 2  # the board by column, the table that is one


def test_a_table_under_its_own_title_says_it_once(every_block):
    def drawn(title, *blocks):
        section = Section("a", "", title, blocks)
        return KIND.render(structs.replace(every_block, sections=(section,)), FRENCH).decode()

    table = Table("À faire", ("Quoi", "Qui"), (("Écrire", "Ana"),))
    for title, heads in (("À faire", ()), ("Décidé", (Heading("À faire"),))):
        page = drawn(title, *heads, table)
        assert "<caption>" not in page
        assert '<table aria-label="À faire">' in page
    page = drawn("Décidé", table)
    assert "<caption>À faire</caption>" in page


def test_what_goes_on_is_a_page_and_what_is_taken_a_file(every_block):
    page = KIND.render(
        every_block, FRENCH, files=[("PDF", "/a.pdf")], acts=[("Publier", "/publish")]
    ).decode()
    assert '<a href="/publish">Publier</a>' in page
    assert '<a href="/a.pdf" download>PDF</a>' in page


def test_a_figure_that_names_itself_is_not_named_twice():
    rank = Text("mean rank {rank}", {"rank": "1.43"})
    table = Table("", ("Option", Text("Mean rank")), (("site", rank), ("Mean rank", rank)), (1,))
    said = ["site · mean rank 1.43", "Mean rank · mean rank 1.43"]
    assert list(cover.named(table, table.rows, ENGLISH)) == said


def test_no_sign_stands_alone_on_a_line(build_hostile):
    page = KIND.render(build_hostile("Qui vient ? « Toi » : oui !"), FRENCH).decode()
    assert "Qui vient ?" not in page
    assert " :" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    assert "<h1>Qui vient\u00a0? «\u00a0Toi\u00a0»\u00a0: oui\u00a0!</h1>" in page


def test_hostile_words_stay_words(hostile):
    page = KIND.render(hostile, FRENCH)
    assert Page(page).open == []
    assert b"<script" not in page
    assert b"<img" not in page
    assert b"onerror=alert(1)>" not in page


@settings(max_examples=25)
@given(words=st.text() | st.text("<>&\"'/=`]-!{}%\x00\x1f\u202e"))
def test_any_words_anywhere(build_hostile, words):
    page = Page(KIND.render(build_hostile(words), FRENCH))
    assert page.open == []
    assert not {"script", "img"} & {tag for tag, _ in page.elements}


def test_a_cafe_is_a_light_page(cafe_sized):
    page = KIND.render(cafe_sized, FRENCH)
    assert Page(page).nodes <= 520
    assert len(page) < 200_000
    assert len(gzip.compress(page)) < 40_000
