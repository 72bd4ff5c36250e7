from django.apps import AppConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class PoolingConfig(AppConfig):
    name = "verbundwerk.pooling"
    label = "pooling"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.disclosure.queries import offer_parts  # noqa: PLC0415
        from verbundwerk.needs.queries import offer_act, offer_step  # noqa: PLC0415
        from verbundwerk.needs.terms import DEMAND  # noqa: PLC0415

        from .queries import parts  # noqa: PLC0415
        from .queries.acts import act_at, step_at  # noqa: PLC0415

        offer_parts(DEMAND, self.label, parts)
        offer_act(act_at)
        offer_step(step_at)
        offer(NavigationEntry(_("Bündel"), "pooling:list", order=30, visible=_has_part))
        offer(NavigationEntry(_("Offene Bündel"), "pooling:public", order=30, visible=_is_a_visitor))


def _is_a_visitor(request: HttpRequest) -> bool:
    return not _has_part(request)


def _has_part(request: HttpRequest) -> bool:
    """Whoever can have a part in pools; everybody else sees the open ones."""
    from verbundwerk.network.queries import standing  # noqa: PLC0415

    from .rules import FIRM_ROLES, PROVIDER_ROLES  # noqa: PLC0415

    who = standing(request.user)
    return who.coordinates or who.is_a(*FIRM_ROLES, *PROVIDER_ROLES)
