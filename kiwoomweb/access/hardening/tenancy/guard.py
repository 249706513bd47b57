"""One request, or one question of a socket: the person's accounts, the rows it has met, and what it may ask."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser

from kiwoomweb.access.hardening.tenancy.statements import Part, Statement, positional, statement
from kiwoomweb.access.models import User
from kiwoomweb.access.selectors import accounts_for, own_accounts

__all__ = ["Guard", "TenantLeak"]


class TenantLeak(Exception):
    """A statement would have touched rows of an account that is not this person's."""


class Guard:
    """Looks at each statement of one request before it runs, and at each object that comes of one.

    ``who`` says whose request it is, each time anew: signing in is a request, too. A visitor has no accounts.
    """

    def __init__(self, who: Callable[[], User | AnonymousUser]) -> None:
        self._who = who
        self._own: set[int] | None = None
        self._opened: set[int] = set()
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
            if said.tenant:
                self._look(connection, said, text, values)

    def open(self, account: int) -> None:
        """Whoever asks holds the key to a row of that account (``opened``)."""
        self._opened.add(account)

    def meet(self, table: str, row: Any) -> None:
        """An object of such a table: refused when it is another's, else known from now on."""
        if self._asking:
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
                found = accounts_for(self._who()) if anew else own_accounts(self._who())
                self._own = {*(self._own or ()), *(account.pk for account in found)}
            finally:
                self._asking = False
        return self._own | self._opened if self._opened else self._own

    def _ask(self, connection: Any, question: str, params: Sequence[Any]) -> list[Any]:
        self._asking = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(question, params)
                return [row[0] for row in cursor.fetchall()]
        finally:
            self._asking = False
