"""minutes.json taken away by a reader, and checked again with nothing but files."""

import itertools
import json

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.__main__ import main
from fabrique.actions import document
from fabrique.actions.animate import find_session, import_archive
from fabrique.actions.minutes import begin, draft, publish, review, transcript
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.edition import Verdict
from fabrique.domain.tier import Tier
from tests.actions.conftest import kinds, plan, played  # noqa: F401 - the session that is played
from tests.store.made import person
from tests.web.drawers import browser

NOW = timezone.now()
_numbers = itertools.count(1)
VTT = """WEBVTT

00:01:10.000 --> 00:01:18.000
Nina Roux: Nous avons compté trente lieux qui prêtent leur matériel.

00:01:19.000 --> 00:01:26.000
Sam Petit: Je propose de partager un inventaire au printemps prochain.
"""


@pytest.fixture
def taken(played, tmp_path):  # noqa: F811 - the fixture
    """An edition, downloaded by somebody of its audience: its JSON, its VTT, and the archive."""
    plan_, people, lines = played
    own = structs.replace(plan_, title=f"Vérifié {next(_numbers)}")
    head = import_archive(form.write(Archive(own, people, lines)))
    zoe = person("Zoé")
    minutes = begin.begin(head, zoe, NOW)
    transcript.take_transcript(minutes, "zoom.vtt", VTT.encode(), zoe)
    draft.draft(minutes, "assembly", zoe)
    for number in (1, 2):
        review.quote(minutes, review.Quoted(number), zoe, NOW)
    review.write(minutes, review.New("Introduction", "written", "Une heure."), zoe, NOW)
    for row in minutes.sentences.filter(verdict="proposed"):
        review.judge(minutes, row.pk, Verdict.ACCEPTED, zoe, NOW)
    review.reviewed(minutes, zoe)
    publish.validate(minutes, zoe, NOW)
    publish.publish(minutes, publish.Terms(Tier.MEMBER), zoe, NOW)
    reader = browser(person("Ana"))
    for suffix in ("json", "vtt"):
        answer = reader.get(f"/library/{minutes.slug}.{suffix}?edition=1")
        assert answer.status_code == 200
        (tmp_path / f"minutes.{suffix}").write_bytes(answer.content)
    archive = document.archive(find_session(head.code).id)
    (tmp_path / "archive.json").write_bytes(archive)
    return tmp_path


def checked(folder, capsys, *, session=True):
    told = ["check-draft", folder / "minutes.json", "--transcript", folder / "minutes.vtt"]
    told += ["--session", folder / "archive.json"] if session else []
    assert main([str(one) for one in (*told, "--json")]) == 0
    return json.loads(capsys.readouterr().out)


def changed(folder, before, after, name="minutes.json"):
    path = folder / name
    words = path.read_text(encoding="utf-8")
    assert before in words
    path.write_text(words.replace(before, after), encoding="utf-8")


def test_it_says_what_it_is_in_terms_that_others_read(taken):
    found = json.loads((taken / "minutes.json").read_text())
    assert found["@context"][0] == "https://schema.org"
    assert (found["@type"], found["format"], found["version"]) == (
        "Report",
        "fabrique.minutes/2",
        1,
    )
    assert found["editor"] == {"@type": "Person", "name": "Zoé"}
    assert found["recordedAt"]["@type"] == "Event"
    assert found["creditText"].count("(") == 1
    said = [one for part in found["hasPart"] for one in part["hasPart"]]
    assert all(one["@type"] == "Statement" for one in said)
    assert all(one["citation"] or one["author"]["name"] for one in said)
    quoted = [cite for one in said for cite in one["citation"] if cite["@type"] == "Quotation"]
    assert {one["identifier"] for one in quoted} >= {"t:1", "t:2"}
    assert all(one["text"] for one in quoted)


def test_a_downloaded_edition_stands_against_its_files(taken, capsys):
    found = checked(taken, capsys)
    assert found["sentences"] >= 4
    rest = {key: value for key, value in found.items() if key != "sentences"}
    assert rest == {"blocked": [], "flagged": [], "unchecked": [], "files": []}


def test_a_changed_quote_is_caught(taken, capsys):
    changed(taken, "trente lieux", "quarante lieux")
    assert {one["rule"] for one in checked(taken, capsys)["blocked"]} == {"quote-not-in-span"}
    # Put into the transcript too, it is the sum of that file which says so.
    changed(taken, "trente lieux", "quarante lieux", "minutes.vtt")
    again = checked(taken, capsys)
    assert (again["blocked"], again["files"]) == ([], ["transcript"])


def test_a_changed_figure_or_session_is_caught(taken, capsys):
    changed(taken, "avenir", "passé", "archive.json")
    found = checked(taken, capsys)
    assert found["files"] == ["session"]
    assert found["blocked"]


def test_without_the_archive_what_cites_the_session_is_left_unsaid(taken, capsys):
    found = checked(taken, capsys, session=False)
    assert found["blocked"] == []
    assert 0 < len(found["unchecked"]) < found["sentences"]
    main(["check-draft", str(taken / "minutes.json"), "--transcript", str(taken / "minutes.vtt")])
    assert "citent ce qui ne se trouve pas parmi ces fichiers" in capsys.readouterr().out


@pytest.mark.parametrize(
    "content", ['{"format": "fabrique.minutes/1"}', '{"format": "fabrique.minutes/2", "name": 3}']
)
def test_another_form_is_refused(taken, capsys, content):
    (taken / "minutes.json").write_text(content)
    told = ["check-draft", taken / "minutes.json", "--transcript", taken / "minutes.vtt"]
    assert main([str(one) for one in told]) == 2
    assert "fabrique.minutes/2" in capsys.readouterr().err
