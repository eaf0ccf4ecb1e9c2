"""From a session to a published text: nothing unresolved, nobody's words under another's name."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions.animate import import_archive
from fabrique.actions.forget import forget
from fabrique.actions.library.look import Asked, look
from fabrique.actions.minutes import begin, draft, publish, reading, review, transcript
from fabrique.actions.minutes.publish import names_of, read
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.article import as_read
from fabrique.domain.article_report import to_report
from fabrique.domain.edition import Verdict
from fabrique.domain.language import language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import Minutes
from tests.store.made import person

NOW = timezone.now()
_numbers = itertools.count(1)
VTT = """WEBVTT

1
00:00:00.000 --> 00:00:10.000
Nina Roux: On attend encore cinq minutes, le café est chaud.

2
00:01:10.000 --> 00:01:18.000
Nina Roux: Nous avons compté trente lieux qui prêtent leur matériel.

3
00:01:19.000 --> 00:01:26.000
Sam Petit: Je propose de partager un inventaire au printemps prochain.
"""


@pytest.fixture
def head(played):
    plan, people, lines = played
    own = structs.replace(plan, title=f"Café {next(_numbers)}")  # the same one is taken in once
    return import_archive(form.write(Archive(own, people, lines)))


@pytest.fixture
def zoe():
    return person("Zoé")


@pytest.fixture
def minutes(head, zoe):
    return begin.begin(head, zoe, NOW)


def accepted(minutes, by):
    for row in minutes.sentences.filter(verdict="proposed"):
        review.judge(minutes, row.pk, Verdict.ACCEPTED, by, NOW)


def published(minutes, by, audience=Tier.ADHERENT):
    draft.draft(minutes, "assembly", by)
    accepted(minutes, by)
    review.reviewed(minutes, by)
    publish.validate(minutes, by, NOW)
    return publish.publish(minutes, publish.Terms(audience, ""), by, NOW)


def find(viewer, words):
    return look(viewer, Asked(words)).found


def seen(tier, **fields):
    return Viewer(person(tier=tier, **fields), timezone.localdate())


def test_minutes_are_begun_once(head, zoe):
    assert begin.begin(head, zoe, NOW).pk == begin.begin(head, person(), NOW).pk
    assert Minutes.objects.filter(session=head.code).count() == 1


def test_an_assembled_draft_has_a_source_for_every_sentence_and_waits_for_a_person(minutes, zoe):
    count = draft.draft(minutes, "assembly", zoe)
    rows = list(minutes.sentences.all())
    assert count == len(rows) > 0
    assert all(one.cites and not one.found and one.verdict == "proposed" for one in rows)
    with pytest.raises(Invalid):
        review.reviewed(minutes, zoe)
    with pytest.raises(Invalid):
        publish.validate(minutes, zoe, NOW)


def test_a_text_goes_from_draft_to_edition_and_its_reader_finds_it(minutes, zoe):
    made = published(minutes, zoe)
    assert (made.number, minutes.stage, minutes.validated_by) == (1, "published", zoe)
    for tier, words, found in (
        (Tier.ADHERENT, "epatant", [made]),
        (Tier.ADHERENT, "ÉPATANTS", [made]),
        (Tier.ADHERENT, "introuvable", []),
        (Tier.MEMBER, "epatant", []),
    ):
        hits = find(seen(tier), words)
        assert [
            one.edition for one in hits if one.edition and one.edition.minutes == minutes
        ] == found
    (hit,) = find(seen(Tier.ADHERENT), "epatant")[:1]
    assert any(mark and "patant" in text.casefold() for text, mark in hit.snippet)
    assert reading.edition_of(minutes.slug, seen(Tier.ADHERENT)) == made
    assert reading.edition_of(minutes.slug, seen(Tier.MEMBER)) is None
    assert reading.edition_of(minutes.slug, Viewer(None, timezone.localdate())) is None


def test_a_change_takes_the_validation_back_and_the_edition_stays_as_it_was(minutes, zoe):
    first = published(minutes, zoe)
    first.refresh_from_db()
    before = dict(first.content)
    review.write(minutes, review.New("Introduction", "written", "Un mot de plus."), zoe, NOW)
    assert (minutes.stage, minutes.validated_by) == ("draft", None)
    with pytest.raises(Invalid):
        publish.publish(minutes, publish.Terms(Tier.GUEST, ""), zoe, NOW)
    review.reviewed(minutes, zoe)
    publish.validate(minutes, zoe, NOW)
    second = publish.publish(minutes, publish.Terms(Tier.GUEST, "Une introduction"), zoe, NOW)
    first.refresh_from_db()
    assert (first.content, second.number) == (before, 2)
    assert "Un mot de plus." in str(second.content)
    # An earlier edition, from which words may have been taken since, is for those who write alone.
    assert reading.edition_of(minutes.slug, seen(Tier.ADHERENT), 1) is None
    assert reading.edition_of(minutes.slug, seen(Tier.ADHERENT), 2) == second
    assert reading.edition_of(minutes.slug, seen(Tier.GUEST, roles=["staff"]), 1) == first
    hits = find(seen(Tier.ADHERENT), "epatant")
    assert [one.edition for one in hits if one.edition and one.edition.minutes == minutes] == [
        second
    ]


def test_what_was_cut_is_cited_by_nothing_and_numbers_follow(minutes, zoe):
    assert transcript.take_transcript(minutes, "zoom.vtt", VTT.encode(), zoe) == 3
    draft.draft(minutes, "extract", zoe)
    row = review.write(
        minutes, review.New("", "statement", "Trente lieux prêtent leur matériel."), zoe, NOW
    )
    row.cites = [{"ref": "t:2", "quote": "trente lieux qui prêtent leur matériel"}]
    row.save()
    assert transcript.cut_start(minutes, 60_000, zoe) == 1
    row.refresh_from_db()
    assert (row.cites[0]["ref"], row.found) == ("t:1", [])
    assert "café" not in "".join(one.text for one in minutes.cues.all())
    for one in minutes.sentences.all():
        assert not any(found["rule"] == "dead-ref" for found in one.found) or "café" in one.text


def test_a_corrected_cue_has_what_cites_it_checked_again(minutes, zoe):
    transcript.take_transcript(minutes, "zoom.vtt", VTT.encode(), zoe)
    row = review.write(
        minutes, review.New("", "statement", "Trente lieux prêtent leur matériel."), zoe, NOW
    )
    row.cites = [{"ref": "t:2", "quote": "trente lieux qui prêtent leur matériel"}]
    row.save()
    transcript.correct(minutes, 2, "Nina Roux", "Nous avons compté dix lieux.", zoe)
    row.refresh_from_db()
    assert [one["rule"] for one in row.found] == ["quote-not-in-span"]
    with pytest.raises(Invalid):
        review.reviewed(minutes, zoe)
    assert transcript.replace(minutes, "dix lieux", "trente lieux qui prêtent leur matériel", zoe)
    row.refresh_from_db()
    assert row.found == []


def test_a_decision_is_never_accepted_with_its_section_and_an_action_has_somebody(minutes, zoe):
    review.write(minutes, review.New("Suite", "written", "On continue."), zoe, NOW)
    row = review.write(minutes, review.New("Suite", "action", "Envoyer l’inventaire."), zoe, NOW)
    minutes.sentences.update(verdict="proposed")
    assert review.judge_section(minutes, "Suite", Verdict.ACCEPTED, zoe, NOW) == 1
    row.refresh_from_db()
    assert row.verdict == "proposed"
    review.judge(minutes, row.pk, Verdict.ACCEPTED, zoe, NOW)
    with pytest.raises(Invalid) as refused:
        review.reviewed(minutes, zoe)
    assert refused.value.where == str(row.pk)
    review.entrust(minutes, row.pk, "Ali", NOW.date() + timedelta(days=30), zoe)
    review.reviewed(minutes, zoe)


def test_another_draft_keeps_what_a_person_decided(minutes, zoe):
    draft.draft(minutes, "assembly", zoe)
    kept, left = list(minutes.sentences.all())[:2]
    review.judge(minutes, kept.pk, Verdict.ACCEPTED, zoe, NOW)
    review.judge(minutes, left.pk, Verdict.REJECTED, zoe, NOW)
    draft.draft(minutes, "assembly", zoe)
    rows = list(minutes.sentences.all())
    assert sum(one.text == kept.text for one in rows) == 1
    assert sum(one.text == left.text for one in rows) == 1
    assert {one.verdict for one in rows if one.pk in (kept.pk, left.pk)} == {"accepted", "rejected"}


def test_every_format_says_the_same_sentences(minutes, zoe):
    review.write(minutes, review.New("Introduction", "written", "Une heure entre nous."), zoe, NOW)
    made = published(minutes, zoe)
    article = read(made)
    report = to_report(article, names_of(made), "le 3 mai")
    for name in ("html", "markdown", "docx", "typst"):
        content = discover("fabrique.formats")[name].render(report, language("fr"))
        assert len(content) > 300, name
        if name in ("html", "markdown"):
            assert "Une heure entre nous." in content.decode()
            assert "Zoé" in content.decode()


def test_a_figure_does_not_say_again_the_title_above_it(minutes, zoe):
    article = read(published(minutes, zoe))
    said = 0
    for part in article.parts:
        for kept, shown in zip(part.passages, as_read(part, language("fr")).passages, strict=True):
            again = kept.kind == "result" and kept.text.startswith(f"«\u00a0{part.title}\u00a0»")
            said += again
            assert kept.text.endswith(shown.text)
            assert (shown.text != kept.text) == again
            assert shown.text
    assert said


def test_whoever_is_forgotten_has_no_name_in_what_stays(minutes, zoe):
    review.write(minutes, review.New("Introduction", "written", "Une heure entre nous."), zoe, NOW)
    made = published(minutes, zoe)
    forget(zoe, NOW)
    made.refresh_from_db()
    assert names_of(made) == {}
    assert "Zoé" not in str(made.content)
    assert "Une heure entre nous." in str(made.content)


def test_what_is_withdrawn_is_read_by_nobody_else(minutes, zoe):
    published(minutes, zoe, Tier.GUEST)
    publish.withdraw(minutes, "Une personne l’a demandé.", zoe, NOW)
    assert reading.edition_of(minutes.slug, seen(Tier.ADHERENT)) is None
    assert not [
        one
        for one in find(seen(Tier.ADHERENT), "epatant")
        if one.edition and one.edition.minutes == minutes
    ]


def test_an_extract_becomes_a_decision_in_its_own_words_and_keeps_its_source(minutes, zoe):
    transcript.take_transcript(minutes, "zoom.vtt", VTT.encode(), zoe)
    draft.draft(minutes, "extract", zoe)
    row = minutes.sentences.filter(kind="extract").first()
    review.rewrite(minutes, row.pk, review.Said(row.text, "decision"), zoe, NOW)
    row.refresh_from_db()
    assert (row.kind, row.author, row.verdict) == ("decision", None, "edited")
    assert row.cites
    review.rewrite(minutes, row.pk, review.Said("Nous partageons un inventaire."), zoe, NOW)
    row.refresh_from_db()
    assert (row.kind, row.author, row.text) == ("decision", zoe, "Nous partageons un inventaire.")
