"""Two teams for the matrix: ours with somebody of every kind, and theirs with a row of everything.

What is theirs carries a mark, so that a page of ours which shows any of it is found; and their rows have one
number in every table, so that asking for it asks for theirs.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, models, transaction
from django.utils import timezone

from kiwoomweb.access.models import Account, Membership, Team, User
from kiwoomweb.access.models.grant import Grant
from kiwoomweb.access.roles import Role
from tests.people import Person, make_account, make_person
from tests.portfolio.every_model import ODD_TEXT, Maker

__all__ = ["MARK", "THEIRS", "TwoTeams", "two_teams"]

MARK = "Zq7their5secret"
#: The number of every row of theirs.
THEIRS = 9_000_001
#: One for all teams, or made by the framework: nobody's in particular.
SHARED = ("market.instrument", "market.tradingday", "access.audit", "auth.", "contenttypes.", "sessions.")


@dataclass
class TwoTeams:
    """``people`` by what they are; ``inside`` those with a role in our team, by that role."""

    account: Account
    theirs: Account
    people: dict[str, Person] = field(default_factory=dict)
    inside: dict[str, str] = field(default_factory=dict)
    #: Members of our team who see none of its accounts.
    in_team: dict[str, str] = field(default_factory=dict)


class TheirMaker(Maker):
    """Rows of their team, never one of ours, with the mark in every text."""

    def row(self, model: type[models.Model]) -> Any:
        label = model._meta.label_lower
        if label not in self.rows:
            self.rows[label] = self._made(model)
        return self.rows[label]

    def _value(self, model: type[models.Model], field: Any) -> Any:
        if field.name == "symbol":
            return "005930"
        value = super()._value(model, field)
        if isinstance(value, str) and ODD_TEXT[:6] in value:
            return f"{MARK}{next(self.numbers)}"[: field.max_length or 50]
        return value

    def _values(self, model: type[models.Model], *, with_optional: bool) -> dict[str, Any]:
        values = super()._values(model, with_optional=with_optional)
        if isinstance(model._meta.pk, models.AutoField) and not model._base_manager.filter(pk=THEIRS).exists():
            values[model._meta.pk.name] = THEIRS
        return values


def two_teams() -> TwoTeams:
    theirs = Team.objects.create(pk=THEIRS, name=f"{MARK} team")
    other = {role: make_person(f"{MARK}-{role.name}", theirs, role) for role in (Role.VIEWER, Role.OWNER)}
    their_account = Account.objects.create(
        pk=THEIRS, team=theirs, name=f"{MARK} account", number="8100000999", environment="simulator"
    )
    team = Team.objects.create(name="민지네")
    found = TwoTeams(make_account(team), their_account)
    for role in Role:
        found.people[role.name.lower()] = make_person(role.name, team, role)
        found.inside[role.name.lower()] = role.name.lower()
    found.people["masked"] = make_person("Masked", team, Role.VIEWER)
    Membership.objects.filter(user=found.people["masked"].user).update(masked=True)
    found.inside["masked"] = "masked"
    found.people["narrowed"] = make_person("Narrowed", team, Role.TRADER)
    theirs_here = Membership.objects.get(user=found.people["narrowed"].user)
    Grant.objects.create(membership=theirs_here, account=found.account, without="export order")
    found.inside["narrowed"] = "narrowed"
    _add_those_outside(found, team, other)
    _fill(their_account, other[Role.OWNER].user)
    return found


def _add_those_outside(found: TwoTeams, team: Team, other: dict[Role, Person]) -> None:
    over = timezone.now() - timedelta(minutes=1)
    found.people |= {
        "anonymous": Person(),
        "their viewer": other[Role.VIEWER],
        "their owner": other[Role.OWNER],
    }
    found.people["expired member"] = make_person("Late", team, Role.MANAGER)
    Membership.objects.filter(user=found.people["expired member"].user).update(until=over)
    found.people["expired grant"] = make_person("Guest", team, Role.VIEWER)
    membership = Membership.objects.get(user=found.people["expired grant"].user)
    Membership.objects.filter(pk=membership.pk).update(only_granted=True)
    Grant.objects.create(membership=membership, account=found.account, role=Role.MANAGER, until=over)
    found.in_team["expired grant"] = "viewer"
    found.people["disabled"] = make_person("Gone", team, Role.OWNER)
    User.objects.filter(pk=found.people["disabled"].user.pk).update(is_active=False)


def _fill(account: Account, person: User) -> None:
    """A row of every model that hangs on an account, a team or a person."""
    from portfolio.services.archiving.carried import carried

    maker = TheirMaker(account, person)
    for model in carried():
        if not model._meta.label_lower.startswith(SHARED):
            try:
                with transaction.atomic():
                    maker.row(model)
            except (AssertionError, IntegrityError):  # shared by all teams, and there already
                maker.rows[model._meta.label_lower] = model._base_manager.first()
    assert sum(row is not None for row in maker.rows.values()) > 60
