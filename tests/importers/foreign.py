"""A foreign file played through the real room, and what its report says."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from fabrique.commands._foreign import said as understood
from fabrique.commands._report import render
from fabrique.domain import archive
from fabrique.domain.foreign import Wanted
from fabrique.domain.language import Language
from fabrique.domain.registry import discover
from fabrique.domain.report import from_archive
from fabrique.importers.script import read_script
from fabrique.live.play import play

KINDS = discover("fabrique.activities")
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def wanted(**more):
    return Wanted(**{"title": "T", "language": "fr", "timezone": "Europe/Paris", "now": NOW} | more)


def played(importer, content, **more):
    found = importer.read(content, wanted(**more))
    return play(read_script(found.script, KINDS), KINDS)


def kept(importer, content, **more):
    return archive.read(played(importer, content, **more).content, KINDS)


def reported(importer, content, suffix="json", **more):
    made = played(importer, content, **more)
    assert made.refused == {}
    whole = archive.read(made.content, KINDS)
    return render(from_archive(made.content, whole, KINDS, everything=True), suffix)


def results(importer, content, **more):
    return json.loads(reported(importer, content, **more))


def said(importer, content, **more):
    speaker = Language("en")
    return [speaker.say(one) for one in understood(importer.read(content, wanted(**more)), 0)]
