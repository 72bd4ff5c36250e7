"""How far a plan may be from the best one."""

from django.utils.translation import gettext as _


def quality_of(objective: int | None, bound: int | None) -> str:
    """Honest words for the proven gap."""
    if objective is None or bound is None or objective <= 0:
        return ""
    share = round(100 * (objective - bound) / objective)
    if share == 0:
        return _("Besser geht es nicht: Kein anderer Plan ist günstiger. Das ist bewiesen.")
    return _(
        "Bewiesen ist: Kein Plan kann um mehr als %(share)d %% günstiger sein. Der wirkliche Abstand ist meist viel "
        "kleiner, denn unser Beweis rechnet noch grob."
    ) % {"share": share}
