import re

from fabrique.domain.pseudonyms import COLOURS, THINGS, pseudonyms

PEOPLE = [f"p{n}" for n in range(1200)]
# First names that are also words: none may pass for somebody.
NAMES = set(
    "rose olive jade ambre lilas marguerite violette iris jasmin clémentine prune capucine ruby "
    "amber pearl violet ivy daisy lily hazel ginger rusty ebony sienna scarlett".split()
)


def test_everybody_has_one_of_their_own_in_both_languages():
    for language in ("fr", "en"):
        found = pseudonyms(PEOPLE, language, "s")
        assert len(set(found.values())) == len(PEOPLE)
    assert re.fullmatch(r"[A-ZÉ]\w+ \w+( 2)?", pseudonyms(["a"], "fr", "s")["a"])
    assert set(pseudonyms(PEOPLE, "fr", "s").values()) & set(
        pseudonyms(PEOPLE, "en", "s").values()
    ) <= {f"{thing} {colour}" for thing in THINGS["fr"] for colour in COLOURS["fr"]}


def test_the_same_session_gives_the_same_and_those_who_come_later_change_nobodys():
    first = pseudonyms(PEOPLE[:50], "fr", "s")
    assert first == pseudonyms(PEOPLE[:50], "fr", "s")
    assert first.items() <= pseudonyms(PEOPLE, "fr", "s").items()


def test_another_session_gives_others():
    one, other = (pseudonyms(PEOPLE[:100], "fr", seed) for seed in ("s", "t"))
    assert sum(one[who] == other[who] for who in one) < 5


def test_none_looks_like_a_name():
    words = {word.lower() for table in (THINGS, COLOURS) for row in table.values() for word in row}
    assert not words & NAMES
    for language in ("fr", "en"):
        assert len(set(THINGS[language])) == len(THINGS["fr"])
        assert len(set(COLOURS[language])) == len(COLOURS["fr"])


def test_the_order_of_coming_cannot_be_read():
    found = list(pseudonyms(PEOPLE[:100], "fr", "s").values())
    assert found != sorted(found)
