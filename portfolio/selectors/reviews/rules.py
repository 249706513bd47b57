"""Rules of the playbook: what they say of one trade, and how often they were kept in a filter's trades."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from kiwoomweb.access.models import Account
from kiwoomweb.broker.domain import SEOUL
from portfolio.analytics.playbook.adherence import Adherence, Checked, adherence, overall
from portfolio.analytics.playbook.conditions import TradeFacts, answer
from portfolio.models import Balance, Rule, RuleCheck, Trade
from portfolio.selectors.filtering import TradeFilter, filtered

__all__ = ["RuleResult", "Standing", "adherence_of", "lineages", "results_of", "rules_by_trade", "rules_of"]

COLUMNS = (
    *("pk", "state", "opened_day", "opened_at", "review__first_stop_at", "review__risk", "bought", "entries"),
    *("adds_below", "is_day_trade", "held_minutes", "net", "review__setup"),
)


@dataclass(frozen=True, slots=True)
class RuleResult:
    """One rule and one trade: met, broken, or ``None`` where it does not apply or nobody has looked.

    ``is_automatic`` rules are computed; ``checked`` is a person's result as stored ("" when there is none).
    """

    rule: Rule
    is_met: bool | None
    is_automatic: bool
    checked: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How one rule stands in a set of trades."""

    rule: Rule
    adherence: Adherence


@dataclass(frozen=True, slots=True)
class _Row:
    pk: int
    day: date
    net: int | None
    setup: int | None
    facts: TradeFacts


def rules_of(account: Account) -> list[Rule]:
    """The rules in force with their earlier versions, in the team's order."""
    rules = Rule.objects.filter(team=account.team_id, retired_at=None).select_related("setup")
    return [rule for versions in lineages(rules) for rule in versions]


def results_of(account: Account, trade: Trade) -> list[RuleResult]:
    """Every rule in force that concerns this trade, in the version of its day or the one it was checked by;
    retired ones somebody had checked stay visible."""
    row = next(_rows(account, Trade.objects.filter(pk=trade.pk)))
    checks = dict(RuleCheck.objects.filter(trade=trade).values_list("rule", "result"))
    rules = rules_of(account)
    old = Rule.objects.filter(pk__in=set(checks) - {rule.pk for rule in rules})
    judging = [*_judging(rules, row.day, checks), *old]
    return [_result(rule, row, checks) for rule in judging if rule.setup_id in (None, row.setup)]


def lineages(rules: Iterable[Rule]) -> list[list[Rule]]:
    """Each rule with its earlier versions among these, the newest first; rules in the team's order."""
    by_pk = {rule.pk: rule for rule in rules}
    found = []
    for newest in sorted(by_pk.values(), key=lambda rule: (rule.position, rule.pk)):
        if newest.until is None:
            versions, before = [newest], by_pk.get(newest.previous_id or 0)
            while before:
                versions.append(before)
                before = by_pk.get(before.previous_id or 0)
            found.append(versions)
    return found


def _judging(rules: Iterable[Rule], day: date, checks: Mapping[int, str]) -> Iterator[Rule]:
    """Of each rule the one version that judges a trade of this day: the one it was checked by comes first."""
    for versions in lineages(rules):
        checked = [one for one in versions if one.pk in checks]
        yield from (checked or [one for one in versions if one.is_about(day)])[:1]


def adherence_of(account: Account, asked: TradeFilter) -> tuple[list[Standing], Adherence]:
    """Each version of each rule in force over the filter's trades, and all rules together: a trade broken by
    one is broken."""
    trades = filtered(account, asked)
    rows, rules = list(_rows(account, trades)), rules_of(account)
    checks = _checks(trades, [rule for rule in rules if not rule.condition])
    by_rule = [list(_checked(rule, rows, checks.get(rule.pk, {}))) for rule in rules]
    standings = [Standing(rule, adherence(found)) for rule, found in zip(rules, by_rule, strict=True)]
    return standings, overall(by_rule)


def rules_by_trade(account: Account, trades: "QuerySet[Trade]") -> dict[int, tuple[int, int]]:
    """How many rules in force applied to each trade, and how many it met. One query without rules."""
    rules = rules_of(account)
    if not rules:
        return {}
    rows, checks = list(_rows(account, trades)), _checks(trades, [rule for rule in rules if not rule.condition])
    found: dict[int, tuple[int, int]] = {}
    for rule in rules:
        for one in _checked(rule, rows, checks.get(rule.pk, {})):
            asked, met = found.get(one.trade, (0, 0))
            found[one.trade] = (asked + 1, met + one.is_met)
    return found


def _result(rule: Rule, row: _Row, checks: dict[int, str]) -> RuleResult:
    if rule.condition:
        return RuleResult(rule, answer(rule.condition, rule.limit, row.facts), is_automatic=True)
    checked = checks.get(rule.pk, "")
    return RuleResult(rule, _met(checked), is_automatic=False, checked=checked)


def _checked(rule: Rule, rows: Iterable[_Row], checks: dict[int, str]) -> Iterator[Checked]:
    for row in rows:
        if rule.setup_id not in (None, row.setup):
            continue
        if rule.condition:
            is_met = answer(rule.condition, rule.limit, row.facts) if rule.is_about(row.day) else None
        else:
            is_met = _met(checks.get(row.pk, ""))
        if is_met is not None:
            yield Checked(row.pk, is_met, row.net)


def _met(checked: str) -> bool | None:
    return {RuleCheck.Result.MET.value: True, RuleCheck.Result.BROKEN.value: False}.get(checked)


def _checks(trades: "QuerySet[Trade]", rules: list[Rule]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {rule.pk: {} for rule in rules}
    told = RuleCheck.objects.filter(rule__in=rules, trade__in=trades.values("pk"))
    for rule, trade, result in told.values_list("rule", "trade", "result"):
        found[rule][trade] = result
    return found


def _rows(account: Account, trades: "QuerySet[Trade]") -> Iterator[_Row]:
    worth = _Worth(account)
    for values in trades.order_by("opened_day", "pk").values_list(*COLUMNS).iterator(chunk_size=5_000):
        yield _row(values, worth)


def _row(values: tuple[Any, ...], worth: "_Worth") -> _Row:
    pk, state, day, opened_at, stop_at, risk, bought, entries, below, is_day, minutes, net, setup = values
    closed = state == Trade.State.CLOSED
    opened_at = opened_at.astimezone(SEOUL) if isinstance(opened_at, datetime) else None
    facts = TradeFacts(
        closed, opened_at, stop_at, risk, worth.before(day), bought, entries, below, is_day, minutes
    )
    return _Row(pk, day, net if closed else None, setup, facts)


class _Worth:
    """추정자산 on the last day before a day on which it was read."""

    def __init__(self, account: Account) -> None:
        rows = Balance.objects.current().filter(account=account).exclude(estimated_assets=None)
        self.days = list(rows.order_by("day").values_list("day", "estimated_assets"))

    def before(self, day: date) -> int | None:
        place = bisect_left(self.days, day, key=lambda pair: pair[0])
        return self.days[place - 1][1] if place else None
