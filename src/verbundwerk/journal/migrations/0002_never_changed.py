"""A journal line is never changed: also not by a script, a slip in the admin's shell, or a bug of ours.

A line may be removed (clearing a test database, a retention period that has ended), never rewritten.
"""

from django.db import migrations

SQLITE = """
CREATE TRIGGER journal_never_changed BEFORE UPDATE ON journal_journalentry
BEGIN SELECT RAISE(ABORT, 'a journal entry is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION journal_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a journal entry is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER journal_never_changed BEFORE UPDATE ON journal_journalentry
FOR EACH ROW EXECUTE FUNCTION journal_never_changed()
"""


def guard(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER journal_never_changed")
        return
    schema_editor.execute("DROP TRIGGER journal_never_changed ON journal_journalentry")
    schema_editor.execute("DROP FUNCTION journal_never_changed()")


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunPython(guard, lift)]
