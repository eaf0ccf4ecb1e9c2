"""What a recording is, by its first bytes and not its name; opened as that, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from msgspec import Struct

from fabrique.jobs.refusals import Unfit

HEAD = 64  # bytes
ADTS = 0xF6, 0xF0  # of the second byte: those that count, and what they are in a bare AAC
# What people send; a decoder that nobody needs is one that nobody can attack.
CODECS = {"aac", "mp3", "mp2", "opus", "vorbis", "flac", "alac", "ac3", "eac3", "amr_nb"}
MILLISECONDS = 1000


class Look(Struct, frozen=True):
    """What the file says of itself: `declared` is in milliseconds, 0 where it says nothing."""

    form: str
    codec: str
    declared: int
    video: bool
    created: str = ""  # ISO 8601, where it says so


def form_of(head: bytes) -> str:
    """Tell the form by the first bytes; raise `Unfit`.

    Never guessed further: FFmpeg would find playlists and slideshows, which open other files.
    """
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return "mov"
    for form, first in (("matroska", b"\x1a\x45\xdf\xa3"), ("ogg", b"OggS"), ("flac", b"fLaC")):
        if head.startswith(first):
            return form
    if head[:4] in (b"RIFF", b"RF64") and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"ID3"):
        return "mp3"
    if head[:1] == b"\xff" and head[1:2] >= b"\xe0":
        return "aac" if head[1] & ADTS[0] == ADTS[1] else "mp3"
    raise Unfit("no_sound")


@contextmanager
def opened(source: Path) -> Iterator[tuple[InputContainer, AudioStream]]:
    """Open a recording and the sound in it; raise `Unfit`."""
    with source.open("rb") as file:
        form = form_of(file.read(HEAD))
    try:
        container = av.open(str(source), format=form, options={"protocol_whitelist": "file"})
    except (av.error.FFmpegError, ValueError):
        raise Unfit("sound_cut" if form == "mov" else "sound_broken") from None
    with container:
        if not container.streams.audio:
            raise Unfit("sound_absent")
        stream = container.streams.audio[0]
        name = _codec(stream)
        if name not in CODECS and not name.startswith("pcm_"):
            raise Unfit("sound_codec")
        stream.codec_context.thread_type = "AUTO"
        yield container, stream


def look(source: Path) -> Look:
    """Give what a recording says of itself; raise `Unfit`."""
    with opened(source) as (container, stream):
        return Look(
            form=container.format.name.split(",")[0],
            codec=_codec(stream),
            declared=_declared(container, stream),
            video=bool(container.streams.video),
            created=container.metadata.get("creation_time", ""),
        )


def _codec(stream: AudioStream) -> str:
    return stream.codec_context.codec.canonical_name if stream.codec_context else ""


def _declared(container: InputContainer, stream: AudioStream) -> int:
    if stream.duration and stream.time_base:
        return int(stream.duration * stream.time_base * MILLISECONDS)
    return max(0, (container.duration or 0) * MILLISECONDS // av.time_base)
