import json

from fabrique.domain.language import Language
from fabrique.formats.json import KIND


def test_keys_are_sorted_and_letters_unescaped(every_block):
    written = KIND.render(every_block, Language("fr"))
    expected = '{\n  "a": null,\n  "b": [\n    1,\n    2.5\n  ],\n  "title": "Café"\n}\n'
    assert written.decode() == expected
    assert json.loads(written) == every_block.results


def test_the_language_changes_nothing(every_block):
    assert KIND.render(every_block, Language("fr")) == KIND.render(every_block, Language("en"))
