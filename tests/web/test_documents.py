import json

import pytest
from django.utils import timezone

from fabrique.domain.entry import Entry
from fabrique.domain.session import Ended
from fabrique.formats.html import STYLE_HASH
from fabrique.store.here import here
from fabrique.store.journal import Append


def test_the_report_is_a_page_under_its_own_policy(leading, session):
    answer = leading.get(f"/s/{session.code}/report")
    assert answer.status_code == 200
    assert f"style-src '{STYLE_HASH}'" in answer.headers["Content-Security-Policy"]
    assert "d’essai" in answer.text


def test_results_and_archive_are_data(leading, session):
    results = json.loads(leading.get(f"/s/{session.code}/results.json").content)
    assert results["format"] == "fabrique.results/1"
    archive = leading.get(f"/s/{session.code}/archive.json")
    assert json.loads(archive.content)["format"] == "fabrique.archive/1"
    assert "attachment" in archive.headers["Content-Disposition"]


def test_the_report_is_a_pdf(leading, session):
    answer = leading.get(f"/s/{session.code}/report.pdf")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Type"] == "application/pdf"


def test_a_chart_that_does_not_exist_is_not_found(leading, session):
    assert leading.get(f"/s/{session.code}/charts/none.png").status_code == 404


@pytest.mark.parametrize(
    ("path", "begins", "media_type"),
    [
        ("report.docx", b"PK", "wordprocessingml.document"),
        ("report.md", "# Café".encode(), "text/markdown"),
        ("listings.xlsx", b"PK", "spreadsheetml.sheet"),
        ("export.zip", b"PK", "application/zip"),
    ],
)
def test_who_leads_takes_every_form_away(leading, session, path, begins, media_type):
    answer = leading.get(f"/s/{session.code}/{path}")
    assert answer.content.startswith(begins)
    assert media_type in answer.headers["Content-Type"]
    assert "attachment" in answer.headers["Content-Disposition"]
    assert f'href="/s/{session.code}/{path}"' in leading.get(f"/s/{session.code}/report").text


RAW = ["listings.xlsx", "results.json", "archive.json", "export.zip"]


def test_who_took_part_reads_the_report_and_takes_no_answers(seated, session):
    ended = Entry(1, timezone.now(), "", "end", None, "session.ended", 1, Ended())
    here().append([Append(session.id, 0, (ended,))])
    page = seated.get(f"/s/{session.code}/report").text
    for path in ("report.pdf", "report.docx", "report.md"):
        assert seated.get(f"/s/{session.code}/{path}").status_code == 200
        assert f'href="/s/{session.code}/{path}"' in page
    for path in RAW:
        assert seated.get(f"/s/{session.code}/{path}").status_code == 403
        assert path not in page


@pytest.mark.parametrize("path", ["report.docx", "report.md", *RAW])
def test_nobody_takes_anything_while_it_goes_on_or_from_outside(client, seated, session, path):
    assert seated.get(f"/s/{session.code}/{path}").status_code == 403
    client.cookies.clear()
    assert client.get(f"/s/{session.code}/{path}").status_code in (302, 403)
