"""The two sides write to each other and agree upon a day to talk.

SQLite builds the table anew for a constraint and loses its guard, so the guard is lifted before and put back after."""

from importlib import import_module

from django.db import migrations, models

guard = import_module("verbundwerk.codetermination.migrations.0002_never_changed")
WITH_A_TIME = models.Q(kind__in=["meeting", "fits"])
KINDS = [
    ("agree", "Zustimmung"),
    ("refuse", "Ablehnung"),
    ("talk", "Gespräch gewünscht"),
    ("conciliation", "Einigungsstelle angerufen"),
    ("award_agreed", "Einigung durch die Einigungsstelle"),
    ("award_refused", "Keine Einigung in der Einigungsstelle"),
    ("word", "Nachricht"),
    ("meeting", "Termin vorgeschlagen"),
    ("fits", "Termin passt"),
    ("talked", "Gespräch geführt"),
]
SIDES = [("council", "Betriebsrat"), ("employer", "Betrieb")]


class Migration(migrations.Migration):
    dependencies = [("codetermination", "0002_never_changed")]
    operations = [
        migrations.RunPython(guard.lift, guard.guard),
        migrations.AlterField("statement", "kind", models.CharField(choices=KINDS, max_length=20)),
        # Until now only the works council spoke; who called the board or noted its award stands beside the name.
        migrations.AddField(
            "statement",
            "side",
            models.CharField(choices=SIDES, default="council", max_length=10),
            preserve_default=False,
        ),
        migrations.AddField(
            "statement",
            "meets_at",
            models.DateTimeField(help_text="the talk that is proposed or agreed upon", null=True),
        ),
        migrations.AddConstraint(
            "statement",
            models.CheckConstraint(
                condition=WITH_A_TIME & models.Q(meets_at__isnull=False) | ~WITH_A_TIME & models.Q(meets_at=None),
                name="statement_meets_only_with_a_time",
            ),
        ),
        migrations.RunPython(guard.guard, guard.lift),
    ]
