"""The only writer of the network. `by=None` means the house itself: set-up, the demo region, an accepted invitation."""

from .alliances import found_alliance, found_body, join_alliance, leave_alliance
from .forgetting import forget_attempts, forget_invitations, forget_people, forget_sessions
from .founding import Founding, begin_alliance
from .invitations import INVITATION_LASTS, accept_invitation, expire_invitations, invite, withdraw_invitation
from .letters import retry_letter
from .organisations import SiteData, add_site, change_organisation, change_site, register_organisation
from .people import change_own_profile, end_mandate, give_mandate, sign_out_everywhere, welcome_person

__all__ = [
    "INVITATION_LASTS",
    "Founding",
    "SiteData",
    "accept_invitation",
    "add_site",
    "begin_alliance",
    "change_organisation",
    "change_own_profile",
    "change_site",
    "end_mandate",
    "expire_invitations",
    "forget_attempts",
    "forget_invitations",
    "forget_people",
    "forget_sessions",
    "found_alliance",
    "found_body",
    "give_mandate",
    "invite",
    "join_alliance",
    "leave_alliance",
    "register_organisation",
    "retry_letter",
    "sign_out_everywhere",
    "welcome_person",
    "withdraw_invitation",
]
