import pytest

from fabrique.domain.quantities import numbers


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("40 000 places", ["40000"]),
        ("quarante mille places", ["40000"]),
        ("40 mille", ["40000"]),
        ("1,5 million, 1 234,50 et 3.0", ["1500000", "1234.5", "3"]),
        ("quatre-vingt-dix-sept", ["97"]),
        ("quatre-vingts, quatre vingt un", ["80", "81"]),
        ("vingt et un, soixante et onze, soixante-dix-sept", ["21", "71", "77"]),
        ("septante-neuf et nonante-deux", ["79", "92"]),
        ("un million deux cent mille trois", ["1200003"]),
        ("mille neuf cent quatre-vingt-dix", ["1990"]),
        ("deux, trois", ["2", "3"]),
        ("douze pour cent de 12 %", ["12", "12"]),
        ("en 2007, 300 personnes à 10:06", ["2007", "300", "10", "6"]),
        ("une personne et un chat, des millions de gens", []),
        ("² et ٣", ["3"]),
        ("", []),
        ("9" * 45, ["9" * 27, "9" * 18]),
    ],
)
def test_a_number_has_one_form_in_digits_and_in_words(text, found):
    assert numbers(text) == found


def test_no_number_is_too_large_to_be_read():
    assert len(numbers("un " + "million " * 10_000)) == 1
    assert numbers("7" * 3000)
