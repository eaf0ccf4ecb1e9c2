"""What a format brings to a gathering: copied when it is chosen, then the gathering's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fabrique.actions import checklist
from fabrique.actions.history import note
from fabrique.importers.gathering import GatheringFormat, formats
from fabrique.store.models import Form, Gathering, Person, Preparation

FORMAT_OF = {"quick": "atelier_3p", "prepared": "fabrique"}  # of a lane, until one is chosen


def take(gathering: Gathering, chosen: GatheringFormat) -> None:
    """Copy the parts of a format into a gathering; in the transaction of who chose it."""
    code = "en" if gathering.language == "en" else "fr"
    gathering.format, gathering.lane = chosen.id, chosen.lane
    gathering.audience, gathering.mode = chosen.audience, chosen.mode
    brought = parts(chosen, code)
    _bring_form(gathering, preparation_of(gathering).parts, brought)
    Preparation.objects.filter(gathering=gathering).update(parts=brought)
    checklist.lay_out(gathering, chosen)


def _bring_form(
    gathering: Gathering, before: Mapping[str, Any], brought: Mapping[str, Any]
) -> None:
    """Have it ask and say what its format does, where its group wrote nothing else meanwhile."""
    own = {"asked": brought["questions"], "letters": brought["letters"]}
    form, made = Form.objects.get_or_create(gathering=gathering, defaults=own)
    untouched = (form.asked, form.letters) == (before.get("questions"), before.get("letters"))
    if untouched and not made:
        Form.objects.filter(pk=form.pk).update(**own)


def parts(chosen: GatheringFormat, code: str) -> dict[str, Any]:
    """Give what a format brings, in a language, as plain values that a gathering keeps."""
    return {
        "minutes": chosen.minutes,
        "method": chosen.method,
        "documented": chosen.documented,
        "roles": [one.name.name().text(code) for one in chosen.roles],
        "questions": chosen.questions[code],
        "letters": {what: words.text(code) for what, words in chosen.letters.items()},
    }


def begin(gathering: Gathering, by: Person) -> None:
    """Lay out the checklist of a gathering that was made without one, as its format has it."""
    chosen = formats().get(gathering.format) or formats()[FORMAT_OF[gathering.lane]]
    code = "en" if gathering.language == "en" else "fr"
    with transaction.atomic():
        brought = parts(chosen, code)
        Preparation.objects.get_or_create(gathering=gathering, defaults={"parts": brought})
        _bring_form(gathering, {}, brought)
        checklist.lay_out(gathering, chosen)
        note("checklist laid out", gathering, by, format=chosen.id)


def preparation_of(gathering: Gathering) -> Preparation:
    """Give what stands beside a gathering; an empty one, not kept, where there is none."""
    found = Preparation.objects.filter(gathering=gathering).first()
    return found or Preparation(gathering=gathering)
