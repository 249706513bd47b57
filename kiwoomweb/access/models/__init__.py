"""Who may use which brokerage account, and what the broker said to it."""

from kiwoomweb.access.models.account import Account
from kiwoomweb.access.models.address_change import AddressChange
from kiwoomweb.access.models.audit import AuditChain, AuditEntry
from kiwoomweb.access.models.caution import Caution
from kiwoomweb.access.models.credential import Credential
from kiwoomweb.access.models.device import Device
from kiwoomweb.access.models.grant import Grant
from kiwoomweb.access.models.handover import Handover
from kiwoomweb.access.models.invitation import Invitation
from kiwoomweb.access.models.lost_factor import LostFactor
from kiwoomweb.access.models.proof import Proof
from kiwoomweb.access.models.reply import BrokerReply
from kiwoomweb.access.models.team import Membership, Team
from kiwoomweb.access.models.user import User

__all__ = [
    "Account",
    "AddressChange",
    "AuditChain",
    "AuditEntry",
    "BrokerReply",
    "Caution",
    "Credential",
    "Device",
    "Grant",
    "Handover",
    "Invitation",
    "LostFactor",
    "Membership",
    "Proof",
    "Team",
    "User",
]
