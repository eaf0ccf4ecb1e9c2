import io
import logging

from django.test import Client

from fabrique.actions.animate import new_console_link, stage_token


def test_a_token_never_reaches_the_log(session, monkeypatch):
    (handler,) = [one for one in logging.getLogger().handlers if one.name == "stderr"]
    monkeypatch.setattr(handler, "stream", written := io.StringIO())
    link, stage = new_console_link(session.id), stage_token(session.id)
    careful = Client(SERVER_NAME="localhost", enforce_csrf_checks=True)
    assert careful.post(f"/enter/{link}").status_code == 403
    logging.getLogger("fabrique").error("at %s", f"/s/{session.code}/stage?token={stage}&a=1")
    assert "/enter/…" in written.getvalue()
    assert "token=…&a=1" in written.getvalue()
    assert link not in written.getvalue()
    assert stage not in written.getvalue()
