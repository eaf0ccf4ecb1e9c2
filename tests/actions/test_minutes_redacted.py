"""Words taken out on request leave the journal of the session and the address of the text."""

import itertools
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from fabrique.actions.animate import import_archive
from fabrique.actions.history import name_of, past_of
from fabrique.actions.minutes import begin, publish, redact, review
from fabrique.actions.requests import answer as answers
from fabrique.actions.requests import ask as asking
from fabrique.domain import archive as form
from fabrique.domain.archive import Archive
from fabrique.domain.definitions import read_definition
from fabrique.domain.entry import FACILITATOR, Op
from fabrique.domain.redaction import Redaction
from fabrique.domain.session import Participant, Plan, Session, fold
from fabrique.domain.tier import Tier
from fabrique.live.room import Accepted, Room
from fabrique.store.here import first_plan_of, here, kinds
from fabrique.store.models import Dispatch, Minutes, MinutesSource
from tests.store.instance import START
from tests.store.made import person
from tests.web.drawers import browser

NOW = timezone.now()
_numbers = itertools.count(1)


def acts(word):
    yield "join", "ana", None, {}
    yield "join", "bob", None, {"heads": 3}
    yield "begin", FACILITATOR, None, {}
    yield "open", FACILITATOR, None, {"step": "words"}
    yield "answer", "ana", "cloud", {"text": f"{word} ici"}
    yield "answer", "bob", "cloud", {"text": "l’avenir"}
    yield "note", FACILITATOR, None, {"text": f"Ana parle de {word}.", "mark": "note"}
    yield "end", FACILITATOR, None, {}


@pytest.fixture
def word():
    return f"Zqmot{next(_numbers)}x"


@pytest.fixture
def zoe():
    return person("Zoé")


@pytest.fixture
def head(word):
    """A session that is over, in whose title, names, answers and notes a word stands."""
    step = {"id": "words", "kind": "word_cloud", "title": "Un mot"}
    title = f"Café de {word} {next(_numbers)}"
    plan = Plan(title, "café", "fr", START, steps=(read_definition(step, kinds()),))
    room, lines = Room(plan, kinds()), []
    for n, (do, who, run, body) in enumerate(acts(word)):
        name = next(iter(room.session.runs), None) if run else None
        outcome = room.receive(Op(f"o{n}", do, START + timedelta(seconds=n), who, name, body))
        assert isinstance(outcome, Accepted), (do, outcome)
        lines += outcome.entries
    people = (Participant(id="ana", name=f"Ana {word}"), Participant("bob", "Bob", heads=3))
    return import_archive(form.write(Archive(plan, people, tuple(lines))))


@pytest.fixture
def minutes(head, zoe):
    """What it left, published."""
    found = begin.begin(head, zoe, NOW)
    review.write(found, review.New("Fin", "written", "Une heure utile."), zoe, NOW)
    review.reviewed(found, zoe)
    publish.validate(found, zoe, NOW)
    publish.publish(found, publish.Terms(Tier.GUEST), zoe, NOW)
    return found


def on_disk(name):
    """All that is in the files of a database, its log included."""
    path = Path(settings.DATABASES[name]["NAME"])
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))


def told(answer, slug):
    """What a page says, but for the address that was asked for and the tokens of its forms."""
    return re.sub(r'value="\w{64}"', "", answer.content.decode().replace(slug, ""))


def folded(head):
    return fold(Session(first_plan_of(head)), here().read(head.id), kinds())


def lines_with(head, word):
    return [one.kind for one in here().read(head.id) if word in str(one.body)]


def test_what_was_typed_in_the_session_leaves_the_bytes_of_its_journal(minutes, head, word, zoe):
    """The title that was prepared stays: it is looked for in the words that are left."""
    said = f"{word} ici".encode()
    noted = f"Ana parle de {word}".encode()
    name = f"Ana {word}".encode()
    assert all(one in on_disk("journal") for one in (said, noted, name))
    redact.redact(minutes, Redaction(words=(word,), session=True), zoe, NOW)
    found = on_disk("journal")
    assert [one for one in (said, noted, name) if one in found] == []
    assert lines_with(head, word) == []
    assert past_of(minutes).last().data["lines"] == 2


def test_nobody_else_loses_a_word_and_everybody_still_counts(minutes, head, word, zoe):
    before = folded(head)
    redact.redact(minutes, Redaction(words=(word,), session=True), zoe, NOW)
    after = folded(head)
    assert {who: one.heads for who, one in after.people.items()} == {
        who: one.heads for who, one in before.people.items()
    }
    names = here().names(head.id)
    assert (names["ana"].name, names["bob"].name) == ("", "Bob")
    assert [one.body.text for one in here().read(head.id) if one.verb == "answer"] == ["l’avenir"]
    assert len(after.runs) == 1


def test_the_journal_stays_as_it_is_where_that_is_not_asked(minutes, head, word, zoe):
    before = here().read(head.id)
    redact.redact(minutes, Redaction(words=(word,)), zoe, NOW)
    assert here().read(head.id) == before
    assert past_of(minutes).last().data["lines"] == 0


def test_a_note_that_a_sentence_was_taken_from_goes_with_it(minutes, head, word, zoe):
    seq = next(one.seq for one in here().read(head.id) if one.kind == "session.noted")
    row = review.write(minutes, review.New("Fin", "written", "Ana — une autre façon."), zoe, NOW)
    row.cites = [{"ref": f"n:{seq}", "quote": ""}]
    row.save(update_fields=["cites"])
    redact.redact(minutes, Redaction(sentences=(row.text,), session=True), zoe, NOW)
    assert lines_with(head, f"Ana parle de {word}") == []
    assert lines_with(head, f"{word} ici") != []


def test_an_address_made_of_what_goes_is_another_and_the_old_one_is_as_nothing(minutes, word, zoe):
    before = minutes.slug
    assert word.lower() in before
    row = asking.ask(
        minutes.editions.get(),
        asking.Asked("removal", "Mes mots.", "", "Nina", "n@example.org"),
        None,
        NOW,
    )
    answers.answer(row, "declined", "Non.", zoe, NOW)
    letters = Dispatch.objects.filter(about=name_of(minutes))
    assert any(before in one.body for one in letters)
    other = Minutes.objects.create(
        slug=f"autre-{word}-y".lower(), session=f"Y{next(_numbers)}", title="Autre"
    )
    MinutesSource.objects.create(
        minutes=other, number=1, kind="link", target=f"/library/{before}/", lines=[]
    )
    redact.redact(minutes, Redaction(words=(word,)), zoe, NOW)
    minutes.refresh_from_db()
    assert word.lower() not in minutes.slug
    assert minutes.slug.endswith(minutes.session.lower())
    assert not [one for one in letters.all() if before in one.body]
    assert any(minutes.slug in one.body for one in letters.all())
    assert other.sources.get().target == f"/library/{minutes.slug}/"
    for end in ("/", ".pdf", "/editions/", "/ask/"):
        gone = browser(zoe).get(f"/library/{before}{end}")
        never = browser(zoe).get(f"/library/{'x' * len(before)}{end}")
        assert (gone.status_code, told(gone, before)) == (404, told(never, "x" * len(before)))
    assert browser(None).get(f"/library/{minutes.slug}/").status_code == 200


def test_words_cut_by_accents_and_spaces_are_found_in_an_address(zoe, head, word):
    found = begin.begin(head, zoe, NOW)
    slug = begin.slug_of(f"Éléonore d’Été {word}", head.code)
    Minutes.objects.filter(pk=found.pk).update(title="Café", slug=slug)
    found.refresh_from_db()
    redact.redact(found, Redaction(words=("Éléonore d’Été",)), zoe, NOW)
    assert "eleonore" not in found.slug
    before = found.slug
    redact.redact(found, Redaction(words=("autre chose",)), zoe, NOW)
    assert found.slug == before


@pytest.mark.parametrize("ticked", [True, False])
def test_the_page_says_what_stays_and_asks_for_the_session(minutes, head, word, ticked):
    page, team = f"/minutes/{minutes.pk}/requests/", person("Iris", roles=["staff"])
    said = browser(team).get(page).content.decode()
    assert 'name="session" value="1" checked' in said
    assert "Ce qui reste" in said
    assert "sauvegardes" in said
    sent = {"do": "redact", "words": word, **({"session": "1"} if ticked else {})}
    assert browser(team).post(page, sent).status_code == 302
    left = [one for one in lines_with(head, word) if one != "session.opened"]
    assert (left == []) is ticked
