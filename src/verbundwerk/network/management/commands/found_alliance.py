"""The first step of a real installation: an alliance, its office, and somebody who may invite everybody else."""

import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from verbundwerk.base import clock
from verbundwerk.base.verdicts import Refused
from verbundwerk.base.words import search_key
from verbundwerk.network.flow import Founding, SiteData, begin_alliance
from verbundwerk.network.region import UnknownPlace, place_of

ASKED = {
    "name": gettext_lazy("Name des Verbunds"),
    "office": gettext_lazy("Organisation, die ihn koordiniert"),
    "postal_code": gettext_lazy("Postleitzahl dieser Organisation"),
    "coordinator": gettext_lazy("Vor- und Nachname der Person, die koordiniert"),
    "email": gettext_lazy("E-Mail-Adresse dieser Person"),
}
LONGEST = 120


class Command(BaseCommand):
    help = "Found an alliance with its office and first coordinator; whatever is not told is asked."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, label in ASKED.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=str(label))
        parser.add_argument("--slug", default="", help=str(_("Kurzform für Adressen; sonst aus dem Namen gebildet")))
        parser.add_argument("--mission", default="", help=str(_("Wofür es den Verbund gibt, in einem Satz")))

    def handle(self, *args: Any, **options: Any) -> None:
        told = {name: options[name] or self._asked(name) for name in ASKED}
        try:
            alliance = begin_alliance(_founding(told, options), by=None, at=clock.now())
        except Refused as problem:
            raise CommandError(problem.verdict.reason) from problem
        self.stdout.write(
            _("„%(alliance)s“ ist eingerichtet. %(name)s meldet sich mit %(email)s an und bekommt dafür einen Code.")
            % {"alliance": alliance.name, "name": told["coordinator"], "email": told["email"]}
        )

    def _asked(self, name: str) -> str:
        if not sys.stdin.isatty():
            raise CommandError(
                _("Es fehlt: %(label)s (--%(option)s).") % {"label": ASKED[name], "option": name.replace("_", "-")}
            )
        return input(f"{ASKED[name]}: ")


def _founding(told: dict[str, str], options: dict[str, Any]) -> Founding:
    name, office, coordinator = (_words(told[one], one) for one in ("name", "office", "coordinator"))
    return Founding(
        slug=_slug(options["slug"] or name),
        name=name,
        mission=options["mission"].strip(),
        office=office,
        site=_site(told["postal_code"].strip()),
        coordinator=coordinator,
        email=_email(told["email"].strip()),
    )


def _words(text: str, name: str) -> str:
    words = " ".join(text.split())
    if not words or len(words) > LONGEST:
        raise CommandError(
            _("%(label)s: 1 bis %(most)d Zeichen, angegeben sind %(found)d.")
            % {"label": ASKED[name], "most": LONGEST, "found": len(words)}
        )
    return words


def _slug(text: str) -> str:
    slug = slugify(search_key(text))[:60].strip("-")
    if not slug:
        raise CommandError(_("Aus diesem Namen wird keine Kurzform. Bitte geben Sie eine an (--slug)."))
    return slug


def _site(postal_code: str) -> SiteData:
    try:
        place = place_of(postal_code)
    except UnknownPlace as problem:
        raise CommandError(
            _("Die Postleitzahl „%(found)s“ liegt nicht in der Region.") % {"found": postal_code}
        ) from problem
    return SiteData(name=_("Hauptsitz"), postal_code=postal_code, place=place.name, district=place.district)


def _email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as problem:
        raise CommandError(_("„%(found)s“ ist keine E-Mail-Adresse.") % {"found": text}) from problem
    return text.lower()
