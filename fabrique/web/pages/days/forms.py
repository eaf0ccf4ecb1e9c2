"""The forms of big days: what is asked, in the order in which it is asked."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.domain.call import DECISIONS, STATES
from fabrique.domain.call import State as CallState
from fabrique.domain.preparation import FORMS, ROLES
from fabrique.domain.programme import KINDS, LONGEST, SHORTEST
from fabrique.domain.text import Text
from fabrique.domain.tier import NAMES, Tier
from fabrique.domain.venues import LEADS, MEASURES, WEIGHTS
from fabrique.domain.venues import Lead as LeadState
from fabrique.web.pages.days.fields import (
    LANGUAGES,
    Form,
    Words,
    day_field,
    moment_field,
    said,
    tongue,
    words,
)

DECIDED: Mapping[str, Text] = {
    CallState.ACCEPTED.value: Text("accept"),
    CallState.WAITING.value: Text("put on the waiting list"),
    CallState.DECLINED.value: Text("decline"),
}
SORTED = [state for state in STATES if state is not CallState.DRAFT]


class ItemForm(Form):
    """What an item is."""

    title = Words(label=_("Title"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=said(KINDS))
    minutes = forms.IntegerField(
        label=_("Length, in minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    about = words(label=_("About"))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    audience = forms.ChoiceField(
        label=_("For whom"),
        choices=lambda: [(t.value, tongue().say(NAMES[t])) for t in reversed(Tier)],
    )
    seats = forms.IntegerField(
        label=_("Seats of its own"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("A workshop to which one registers apart. Left empty: none."),
    )


class RoomForm(Form):
    """A room."""

    name = Words(label=_("Name of the room"), max_length=80)
    seats = forms.IntegerField(
        label=_("How many it holds"), min_value=1, max_value=100_000, required=False
    )


class PartForm(Form):
    """Who has a part in an item."""

    name = Words(label=_("Name"), max_length=200)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        max_length=254,
        help_text=_("To be told of changes, and to give what you ask for. No account is needed."),
    )
    role = forms.ChoiceField(label=_("Part"), choices=said(ROLES))


class DutyForm(Form):
    """What speakers are asked."""

    title = Words(label=_("What is asked"), max_length=200)
    form = forms.ChoiceField(label=_("Given as"), choices=said(FORMS))
    role = forms.ChoiceField(
        label=_("Of whom"),
        required=False,
        choices=lambda: [("", tongue().say(Text("everybody"))), *said(ROLES)()],
    )
    days_before = forms.IntegerField(
        label=_("Days before the first day"), min_value=0, max_value=365, initial=14
    )
    about = words(label=_("In full"), rows=3)


class CallForm(Form):
    """A call, apart from its questions."""

    about = words(label=_("What you look for"), rows=6)
    opens_at = moment_field(label=_("Opens"))
    closes_at = moment_field(label=_("Closes"))


class ContributionForm(Form):
    """What anybody proposes, apart from the questions of the call."""

    title = Words(label=_("Title"), max_length=200)
    about = words(label=_("In a few lines"), rows=6)
    kind = forms.ChoiceField(label=_("Kind"), choices=said(KINDS), initial="talk")
    minutes = forms.IntegerField(
        label=_("Length, in minutes"), min_value=SHORTEST, max_value=LONGEST, initial=60
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    name = Words(label=_("Your name"), max_length=200)
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("You get a link to change or withdraw it. It is not published."),
    )


class RemarkForm(Form):
    """What a reader thinks."""

    grade = forms.TypedChoiceField(
        label=_("Grade"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "—"), *((str(n), str(n)) for n in range(1, 6))],
    )
    text = words(label=_("Remark"), rows=3)


class DecisionForm(Form):
    """Accept, keep waiting, decline; or not yet."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        required=False,
        choices=lambda: [
            ("", tongue().say(Text("not decided"))),
            *((one, tongue().say(DECIDED[one])) for one in DECISIONS),
        ],
    )
    reason = words(label=_("A word to its author, in the letter"), rows=3)


class AimForm(Form):
    """What a search looks for."""

    needs = words(label=_("What you look for"), rows=3)
    decide_by = day_field(label=_("To be decided by"), required=False)


class CriterionForm(Form):
    """What venues are compared by."""

    name = Words(label=_("Criterion"), max_length=80)
    measure = forms.ChoiceField(label=_("Read as"), choices=said(MEASURES))
    wanted = forms.DecimalField(
        label=_("Wanted"), min_value=0, max_digits=10, decimal_places=2, required=False
    )
    weight = forms.TypedChoiceField(label=_("Weight"), coerce=int, choices=said(WEIGHTS), initial=1)


class LeadForm(Form):
    """A venue that might do."""

    name = Words(label=_("Name of the venue"), max_length=200)
    place = Words(label=_("Address"), max_length=300, required=False)
    contact = Words(label=_("Whom to call there"), max_length=300, required=False)
    owner = forms.ChoiceField(label=_("Followed by"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=lambda: [
            (s.value, tongue().say(LEADS[s])) for s in LeadState if s is not LeadState.CHOSEN
        ],
    )
    note = words(label=_("Notes"), rows=3)


class ChooseForm(Form):
    """The decision."""

    reason = words(label=_("Why this one"), rows=3)
    directions = words(label=_("Address and how to get in, as people will read it"), rows=3)
