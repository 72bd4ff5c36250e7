"""Why a pool failed is told to every firm in it: a reason that points at one works council is none we give."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("pooling", "Pool").objects.filter(failure="codetermination").update(failure="other")


class Migration(migrations.Migration):
    dependencies = [("pooling", "0003_commitment_hold")]
    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
