"""How long what we know of people, invitations and signing in is kept."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verbundwerk.base.retention import Kept, Span, keep, not_personal, of

CONTRACT = _("Art. 6 Abs. 1 Buchst. b und f DSGVO: Zusammenarbeit im Verbund")
SAFETY = _("Art. 6 Abs. 1 Buchst. f DSGVO: sicherer Betrieb")
DELETED, NAMELESS = _("gelöscht"), _("anonymisiert")
LEFT = _("nach dem Ende der letzten Rolle und der letzten Anmeldung")


def acts(room: str, what: str | Promise, *fields: str) -> None:
    """References to whoever did something: they mean nobody any more once the person is nameless."""
    keep(
        Kept(
            key=f"{room}_acts",
            fields=fields,
            what=what,
            purpose=_("damit klar ist, wer für die Organisation gehandelt hat und wen man fragen kann"),
            span=Span(months=24),
            since=LEFT,
            then=NAMELESS,
            ground=CONTRACT,
            goes_with="person",
        )
    )


keep(
    Kept(
        key="person",
        fields=of("network.Person", "name", "sort_key", "email", "phone", "password"),
        what=_("Ihr Konto: Name, E-Mail-Adresse, Telefonnummer, Sprache, letzte Anmeldung, Prüfwert des Passworts"),
        purpose=_("damit Sie sich anmelden, für Ihre Organisation handeln und erreicht werden können"),
        span=Span(months=24),
        since=LEFT,
        then=NAMELESS,
        ground=CONTRACT,
    ),
    Kept(
        key="mandates",
        fields=("network.Mandate.person",),
        what=_("Ihre Rollen: für welche Organisation oder welches Gremium, von wann bis wann"),
        purpose=_("daraus folgt, was Sie hier sehen und tun dürfen"),
        span=Span(months=24),
        since=LEFT,
        then=DELETED,
        ground=CONTRACT,
        goes_with="person",
    ),
    Kept(
        key="proofs",
        fields=(
            *of("account.EmailAddress", "user", "email"),
            "account.EmailConfirmation.key",
            *of("mfa.Authenticator", "user", "data"),
        ),
        what=_("Bestätigte Adresse; zweite Faktoren und Passkeys, verschlüsselt"),
        purpose=_("damit nur Sie sich mit Ihrem Konto anmelden"),
        span=Span(months=24),
        since=LEFT,
        then=DELETED,
        ground=SAFETY,
        goes_with="person",
    ),
    Kept(
        key="invitations",
        fields=of("network.Invitation", "name", "email", "token_hash", "invited_by"),
        what=_("Einladungen: Name, E-Mail-Adresse, Rolle, wer eingeladen hat"),
        purpose=_("damit eine eingeladene Person ihr Konto bekommt"),
        span=Span(months=3),
        since=_("nachdem die Einladung angenommen, zurückgezogen oder verfallen ist"),
        then=DELETED,
        ground=CONTRACT,
    ),
    Kept(
        key="sessions",
        fields=("sessions.Session.session_data",),
        what=_("Anmeldungen auf Geräten, dazu ein begonnener Anmeldecode"),
        purpose=_("damit Sie angemeldet bleiben"),
        span=Span(),
        since=_("nach dem Ablauf; eine Anmeldung läuft nach 14 Tagen ab, ein Anmeldecode nach 10 Minuten"),
        then=DELETED,
        ground=SAFETY,
    ),
    Kept(
        key="attempts",
        fields=("verbundwerk_cache",),
        what=_("Zähler für Anmeldeversuche: Internetadresse des Geräts, Prüfwert der E-Mail-Adresse"),
        purpose=_("damit niemand Codes und Passwörter durchprobiert"),
        span=Span(),
        since=_("nach dem Ablauf; ein Zähler läuft nach höchstens einer Stunde ab"),
        then=DELETED,
        ground=SAFETY,
    ),
)
not_personal(
    "says something about an alliance or a body, in words for everybody",
    *of("network.Alliance", "slug", "name", "mission"),
    *of("network.Body", "name", "mission"),
)
not_personal(
    "names an organisation and its place of work",
    *of("network.Organisation", "name", "sort_key", "search_key", "website"),
    *of("network.Site", "name", "street", "postal_code", "place"),
)
