from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.accepted import matches, parse


@pytest.mark.parametrize(
    "text",
    [
        "26/09/2022",
        "26/9/22",
        "26-9-22",
        "26-09-2022",
        "26 septembre 2022",
        " 26  Septembre\u00a02022 ",
        "26 SEPTEMBRE 22",
    ],
)
def test_parse_reads_a_date_as_people_write_it(text):
    assert parse("date", text) == date(2022, 9, 26)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("14 juillet 1789", date(1789, 7, 14)),
        ("1er août 2020", date(2020, 8, 1)),
        ("1ER AOUT 2020", date(2020, 8, 1)),
        ("1 aout 2020", date(2020, 8, 1)),
        ("29/02/2020", date(2020, 2, 29)),
        ("1/1/00", date(2000, 1, 1)),
        ("31/12/99", date(2099, 12, 31)),
        ("3 Février 2021", date(2021, 2, 3)),
    ],
)
def test_parse_reads_every_form_of_a_date(text, expected):
    assert parse("date", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "29/02/2021",
        "26/09-2022",
        "26.09.2022",
        "2022-09-26",
        "26/09",
        "26/09/202",
        "32/01/2020",
        "0/1/2020",
        "1/13/2020",
        "2er mai 2020",
        "1er/05/2020",
        "26 september 2022",
        "26septembre2022",
        "26 / 09 / 2022",
        "01/01/0000",
        "",
        "hier",
        "٢٦/٠٩/٢٠٢٢",
    ],
)
def test_parse_of_what_is_no_date_is_none(text):
    assert parse("date", text) is None


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from("/-"))
def test_parse_reads_back_every_day(day, separator):
    for year in (f"{day:%Y}", f"{day:%y}"):
        text = separator.join((str(day.day), str(day.month), year))
        assert parse("date", text) == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 234,5", Fraction("1234.5")),
        ("1\u00a0234.5", Fraction("1234.5")),
        ("1\u202f234\u202f567", 1234567),
        ("+3", 3),
        ("-0", 0),
        (" -4,20 ", Fraction("-4.2")),
        (".5", Fraction(1, 2)),
        ("5.", 5),
        ("007", 7),
        ("1" * 60, int("1" * 60)),
    ],
)
def test_parse_reads_a_number_with_comma_point_sign_and_spaces(text, expected):
    assert parse("number", text) == expected


@pytest.mark.parametrize(
    "text",
    ["1e3", "1,234.5", "- 3", "--3", "3-", "1 ,5", "", ".", "+", "0x10", "dix", "nan", "inf", "½"],
)
def test_parse_of_what_is_no_number_is_none(text):
    assert parse("number", text) is None


def test_parse_of_a_text_never_fails():
    assert parse("text", "") == ""


@pytest.mark.parametrize(
    ("given_", "tolerance", "right"),
    [("9.9", "0.1", True), ("10,1", "0.1", True), ("10.11", "0.1", False), ("10", "0", True)],
)
def test_matches_within_the_tolerance_edges_included(given_, tolerance, right):
    assert matches("number", given_, "10", Fraction(tolerance)) == right


def test_matches_large_numbers_to_the_last_figure():
    large = "1" + "0" * 40
    assert not matches("number", large, large[:-1] + "1", Fraction(0))


@pytest.mark.parametrize(
    ("one", "right"),
    [("PARIS", True), (" pàris ", True), ("Paris!", False), ("le Paris", False), ("Pa ris", False)],
)
def test_matches_texts_by_case_accents_and_spaces_only(one, right):
    assert matches("text", one, "Paris", Fraction(0)) == right


def test_matches_nothing_that_cannot_be_read():
    assert not matches("date", "hier", "hier", Fraction(0))
