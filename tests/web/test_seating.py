"""The page that seats people: read, shown, nothing done; for whoever leads."""

from django.core.files.uploadedfile import SimpleUploadedFile

from fabrique.web.pages import seating


def page(client, session, content=None):
    address = f"/s/{session.code}/groups"
    if content is None:
        return client.get(address)
    return client.post(address, {"file": SimpleUploadedFile("tables.csv", content), "round": "1"})


def test_only_who_leads_seats_people(seated, session):
    assert page(seated, session).status_code == 403


def test_a_file_that_seats_nobody_is_refused_with_its_reason(leading, session):
    answer = page(leading, session, b"seul\nAna\n")
    assert answer.status_code == 400
    assert "deux colonnes" in answer.content.decode()


def test_a_file_that_is_too_large_is_refused(leading, session, monkeypatch):
    monkeypatch.setattr(seating, "LARGEST", 10)
    answer = page(leading, session, b"nom;groupe\nAna;1\n")
    assert answer.status_code == 400


def test_who_is_not_here_is_listed_as_such(leading, session):
    answer = page(leading, session, "nom;groupe\nZoé <b>;1\n".encode())
    assert answer.status_code == 200
    assert "Zoé &lt;b&gt;" in answer.content.decode()
