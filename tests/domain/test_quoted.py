"""A piece of a text around what was looked for."""

from fabrique.domain.quoted import LONG, piece


def test_a_word_is_marked_as_it_is_written():
    text = "Les scénographies éco-conçues de la saison."
    assert piece(text, ["SCENOGRAPHIE"]) == (
        ("Les ", False),
        ("scénographies", True),
        (" éco-conçues de la saison", False),
    )


def test_a_long_text_is_cut_around_the_first_that_is_found():
    words = [f"mot{n}" for n in range(100)]
    words[50] = "lumière"
    found = piece(" ".join(words), ["lumieres"])
    assert ("lumière", True) in found
    assert (found[0], found[-1][0][-1]) == (("…", False), "…")
    assert len("".join(text for text, _ in found).split()) == LONG


def test_a_text_without_them_gives_nothing():
    assert piece("Rien ici.", ["lumière"]) == ()
    assert piece("", ["lumière"]) == ()
