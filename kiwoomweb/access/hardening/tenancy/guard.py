"""One request: the person's accounts, the rows it has met, and what it may ask."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest

from kiwoomweb.access.hardening.tenancy.statements import Part, Statement, positional, statement
from kiwoomweb.access.permission import Door, permission_of
from kiwoomweb.access.selectors import accounts_for, own_accounts

__all__ = ["Guard", "TenantLeak"]


class TenantLeak(Exception):
    """A statement would have touched rows of an account that is not this person's."""


class Guard:
    """Looks at each statement of one request before it runs, and at each object that comes of one."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._own: set[int] | None = None
        self._met: defaultdict[str, set[Any]] = defaultdict(set)
        self._asking = False

    def look(self, connection: Any, sql: str, given: Iterable[Any]) -> None:
        """Raise ``TenantLeak`` when the statement goes beyond the person's accounts with anything given."""
        if self._asking:
            return
        for params in given:
            text, values = sql, params or ()
            if isinstance(values, Mapping):
                text, names = positional(sql)
                values = [values[name] for name in names]
            said = statement(text)
            if said.tenant and self.watches():
                self._look(connection, said, text, values)

    def watches(self) -> bool:
        """Whether the address is one for members: those open to anybody find their row by a token."""
        match = self._request.resolver_match
        permission = permission_of(match.func) if match else None
        return permission is not None and permission.door is not Door.PUBLIC

    def meet(self, table: str, row: Any) -> None:
        """An object of such a table: refused when it is another's, else known from now on."""
        if self._asking or not self.watches():
            return
        account = row.__dict__.get("account_id")
        if account is not None:
            self._insist(account, table)
        if "account_id" in row.__dict__:
            self._met[table].add(row.pk)

    def _look(self, connection: Any, said: Statement, sql: str, params: Sequence[Any]) -> None:
        for base in range(0, len(params), said.width) if said.width else (0,):
            for place in said.accounts:
                self._insist(params[base + place], sql)
        for part in said.parts:
            if not (part.settled or self._knows(part, params)):
                self._find_out(connection, part, sql, params)

    def _knows(self, part: Part, params: Sequence[Any]) -> bool:
        return any(all(params[at] in self._met[table] for at in places) for table, places in part.rows)

    def _find_out(self, connection: Any, part: Part, sql: str, params: Sequence[Any]) -> None:
        """Ask the database whose rows they are; nobody needs to, where none is named or all will be met."""
        if not part.narrow or part.whose is None:
            raise TenantLeak(f"nothing narrows this to an account: {sql[:300]}")
        if part.whose.whole:
            return
        for account in self._ask(connection, part.whose.asks, [params[at] for at in part.whose.given]):
            self._insist(account, sql)

    def _insist(self, account: Any, where: str) -> None:
        if isinstance(account, list):  # PostgreSQL takes the values of many new rows as lists
            for each in account:
                self._insist(each, where)
            return
        if account is None or int(account) in self._accounts():
            return
        if int(account) not in self._accounts(anew=True):  # it may have been connected or taken over just now
            raise TenantLeak(f"account {account} is not this person's: {where[:300]}")

    def _accounts(self, *, anew: bool = False) -> set[int]:
        """Those the person sees, and has seen within this request: one may be handed over in it."""
        if self._own is None or anew:
            self._asking = True
            try:
                found = accounts_for(self._request.user) if anew else own_accounts(self._request.user)
                self._own = {*(self._own or ()), *(account.pk for account in found)}
            finally:
                self._asking = False
        return self._own

    def _ask(self, connection: Any, question: str, params: Sequence[Any]) -> list[Any]:
        self._asking = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(question, params)
                return [row[0] for row in cursor.fetchall()]
        finally:
            self._asking = False
