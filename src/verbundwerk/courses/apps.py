from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


def attends(request: HttpRequest) -> bool:
    """Employees find their certificates in the main navigation, everybody else under their name."""
    from verbundwerk.network.queries import standing  # noqa: PLC0415 - models are loaded later than this file
    from verbundwerk.network.terms import Role  # noqa: PLC0415

    return standing(request.user).is_a(Role.EMPLOYEE)


class CoursesConfig(AppConfig):
    name = "verbundwerk.courses"
    label = "courses"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs the apps
        from verbundwerk.needs.queries import offer_act  # noqa: PLC0415
        from verbundwerk.pooling.queries import offer_outcome  # noqa: PLC0415

        from .queries import outcome_of  # noqa: PLC0415
        from .queries.acts import act_at  # noqa: PLC0415

        offer_act(act_at)
        offer_outcome(outcome_of)

        offer(
            NavigationEntry(_("Kurse"), "courses:list", order=40, visible=lambda request: request.user.is_authenticated)
        )
        mine = _("Meine Bescheinigungen")
        offer(NavigationEntry(mine, "courses:own_certificates", order=45, visible=attends, marks_room=False))
        offer(
            NavigationEntry(
                mine, "courses:own_certificates", order=51, place="person", visible=lambda one: not attends(one)
            )
        )
        offer(NavigationEntry(_("Mein Kalender"), "courses:own_calendar", order=50, place="person"))
        offer(NavigationEntry(_("Bescheinigung prüfen"), "courses:check_form", order=50, place="footer"))
