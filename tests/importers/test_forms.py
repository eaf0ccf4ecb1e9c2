from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from fabrique.domain.text import Invalid
from fabrique.importers.forms import KIND
from fabrique.importers.forms.moments import read_moments
from tests.importers.foreign import kept, played, reported, results, said, wanted

GOOGLE = """\
Horodateur;Nom;Votre rôle ?;Vos outils ?;Note;Un mot libre;Adresse e-mail
31/01/2024 10:00:00;Zoé;artiste;son;4;bien;z@b.fr
31/01/2024 10:05:00;Ali;artiste;son, vidéo;5;"sur deux
lignes";a@b.fr
31/01/2024 11:00:00;;technicien·ne;vidéo, lumière;2;;c@b.fr
31/01/2024 11:00:01;Max;technicien·ne;lumière;;;d@b.fr
""".encode()
HOSTILE = (
    "=1+1",
    '=HYPERLINK("https://x.example")',
    "<script>alert(1)</script>",
    "\u202etfel ot thgir",
    "Z̸̡̢͎͓͔a̷l̵g̴o",
    "{n} %(name)s {{ value }}",
    "'; DROP TABLE entries; --",
    "🙂" * 400,
)


def questions(content, **more):
    return {one["id"]: one for one in results(KIND, content, **more)["steps"][0]["questions"]}


def test_each_column_is_said_before_anything_is_kept():
    assert said(KIND, GOOGLE) == [
        "4 people",
        "13 answers",
        "1. Horodateur: moment of the answer",
        "2. Nom: left aside",
        "3. Votre rôle ?: single choice, 2 options",
        "4. Vos outils ?: multiple choice, 3 options, parted by “,”",
        "5. Note: grade from 1 to 5",
        "6. Un mot libre: open question",
        "7. Adresse e-mail: left aside",
    ]


def test_each_column_shows_how_it_begins_and_what_else_it_may_be():
    found = KIND.read(GOOGLE, wanted(names=2)).pieces
    assert [one.use for one in found] == [
        *("times", "names", "single", "multiple", "rating", "open", "none")
    ]
    assert found[4].first == ("4", "5", "2")
    assert [one.detail for one in found] == ["", "", "", ",", "5", "", ""]
    assert {"open", "names", "none"} < set(found[0].uses)


def test_lines_that_are_odd_are_named():
    content = b"At;Word;Aside\n2024-01-31 10:00;yes;\n;yes;\n2024-01-31 10:00;;x\n;yes;\n"
    assert said(KIND, content, columns={3: "none"})[-3:] == [
        "No question is answered on this line: a person all the same. [4]",
        "There is no moment on this line: the first one of the file is taken. [3, 5]",
        "This line is the same as one before it: both are taken. [5]",
    ]


def test_a_refused_correction_leaves_the_pieces_to_be_corrected():
    asked = wanted(columns={3: "rating"})
    with pytest.raises(Invalid):
        KIND.read(GOOGLE, asked)
    assert [one.use for one in KIND.pieces(GOOGLE, asked)][2:4] == ["single", "multiple"]


def test_options_may_be_parted_by_line_breaks():
    content = '"Outils ?"\n"son\nvidéo"\n"son"\n"vidéo"\n'.encode()
    (piece,) = KIND.read(content, wanted()).pieces
    assert (piece.use, piece.detail) == ("multiple", "↵")
    (again,) = KIND.read(content, wanted(columns={1: f"multiple:{piece.detail}"})).pieces
    assert again == piece


def test_a_form_gives_the_figures_of_its_table():
    found = questions(GOOGLE)
    assert found.keys() == {"q3", "q4", "q5", "q6"}
    assert (found["q3"]["counts"], found["q3"]["answered"]) == ([2, 2], 4)
    assert (found["q4"]["counts"], found["q4"]["answered"]) == ([2, 2, 2], 4)
    assert (found["q5"]["answered"], found["q5"]["mean"]) == (3, "3.7")
    assert found["q6"]["texts"] == ["bien", "sur deux\nlignes"]


def test_a_line_is_a_person_at_the_moment_of_the_column_of_moments():
    session = kept(KIND, GOOGLE)
    assert len(session.participants) == 4
    moments = {one.at for one in session.entries if one.kind == "questionnaire.answer"}
    assert min(moments) == datetime(2024, 1, 31, 9, tzinfo=UTC)
    assert max(moments) == datetime(2024, 1, 31, 10, 0, 1, tzinfo=UTC)


def test_the_session_is_over_once_imported():
    assert kept(KIND, GOOGLE).entries[-1].kind == "session.ended"


def test_names_and_addresses_are_nowhere_unless_a_column_is_chosen():
    alone = played(KIND, GOOGLE).content.decode()
    assert not [one for one in ("Zoé", "Ali", "z@b.fr") if one in alone]
    named = kept(KIND, GOOGLE, names=2)
    assert [one.name for one in named.participants] == ["Zoé", "Ali", "", "Max"]


def test_a_guess_is_corrected_by_number():
    columns = {4: "open", 5: "single", 3: "none", 6: "rating:9"}
    with pytest.raises(Invalid):
        questions(GOOGLE, columns=columns)  # words are no grades
    found = questions(GOOGLE, columns=columns | {6: "open", 5: "rating:6"})
    assert found["q4"]["texts"][1] == "son, vidéo"
    assert len(found["q5"]["distribution"]) == 6
    assert "q3" not in found


@pytest.mark.parametrize(
    "more",
    [
        {"columns": {9: "open"}},
        {"columns": {0: "open"}},
        {"columns": {3: "dance"}},
        {"columns": {3: "names"}},
        {"columns": {3: "rating"}},
        {"columns": {3: "times"}},
        {"columns": dict.fromkeys(range(1, 8), "none")},
        {"names": 8},
        {"names": -1},
    ],
)
def test_a_correction_that_does_not_fit_is_refused(more):
    with pytest.raises(Invalid):
        KIND.read(GOOGLE, wanted(**more))


def test_few_answers_that_all_differ_are_open():
    assert "open question" in said(KIND, b"Why?\nbecause\nwell\n")[2]


def test_grades_from_nought_are_no_rating():
    assert "single choice" in said(KIND, b"NPS\n0\n10\n0\n10\n")[2]


def test_without_moments_answers_have_the_moment_of_the_import():
    session = kept(KIND, b"Why?\nbecause\nwell\n")
    assert {one.at for one in session.entries if one.kind == "questionnaire.answer"} == {
        wanted().now
    }


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_or_title_stays_text_everywhere(text):
    quoted = text.replace('"', '""')
    content = f'"{quoted}","b"\n"{quoted}","x"\n"{quoted}","y"\n'.encode()
    entries = [one for one in kept(KIND, content).entries if one.kind == "questionnaire.answer"]
    assert entries
    page = reported(KIND, content, "html").decode()
    assert "<script>alert" not in page
    listing = reported(KIND, content, "csv").decode("utf-8-sig", "replace")
    assert not [line for line in listing.splitlines() if line.lstrip('"').startswith("=")]


def test_the_same_moments_whatever_the_way_they_are_written():
    paris = ZoneInfo("Europe/Paris")
    at = datetime(2024, 1, 31, 14, 45, 12, tzinfo=UTC)
    for cell in (
        "2024-01-31 15:45:12",
        "2024-01-31T14:45:12Z",
        "31/01/2024 15:45:12",
        "01/31/2024 15:45:12",
        "2024/01/31 3:45:12 PM UTC+1",
        "2024/01/31 3:45:12 PM GMT+01:00",
    ):
        assert read_moments([cell], paris) == [at], cell


def test_a_day_comes_first_unless_one_could_not_be_a_month():
    utc = ZoneInfo("UTC")
    both = read_moments(["02/01/2024 00:00", "31/01/2024 00:00"], utc)
    assert [(one.month, one.day) for one in both] == [(1, 2), (1, 31)]
    american = read_moments(["02/01/2024 00:00", "01/31/2024 00:00"], utc)
    assert [(one.month, one.day) for one in american] == [(2, 1), (1, 31)]
    assert read_moments(["31/01/2024 00:00", "01/31/2024 00:00"], utc) is None
    assert read_moments(["31/02/2024 00:00"], utc) is None
    assert read_moments(["1/1/0001 00:00"], utc) is None


def test_summer_and_winter_are_an_hour_apart():
    one, other = read_moments(
        ["2024-03-31 01:00:00", "2024-03-31 04:00:00"], ZoneInfo("Europe/Paris")
    )
    assert (other - one).total_seconds() == 2 * 3600


def test_a_form_without_an_answer_is_refused():
    with pytest.raises(Invalid):
        KIND.read(b"a,b\n", wanted())
