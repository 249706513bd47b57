"""What may be read, and by whom: the filter is in the query, never in a template."""

from kiwoomweb.access.selectors.accounts import (
    account_or_404,
    accounts_for,
    own_accounts,
    pairs_that_see,
    rights_here,
    rights_in,
    rights_on,
    role_in,
    still_sees,
    who_sees,
)
from kiwoomweb.access.selectors.teams import membership_or_404, memberships_of, teams_for

__all__ = [
    "account_or_404",
    "accounts_for",
    "membership_or_404",
    "memberships_of",
    "own_accounts",
    "pairs_that_see",
    "rights_here",
    "rights_in",
    "rights_on",
    "role_in",
    "still_sees",
    "teams_for",
    "who_sees",
]
