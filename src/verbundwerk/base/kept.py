"""What the house itself keeps: jobs, and the framework's own tables. Like a room's `retention.py`."""

from django.utils.translation import gettext_lazy as _

from .jobs import KEPT_FOR
from .retention import Kept, keep, not_personal, of

_TABLE = "django_tasks_database.DBTaskResult"
keep(
    Kept(
        key="jobs",
        fields=of(_TABLE, "args_kwargs", "return_value", "traceback", "exception_class_path"),
        what=_("Aufträge im Hintergrund: Kennungen und, wenn etwas schiefging, die technische Meldung"),
        purpose=_("damit lange Arbeit nicht verloren geht und Fehler gefunden werden"),
        span=KEPT_FOR,
        since=_("nach dem Ende des Auftrags"),
        then=_("gelöscht"),
        ground=_("Art. 6 Abs. 1 Buchst. f DSGVO: sicherer Betrieb"),
    )
)
not_personal(
    "names a place in the code or a machine",
    *of(_TABLE, "task_path", "worker_ids", "queue_name", "backend_name"),
)
not_personal(
    "tables of the framework that hold words of the code; nobody writes into them",
    "auth.Permission.name",
    "auth.Permission.codename",
    "auth.Group.name",
    "contenttypes.ContentType.app_label",
    "contenttypes.ContentType.model",
)
