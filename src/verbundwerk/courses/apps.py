from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "verbundwerk.courses"
    label = "courses"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs the apps

        offer(
            NavigationEntry(_("Kurse"), "courses:list", order=40, visible=lambda request: request.user.is_authenticated)
        )
        offer(NavigationEntry(_("Mein Kalender"), "courses:own_calendar", order=50, place="person"))
        offer(NavigationEntry(_("Bescheinigung prüfen"), "courses:check_form", order=50, place="footer"))
