"""What the house holds about somebody, in their words: a name for each kind of line."""

from __future__ import annotations

from collections.abc import Mapping

from fabrique.domain.text import Text

KINDS: Mapping[str, Text] = {
    "person": Text("My account and profile"),
    "card": Text("My cards in the directory"),
    "address": Text("Addresses left in sessions"),
    "application": Text("Requests to join the association"),
    "availability": Text("Answers to polls of dates"),
    "batch": Text("Imports that I made"),
    "checkin": Text("Check-ins at the door"),
    "comment": Text("What I said of tools in the library"),
    "commentreport": Text("Comments that I reported"),
    "contribution": Text("Contributions that I proposed"),
    "dispatch": Text("Letters that were written to me"),
    "dutyanswer": Text("What I gave as a speaker"),
    "entry": Text("Acts in sessions"),
    "feedkey": Text("Address of my calendar"),
    "gathering": Text("Gatherings that I proposed"),
    "groupmember": Text("Working groups"),
    "happening": Text("Changes that I made"),
    "interest": Text("Dates where I said whether I come"),
    "invitation": Text("Invitations to organise"),
    "mandate": Text("Roles in the association"),
    "membership": Text("Memberships"),
    "minutes": Text("Minutes that I stand by"),
    "minutessentence": Text("Sentences that I wrote in minutes"),
    "edition": Text("Editions of minutes that I published"),
    "move": Text("Moves on a programme"),
    "organiser": Text("Gatherings that I organise"),
    "participant": Text("Names in sessions"),
    "pick": Text("Items kept in my programme"),
    "pool": Text("Antennas that I host"),
    "preparation": Text("Drafts and their notes"),
    "programmeversion": Text("Programmes that I released"),
    "rating": Text("Stars that I gave in the library"),
    "registration": Text("Registrations"),
    "remark": Text("Remarks on contributions"),
    "resource": Text("Texts that I proposed to the library"),
    "resourceauthor": Text("Texts of the library that I signed"),
    "silence": Text("What I hear no more of"),
    "speaker": Text("Programmes where I speak"),
    "structure": Text("Structures that I stand for"),
    "taken": Text("Lines of an import about me"),
    "task": Text("Steps that I look after"),
    "venuelead": Text("Venues that I look after"),
}
