"""What was recorded of a session."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fabrique.store.retention import NOTHING_PERSONAL, Retention

ALIGNED = ("", "name", "file", "time", "ear", "live")
STATES = ("coming", "waiting", "working", "ready", "failed")


class Recording(models.Model):
    """What was recorded of a session, and the sound made of it; its files lie in their own folder.

    Moments are in milliseconds on the clock of the file as it came.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    minutes = models.OneToOneField(
        "store.Minutes", on_delete=models.CASCADE, related_name="recording"
    )
    title = models.CharField(max_length=200)  # of the file
    size = models.PositiveBigIntegerField()
    live = models.BooleanField(default=False)  # being recorded: its size is not known yet
    parts = models.JSONField(default=list)  # [bytes before, milliseconds since it began]
    joins = models.JSONField(default=list)  # the same in milliseconds heard before, once counted
    link = models.ForeignKey(  # by which it came, from somebody without an account
        "store.RecordingLink", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    told = models.CharField(max_length=500)  # how those present knew that it is recorded
    kept_until = models.DateField()
    began_at = models.DateTimeField(null=True)  # on the session's clock; none: as it can be told
    aligned = models.CharField(max_length=10, blank=True)  # how `began_at` is known
    tagged = models.BooleanField(default=False)  # its chapters are those of this clock
    state = models.CharField(max_length=10, default="coming")
    words = models.BooleanField(default=False)  # what is said in it is to be written down next
    language = models.CharField(max_length=5, blank=True)  # it is in; none: that of the minutes
    languages = models.JSONField(default=dict)  # heard by a machine: how sure it is, by code
    rewrites = models.PositiveBigIntegerField(null=True)  # the last cue that new words replace
    removed = models.JSONField(default=list)  # spans cut out before anything is made
    share = models.FloatField(default=0)  # of the work that is done
    left = models.FloatField(null=True)  # seconds that it still takes, once known
    duration = models.PositiveBigIntegerField(default=0)  # of the sound made
    error = models.JSONField(default=dict)  # a sentence: {msgid, params}
    claimed_until = models.DateTimeField(null=True)  # somebody is at it

    # Whose voices are in it, no row says; who asks for their words to go asks for a cut.
    retention: ClassVar[Retention] = NOTHING_PERSONAL

    class Meta:
        """Only states and clocks that there are."""

        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="recording_state"),
            models.CheckConstraint(condition=Q(aligned__in=ALIGNED), name="recording_aligned"),
        ]

    def __str__(self) -> str:
        return self.title
