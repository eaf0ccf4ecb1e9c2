"""What is brought to minutes: cited under references of its own, taken out with what it carried."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone
from msgspec import structs

from fabrique.actions.animate import import_archive
from fabrique.actions.forget import forget
from fabrique.actions.minutes import begin, brought, draft, publish, review, sessions
from fabrique.actions.minutes.publish import names_of, read
from fabrique.actions.minutes.ready import check_ready
from fabrique.actions.minutes.sources import archive_of, material_of, titles
from fabrique.actions.policy.viewer import Viewer
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.article_report import to_report
from fabrique.domain.edition import Verdict
from fabrique.domain.language import language
from fabrique.domain.registry import discover
from fabrique.domain.text import Invalid
from fabrique.domain.tier import Tier
from fabrique.store.models import MinutesSource, Series
from tests.store.made import gathering, person

NOW = timezone.now()
_numbers = itertools.count(1)
CHAT = """18:02:11 From Nina Roux to Everyone:
\tVoici le tableau : https://exemple.org/tableau
18:03:00 From Ali Ben to Everyone:
\tOn garde douze projecteurs pour la saison.
18:04:00 From Ali Ben to Nina Roux(Direct Message):
\tSecret entre nous.
"""


@pytest.fixture
def head(played):
    return session_of(played)


def session_of(played, **changes):
    plan, people, lines = played
    own = structs.replace(plan, title=f"Café des sources {next(_numbers)}", **changes)
    return import_archive(form.write(Archive(own, people, lines)))


@pytest.fixture
def zoe():
    return person("Zoé", roles=["staff"])


@pytest.fixture
def minutes(head, zoe):
    return begin.begin(head, zoe, NOW)


def viewer(who):
    return Viewer(who, timezone.localdate())


def accepted(minutes, by):
    for row in minutes.sentences.filter(verdict="proposed"):
        review.judge(minutes, row.pk, Verdict.ACCEPTED, by, NOW)


def published(minutes, by):
    accepted(minutes, by)
    review.reviewed(minutes, by)
    publish.validate(minutes, by, NOW)
    return publish.publish(minutes, publish.Terms(Tier.ADHERENT, ""), by, NOW)


def test_messages_of_a_chat_are_quoted_whole_and_those_to_one_person_stay_out(minutes, zoe):
    row = brought.take_chat(minutes, "chat.txt", CHAT.encode(), zoe)
    assert (len(row.lines), row.private) == (2, 1)
    assert "Secret" not in str(row.lines)
    draft.draft(minutes, "assembly", zoe)
    rows = {one.cites[0]["ref"]: one for one in minutes.sentences.all() if one.cites}
    first, second = rows[f"m:{row.number}.1"], rows[f"m:{row.number}.2"]
    assert (first.kind, second.kind) == ("resource", "message")
    assert second.text == "Ali Ben — On garde douze projecteurs pour la saison."
    assert not first.found
    assert not second.found
    second.text = "Ali Ben — On garde treize projecteurs pour la saison."
    second.cites = [{"ref": second.cites[0]["ref"], "quote": "On garde douze projecteurs"}]
    second.save()
    with pytest.raises(Invalid):
        check_ready(minutes)
    second.refresh_from_db()
    assert [one["rule"] for one in second.found] == ["quote-not-in-span"]


@pytest.mark.parametrize("content", [b"", b"Bonjour", b"PK\x03\x04\0", b"x" * 1_000_001])
def test_what_is_no_chat_is_refused_and_nothing_is_kept(minutes, zoe, content):
    before = minutes.version
    with pytest.raises(Invalid):
        brought.take_chat(minutes, "chat.txt", content, zoe)
    minutes.refresh_from_db()
    assert (minutes.version, minutes.sources.count()) == (before, 0)


def test_a_note_is_its_takers_words_and_forgets_their_name_with_them(minutes, zoe):
    ana = person("Ana Note")
    row = brought.take_note(minutes, brought.Noted("  Le projecteur est prêté.  ", 83_000), ana)
    material = material_of(minutes)
    ref = f"n:{row.number}.1"
    assert (material.sources.others[ref].text, material.sources.others[ref].by) == (
        "Le projecteur est prêté.",
        "Ana Note",
    )
    assert titles(minutes)[ref] == "note de Ana Note"
    made = brought.cite(minutes, brought.Where(row.number, 1, "Suite"), zoe, NOW)
    assert (made.kind, made.section, made.found) == ("note", "Suite", [])
    forget(ana, NOW)
    assert titles(minutes)[ref] == "note"
    assert "Ana Note" not in str(MinutesSource.objects.get(pk=row.pk).lines)


@pytest.mark.parametrize(
    ("title", "address", "where"),
    [
        ("", "https://exemple.org", "title"),
        ("Guide", "", "address"),
        ("Guide", "javascript:alert(1)", "address"),
        ("Guide", "ftp://exemple.org", "address"),
        ("Guide", "//ailleurs.org/x", "address"),
        ("Guide", "/\\ailleurs.org", "address"),
        ("Guide", "https://exemple.org/" + "x" * 500, "address"),
    ],
)
def test_a_resource_has_a_title_and_an_address_that_leads_somewhere(
    minutes, zoe, title, address, where
):
    with pytest.raises(Invalid) as no:
        brought.take_link(minutes, brought.Found(title, address), zoe)
    assert no.value.where == where


def test_resources_stand_beside_the_published_text_in_every_form(minutes, zoe):
    new = brought.Found("Le guide du réemploi", "https://exemple.org/guide", "Cinquante pages.")
    brought.take_link(minutes, new, zoe)
    review.write(minutes, review.New("Introduction", "written", "Une heure."), zoe, NOW)
    made = published(minutes, zoe)
    article = read(made)
    assert [(one.title, one.address) for one in article.resources] == [(new.title, new.address)]
    report = to_report(article, names_of(made), "le 3 mai")
    for name in ("html", "markdown"):
        content = discover("fabrique.formats")[name].render(report, language("fr")).decode()
        assert "Le guide du réemploi" in content
        assert "exemple.org/guide" in content.replace("\\", "")


def test_what_is_taken_out_leaves_its_sentences_without_a_source_and_its_number_to_nobody(
    minutes, zoe
):
    row = brought.take_note(minutes, brought.Noted("Le projecteur est prêté."), zoe)
    made = brought.cite(minutes, brought.Where(row.number, 1), zoe, NOW)
    assert brought.citing(row) == [made]
    assert brought.remove(minutes, row.number, zoe) == 1
    made.refresh_from_db()
    assert [one["rule"] for one in made.found] == ["dead-ref"]
    with pytest.raises(Invalid):
        review.reviewed(minutes, zoe)
    other = brought.take_note(minutes, brought.Noted("Le projecteur est prêté."), zoe)
    assert other.number > row.number
    with pytest.raises(Invalid):
        review.reviewed(minutes, zoe)
    with pytest.raises(Invalid):
        brought.remove(minutes, row.number, zoe)


def test_another_session_feeds_the_text_under_its_title_and_its_day(minutes, zoe, played):
    other = session_of(played, starts_at=NOW - timedelta(days=40))
    sessions.take_session(minutes, other.code.lower(), viewer(zoe))
    draft.draft(minutes, "assembly", zoe)
    rows = list(minutes.sentences.all())
    own = [one for one in rows if not any("@" in cite["ref"] for cite in one.cites)]
    theirs = [one for one in rows if any("@" in cite["ref"] for cite in one.cites)]
    assert [one.text for one in own] == [one.text for one in theirs]
    assert not [one for one in rows if one.found]
    assert all(one.section.startswith("Café des sources") for one in theirs)
    assert {one.section for one in own}.isdisjoint(one.section for one in theirs)
    made = published(minutes, zoe)
    article = read(made)
    (beside,) = article.sessions
    assert beside.fingerprint != article.fingerprint
    report = to_report(article, names_of(made), "le 3 mai")
    content = discover("fabrique.formats")["markdown"].render(report, language("fr")).decode()
    assert article.fingerprint in content
    assert beside.fingerprint in content


def test_figures_of_one_session_are_not_those_of_another(minutes, zoe, played):
    """Negative control: the same sentence, under the reference of the session that has it not."""
    other = session_of(played)
    sessions.take_session(minutes, other.code, viewer(zoe))
    draft.draft(minutes, "assembly", zoe)
    row = next(one for one in minutes.sentences.filter(kind="result") if "@" in one.cites[0]["ref"])
    bare = row.cites[0]["ref"].rpartition("@")[0]
    row.cites = [{"ref": f"{bare}@AAAAAA", "quote": ""}]
    row.save()
    with pytest.raises(Invalid):
        check_ready(minutes)
    row.refresh_from_db()
    assert [one["rule"] for one in row.found] == ["dead-ref"]


def test_a_session_is_added_once_by_whoever_may_write_about_it(minutes, head, zoe, played):
    other = session_of(played)
    gathering("Ailleurs", [person("Eux")], session=other.code)
    stranger = person("Lui")
    minutes.gathering = gathering("Ici", [stranger], session=head.code)
    minutes.save()
    for code, who in ((other.code, stranger), ("ZZZZZZ", zoe), (head.code, zoe)):
        with pytest.raises(Invalid) as no:
            sessions.take_session(minutes, code, viewer(who))
        assert no.value.where == "code"
    assert not minutes.sources.exists()
    sessions.take_session(minutes, other.code, viewer(zoe))
    with pytest.raises(Invalid):
        sessions.take_session(minutes, other.code, viewer(zoe))
    assert minutes.sources.count() == 1


def test_sessions_of_the_same_series_are_offered(minutes, head, zoe, played):
    series = Series.objects.create(slug=f"cafes-{next(_numbers)}", kind="monthly", title="Cafés")
    minutes.gathering = gathering("Ici", [zoe], session=head.code, series=series)
    minutes.save()
    other = session_of(played)
    beside = gathering("Le mois d’avant", [zoe], session=other.code, series=series)
    gathering("Sans session", [zoe], series=series)
    assert sessions.candidates(minutes, viewer(zoe)) == [beside]
    assert sessions.candidates(minutes, viewer(person("Lui"))) == []
    sessions.take_session(minutes, other.code, viewer(zoe))
    assert sessions.candidates(minutes, viewer(zoe)) == []


def test_the_first_session_keeps_its_references(minutes, zoe, played):
    before = set(material_of(minutes).sources.others)
    sessions.take_session(minutes, session_of(played).code, viewer(zoe))
    after = set(material_of(minutes).sources.others)
    assert before < after
    assert all("@" in one for one in after - before)
    assert archive_of(minutes)[1].plan.title
