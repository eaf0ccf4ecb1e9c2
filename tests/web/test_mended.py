"""A transcript out of order, with moments over one another and said twice, as its page tells it."""

from django.core.files.uploadedfile import SimpleUploadedFile

from fabrique.actions.minutes import transcript
from fabrique.domain.transcript import Cue

WRONG = """WEBVTT

00:00:30.000 --> 00:00:34.000
Nina: On garde douze projecteurs.

00:00:02.000 --> 00:00:06.000
Nina: Bonjour à tous.

00:00:02.000 --> 00:00:06.000
Bo: Salut.

00:00:02.000 --> 00:00:06.000
Nina: Bonjour à tous.

00:00:08.000 --> 00:00:11.000
Bo: Le camion part lundi.

00:00:10.000 --> 00:00:14.000
Bo: On charge avant midi.

00:00:20.000 --> 00:00:20.500

00:00:40.000 --> 00:01:05.000
Nina: Il faudra prévenir les salles, puis les équipes, puis celles et ceux qui viennent à vélo.
"""


def take(who, minutes, content):
    file = SimpleUploadedFile("zoom.vtt", content.encode(), "text/vtt")
    answer = who.post(f"/minutes/{minutes.pk}/words/", {"file": file}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode().replace("\u202f", " ").replace("\xa0", " ")


def test_what_was_put_right_is_kept_in_order_and_counted_on_the_page(zoe, minutes):
    page = take(zoe, minutes, WRONG)
    kept = [(one.start, one.speaker) for one in minutes.cues.all() if one.start < 40_000]
    assert kept == [(2000, "Nina"), (2000, "Bo"), (8000, "Bo"), (10_000, "Bo"), (30_000, "Nina")]
    assert minutes.cues.get(start=8000).end == 10_000
    for said in (
        "Ce qui a été remis en ordre dans le fichier",
        "1 moment a été remis à sa place",
        "1 moment dit deux fois n’a été gardé qu’une fois.",
        "1 moment a été arrêté là où la même voix poursuit.",
        "1 moment sans un mot est laissé de côté.",
        "1 moment de plus de douze secondes a été coupé",
    ):
        assert said in page
    assert page.count("Bonjour à tous.") == 2  # once to read, once to correct


def test_of_a_file_in_order_and_of_what_is_heard_here_nothing_is_told(zoe, minutes):
    take(zoe, minutes, WRONG)
    whole = "WEBVTT\n\n00:00:02.000 --> 00:00:06.000\nNina: Bonjour à tous.\n"
    assert "remis en ordre" not in take(zoe, minutes, whole)
    take(zoe, minutes, WRONG)
    last = minutes.cues.latest("pk").pk
    transcript.take_heard(minutes, [Cue(0, 1000, "Bonjour.")], "whisper-base", last)
    shown = zoe.get(f"/minutes/{minutes.pk}/words/").content.decode()
    assert "remis en ordre" not in shown
