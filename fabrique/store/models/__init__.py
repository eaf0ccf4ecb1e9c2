"""One file a noun."""

from fabrique.store.models.address import Address, Reminder
from fabrique.store.models.link import SpentLink
from fabrique.store.models.person import Person
from fabrique.store.models.session import Entry, Participant, Session

__all__ = ["Address", "Entry", "Participant", "Person", "Reminder", "Session", "SpentLink"]
