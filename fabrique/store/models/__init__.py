"""One file a noun."""

from fabrique.store.models.link import SpentLink
from fabrique.store.models.person import Person
from fabrique.store.models.session import Entry, Participant, Session

__all__ = ["Entry", "Participant", "Person", "Session", "SpentLink"]
