"""Zoom, by server-to-server OAuth: one account of the house, its token kept for an hour.

A meeting carries the gathering's key in its agenda: where an answer was lost on the way, the
meeting is found again rather than made twice.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Generator
from datetime import UTC
from typing import Any

from fabrique.domain.text import Name, Text
from fabrique.domain.video import GARBLED, Account, Answer, Failed, Meeting, Request, Steps, Wanted

NAME = "Zoom"
API = "https://api.zoom.us/v2"
TOKEN = "https://zoom.us/oauth/token"  # noqa: S105 - an address
SCHEDULED = 2  # a meeting with a date
LONGEST_TITLE = 200
PAGES = 20  # of meetings to come that are looked through
UNAUTHORISED, MISSING = 401, 404
REFUSED = Text(
    "Zoom does not know this house: whoever installed it checks FABRIQUE_ZOOM_ACCOUNT,"
    " FABRIQUE_ZOOM_CLIENT and FABRIQUE_ZOOM_SECRET."
)
Calls = Generator[Request, Answer, Answer]


class Zoom:
    """The house's single account: one meeting at a time."""

    name = Name(fr="Zoom", en="Zoom")
    needs = ("zoom_account", "zoom_client", "zoom_secret")
    single = True

    def have(self, wanted: Wanted, account: Account) -> Steps:
        """Move the meeting there is, find the one that was made unheard, or make it."""
        known = wanted.provider_id or (yield from _found(wanted, account))
        if known and (meeting := (yield from _moved(known, wanted, account))):
            return meeting
        path = f"/users/{account.values.get('zoom_user') or 'me'}/meetings"
        made = yield from _call(account, "POST", path, body=_body(wanted))
        return _meeting(made.table(NAME))


def _found(wanted: Wanted, account: Account) -> Generator[Request, Answer, str]:
    path, page = f"/users/{account.values.get('zoom_user') or 'me'}/meetings", ""
    for _ in range(PAGES):
        query = {"type": "upcoming", "page_size": "300"} | (
            {"next_page_token": page} if page else {}
        )
        listed = (yield from _call(account, "GET", path, query=query)).table(NAME)
        meetings = listed.get("meetings", [])
        if not isinstance(meetings, list):
            raise Failed(Text(GARBLED.msgid, {"provider": NAME}))
        for one in meetings:
            if isinstance(one, dict) and _mark(wanted) in str(one.get("agenda", "")):
                return str(one.get("id", ""))
        page = str(listed.get("next_page_token") or "")
        if not page:
            break
    return ""


def _moved(
    known: str, wanted: Wanted, account: Account
) -> Generator[Request, Answer, Meeting | None]:
    """Give a meeting at the date it should have; nothing if it is gone. Its host link is fresh."""
    answer = yield from _call(account, "PATCH", f"/meetings/{known}", body=_body(wanted), gone=True)
    if answer.status == MISSING:
        return None
    read = yield from _call(account, "GET", f"/meetings/{known}", gone=True)
    return None if read.status == MISSING else _meeting(read.table(NAME))


def _call(
    account: Account,
    method: str,
    path: str,
    *,
    query: dict[str, str] | None = None,
    body: dict[str, Any] | None = None,
    gone: bool = False,
) -> Calls:
    """Ask with the token that is kept; where it is refused, with a new one, once."""
    for fresh in (False, True):
        token = yield from _token(account, fresh=fresh)
        api = account.values.get("zoom_api") or API
        headers = {"Authorization": f"Bearer {token}"}
        answer = yield Request(method, api + path, headers, query or {}, None, body)
        if answer.status != UNAUTHORISED:
            break
    if answer.status == UNAUTHORISED:
        raise Failed(REFUSED)
    if not (answer.status < 300 or (gone and answer.status == MISSING)):  # noqa: PLR2004 - success
        raise Failed(_said(answer))
    return answer


def _token(account: Account, *, fresh: bool) -> Generator[Request, Answer, str]:
    if not fresh and (kept := account.kept.get("zoom")):
        return kept
    account.kept.pop("zoom", None)
    values = account.values
    pair = b64encode(f"{values['zoom_client']}:{values['zoom_secret']}".encode()).decode()
    form = {"grant_type": "account_credentials", "account_id": values["zoom_account"]}
    answer = yield Request(
        "POST", values.get("zoom_token") or TOKEN, {"Authorization": f"Basic {pair}"}, {}, form
    )
    if answer.status in (400, UNAUTHORISED):
        raise Failed(REFUSED)
    token = answer.table(NAME).get("access_token") if answer.status < 300 else None  # noqa: PLR2004
    if not isinstance(token, str) or not token:
        raise Failed(Text(GARBLED.msgid, {"provider": NAME}))
    account.kept["zoom"] = token
    return token


def _body(wanted: Wanted) -> dict[str, Any]:
    return {
        "topic": wanted.title[:LONGEST_TITLE],
        "type": SCHEDULED,
        "start_time": wanted.starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "duration": wanted.minutes,
        "timezone": wanted.zone,
        "agenda": _mark(wanted),
        "settings": {"join_before_host": False, "waiting_room": True},
    }


def _mark(wanted: Wanted) -> str:
    return f"fabrique:{wanted.key}"


def _meeting(table: dict[str, Any]) -> Meeting:
    join, host, number = table.get("join_url"), table.get("start_url"), table.get("id")
    if not (_address(join) and _address(host) and number):
        raise Failed(Text(GARBLED.msgid, {"provider": NAME}))
    return Meeting(str(join), str(host), str(number))


def _address(value: object) -> bool:
    return isinstance(value, str) and value.startswith("https://")


def _said(answer: Answer) -> Text:
    """Say what Zoom says, in its own words, short."""
    try:
        words = str(answer.table(NAME).get("message", ""))[:200]
    except Failed:
        words = ""
    return Text(
        "Zoom refused ({status}): {words}", {"status": answer.status, "words": words or "—"}
    )


KIND = Zoom()
