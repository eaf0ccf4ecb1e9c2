"""Why a file is refused, by the word that the child process says; a person reads the sentence."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.text import Text
from fabrique.importers.wordpress.items import NO_EXPORT

PICTURE = 5 * 1024 * 1024  # bytes
SLIDES = 60 * 1024 * 1024
IMPORT = 64 * 1024 * 1024
EXPORT = 64 * 1024 * 1024
MOST_PAGES = 200
ATTACHMENT = 50 << 20  # bytes
MOST_POINTS = 50_000_000  # of a picture, once unpacked

SENTENCES: Mapping[str, Text] = {
    "no_picture": Text("This is not a picture that can be read: choose a PNG, JPEG or WebP file."),
    "picture_large": Text("A picture has at most {limit} MB: make it smaller."),
    "picture_points": Text("This picture has too many points ({width} × {height})."),
    "picture_heavy": Text("This picture takes too much memory to be read: make it smaller."),
    "picture_broken": Text("This picture is damaged: open it and save it again."),
    "no_slides": Text("This is not a presentation: choose a PDF, a PPTX or an ODP file."),
    "slides_large": Text("A presentation has at most {limit} MB: make its pictures smaller."),
    "old_office": Text("Old PowerPoint files cannot be read: save it as PPTX or as PDF."),
    "encrypted": Text("This file is locked by a password: save it without, then choose it again."),
    "broken": Text("This file is damaged and cannot be read: export it again."),
    "empty": Text("This presentation has no page."),
    "bomb": Text("This file would unpack to far more than a presentation holds."),
    "too_long": Text("This presentation has {pages} pages: {limit} at most. Make two of it."),
    "page": Text("Page {page} cannot be drawn: take it out, or export the presentation again."),
    "page_heavy": Text("Page {page} is too heavy to be drawn: make its pictures smaller."),
    "page_slow": Text("Page {page} takes too long to be drawn: make it simpler, or take it out."),
    "no_office": Text("LibreOffice is not installed here: export the presentation as a PDF."),
    "office": Text("LibreOffice could not read this presentation: export it as a PDF."),
    "office_slow": Text("LibreOffice took too long: export the presentation as a PDF."),
    "office_page": Text("LibreOffice stopped at page {page} of {pages}: export it as a PDF."),
    "no_import": Text(
        "This file cannot be imported: choose a session of Fabrique (JSON or ZIP),"
        " a table of answers (CSV) or an export of Klaxoon (ZIP)."
    ),
    "import_large": Text("A file to import has at most {limit} MB."),
    "no_attachment": Text(
        "A file of this kind is not taken: choose a PDF, a document, a sheet or a presentation"
        " (DOCX, ODT, XLSX, ODS, PPTX, ODP), a picture, a text or a CSV. Send what is in a ZIP file"
        " one by one."
    ),
    "attachment_large": Text("A file has at most {limit} MB: make it smaller."),
    "two_in_one": Text("This file hides another one in it: save it again, then choose it again."),
    "macros": Text("This file holds a program (a macro): save it without, then choose it again."),
    "unpacks": Text("This file would unpack to far more than a document holds."),
    "not_utf8": Text("This text is not written in UTF-8: save it so, then choose it again."),
    "no_export": NO_EXPORT,
    "export_large": Text(
        "An export has at most {limit} MB: in WordPress, export fewer years at a time."
    ),
    "export_heavy": Text(
        "This export takes too much time or memory to be read: export fewer years at a time."
    ),
    "no_sound": Text("This is not a recording: choose an M4A, MP4, WebM, WAV, MP3 or OGG file."),
    "sound_cut": Text("This recording breaks off before its end: send the whole file again."),
    "sound_broken": Text("This recording is damaged and cannot be read: export it again."),
    "sound_absent": Text("This video has no sound: choose the recording with the voices."),
    "sound_codec": Text("The sound of this recording is of a rare form: export it as MP3 or M4A."),
    "sound_silent": Text("There is nothing to hear in this recording: it is silent to the end."),
    "sound_long": Text("This recording is longer than {limit} hours: cut it, then send the parts."),
    "sound_removed": Text("Nothing is left of this recording once everything is cut out."),
    "sound_stopped": Text(
        "The work on this recording was interrupted: start it again, it goes on."
    ),
    "disk_full": Text("The disk is full: make room, then start again, the work goes on."),
    "language": Text("The speech model does not know this language: give a code such as fr or en."),
    "model_broken": Text("This speech model cannot be read: get its folder again."),
    "memory_short": Text("The memory is too small for this work: free some, then start it again."),
    "stopped": Text("This was stopped half-way and nothing was kept: choose the file again."),
}


class Unfit(Exception):  # noqa: N818 - an answer to a person, not an error of ours
    """The file is refused: `why` is a key of `SENTENCES`."""

    def __init__(self, why: str, **values: int) -> None:
        super().__init__(why)
        self.why = why
        self.values = values

    @property
    def text(self) -> Text:
        """Say it."""
        return Text(SENTENCES[self.why].msgid, dict(self.values))
