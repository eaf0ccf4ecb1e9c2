import json

import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.script.json_text import parse_json


@pytest.mark.parametrize("content", [b'{"a": [1, 2.5, "x"]}', '\ufeff{"a": "é"}'.encode()])
def test_parse_json_reads_utf_8_with_or_without_its_mark(content):
    assert parse_json(content) == json.loads(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"a": 1,}',
        b"{'a': 1}",
        b'{"a": NaN}',
        b'{"a": Infinity}',
        b'{"a": [-Infinity]}',
        b'{"expected": NaN}',
        b'{"a": 1} {"b": 2}',
        b'{"a": "\n"}',
        b'{"a": 01}',
        b'{"a": .5}',
        b"\xff\xfe{\x00}\x00",
        b'{"a": "\xe9"}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b"[" * 100_000 + b"]" * 100_000,
        b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    ],
)
def test_parse_json_refuses_what_cannot_be_read(content):
    with pytest.raises(Invalid):
        parse_json(content)


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (b'{"a": 1, "a": 1}', ""),
        (b'{"a": [{"b": 1, "b": 2}]}', ".a[0]"),
        (b'{"a": 1e999}', ".a"),
        (b'{"a": null}', ""),
        (b'{"a": {"b": [{"c": null}]}}', ".a.b[0]"),
    ],
)
def test_parse_json_refuses_what_has_no_one_meaning_and_says_where(content, where):
    with pytest.raises(Invalid) as no:
        parse_json(content)
    assert no.value.where == where


@pytest.mark.parametrize(
    "content",
    [b'{"value": null}', b'{"revised": [null, 3]}', b'{"expected": {"a": null, "a": 1e999}}'],
)
def test_parse_json_leaves_alone_no_opinion_and_what_is_expected(content):
    assert parse_json(content)


def test_parse_json_says_the_line():
    with pytest.raises(Invalid, match="line 2, column 3"):
        parse_json(b"{\n  x")
