"""What readers ask: answered before anything else is validated; and words that leave for good."""

import itertools

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions.animate import import_archive
from fabrique.actions.forget import forget
from fabrique.actions.history import name_of
from fabrique.actions.library import look
from fabrique.actions.minutes import (
    begin,
    commitments,
    draft,
    publish,
    reading,
    recording,
    redact,
    review,
    transcript,
)
from fabrique.actions.policy.viewer import Viewer
from fabrique.actions.requests import answer as answers
from fabrique.actions.requests import ask as asking
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.edition import Verdict
from fabrique.domain.redaction import Redaction
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Commitment, Dispatch, Happening, ReaderRequest, Recording
from tests.store.made import gathering, person
from tests.web.drawers import browser, words

NOW = timezone.now()
_numbers = itertools.count(1)
VTT = """WEBVTT

00:00:01.000 --> 00:00:10.000
Nina Zqroux: Nous avons compté trente lieux qui prêtent leur matériel.

00:00:10.000 --> 00:00:20.000
Sam Petit: Le zqbudget secret de la maison est perdu pour cette année.

00:00:20.000 --> 00:00:30.000
Nina Zqroux: Je propose de partager un inventaire au printemps prochain.
"""


@pytest.fixture
def zoe():
    return person("Zoé")


@pytest.fixture
def minutes(played, zoe):
    """A text published twice, whose recording is ready."""
    plan, people, lines = played
    own = structs.replace(plan, title=f"Demandes {next(_numbers)}")
    head = import_archive(form.write(Archive(own, people, lines)))
    gathering("Café", [zoe], session=head.code)
    found = begin.begin(head, zoe, NOW)
    found.word = word = f"zqbudget{next(_numbers)}x"
    transcript.take_transcript(found, "zoom.vtt", VTT.replace("zqbudget", word).encode(), zoe)
    draft.draft(found, "assembly", zoe)
    for number in (1, 2, 3):
        review.quote(
            found, review.Quoted(number, "decision" if number == 2 else "extract"), zoe, NOW
        )
    review.write(found, review.New("Zqtitre Nina Zqroux", "written", "Une heure."), zoe, NOW)
    row = Recording.objects.create(
        minutes=found, title="a.mp3", size=3, told="dit", kept_until=NOW.date(), state="ready"
    )
    folder = recording.folder_of(row.pk)
    (folder / "heard").mkdir(parents=True)
    for name in (recording.SOURCE, recording.SOUND, "heard/0.json"):
        (folder / name).write_bytes(b"zqbudget")
    for note in ("", "Zqroux le dit"):
        stand(found, zoe, note)
    return found


def stand(minutes, by, note=""):
    for row in minutes.sentences.filter(verdict="proposed"):
        review.judge(minutes, row.pk, Verdict.ACCEPTED, by, NOW)
    review.write(minutes, review.New("Fin", "written", f"Mot {next(_numbers)}."), by, NOW)
    review.reviewed(minutes, by)
    publish.validate(minutes, by, NOW)
    return publish.publish(minutes, publish.Terms(Tier.GUEST, note, sound=True), by, NOW)


def last(minutes):
    return minutes.editions.order_by("number").last()


def ask(minutes, **fields):
    given = {"kind": "removal", "body": "Mes mots.", "name": "Nina", "email": "n@example.org"}
    return asking.ask(last(minutes), asking.Asked(**given | fields), None, NOW)


def test_a_request_is_told_to_those_who_publish_and_answered_by_mail(minutes, zoe):
    row = ask(minutes, kind="correction", body="zqmots à corriger")
    letter = Dispatch.objects.get(key=f"request:{row.pk}:{zoe.pk}")
    assert (letter.to, letter.state) == (zoe.email, "released")
    assert "zqmots" not in letter.body
    answers.answer(row, "done", "C’est corrigé.", zoe, NOW)
    told = Dispatch.objects.get(key=f"request:{row.pk}:answer")
    assert told.to == "n@example.org"
    assert "C’est corrigé." in told.body
    with pytest.raises(Invalid):
        answers.answer(row, "declined", "Non.", zoe, NOW)


def test_nothing_is_validated_while_a_request_waits(minutes, zoe):
    row = ask(minutes)
    review.write(minutes, review.New("Fin", "written", "Encore."), zoe, NOW)
    review.reviewed(minutes, zoe)
    with pytest.raises(Invalid, match="request"):
        publish.validate(minutes, zoe, NOW)
    page = browser(zoe).get(f"/minutes/{minutes.pk}/publish/").content.decode()
    warned = page[page.index('class="warning"') :].partition("</p>")[0]
    assert f"/minutes/{minutes.pk}/requests/" in warned
    answers.answer(row, "declined", "Ces mots sont publics.", zoe, NOW)
    publish.validate(minutes, zoe, NOW)


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "x"}, {"place": "s-x"}, {"body": " "}, {"name": ""}, {"email": "nobody"}],
    ids=lambda one: next(iter(one)),
)
def test_what_is_no_request_is_not_kept(minutes, wrong):
    with pytest.raises(Invalid):
        ask(minutes, **wrong)
    assert not ReaderRequest.objects.filter(minutes=minutes).exists()


def test_one_address_does_not_fill_the_desk(minutes):
    for _ in range(asking.FEW):
        ask(minutes)
    with pytest.raises(Invalid):
        ask(minutes)
    ask(minutes, email="other@example.org")


def test_who_asked_is_forgotten_on_request_and_a_year_after(minutes, zoe):
    nina = person("Nina")
    row = asking.ask(last(minutes), asking.Asked("correction", "Mot"), nina, NOW)
    old = ask(minutes)
    answers.answer(old, "declined", "Non.", zoe, NOW - answers.KEPT * 2)
    forget(nina, NOW)
    answers.expire(NOW)
    for one in (row, old):
        one.refresh_from_db()
        assert (one.name, one.email, one.body, one.person) == ("", "", "", None)


def everything(minutes, who):
    """All that a reader, or who writes, is given of a text: pages, files, search, differences."""
    client, said = browser(who), ""
    paths = [
        f"/library/{minutes.slug}{end}" for end in ("/", "/editions/", "/editions/2/", "/ask/")
    ]
    paths += [
        f"/library/{minutes.slug}.{one}?edition={n}"
        for one in ("pdf", "docx", "md", "html", "json", "vtt")
        for n in (1, 2)
    ]
    paths += [f"/library/?q={minutes.word}"]
    paths += [f"/minutes/{minutes.pk}/{end}" for end in ("", "words/", "publish/", "requests/")]
    for path in paths:
        found = words(client.get(path)).lower()
        said += found.replace(f'value="{minutes.word}"', "") if "?q=" in path else found
    return said


def test_no_byte_of_what_was_taken_out_is_reached_any_more(minutes, zoe):
    row = ask(minutes, body=f"Le {minutes.word}, par Zqroux", place="t-2")
    ana = person("Ana")
    assert minutes.word in everything(minutes, zoe)  # the test sees what there is to see
    wanted = Redaction(spans=((10_000, 20_000),), words=("Zqroux",))
    redact.redact(minutes, wanted, zoe, NOW)
    answers.answer(row, "done", "C’est retiré.", zoe, NOW)
    for who in (zoe, ana, None):
        found = everything(minutes, who)
        for secret in (minutes.word, "zqroux"):
            at = found.find(secret)
            assert at < 0, found[at - 200 : at + 80]
    for text in (minutes.word, "Zqroux"):
        found = look.look(Viewer(ana, timezone.localdate()), look.Asked(text)).found
        assert not [one for one in found if one.edition and one.edition.minutes == minutes]
    rows = Happening.objects.filter(about=name_of(minutes))
    kept = [*(str(one.data) for one in rows), *minutes.commitments.values_list("text", flat=True)]
    kept += [one.body + one.subject for one in Dispatch.objects.filter(about=name_of(minutes))]
    kept += [str(one.content) + one.note for one in minutes.editions.all()]
    kept += [str(one.cites) + one.section for one in minutes.sentences.all()]
    assert not [one for one in kept if "zqbudget" in one.lower() or "zqroux" in one.lower()]


def test_a_redacted_edition_keeps_its_number_and_says_so(minutes, zoe):
    redact.redact(minutes, Redaction(words=(f"{minutes.word} secret",)), zoe, NOW)
    made = last(minutes)
    assert (made.number, made.redacted_at) == (2, NOW)
    assert [one.number for one in minutes.editions.all()] == [1, 2]
    page = browser(person("Ana")).get(f"/library/{minutes.slug}/").content.decode()
    assert "Des mots ont été retirés sur demande" in page
    assert reading.edition_of(minutes.slug, Viewer(None, timezone.localdate())) == made


def test_the_sound_goes_at_once_and_is_made_again_without(minutes, zoe):
    redact.redact(minutes, Redaction(words=(minutes.word,)), zoe, NOW)
    row = Recording.objects.get(minutes=minutes)
    folder = recording.folder_of(row.pk)
    assert (row.state, row.removed) == ("waiting", [[10_000, 20_000]])
    assert [one.name for one in folder.iterdir()] == [recording.SOURCE]


def test_what_binds_somebody_goes_with_its_sentence(minutes, zoe):
    assert Commitment.objects.filter(minutes=minutes, text__contains="zqbudget").exists()
    redact.redact(minutes, Redaction(spans=((10_000, 20_000),)), zoe, NOW)
    assert not Commitment.objects.filter(minutes=minutes, text__contains="zqbudget").exists()
    assert commitments  # the register reads the rows that are left
    stand(minutes, zoe)


@pytest.mark.parametrize("wanted", [Redaction(), Redaction(words=("a",))])
def test_taking_out_nothing_or_everything_is_refused(minutes, zoe, wanted):
    before = last(minutes).content
    with pytest.raises(Invalid):
        redact.redact(minutes, wanted, zoe, NOW)
    assert last(minutes).content == before
