import html
import re
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from fabrique.domain.blocks import Block
from fabrique.domain.language import Language
from fabrique.formats.markdown import KIND
from fabrique.formats.markdown.words import line, lines

FRENCH, ENGLISH = Language("fr"), Language("en")
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
PLAIN = {"text", "softbreak", "hardbreak", "strong_open", "strong_close"}


def read(content):
    """The blocks of a page, and what stands inside their lines."""
    tokens = READER.parse(content.decode())
    inside = [child for token in tokens for child in token.children or ()]
    return [token.type for token in tokens], {child.type for child in inside}


def said(text):
    """The words that a reader sees of one line."""
    page = READER.render(f"x{text}" if text else "x")
    return html.unescape(re.sub(r"<[^>]*>", "", page)).strip()[1:]


def test_every_kind_of_block_is_written(every_block):
    kinds = {type(block) for section in every_block.sections for block in section.blocks}
    assert kinds == set(Block.__subclasses__())
    blocks, inside = read(KIND.render(every_block, FRENCH))
    assert {"heading_open", "table_open", "bullet_list_open", "blockquote_open"} <= set(blocks)
    assert inside == PLAIN - {"softbreak"}


def test_a_chart_is_its_table_with_who_was_counted(every_block):
    page = KIND.render(every_block, ENGLISH).decode()
    assert "**Où prête-t-on déjà ?**" not in page  # its heading says it already
    assert "| Option | People | Share |\n| --- | ---: | ---: |\n| partout | 12 | 70% |" in page
    assert "\n\n17 answers\n" in page


def test_lines_that_people_broke_stay_broken(every_block):
    assert "Deux lignes\\\nde texte.\n" in KIND.render(every_block, FRENCH).decode()


def test_a_quote_is_signed_as_far_as_names_are_published(every_block):
    page = KIND.render(every_block, FRENCH).decode()
    assert "* Bravo.\\\n  — Nour · 10:00\n* À refaire.\n" in page


@pytest.mark.parametrize("language", [FRENCH, ENGLISH])
def test_a_cafe_is_written_the_same_each_time(cafe_sized, language):
    assert KIND.render(cafe_sized, language) == KIND.render(cafe_sized, language)


def test_hostile_words_stay_words(hostile):
    blocks, inside = read(KIND.render(hostile, FRENCH))
    assert inside <= PLAIN
    assert not {"html_block", "code_block", "fence", "ordered_list_open"} & set(blocks)
    harmless = Counter(blocks)
    assert harmless["heading_open"] == 1 + 2 * len(hostile.sections)
    assert harmless["table_open"] == 5 * len(hostile.sections)


MARKS = st.text("#*_`~<>[]()!|\\-+=:.&;\"'$^{}@/ \n\t1a\u202e")


@settings(max_examples=60)
@given(words=st.text() | MARKS)
def test_any_words_anywhere(build_hostile, words):
    blocks, inside = read(KIND.render(build_hostile(words), FRENCH))
    assert inside <= PLAIN
    plain, _ = read(KIND.render(build_hostile("mots"), FRENCH))
    if line(words):
        assert Counter(blocks) == Counter(plain)


@given(
    MARKS | st.sampled_from(["http://x.example", "www.x.example", "a@b.example", "1. a", "10) b"])
)
def test_a_reader_sees_the_very_words(text):
    shown = re.sub("[\u202a-\u202e\u2066-\u2069]", "", text)
    assert said(line(text)) == " ".join(shown.split())


@pytest.mark.parametrize("text", ["http://x.example", "HTTPS://x", "www.x.example", "a@b.example"])
def test_no_address_becomes_a_link_where_readers_look_for_them(text):
    assert not re.search(r"(?<!\\)(?:://|@)|www\.", line(text), re.IGNORECASE)


@pytest.mark.parametrize(
    "text",
    ["- a", "+ a", "# a", "> a", "1. a", "1) a", "===", "---", ":--", "| a |", "```", "    a"],
)
def test_no_line_begins_a_block(text):
    (written,) = lines(text)
    assert [token.type for token in READER.parse(f"titre\n{written}")] == [
        "paragraph_open",
        "inline",
        "paragraph_close",
    ]
