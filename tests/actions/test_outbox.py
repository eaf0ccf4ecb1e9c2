from datetime import timedelta

from django.utils import timezone

from fabrique.actions.outbox import File, Letter, put
from fabrique.store.models import Dispatch
from tests.store.made import person

LETTER = Letter(relay="email", to="zoe@example.org", subject="Bonjour\nBcc: x@y.z", body="Mots.")


def test_a_letter_is_kept_once_and_its_subject_is_one_line():
    now = timezone.now()
    first = put(LETTER, "one", now)
    assert put(LETTER, "one", now + timedelta(hours=1)) == first
    row = Dispatch.objects.get(key="one")
    assert (row.state, row.subject, row.due_at) == ("draft", "Bonjour Bcc: x@y.z", now)


def test_what_answers_somebody_or_was_released_by_somebody_may_leave():
    now = timezone.now()
    calendar = File("a.ics", "text/calendar", "BEGIN:VCALENDAR")
    answer = put(
        Letter(relay="email", to="a@b.c", body="", files=(calendar,)), "two", now, released=True
    )
    assert answer.state == "released"
    assert answer.files[0]["name"] == "a.ics"
    assert put(LETTER, "three", now, released=person()).state == "released"
