import pytest

from fabrique.domain.conduct import Mark
from fabrique.domain.text import Invalid
from fabrique.live.room import Accepted


def test_a_paused_room_takes_no_answer_until_it_goes_on(room):
    room.send("open", step="words")
    room.send("freeze", on=True)
    assert room.why("answer", "ana", "r1", text="élan") == "frozen"
    room.send("freeze", on=False)
    assert isinstance(room.send("answer", "ana", "r1", text="élan"), Accepted)


def test_a_locked_door_lets_in_those_who_were_there(room):
    room.send("leave", "ana")
    room.send("lock", on=True)
    assert room.why("join", "cy") == "locked"
    assert isinstance(room.send("join", "ana"), Accepted)
    room.send("lock", on=False)
    assert isinstance(room.send("join", "cy"), Accepted)


def test_whoever_is_taken_out_leaves_what_they_wrote(room):
    room.send("open", step="words")
    room.send("answer", "ana", "r1", text="élan")
    room.send("expel", participant="ana")
    assert room.why("answer", "ana", "r1", text="encore") == "expelled"
    assert room.why("join", "ana") == "expelled"
    assert len(room.session.runs["r1"].state.said) == 1
    room.send("readmit", participant="ana")
    assert isinstance(room.send("answer", "ana", "r1", text="encore"), Accepted)


def test_nobody_is_taken_out_who_is_not_there(room):
    with pytest.raises(Invalid):
        room.send("expel", participant="nobody")


def test_notes_keep_their_moment_and_their_mark(room):
    room.send("note", text="On garde l’idée", mark="decision", at=30)
    room.send("note", text="À vérifier", at=40)
    notes = room.session.conduct.notes
    assert [(one.text, one.mark, one.seq) for one in notes] == [
        ("On garde l’idée", Mark.DECISION, 3),
        ("À vérifier", Mark.NOTE, 4),
    ]
    assert notes[0].at < notes[1].at
    assert room.why("note", text=" \n") == "empty"


def test_a_picture_is_a_note_whose_words_say_what_it_shows(room):
    image = {"src": "media:" + "0" * 64 + ".webp", "alt": "Le mur, à midi"}
    room.send("note", mark="keep", image=image)
    (note,) = room.session.conduct.notes
    assert (note.text, note.mark, note.image.alt) == ("", Mark.KEEP, "Le mur, à midi")
    assert room.why("note", text="Le mur", image={**image, "alt": " "}) == "empty"


def test_hands_stand_in_the_order_in_which_they_went_up(room):
    room.send("hand", "bo", on=True)
    room.send("hand", "ana", on=True)
    assert list(room.session.conduct.hands) == ["bo", "ana"]
    room.send("lower", participant="bo")
    room.send("hand", "ana", on=False)
    assert not room.session.conduct.hands
    assert room.why("hand", "nobody", on=True) == "stranger"
    assert room.why("hand", on=True) == "role"


def test_what_is_said_and_recorded_is_known_to_all(room):
    room.send("tell", text="On lit chacun·e pour soi")
    room.send("record", on=True)
    conduct = room.session.conduct
    assert (conduct.said, conduct.recording) == ("On lit chacun·e pour soi", True)


def test_the_host_that_will_read_is_kept_with_who_was_told_of_it(room):
    room.send("share", host="api.exemple.org")
    conduct = room.session.conduct
    assert (conduct.outside, conduct.heard) == ("api.exemple.org", {"ana", "bo"})
    room.send("share", host="")
    assert (conduct.outside, conduct.heard) == ("", set())
    for host in ("<b>", "A.ORG", "a b", "x" * 300, None):
        with pytest.raises(Invalid):
            room.send("share", host=host)


@pytest.mark.parametrize("verb", ["freeze", "lock", "record", "share", "tell", "note", "expel"])
def test_only_the_animation_leads(room, verb):
    assert room.why(verb, "ana", on=True, text="a", participant="bo") == "role"


def test_a_shared_device_says_how_many_it_counts_for_until_it_answers(room):
    room.send("open", step="words")
    room.send("heads", "ana", heads=12)
    room.send("answer", "ana", "r1", text="élan")
    session = room.session
    assert session.people.heads({"ana", "bo"}) == 15
    kind = room.room.kinds["word_cloud"]
    assert kind.result(session.runs["r1"], session.people)["words"][0]["people"] == 12
    assert room.why("heads", "ana", heads=2) == "answered"
    assert room.session.people["ana"].heads == 12


@pytest.mark.parametrize("heads", [0, 1000, -1, 1.5, None])
def test_a_device_counts_for_one_to_999_people(room, heads):
    with pytest.raises(Invalid):
        room.send("heads", "ana", heads=heads)


def test_only_participants_say_how_many_they_are(room):
    assert room.why("heads", heads=3) == "role"
    assert room.why("heads", "nobody", heads=3) == "stranger"
