"""Results of some: their lines alone, the same arithmetic, and no group so small that it names."""

import json
from itertools import count

import pytest

from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.filtered import LEAST, Only, filters, narrowed, read_only, with_filter
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.domain.session import Participant
from fabrique.domain.text import Invalid, Refused
from tests.importers.scripts import KINDS
from tests.live.rules.driver import Driver

TIER = {"kind": "single", "id": "tier", "title": "Vous êtes", "options": ["Lieu", "Compagnie"]}
NEED = {"kind": "multiple", "id": "need", "title": "Il faut", "options": ["Temps", "Argent"]}
STEPS = (
    {"kind": "questionnaire", "id": "ask", "title": "Vous", "questions": [TIER, NEED]},
    {"kind": "ideas", "id": "ideas", "title": "Des idées", "settings": {"likes": True}},
    {"kind": "vote", "id": "vote", "title": "On y va", "options": ["oui", "non"]},
)
VENUES, COMPANIES = 6, 7


class Crowd(Driver):
    """Six venues and seven companies, each device for one person."""

    def __init__(self, venues=VENUES, companies=COMPANIES):
        super().__init__(STEPS)
        for step in ("ask", "ideas", "vote"):
            self.send("open", step=step)
        everybody = [0] * venues + [1] * companies
        self.who = {f"p{n}": tier for n, tier in zip(count(), everybody, strict=False)}
        for n, (who, tier) in enumerate(self.who.items()):
            self.send("join", who)
            self.send("answer", who, "r1", question="tier", answer={"choice": [tier]})
            need = {"choice": [0, 1] if n % 2 else [0]}
            self.send("answer", who, "r1", question="need", answer=need)
            self.send("answer", who, "r2", id=f"i{n}", text=f"idée de {who}")
            self.send("answer", who, "r3", choice=[n % 2])
            if n:
                self.send("like", who, "r2", idea=f"i{n - 1}")
        self.send("pace.invited", people=100)

    @property
    def archive(self):
        people = [Participant(id=one, name="") for one in self.who]
        people += [Participant(id="ana", name=""), Participant(id="bo", name="", heads=3)]
        return Archive(self.plan, tuple(people), tuple(self.journal))


def made(crowd, only=None):
    whole = crowd.archive
    if only is None:
        return from_archive(b"", whole, KINDS, everything=True)
    some, section = narrowed(whole, KINDS, only)
    return with_filter(from_archive(b"", some, KINDS, everything=True), only, section)


@pytest.fixture(scope="module")
def crowd():
    return Crowd()


def test_every_figure_is_of_those_who_chose(crowd):
    found = made(crowd, Only("r1", "tier", 0)).results
    ask, ideas, vote = found["steps"]
    tier, need = ask["questions"]
    assert (found["participants"], ask["answered"]) == (VENUES, VENUES)
    assert tier["counts"] == [VENUES, 0]
    assert need["counts"] == [6, 3]
    assert vote["counts"] == [3, 3]
    assert [one["text"] for one in ideas["ideas"]] == [f"idée de p{n}" for n in range(VENUES)]
    # The last venue's idea was liked by a company, which is not counted here.
    assert [one["likes"] for one in ideas["ideas"]] == [1, 1, 1, 1, 1, 0]
    assert found["filter"] == {"run": "r1", "question": "tier", "option": 0}
    assert "invited" not in found


def test_the_parts_make_the_whole(crowd):
    whole = made(crowd).results["steps"][0]["questions"][1]["counts"]
    parts = [
        made(crowd, Only("r1", "tier", option)).results["steps"][0]["questions"][1]["counts"]
        for option in (0, 1)
    ]
    assert [sum(one) for one in zip(*parts, strict=True)] == whole


def test_it_says_of_whom_and_how_many(crowd):
    first = made(crowd, Only("r1", "tier", 1)).sections[0]
    facts, notice = first.blocks
    say = Language("en").say
    assert [say(one.value) for one in facts.facts] == ["7", "13", "54%"]
    assert "“Compagnie”" in say(notice.text)


@pytest.mark.parametrize("venues", range(1, LEAST))
def test_few_people_are_not_shown_nor_the_few_others(venues):
    crowd = Crowd(venues=venues)
    for option in (0, 1):  # the few; then all but these few
        with pytest.raises(Refused) as error:
            narrowed(crowd.archive, KINDS, Only("r1", "tier", option))
        assert error.value.refusal.why == "few"


def test_five_are_shown_and_all_of_them_too():
    assert made(Crowd(venues=LEAST), Only("r1", "tier", 0)).results["participants"] == LEAST
    crowd = Crowd(venues=LEAST, companies=0)
    assert made(crowd, Only("r1", "tier", 0)).results["participants"] == LEAST


def test_what_can_be_asked_is_every_choice(crowd):
    found = filters(crowd.archive, KINDS)
    assert [one.title for one in found] == ["Vous êtes", "Il faut", "On y va"]
    values = [value for one in found for value, _ in one.options]
    assert [str(read_only(value)) for value in values] == values
    for value in values:
        made(crowd, read_only(value))


@pytest.mark.parametrize("text", ["", "r1", "r1/tier/9", "r1/tier/x", "r9/tier/0", "r1/no/0", "/"])
def test_what_is_not_there_is_invalid(crowd, text):
    with pytest.raises(Invalid):
        narrowed(crowd.archive, KINDS, read_only(text))


def test_the_whole_is_left_as_it_was(crowd):
    before = archive.write(crowd.archive)
    made(crowd, Only("r1", "tier", 0))
    assert archive.write(crowd.archive) == before


@pytest.mark.parametrize("name", discover("fabrique.formats"))
def test_it_is_written_in_every_form(crowd, name):
    report = made(crowd, Only("r1", "tier", 0))
    content = discover("fabrique.formats")[name].render(report, Language("fr"))
    assert content
    if name == "json":
        assert json.loads(content)["filter"]["option"] == 0
