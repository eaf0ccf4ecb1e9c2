import pytest

from fabrique.domain.text import Invalid
from fabrique.store import mail


def test_nothing_is_sent_where_nothing_is_said():
    assert mail.post("") == mail.Post()
    assert "dummy" in mail.post("").backend


def test_an_address_says_all():
    found = mail.post("smtp://a%40b:p%3Aw@mail.example.org")
    assert (found.host, found.port, found.user, found.password) == (
        "mail.example.org",
        587,
        "a@b",
        "p:w",
    )
    assert (found.starts_tls, found.is_tls) == (True, False)
    assert mail.post("smtps://mail.example.org").port == 465
    assert mail.post("smtps://mail.example.org").is_tls
    assert not mail.post("smtp://localhost:2525").starts_tls


@pytest.mark.parametrize("wrong", ["mail.example.org", "smtp://", "imap://x", "smtp://x:99999"])
def test_what_cannot_be_is_said(wrong):
    with pytest.raises(Invalid):
        mail.post(wrong)
