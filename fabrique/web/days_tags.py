"""What templates of big days may ask: names of kinds, hours of an item, where it stands."""

from __future__ import annotations

from datetime import datetime

from django.template import Library
from django.utils.translation import get_language

from fabrique.domain.language import language
from fabrique.domain.preparation import ROLES, Role
from fabrique.domain.programme import KINDS, Item, Kind, Programme
from fabrique.domain.text import Text
from fabrique.domain.tier import NAMES, Tier

register = Library()


@register.filter
def kind_name(value: str) -> Text:
    """Name a kind of item."""
    return KINDS[Kind(value)]


@register.filter
def role_name(value: str) -> Text:
    """Name a part in an item."""
    return ROLES[Role(value)]


@register.filter
def tier_name(value: str) -> Text:
    """Name an audience."""
    return NAMES[Tier(value)]


@register.filter
def clock(at: datetime) -> str:
    """Write an hour by the clocks of `at`; Django's own filter would use those of the house."""
    return f"{at:%H:%M}"


@register.simple_tag
def hours(whole: Programme, item: Item) -> str:
    """Write from when until when: "09:30–10:15"."""
    return f"{whole.local(item):%H:%M}–{whole.ends(item):%H:%M}"


@register.simple_tag
def room_of(whole: Programme, item: Item) -> str:
    """Name the room of an item; nothing for none."""
    return whole.room(item.room)


@register.simple_tag
def day_of(whole: Programme, item: Item) -> str:
    """Write the day of an item as an address does."""
    return f"{whole.local(item):%Y-%m-%d}"


@register.simple_tag
def where_said(whole: Programme, item: Item) -> str:
    """Say when and where an item is: "mardi 9 juin à 10 h, Studio"."""
    when = language(get_language() or "fr").moment(whole.local(item))
    room = whole.room(item.room)
    return f"{when}, {room}" if room else when
