"""What readers ask: of minutes until now, of any text of the library from here on."""

from __future__ import annotations

from django.conf import settings
from django.db import migrations, models
from django.db.models import CASCADE, SET_NULL, CheckConstraint, Q

KINDS, STATES = ("correction", "removal"), ("open", "done", "declined")
ANSWERED = Q(state="open", answered_at=None) | (~Q(state="open") & Q(answered_at__isnull=False))
ABOUT = Q(minutes__isnull=False, resource=None, edition__isnull=False) | Q(
    minutes=None, resource__isnull=False, edition=None, place=""
)
RULES = {
    "kind": Q(kind__in=KINDS),
    "state": Q(state__in=STATES),
    "answered": ANSWERED,
    "about": ABOUT,
}


class Migration(migrations.Migration):
    """Rows are kept, under another name."""

    dependencies = [("store", "0022_compositions")]

    operations = [
        *(
            migrations.RemoveConstraint("minutesrequest", f"minutes_request_{name}")
            for name in ("kind", "state", "answered")
        ),
        migrations.RenameModel("MinutesRequest", "ReaderRequest"),
        migrations.AlterField(
            "readerrequest",
            "minutes",
            models.ForeignKey(
                null=True, on_delete=CASCADE, related_name="requests", to="store.minutes"
            ),
        ),
        migrations.AddField(
            "readerrequest",
            "resource",
            models.ForeignKey(
                null=True, on_delete=CASCADE, related_name="requests", to="store.resource"
            ),
        ),
        migrations.AlterField("readerrequest", "edition", models.PositiveIntegerField(null=True)),
        migrations.AlterField(
            "readerrequest",
            "person",
            models.ForeignKey(
                null=True,
                on_delete=SET_NULL,
                related_name="reader_requests",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        *(
            migrations.AddConstraint(
                "readerrequest", CheckConstraint(condition=rule, name=f"reader_request_{name}")
            )
            for name, rule in RULES.items()
        ),
    ]
