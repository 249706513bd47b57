"""What ``drill journal`` prints."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from random import Random

from kiwoomweb.access import gateway
from kiwoomweb.access.models import Account, Team
from kiwoomweb.operation.drills.journal.acting import Result, act
from kiwoomweb.operation.drills.journal.cast import connected, role
from kiwoomweb.operation.drills.journal.permuting import hashes_of, recorded
from kiwoomweb.simulator.account_facts import RealisedDay

__all__ = ["report"]

Write = Callable[[str], object]

#: What has to have happened to somebody's holdings (F-53).
ALL_ACTIONS = ("split", "bonus", "rename", "delisting")
HEADS = ("계좌", "일수", "봉인", "진행", "바른 표시", "잘못 표시", "미해결", "어긋난 원", "장애", "행", "초")
#: Days whose replies are recorded for the permutations.
RECORDED_DAYS = 4


def report(write: Write, *, years: int, accounts: int, seed: int, days: int, permutations: int) -> bool:
    """Play every account, then the permutations; whether all of it held."""
    write(f"  {years}년(years) x {accounts}계좌(accounts), seed {seed}, 지켜본 날(days watched) {days}")
    write("  " + " | ".join(HEADS))
    write("  account | days | sealed | pending | rightly | wrongly | stuck | won off | faults | rows | s")
    results = []
    for number in range(accounts):
        result = act(role(number, seed, years), days)
        results.append(result)
        _tell(write, result)
    good = all(result.passed for result in results)
    happened = Counter(kind for result in results for kind in result.actions)
    write("  권리(actions): " + ", ".join(f"{kind} {happened[kind]}" for kind in ALL_ACTIONS))
    if missing := [kind for kind in ALL_ACTIONS if not happened[kind]]:
        write(f"  ✗ 일어나지 않은 권리(never happened): {', '.join(missing)}")
        good = False
    total = sum(result.days for result in results)
    sealed = sum(result.sealed + result.pending for result in results)
    off = sum(result.won_off for result in results)
    write(f"  합계(total): {total}일(days), 봉인·진행(sealed or pending) {sealed}, 어긋난 원(won off) {off}")
    return _permuted(write, seed, permutations) and good if permutations else good


def _tell(write: Write, result: Result) -> None:
    role = result.role
    figures = (
        f"{role.number} {role.temperament or '보통'}",
        *(str(one) for one in (result.days, result.sealed, result.pending, len(result.rightly))),
        *(str(one) for one in (len(result.wrongly), len(result.stuck), result.won_off, result.faults)),
        str(result.rows),
        f"{result.seconds:.0f}",
    )
    write("  " + " | ".join(figures) + ("" if result.passed else "  ✗"))
    for day, why in {**result.rightly}.items():
        write(f"      ✓ {day} {why}"[:160])
    for kind, days in (("wrongly flagged", result.wrongly), ("stuck", result.stuck)):
        for day, why in days.items():
            write(f"      ✗ {kind} {day} {why}"[:200])
    for missed in result.missed:
        write(f"      ✗ missed: {missed}")


def _permuted(write: Write, seed: int, times: int) -> bool:
    """One hash of so many permutations and duplications of the same replies."""
    with connected(role(1, seed + 1, 1)) as played:
        now = played.broker.clock.now().date()
        days = _traded(played.broker.call(lambda exchange: exchange.realised_days(date.min, now)))
        recording = recorded(gateway.broker_for(played.account), played.account.pk, days)
        hashes = set(hashes_of(recording, _strangers(times), Random(seed)))
    write(
        f"  순열(permutations) {times}: 질문(questions) {len(recording.questions)}, 해시(hashes) {len(hashes)}"
    )
    return len(hashes) == 1


def _traded(days: Iterable[RealisedDay]) -> list[date]:
    """Some late days on which something was sold, oldest first."""
    sold = [one.day for one in days if one.has_sales]
    return sold[-RECORDED_DAYS - 3 : -3]


def _strangers(count: int) -> Iterator[Account]:
    """Accounts that know nothing yet."""
    team, _made = Team.objects.get_or_create(name="permutations")
    numbers = (f"{70_000_000_00 + number:010}" for number in range(count))
    for number in numbers:
        yield Account.objects.create(team=team, name=number, number=number, environment="simulator")
