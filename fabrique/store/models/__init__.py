"""One file a noun."""

from fabrique.store.models.address import Address, Reminder
from fabrique.store.models.application import Application
from fabrique.store.models.asked import ReaderRequest
from fabrique.store.models.asking import Asking
from fabrique.store.models.batch import Batch, Taken
from fabrique.store.models.card import Card
from fabrique.store.models.checkin import CheckIn
from fabrique.store.models.choice import WorkshopChoice
from fabrique.store.models.composition import Composition, CompositionVersion
from fabrique.store.models.consent import Objection, ObjectionAnswer, RecordingNotice
from fabrique.store.models.contribution import Call, Contribution, Remark
from fabrique.store.models.debts import (
    Commitment,
    Documentation,
    RemindMe,
    SectionLock,
)
from fabrique.store.models.dispatch import Dispatch
from fabrique.store.models.feed import FeedKey
from fabrique.store.models.form import Form
from fabrique.store.models.gathering import Gathering, Organiser
from fabrique.store.models.group import GroupMember, WorkingGroup
from fabrique.store.models.happening import Happening
from fabrique.store.models.interest import Interest
from fabrique.store.models.link import SpentLink
from fabrique.store.models.mandate import Mandate
from fabrique.store.models.membership import Membership
from fabrique.store.models.minutes import Cue, Edition, Minutes, MinutesSentence
from fabrique.store.models.minutes_source import MinutesSource
from fabrique.store.models.opinion import Comment, CommentReport, Rating
from fabrique.store.models.person import Person
from fabrique.store.models.preparation import Invitation, Preparation, Task
from fabrique.store.models.programme import Item, Move, Room
from fabrique.store.models.recording import Recording
from fabrique.store.models.recording_link import RecordingLink
from fabrique.store.models.registration import Pool, Registration
from fabrique.store.models.release import Pick, ProgrammeVersion
from fabrique.store.models.resource import (
    Redirect,
    Resource,
    ResourceAuthor,
    ResourceFile,
    Theme,
)
from fabrique.store.models.series import Series
from fabrique.store.models.session import Entry, Participant, Session
from fabrique.store.models.shelved import Shelved
from fabrique.store.models.shift import Shift
from fabrique.store.models.silence import Silence
from fabrique.store.models.slot import Availability, Option, Poll, Slot
from fabrique.store.models.speaker import Duty, DutyAnswer, Part, Speaker
from fabrique.store.models.spotted import Spotted
from fabrique.store.models.structure import Structure
from fabrique.store.models.venue import VenueCriterion, VenueLead, VenueSearch, VenueValue
from fabrique.store.models.video import VideoRoom

__all__ = [
    "Address",
    "Application",
    "Asking",
    "Availability",
    "Batch",
    "Call",
    "Card",
    "CheckIn",
    "Comment",
    "CommentReport",
    "Commitment",
    "Composition",
    "CompositionVersion",
    "Contribution",
    "Cue",
    "Dispatch",
    "Documentation",
    "Duty",
    "DutyAnswer",
    "Edition",
    "Entry",
    "FeedKey",
    "Form",
    "Gathering",
    "GroupMember",
    "Happening",
    "Interest",
    "Invitation",
    "Item",
    "Mandate",
    "Membership",
    "Minutes",
    "MinutesSentence",
    "MinutesSource",
    "Move",
    "Objection",
    "ObjectionAnswer",
    "Option",
    "Organiser",
    "Part",
    "Participant",
    "Person",
    "Pick",
    "Poll",
    "Pool",
    "Preparation",
    "ProgrammeVersion",
    "Rating",
    "ReaderRequest",
    "Recording",
    "RecordingLink",
    "RecordingNotice",
    "Redirect",
    "Registration",
    "Remark",
    "RemindMe",
    "Reminder",
    "Resource",
    "ResourceAuthor",
    "ResourceFile",
    "Room",
    "SectionLock",
    "Series",
    "Session",
    "Shelved",
    "Shift",
    "Silence",
    "Slot",
    "Speaker",
    "SpentLink",
    "Spotted",
    "Structure",
    "Taken",
    "Task",
    "Theme",
    "VenueCriterion",
    "VenueLead",
    "VenueSearch",
    "VenueValue",
    "VideoRoom",
    "WorkingGroup",
    "WorkshopChoice",
]
