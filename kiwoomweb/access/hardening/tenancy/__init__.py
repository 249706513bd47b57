"""Tenancy: the second line behind the doorkeeper. While a person's request runs, or a socket's question, the
database is asked about their own accounts or not at all, whatever query somebody has forgotten to narrow. A
visitor has none: what a signed link opens is said where it is read (``opened``).

- ``tables``: which rows hang on an account, and by which way;
- ``clauses``, ``statements``: what a statement says of itself, read once for each text;
- ``guard``: one request, its accounts, and the rows it has met; ``watching``, ``middleware``: where it stands.
"""

from kiwoomweb.access.hardening.tenancy.guard import TenantLeak
from kiwoomweb.access.hardening.tenancy.middleware import keep_sockets_to_own_accounts, keep_to_own_accounts
from kiwoomweb.access.hardening.tenancy.tables import tenant_tables
from kiwoomweb.access.hardening.tenancy.watching import across_accounts, keep_to, opened, watch

__all__ = [
    "TenantLeak",
    "across_accounts",
    "keep_sockets_to_own_accounts",
    "keep_to",
    "keep_to_own_accounts",
    "opened",
    "tenant_tables",
    "watch",
]
