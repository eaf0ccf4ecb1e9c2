from __future__ import annotations

import io
import zipfile

import pytest

from fabrique.domain.text import Invalid
from fabrique.domain.zipped import zipped
from fabrique.importers.klaxoon import KIND, crowd
from tests.importers.foreign import kept, played, reported, results, said, wanted

IDEAS = """\
Idée,Catégorie,Likes,Auteur
"Ouvrir, plus tôt",Accueil,3,Zoé
Un banc,,0,Ali
=1+1,Accueil,1,Zoé
""".encode()
QUIZ = "Question;Réponse;Nombre\nOù ?;ici;2\n;là;1\nQuand ?;hier;4\n".encode("cp1252")
ZIP = zipped({"Idées du mur.csv": IDEAS, "quiz.csv": QUIZ, "photo.png": b"x"})


def packed(name="t.csv", content=IDEAS, **info):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        one = zipfile.ZipInfo(name)
        for key, value in info.items():
            setattr(one, key, value)
        archive.writestr(one, content)
    return whole.getvalue()


def step(n):
    return results(KIND, ZIP)["steps"][n]


def test_what_is_in_the_file_is_said_before_anything_is_kept():
    assert said(KIND, ZIP) == [
        "Persons are not identifiable in these tables: figures of people are not known.",
        "photo.png: left aside",
        "1. Idées du mur.csv: 3 ideas",
        "2. quiz.csv: 2 questions",
        "There is no category on this line. [Idées du mur.csv:3]",
    ]


def test_a_table_is_left_aside_by_its_number():
    session = kept(KIND, ZIP, columns={1: "none"})
    assert [one.id for one in session.plan.steps] == ["t2"]
    odd = zipped({"a.csv": IDEAS, "b.csv": b"colour,size\n1,2\n", "c.csv": b"idea\ncut,off\n"})
    with pytest.raises(Invalid):
        KIND.read(odd, wanted())
    assert [(one.use, one.uses) for one in KIND.pieces(odd, wanted())] == [
        ("ideas", ("ideas", "none")),
        ("", ("none",)),
        ("", ("none",)),
    ]
    assert len(kept(KIND, odd, columns={2: "none", 3: "none"}).plan.steps) == 1


@pytest.mark.parametrize("columns", [{3: "none"}, {1: "counts"}, {1: "open"}])
def test_a_table_cannot_be_taken_for_what_it_is_not(columns):
    with pytest.raises(Invalid):
        KIND.read(ZIP, wanted(columns=columns))


def test_nothing_is_left_where_every_table_is_left_aside():
    with pytest.raises(Invalid):
        KIND.read(ZIP, wanted(columns={1: "none", 2: "none"}))


def test_ideas_keep_their_categories_and_likes():
    board = step(0)
    assert board["title"] == "Idées du mur"
    columns = [
        (one["title"], [(card["text"], card["likes"]) for card in one["cards"]])
        for one in board["columns"]
    ]
    assert columns == [
        ("Accueil", [("Ouvrir, plus tôt", 3), ("=1+1", 1)]),
        ("Sans catégorie", [("Un banc", 0)]),
    ]


def test_answers_keep_their_counts():
    where, when = step(1)["questions"]
    assert (where["counts"], when["counts"]) == ([2, 1], [4])


def test_nobody_has_a_name_and_the_report_says_what_is_not_known():
    session = kept(KIND, ZIP)
    assert {one.name for one in session.participants} == {""}
    assert "Zoé" not in played(KIND, ZIP).content.decode()
    assert "ne sont pas identifiables" in reported(KIND, ZIP, "html").decode()


def test_columns_are_known_in_english_too():
    table = zipped({"b.csv": b"Category\tContent\tLikes\nA\tone\t\nB\ttwo\t2\n"})
    (board,) = results(KIND, table)["steps"]
    assert [one["title"] for one in board["columns"]] == ["A", "B"]
    assert [one["cards"][0]["likes"] for one in board["columns"]] == [0, 2]


def test_a_name_packed_without_its_alphabet_keeps_its_accents():
    raw = packed("Id__es.csv").replace(b"Id__es", "Idées".encode())
    assert said(KIND, raw)[1] == "1. Idées.csv: 3 ideas"


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"a.csv": b"colour,size\n1,2\n"}, "a.csv:1"),
        ({"a.csv": IDEAS, "b.csv": b"colour,size\n1,2\n"}, "b.csv:1"),
        ({"a.csv": b"Question,Nombre\nq,1\n"}, "a.csv:1"),
        ({"a.csv": b"idea,likes\none,many\n"}, "a.csv:2"),
        ({"a.csv": b"idea,likes\none,-1\n"}, "a.csv:2"),
        ({"a.csv": b"idea,likes\none,999999\n"}, "a.csv:2"),
        ({"a.csv": b"idea,likes\n,1\n"}, "a.csv:2"),
        ({"a.csv": b"idea,likes\none,1\ntwo"}, "a.csv:3"),
        ({"a.csv": b"question,answer,count\n,a,1\n"}, "a.csv:2"),
        ({"a.csv": b"question,answer,count\nq,a,1\nq,a,2\n"}, "a.csv:3"),
        ({"a.csv": b"idea,likes\n"}, "a.csv"),
        ({"a.csv": b""}, "a.csv"),
        ({"a.txt": IDEAS}, ""),
        ({}, ""),
    ],
)
def test_another_layout_is_refused_with_its_file_and_line(files, where):
    with pytest.raises(Invalid) as no:
        KIND.read(zipped(files), wanted())
    assert no.value.where == where


@pytest.mark.parametrize(
    "name",
    [
        "../t.csv",
        "/t.csv",
        "a/../t.csv",
        "C:\\t.csv",
        "a\\t.csv",
        ".t.csv",
        "a//t.csv",
        "t\x1b.csv",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name):
    with pytest.raises(Invalid):
        KIND.read(packed(name), wanted())


def test_what_is_no_plain_zip_is_refused():
    link = packed(external_attr=0o120777 << 16, create_system=3)
    bomb = packed(content=b"0" * 50_000_000, compress_type=zipfile.ZIP_DEFLATED)
    for content in (link, bomb, ZIP[: len(ZIP) // 2], b"", b"idea\none\n"):
        with pytest.raises(Invalid):
            KIND.read(content, wanted())


def test_more_people_than_a_room_has_are_refused_before_they_are_made(monkeypatch):
    monkeypatch.setattr(crowd, "MOST", 3)
    with pytest.raises(Invalid) as no:
        KIND.read(zipped({"q.csv": b"question,answer,count\nq,a,4\n"}), wanted())
    assert no.value.where == "q.csv"


@pytest.mark.parametrize(
    "table", [b"idea,likes\na,3\nb,3\n", b"question,answer,count\nq,a,4\nr,a,4\n"]
)
def test_small_tables_that_stand_for_a_flood_are_refused(monkeypatch, table):
    monkeypatch.setattr(crowd, "MOST_ACTS", 8)
    assert kept(KIND, zipped({"q.csv": table}))
    monkeypatch.setattr(crowd, "MOST_ACTS", 7)
    with pytest.raises(Invalid) as no:
        KIND.read(zipped({"q.csv": table}), wanted())
    assert no.value.where == "q.csv"


def test_columns_cannot_be_chosen_here():
    for more in ({"names": 1}, {"columns": {1: "open"}}):
        with pytest.raises(Invalid):
            KIND.read(ZIP, wanted(**more))
