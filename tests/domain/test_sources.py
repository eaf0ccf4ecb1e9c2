"""What may be cited in a session, and under which reference."""

from fabrique.domain import archive
from fabrique.domain.archive import Archive
from fabrique.domain.definitions import read_definition
from fabrique.domain.material import gather
from fabrique.domain.plan import Participant
from fabrique.domain.session import Plan
from fabrique.domain.transcript import Cue, Transcript
from fabrique.live.room import Room
from tests.laws.rooms import KINDS, START, ask

VOTE = {"kind": "vote", "options": ["oui", "non"]}
CHAT = {"kind": "chat", "id": "chat", "title": "Messages"}
SLIDES = {
    "kind": "slides",
    "id": "deck",
    "title": "Présentation",
    "pages": 1,
    "pictures": [{"src": "data:image/png;base64,AA==", "alt": "Une carte"}],
    "notes": ["Parler lentement"],
}


def sources(*acts, steps=({**VOTE, "id": "a", "title": "A"},), beside=()):
    read = [tuple(read_definition(one, KINDS) for one in told) for told in (steps, beside)]
    plan = Plan("Séance", "cafe", "fr", START, steps=read[0], beside=read[1], facilitator="Équipe")
    room, journal = Room(plan, KINDS), []
    ask(room, journal, "join", "ana", {"heads": 1}, run=None)
    for do, who, body, run in acts:
        assert ask(room, journal, do, who, body, run=run), do
    kept = Archive(plan, (Participant(id="ana", heads=1, name="Ana"),), tuple(journal))
    content = archive.write(kept)
    return gather(None, (content, archive.read(content, KINDS)), KINDS).sources.others


def opened(step):
    return ("open", "", {"step": step}, None)


def test_a_run_is_not_hidden_by_a_step_of_the_same_name():
    steps = ({**VOTE, "id": "r2", "title": "Premier"}, {**VOTE, "id": "b", "title": "Second"})
    found = sources(opened("r2"), opened("b"), steps=steps)
    assert found["a:r1"].text.startswith("Premier")
    assert found["a:r2"].text.startswith("Second")
    assert found["a:b"] == found["a:r2"]


def test_notes_messages_and_slides_are_cited_by_their_line_and_page():
    note = ("note", "", {"text": "Réserver", "mark": "action"}, None)
    said = ("say", "ana", {"text": "Bonjour !"}, "r1")
    found = sources(opened("chat"), opened("deck"), note, said, beside=(CHAT, SLIDES))
    (message,) = (one for ref, one in found.items() if ref.startswith("m:"))
    assert (message.text, message.by) == ("Bonjour !", "Ana")
    (written,) = (one for ref, one in found.items() if ref.startswith("n:"))
    assert (written.text, written.by) == ("Réserver", "Équipe")
    (slide,) = (one for ref, one in found.items() if ref.startswith("s:"))
    assert slide.text == "Une carte\nParler lentement"


def test_windows_follow_the_activities_and_are_never_long():
    talk = Transcript(tuple(Cue(n * 60_000, n * 60_000 + 1000, "oui") for n in range(40)))
    bare = gather(talk, None, KINDS)
    assert [(one.end - one.start) // 60_000 for one in bare.windows] == [9, 9, 9, 9]
    assert all(sum(cue.start in one for one in bare.windows) == 1 for cue in talk.cues)
    assert gather(Transcript(()), None, KINDS).windows[0].title == ""
