"""Take articles in from another site: what would be made of its export, then made of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from msgspec import Struct

from fabrique.actions.history import note
from fabrique.actions.intake.shelving import Shelving
from fabrique.domain.text import Invalid, Text
from fabrique.domain.tier import Tier
from fabrique.importers.wordpress import Piece, Site
from fabrique.store.models import Batch, Person, Redirect, Resource

ORIGIN = "wordpress"
LONGEST = 200_000  # characters of a text
LONGEST_SLUG = 70
LONGEST_MARK = 200
BY = 500  # values of one query
NOTHING = Text("Nothing of this export is left to take in.")
MEANWHILE = Text("Somebody imported the same articles meanwhile: nothing was taken in. Try again.")
Owned = Callable[[str], bool]


class Choice(Struct, frozen=True):
    """What the team says of an export: for whom, with its pages or not, who agreed to be named."""

    audience: Tier = Tier.ADHERENT
    pages: bool = False
    named: frozenset[str] = frozenset()  # logins


class Coming(Struct, frozen=True):
    """A text that would be made, at which address; `leads` are the old paths that lead to it."""

    piece: Piece
    slug: str
    mark: str
    leads: tuple[str, ...]


class Wrote(Struct, frozen=True):
    """Somebody who wrote there; `person` is their account here, found by their address."""

    login: str
    name: str
    count: int
    person: Person | None
    agreed: bool


class Foreseen(Struct, frozen=True):
    """All that an import would do; the import does that and nothing else."""

    comes: tuple[Coming, ...]
    here: tuple[Piece, ...]  # in already
    aside: tuple[Piece, ...]  # pages, unless they are wanted
    authors: tuple[Wrote, ...]
    lost: tuple[tuple[str, str], ...]  # old paths that will not lead: path, title
    media: tuple[str, ...]

    @property
    def leads(self) -> int:
        """Count the old addresses that will lead here."""
        return sum(len(one.leads) for one in self.comes)

    @property
    def seal(self) -> str:
        """Tell it from any other, to see whether what is kept is what was shown."""
        said = [(one.mark, one.slug, one.leads) for one in self.comes]
        named = [one.login for one in self.authors if one.agreed]
        return hashlib.sha256(repr((said, named)).encode()).hexdigest()


def foresee(site: Site, choice: Choice, owned: Owned) -> Foreseen:
    """Say what an import would do; `owned` says which paths are pages of the house."""
    wanted = [one for one in site.pieces if choice.pages or one.kind == "post"]
    aside = tuple(one for one in site.pieces if one.kind != "post" and not choice.pages)
    marks = {mark_of(one): one for one in wanted}
    known = _known(Resource, "origin_id", marks)
    fresh = {mark: one for mark, one in marks.items() if mark not in known}
    paths = [path for one in fresh.values() for path in one.paths]
    taken = _known(Redirect, "old_path", paths)
    slugs = set(Resource.objects.values_list("slug", flat=True))
    comes, lost = [], []
    for mark, one in fresh.items():
        free = [path for path in one.paths if path not in taken and not owned(path)]
        lost += [(path, one.title) for path in one.paths if path not in free]
        taken.update(free)
        comes.append(Coming(one, _slug(one, slugs), mark, tuple(free)))
    return Foreseen(
        comes=tuple(comes),
        here=tuple(one for mark, one in marks.items() if mark in known),
        aside=aside,
        authors=tuple(_wrote(site, [one.piece for one in comes], choice)),
        lost=tuple(lost),
        media=tuple(dict.fromkeys(file for one in comes for file in one.piece.media)),
    )


def mark_of(piece: Piece) -> str:
    """Give what tells a text from all others, wherever it came from."""
    if len(piece.mark) <= LONGEST_MARK:
        return piece.mark
    return hashlib.sha256(piece.mark.encode()).hexdigest()


def _known(model: type[Resource | Redirect], field: str, values: Iterable[str]) -> set[str]:
    asked, found = list(values), set[str]()
    for start in range(0, len(asked), BY):
        among = {f"{field}__in": asked[start : start + BY]}
        found.update(model.objects.filter(**among).values_list(field, flat=True))
    return found


def _slug(piece: Piece, taken: set[str]) -> str:
    """Keep the last word of its old address; add a number where another has it."""
    old = next((path.rpartition("/")[2] for path in piece.paths if "?" not in path), "")
    stem = slugify(old)[:LONGEST_SLUG] or slugify(piece.title)[:LONGEST_SLUG] or "article"
    slug, n = stem, 1
    while slug in taken:
        n += 1
        slug = f"{stem}-{n}"
    taken.add(slug)
    return slug


def _wrote(site: Site, pieces: list[Piece], choice: Choice) -> Iterator[Wrote]:
    counts = Counter(one.author for one in pieces)
    emails = [one.email.strip().lower() for one in site.authors if one.email]
    people = {one.email: one for one in Person.objects.filter(email__in=emails[:BY])}
    for one in site.authors:
        if counts[one.login]:
            person = people.get(one.email.strip().lower())
            agreed = one.login in choice.named
            yield Wrote(one.login, one.name or one.login, counts[one.login], person, agreed)


def keep(
    content: str, site: Site, choice: Choice, owned: Owned, by: Person, now: datetime
) -> Batch:
    """Take it in whole, or not at all; `content` is the sum of the file. Raises `Invalid`."""
    try:
        with transaction.atomic():
            seen = foresee(site, choice, owned)
            if not seen.comes:
                raise Invalid(NOTHING)
            digest = hashlib.sha256(f"{content}{seen.seal}".encode()).hexdigest()
            batch = Batch.objects.create(origin=ORIGIN, digest=digest, by=by, at=now)
            Shelving(batch, site, choice.audience).put(seen)
            named = sum(one.agreed for one in seen.authors)
            note("articles.imported", batch, by=by, articles=len(seen.comes), named=named)
    except IntegrityError:
        raise Invalid(MEANWHILE) from None
    return batch
