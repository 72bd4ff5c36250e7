"""Plans are what the core proposed; pools are what people made of it."""

from .answers import Bid, Commitment, EarlierBid, Enquiry, Price
from .changes import ChangeRequest
from .plans import LeftOver, Plan, Proposal, ProposalMember
from .pools import Naming, Pool, PoolMember, PoolNumber
from .steering import Steering

__all__ = [
    "Bid",
    "ChangeRequest",
    "Commitment",
    "EarlierBid",
    "Enquiry",
    "LeftOver",
    "Naming",
    "Plan",
    "Pool",
    "PoolMember",
    "PoolNumber",
    "Price",
    "Proposal",
    "ProposalMember",
    "Steering",
]
