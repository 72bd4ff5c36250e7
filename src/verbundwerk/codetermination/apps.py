from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CodeterminationConfig(AppConfig):
    name = "verbundwerk.codetermination"
    label = "codetermination"

    def ready(self) -> None:
        from verbundwerk.base.frame import NavigationEntry, offer  # noqa: PLC0415 - the frame needs loaded apps
        from verbundwerk.journal.terms import say  # noqa: PLC0415

        from .rules import belongs_here  # noqa: PLC0415

        offer(
            NavigationEntry(
                _("Beteiligung"), "codetermination:list", order=50, visible=lambda request: belongs_here(request.user)
            )
        )
        say(
            {
                "case.opened": _("Vorgang angelegt"),
                "case.required": _("Beteiligung begonnen"),
                "case.informed": _("Betriebsrat unterrichtet"),
                "case.deadline_moved": _("Frist geändert"),
                "case.document_added": _("Unterlage dazugelegt"),
                "case.agreed": _("Betriebsrat hat zugestimmt"),
                "case.refused": _("Betriebsrat hat abgelehnt"),
                "case.talk_wanted": _("Betriebsrat wünscht ein Gespräch"),
                "case.word": _("Nachricht geschrieben"),
                "case.meeting_proposed": _("Gesprächstermin vorgeschlagen"),
                "case.meeting_fixed": _("Gesprächstermin vereinbart"),
                "case.talked": _("Gespräch geführt"),
                "case.conciliation": _("Einigungsstelle angerufen"),
                "case.award_agreed": _("Einigungsstelle: Einigung eingetragen"),
                "case.award_refused": _("Einigungsstelle: keine Einigung eingetragen"),
                "case.dropped": _("Vorhaben aufgegeben"),
                "case.told": _("Weitere Vertretung unterrichtet"),
                "case.reminded": _("An die Frist erinnert"),
                "proposal.made": _("Vorschlag vorgelegt"),
                "proposal.accepted": _("Vorschlag angenommen"),
                "proposal.declined": _("Vorschlag abgelehnt"),
                "proposal.withdrawn": _("Vorschlag zurückgezogen"),
                "proposal.reminded": _("An die Antwort erinnert"),
            }
        )
