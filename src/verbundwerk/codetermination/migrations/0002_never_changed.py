"""What was said in a case is never changed: also not by a script, a slip in a shell, or a bug of ours."""

from django.db import migrations

SQLITE = """
CREATE TRIGGER statement_never_changed BEFORE UPDATE ON codetermination_statement
BEGIN SELECT RAISE(ABORT, 'a statement is never changed'); END
"""
POSTGRESQL = """
CREATE FUNCTION statement_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a statement is never changed' USING ERRCODE = 'integrity_constraint_violation'; END $$;
CREATE TRIGGER statement_never_changed BEFORE UPDATE ON codetermination_statement
FOR EACH ROW EXECUTE FUNCTION statement_never_changed()
"""


def guard(apps, schema_editor):
    schema_editor.execute({"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def lift(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER statement_never_changed")
        return
    schema_editor.execute("DROP TRIGGER statement_never_changed ON codetermination_statement")
    schema_editor.execute("DROP FUNCTION statement_never_changed()")


class Migration(migrations.Migration):
    dependencies = [("codetermination", "0001_initial")]
    operations = [migrations.RunPython(guard, lift)]
