import json

from fabrique.formats.html import STYLE_HASH


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
