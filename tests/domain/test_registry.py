from fabrique.domain.registry import discover


def test_discover_finds_one_kind_a_file_named_after_it():
    kinds = discover("fabrique.activities")
    assert {name: kind.kind for name, kind in kinds.items()} == {name: name for name in kinds}
    assert list(kinds) == sorted(kinds)


def test_discover_finds_the_kinds_of_scripts():
    assert {
        "board",
        "challenge",
        "ideas",
        "pause",
        "questionnaire",
        "vote",
        "word_cloud",
    } <= set(discover("fabrique.activities"))
    assert list(discover("fabrique.questions")) == [
        "multiple",
        "open",
        "ranking",
        "rating",
        "single",
    ]


def test_discover_passes_over_what_is_no_kind():
    assert "count" not in discover("fabrique.domain")
