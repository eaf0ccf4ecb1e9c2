from __future__ import annotations

import pytest

from fabrique.domain import separated
from fabrique.domain.separated import read_separated
from fabrique.domain.text import Invalid

TABLE = "Prénom;Réponse\nZoé;« d’accord »\n"


def cells(content):
    return [row.cells for row in read_separated(content).rows]


@pytest.mark.parametrize("alphabet", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_alphabet_is_found_out(alphabet):
    found = read_separated(TABLE.encode(alphabet))
    assert found.head == ("Prénom", "Réponse")
    assert [row.cells for row in found.rows] == [("Zoé", "« d’accord »")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_out(separator):
    lines = [("a", "b", "c"), ("1", "2", "3")]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert cells(text.encode()) == [("1", "2", "3")]


def test_a_comma_inside_a_sentence_parts_nothing():
    assert cells(b"Where, and when;Who, and why\nhere, now;me, because\n") == [
        ("here, now", "me, because")
    ]


def test_a_semicolon_in_a_title_parts_nothing_either():
    assert cells(b"What; explain,Who\nwell,me\n") == [("well", "me")]


def test_quotes_hold_separators_lines_and_quotes():
    assert cells(b'a,b\r\n"1,\r\n2","say ""hi"""\r\n') == [("1,\n2", 'say "hi"')]


def test_a_row_knows_the_line_where_it_ends():
    found = read_separated(b'a,b\n"1\n2",3\n\n4,5\n')
    assert [(row.line, row.cells) for row in found.rows] == [(3, ("1\n2", "3")), (5, ("4", "5"))]


def test_empty_lines_and_empty_cells_at_the_end_are_nothing():
    assert cells(b"a,b\n,\n1,2,,\n") == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b"", "f.csv"),
        (b"\n \n", "f.csv"),
        (b"a\x81\xff", "f.csv"),  # in no alphabet
        (b"\xff\xfea", "f.csv"),  # half a sign
        (b"a,b\n1,2\n3", "f.csv:3"),  # cut half-way
        (b"a,b\n1,2,3\n", "f.csv:2"),
        (b'a,b\n1,"2\n', "f.csv:2"),
        (b"a,b\n1,\x00\n", "f.csv:2, 2"),
        (b"a,b\n1,\x1b[31m\n", "f.csv:2, 2"),
        (b"a,b\n\x7f,1\n", "f.csv:2, 1"),
        (b"a,b\n" + b"x" * 2001 + b",1\n", "f.csv:2, 1"),
        (b"a,b\n" + b"x" * 200_000 + b",1\n", "f.csv:2"),
        (b"a," * 300 + b"\n", "f.csv:1"),
    ],
)
def test_what_is_no_table_is_refused_with_its_line(content, where):
    with pytest.raises(Invalid) as no:
        read_separated(content, "f.csv")
    assert no.value.where == where


def test_a_table_without_end_is_refused(monkeypatch):
    monkeypatch.setattr(separated, "MOST_ROWS", 2)
    assert len(cells(b"a\n1\n2\n")) == 2
    with pytest.raises(Invalid) as no:
        cells(b"a\n1\n2\n3\n")
    assert no.value.where == "4"
