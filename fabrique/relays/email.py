"""A mail that says when it closes: plain text, for any mail program."""

from __future__ import annotations

from fabrique.domain.announcement import Announcement, Message
from fabrique.domain.closing import left
from fabrique.domain.language import Language
from fabrique.domain.text import Text

SUBJECT = Text("{title}: closes {left}")
BODY = Text(
    "Hello,\n\n“{title}” closes {left}, {when}.\n\nTo answer, or to change your answers, on the "
    "device where you began:\n{address}\n\nIf you have answered already, thank you: there is "
    "nothing to do. Nobody knows from this address who has.\n\n--\nYou left this address to be "
    "told once. To take it out: {gone}\n"
)


class Email:
    """Plain text."""

    def compose(self, about: Announcement, language: Language) -> Message:
        """Write the mail."""
        said = {
            "title": " ".join(about.title.split()),  # a subject is one line
            "left": left(about.until, about.now),
            "when": language.moment(about.until),
            "address": about.address,
            "gone": about.gone,
        }
        subject = language.say(Text(SUBJECT.msgid, said))
        body = language.say(Text(BODY.msgid, said))
        return Message("text/plain; charset=utf-8", "", subject, body)


KIND = Email()
