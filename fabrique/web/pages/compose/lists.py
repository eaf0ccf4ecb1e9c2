"""The lists of workshops as a table: who is where, by which choice, who waits."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.domain.formulas import guarded
from fabrique.formats.csv import MARK
from fabrique.web.pages.compose.one import found
from fabrique.web.pages.compose.shops import Sheet, Slot


@never_cache
@require_safe
def lists(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Give the lists of the plan that holds; raise `Http404` where there is none."""
    composition = found(request, slug, pk, "workshops")
    if composition.current is None:
        raise Http404(pk)
    out = io.StringIO()
    sheet = csv.writer(out, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    with override(composition.gathering.language):
        head = (_("Slot"), _("Workshop"), _("Room"), _("Name"), _("Choice"), _("Waiting list"))
        sheet.writerow(head)
        for one in Sheet(composition, composition.current).slots():
            sheet.writerows([guarded(cell) for cell in row] for row in _rows(one))
    response = HttpResponse(MARK + out.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{slug}-lists.csv"'
    return response


def _rows(slot: Slot) -> Iterator[tuple[str, ...]]:
    """Give a line a person and workshop: in it, waiting for it; then those who have none."""
    for shop in slot.shops:
        about = (slot.name, shop.held.title, shop.held.room)
        for one in shop.seats:
            if not one.gone:
                yield (*about, one.name, str(one.rank or ""), "")
        for number, one in enumerate(shop.waiting, 1):
            yield (*about, one.name, str(one.rank or ""), str(number))
    for one in slot.none:
        yield (slot.name, "", "", one.name, "", "")
