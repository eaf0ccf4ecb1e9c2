import pytest

from fabrique.domain.misheard import misheard

KNOWN = ("Nina Ferrand", "Théâtre du Vercors", "Zoé Bélanger")


def found(*texts, known=KNOWN):
    return [(one.written, one.known, one.times) for one in misheard(texts, known)]


def test_a_name_heard_wrong_is_offered_with_how_often_it_stands_there():
    assert found("Merci Nina Ferran.", "Ferran nous dit que le Vercor prête.") == [
        ("Ferran", "Ferrand", 2),
        ("Vercor", "Vercors", 1),
    ]


def test_accents_alone_make_a_difference_too():
    assert found("Merci à Belanger pour tout.") == [("Belanger", "Bélanger", 1)]


@pytest.mark.parametrize(
    "text",
    [
        "Nina Ferrand et le Vercors",  # as it should be
        "FERRAND",  # whatever its case
        "les verrous du théâtre",  # other words of the language
        "vers le nord",
        "ferment la porte",
        "Nino",  # under four letters in common would be guessing
        "",
    ],
)
def test_what_is_right_or_far_is_left_alone(text):
    assert found(text, known=("Ferrand", "Vercors", "Théâtre")) == []


def test_what_is_said_all_the_time_is_a_word_of_the_language():
    assert found(*["Bernard parle."] * 2000, known=("Bernart",)) == []


def test_nothing_known_offers_nothing():
    assert found("Merci Nina.", known=()) == []
