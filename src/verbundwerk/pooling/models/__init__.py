"""Plans are what the core proposed; pools are what people made of it."""

from .answers import Bid, Commitment, Enquiry
from .plans import LeftOver, Plan, Proposal, ProposalMember
from .pools import Naming, Pool, PoolMember, PoolNumber

__all__ = [
    "Bid",
    "Commitment",
    "Enquiry",
    "LeftOver",
    "Naming",
    "Plan",
    "Pool",
    "PoolMember",
    "PoolNumber",
    "Proposal",
    "ProposalMember",
]
