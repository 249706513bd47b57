"""What pages cost at the server: the whole request with middleware, session, user, queries and template."""

from collections.abc import Callable, Iterator
from random import Random
from statistics import median
from time import perf_counter

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from kiwoomweb.access.models import Account, User
from kiwoomweb.operation.benchmarks.journal.figures import Figure, percentile
from kiwoomweb.operation.telling import Trouble
from orders.models import Fill
from portfolio.models import Trade
from portfolio.selectors.searching import search_notes

__all__ = ["page_figures", "search_figures", "session_of", "trade_list"]

VISITS = 40
MOST_FOR_A_PAGE, MOST_FOR_A_SEARCH = 150.0, 300.0
WORDS = (
    "눌림목",
    "손절",
    "추격",
    "체결강도",
    "분할 매수",
    "20일선",
    "계획",
    "실수",
    "손",
    "하이재킹",
    "순매수로",
)


def page_figures(user: User, account: Account) -> Iterator[Figure]:
    """p95 of the journal's pages over days and trades picked at random, the first visit not counted."""
    settings.ALLOWED_HOSTS = ["testserver"]
    browser, luck = Client(), Random(3)
    browser.force_login(user)
    days = list(Fill.objects.filter(account=account).order_by().values_list("day", flat=True).distinct())
    trades = list(Trade.objects.filter(account=account).values_list("pk", flat=True)[:20_000])
    pages: dict[str, Callable[[], str]] = {
        "일지 (journal list)": lambda: f"{_at('journal', account)}?month={luck.choice(days):%Y-%m}",
        "매매 목록 (trade list)": lambda: _at("trades", account),
        "하루 (day)": lambda: _at("day", account, luck.choice(days)),
        "매매 (trade)": lambda: _at("trade", account, luck.choice(trades)),
    }
    for what, address in pages.items():
        taken = [_visit(browser, address()) for _visit_no in range(VISITS + 1)][1:]
        yield Figure(f"{what} p95", percentile(taken, 0.95), "ms", MOST_FOR_A_PAGE)
        yield Figure("   p50", median(taken), "ms")


def search_figures(account: Account) -> Iterator[Figure]:
    """p95 of searches for words many notes have, few have and none has."""
    taken = []
    for word in (*WORDS, "없는말", *WORDS):
        begin = perf_counter()
        search_notes(account, word, 20)
        taken.append((perf_counter() - begin) * 1_000)
    yield Figure("메모 검색 (search in notes) p95", percentile(taken[1:], 0.95), "ms", MOST_FOR_A_SEARCH)


def trade_list(account: Account) -> str:
    """The address of the page of two hundred trades."""
    return f"{_at('trades', account)}?rows=200"


def session_of(user: User) -> str:
    """A session of this user, as a cookie carries it."""
    browser = Client()
    browser.force_login(user)
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def _at(name: str, account: Account, *more: object) -> str:
    return reverse(f"portfolio:{name}", args=(account.code, *more))


def _visit(browser: Client, address: str) -> float:
    begin = perf_counter()
    answer = browser.get(address)
    taken = (perf_counter() - begin) * 1_000
    if answer.status_code != 200:
        raise Trouble(f"{address}: {answer.status_code}", f"{address} answered {answer.status_code}")
    connection.close_if_unusable_or_obsolete()
    return taken
