"""Articles on their way onto the shelf: rows are written by the hundred, then found by words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.text import slugify

from fabrique.actions.library import shelf
from fabrique.domain.fold_text import plain
from fabrique.domain.resource import Kind, State
from fabrique.domain.tier import Tier
from fabrique.importers.wordpress import Piece, Site
from fabrique.store.models import Batch, Redirect, Resource, ResourceAuthor, Taken, Theme

if TYPE_CHECKING:
    from fabrique.actions.intake.articles import Coming, Foreseen

BY = 500  # rows of one statement
LONGEST = 80  # characters of a theme
SPOKEN = ("fr", "en")
KINDS = {"post": Kind.ARTICLE, "page": Kind.RESOURCE}


class Shelving:
    """One batch on its way in."""

    def __init__(self, batch: Batch, site: Site, audience: Tier) -> None:
        self._batch = batch
        self._site = site
        self._audience = audience

    def put(self, seen: Foreseen) -> None:
        """Write what was foreseen, and what is to be remembered to take it back."""
        rows = [self._made(one) for one in seen.comes]
        Resource.objects.bulk_create(rows, BY)
        self._sign(rows, seen)
        self._about(rows, [one.piece for one in seen.comes])
        leads = (
            Redirect(old_path=path, resource=row)
            for row, one in zip(rows, seen.comes, strict=True)
            for path in one.leads
        )
        Redirect.objects.bulk_create(leads, BY)
        for start in range(0, len(rows), BY):
            shelf.put_new(rows[start : start + BY])
        self._remember(rows)

    def _made(self, one: Coming) -> Resource:
        piece = one.piece
        spoken = self._site.language
        return Resource(
            slug=one.slug,
            kind=KINDS[piece.kind].value,
            title=piece.title,
            summary=piece.summary,
            body=piece.body,
            language=spoken if spoken in SPOKEN else "fr",
            published_on=timezone.localdate(piece.at),
            audience=self._audience.value,
            state=State.PUBLISHED.value,
            origin_batch=f"{self._batch.pk}",
            origin_id=one.mark,
            origin_address=piece.address,
            decided_by=self._batch.by,
            decided_at=self._batch.at,
            created_at=self._batch.at,
            updated_at=self._batch.at,
        )

    def _sign(self, rows: list[Resource], seen: Foreseen) -> None:
        """Name who agreed; who has an account and was not asked may still agree by themselves."""
        wrote = {one.login: one for one in seen.authors}
        signed = []
        for row, one in zip(rows, seen.comes, strict=True):
            found = wrote.get(one.piece.author)
            if found is None or not (found.agreed or found.person):
                continue
            name = "" if found.person else found.name
            who = {"person": found.person, "name": name, "agreed": found.agreed}
            signed.append(ResourceAuthor(resource=row, **who))
        ResourceAuthor.objects.bulk_create(signed, BY)

    def _about(self, rows: list[Resource], pieces: list[Piece]) -> None:
        """Have each about what it was filed under there, the same words as here if they are."""
        themes = {plain(one.title): one for one in Theme.objects.all()}
        slugs = {one.slug for one in themes.values()}
        through = []
        for row, piece in zip(rows, pieces, strict=True):
            about = {plain(word): word[:LONGEST] for word in piece.words if slugify(word)}
            for key, word in about.items():
                if key not in themes:
                    themes[key] = self._theme(word, slugs)
                link = {"resource_id": row.pk, "theme_id": themes[key].pk}
                through.append(Resource.themes.through(**link))
        Resource.themes.through.objects.bulk_create(through, BY, ignore_conflicts=True)

    def _theme(self, word: str, taken: set[str]) -> Theme:
        stem, n = slugify(word)[:70], 1
        slug = stem
        while slug in taken:
            n += 1
            slug = f"{stem}-{n}"
        taken.add(slug)
        row = Theme.objects.create(slug=slug, title=word)
        Taken.objects.create(
            batch=self._batch, what="theme", row=f"{row.pk}", after={"title": word}
        )
        return row

    def _remember(self, rows: list[Resource]) -> None:
        taken = (
            Taken(batch=self._batch, what="resource", row=f"{row.pk}", after=as_left(row))
            for row in rows
        )
        Taken.objects.bulk_create(taken, BY)


def as_left(row: Resource) -> dict[str, object]:
    """Say how a text is, to see whether somebody changed it since."""
    return {
        "title": row.title,
        "state": row.state,
        "audience": row.audience,
        "licence": row.licence,
        "proposed": row.proposed,
        "updated_at": row.updated_at.isoformat(),
    }
