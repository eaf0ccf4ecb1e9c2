"""Transcripts as other tools write them, and as they write them wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fabrique.domain.mended import Mended
from fabrique.domain.text import Invalid
from fabrique.domain.transcript import Cue, Transcript
from fabrique.formats.webvtt import write_webvtt
from fabrique.importers.transcript import LARGEST, import_transcript, read_transcript

ZOOM = """WEBVTT

1
00:00:01.200 --> 00:00:03.400
Ana Bérard: Bonjour à tous, on commence à 10:30.

2
00:00:03.400 --> 00:00:07.000
Bo: Remarque : il manque le quorum.

3
00:00:07.500 --> 00:00:08.000
et voilà
"""
TEAMS = """WEBVTT

b1a2/12-0
00:00:01.200 --> 00:00:03.400
<v Ana Bérard>Bonjour
à tous</v>

b1a2/12-1
00:00:03.400 --> 00:00:07.000
<v.loud Bo &amp; Cie>x &lt; 3 <i>oui</i> <00:00:05.000>non</v>
"""
MEET = """WEBVTT
Kind: captions
Language: en

NOTE made by a machine
with 00:00:00.000 --> 00:00:01.000 inside

STYLE
::cue { color: red }

00:01.000 --> 00:02.500 align:start position:0%
Hello there
"""
SRT = (
    "1\n00:00:01,200 --> 00:00:03,400\n{\\an8}<i>Bonjour</i>\n\n"
    "2\n0:0:04,5 --> 0:00:06,000\nÀ tous\n"
)


def said(content, read=read_transcript):
    data = content if isinstance(content, bytes) else content.encode()
    return [(one.start, one.end, one.speaker, one.text) for one in read(data).cues]


def kept(content):
    return import_transcript(content)[0]


def test_zoom_writes_the_name_before_the_words():
    assert said(ZOOM) == [
        (1200, 3400, "Ana Bérard", "Bonjour à tous, on commence à 10:30."),
        (3400, 7000, "Bo", "Remarque : il manque le quorum."),
        (7500, 8000, "", "et voilà"),
    ]


def test_a_colon_in_speech_makes_no_speaker():
    speech = ZOOM.replace("Ana Bérard: ", "").replace("Bo: ", "")
    assert {one[2] for one in said(speech)} == {""}


def test_teams_writes_voices_over_several_lines():
    assert said(TEAMS) == [
        (1200, 3400, "Ana Bérard", "Bonjour\nà tous"),
        (3400, 7000, "Bo & Cie", "x < 3 oui non"),
    ]


def test_notes_styles_settings_and_missing_hours_are_understood():
    assert said(MEET) == [(1000, 2500, "", "Hello there")]
    assert read_transcript(MEET.encode()).language == "en"


def test_subrip_has_commas_and_no_head():
    assert said(SRT) == [(1200, 3400, "", "Bonjour"), (4500, 6000, "", "À tous")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"\xef\xbb\xbf" + text.encode(),
        lambda text: text.replace("\n", "\r\n").encode(),
        lambda text: text.replace("\n", "\r").encode(),
        lambda text: text.encode("utf-16"),
        lambda text: text.encode("cp1252"),
    ],
    ids=["mark", "crlf", "cr", "utf-16", "windows"],
)
def test_every_alphabet_and_line_break_says_the_same(change):
    assert said(change(ZOOM)) == said(ZOOM)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "1"),
        (b"\n \n", "1"),
        (b"PK\x03\x04\0\0", "1"),
        (b"<!doctype html>\n<p>00:00 --> 00:01</p>", "1"),
        (b"WEBVTTX\n\n00:00.000 --> 00:01.000\na", "1"),
        (b"WEBVTT\n", "1"),
        (b"WEBVTT\n\n00:00 -> 00:01\nnothing\n", "1"),
        (b"WEBVTT\n\n00:00.000 --> soon\na\n", "3"),
        (b"WEBVTT\n\n00:61.000 --> 00:62.000\na\n", "3"),
        (b"WEBVTT\n\n00:02.000 --> 00:01.000\na\n", "3"),
        (b"\n\n1\nBonjour", "3"),
    ],
)
def test_what_is_no_transcript_is_refused_with_its_line(content, line):
    with pytest.raises(Invalid) as error:
        read_transcript(content)
    assert error.value.where == line


def test_what_is_too_large_is_refused():
    with pytest.raises(Invalid, match="32 MB"):
        read_transcript(b"WEBVTT\n" + b"\n" * LARGEST)
    many = b"WEBVTT\n" + b"\n00:00.000 --> 00:01.000\na\n" * 100_001
    with pytest.raises(Invalid, match="at most 100000"):
        read_transcript(many)


def test_a_cue_is_counted_as_it_stands_and_repaired_when_it_is_taken_in():
    rolling = """WEBVTT

00:04.000 --> 00:06.000
trois

00:00.000 --> 00:03.000
un

00:00.000 --> 00:02.500
un

00:02.000 --> 00:04.000
un
deux
5
00:07.000 --> 00:08.000

00:09.000 --> 00:10.000
trois
"""
    assert [one[3] for one in said(rolling)] == ["trois", "un", "un", "un\ndeux", "", "trois"]
    assert said(rolling, kept) == [
        (0, 2000, "", "un"),
        (2000, 4000, "", "deux"),
        (4000, 6000, "", "trois"),
        (9000, 10_000, "", "trois"),
    ]

    _, mended = import_transcript(rolling.encode())
    assert mended == Mended(unordered=1, twice=1, lines=1, overlapping=1, empty=1)


def test_a_voice_is_put_right_where_another_speaks_between():
    between = """WEBVTT

00:00.000 --> 00:04.000
<v A>Le camion part lundi.

00:00.000 --> 00:03.000
<v B>Oui.

00:00.000 --> 00:04.000
<v A>Le camion part lundi.

00:02.000 --> 00:05.000
<v A>On charge avant.
"""
    assert said(between, kept) == [
        (0, 2000, "A", "Le camion part lundi."),
        (0, 3000, "B", "Oui."),
        (2000, 5000, "A", "On charge avant."),
    ]
    assert import_transcript(between.encode())[1] == Mended(twice=1, overlapping=1)


def test_two_voices_at_once_both_stay():
    both = "WEBVTT\n\n00:00.000 --> 00:04.000\n<v A>oui\n\n00:01.000 --> 00:02.000\n<v B>oui\n"
    assert said(both, kept) == [(0, 4000, "A", "oui"), (1000, 2000, "B", "oui")]


LINES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]))
PLAIN = LINES.map(lambda text: " ".join(text.split()))
NAMES = PLAIN.filter(lambda text: not text or text.strip())
TIMES = st.tuples(st.integers(0, 10**9), st.integers(0, 10**6)).map(lambda t: (t[0], sum(t)))


@given(st.lists(st.builds(lambda t, *told: Cue(*t, *told), TIMES, PLAIN, NAMES), min_size=1))
def test_our_own_form_comes_back_as_it_was(cues):
    told = Transcript(tuple(cues), "en")
    assert read_transcript(write_webvtt(told)) == told


def test_marks_and_arrows_in_words_harm_nothing():
    hostile = Transcript((Cue(0, 1, "a --> b <v X> &amp; WEBVTT", "N<v>>&lt;"), Cue(1, 2, "", "Z")))
    assert read_transcript(write_webvtt(hostile)) == hostile


PIECES = st.sampled_from(
    [
        "WEBVTT",
        "\n",
        "\n\n",
        "00:01.000",
        " --> ",
        "00:02.000",
        "<v",
        "<v A>",
        ">",
        "A: b",
        "NOTE",
        "\r",
    ]
)


@given(
    st.binary(max_size=200) | st.lists(PIECES, max_size=40).map(lambda one: "".join(one).encode())
)
def test_any_bytes_are_a_transcript_or_refused_with_a_line(content):
    try:
        found = kept(content)
    except Invalid as refused:
        found, where = None, refused.where
    if found is None:
        assert where.isdigit()
        return
    assert all(one.start <= one.end for one in found.cues)
    assert read_transcript(write_webvtt(found)) == found


@pytest.mark.parametrize("hostile", ["<v", "<v ", "<c ", "{\\", "<1", "A ", "A:"])
def test_a_file_made_to_be_slow_is_not(hostile):
    line = hostile * (49_000 // len(hostile))
    content = f"WEBVTT\n\n00:00.000 --> 00:01.000\n{line}\n".encode() * 20
    assert len(read_transcript(content).cues) == 20


def test_a_cue_without_end_is_refused():
    with pytest.raises(Invalid) as error:
        read_transcript(b"WEBVTT\n\n00:00.000 --> 00:01.000\n" + b"a" * 60_000)
    assert error.value.where == "4"
