"""The account's books: every booked movement of money (kt00015), and its worth by day (kt00002)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from orders.models import Fact, current_once

__all__ = ["CashFlow", "CashKind", "DayWorth"]


class CashKind(models.TextChoices):
    """What a booked row is. OTHER is in the queue: nobody has told yet what it is."""

    DEPOSIT = "deposit", _("입금")
    WITHDRAWAL = "withdrawal", _("출금")
    BUY = "buy", _("매수")
    SELL = "sell", _("매도")
    DIVIDEND = "dividend", _("배당")
    INTEREST = "interest", _("이자")
    FEE = "fee", _("수수료·세금")
    TRANSFER = "transfer", _("입출고·대체")
    LOAN = "loan", _("대출")
    REPAYMENT = "repayment", _("상환")
    OTHER = "other", _("분류 대기")


class CashFlow(Fact):
    """One row of 위탁종합거래내역. ``day`` is the day it was traded, ``settled_on`` that of its booking (D+2).

    ``amount`` is what it did to the cash, in won: plus came in, minus went out, ``None`` when neither words nor
    balance tell the direction. ``gross`` is 거래금액 before costs, ``balance`` the cash after the row as told;
    what a row leaves blank is ``None``.
    ``note``, ``family`` and ``direction`` are the broker's own words (적요명, 거래종류명, 입출구분명).
    """

    natural = ("settled_on", "number")
    settled_on = models.DateField()
    number = models.CharField(max_length=16)
    kind = models.CharField(max_length=10, choices=CashKind.choices)
    amount = models.BigIntegerField(null=True)
    gross = models.BigIntegerField(null=True)
    quantity = models.BigIntegerField(null=True)
    unit_price = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    commission = models.BigIntegerField(null=True)
    tax = models.BigIntegerField(null=True)
    interest = models.BigIntegerField(null=True)
    principal = models.BigIntegerField(null=True)
    loan_date = models.DateField(null=True)
    symbol = models.CharField(max_length=20, blank=True)
    name = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=80, blank=True)
    family = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=20, blank=True)
    balance = models.BigIntegerField()
    booked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (current_once("cash_flow_current_once", "settled_on", "number"),)
        indexes = (
            models.Index(fields=["account", "-settled_on", "number"], name="cash_flow_by_booking"),
            models.Index(fields=["account", "symbol", "day"], name="cash_flow_by_symbol"),
        )

    def __str__(self) -> str:
        return f"{self.settled_on} {self.note} {self.name} {self.amount}"

    @property
    def is_classified(self) -> bool:
        """Whether it is known what the row is; else it waits in the queue."""
        return self.kind != CashKind.OTHER


class DayWorth(Fact):
    """One calendar day of 일별추정예탁자산현황, in won. A day without trading repeats the one before; today's
    row is provisional."""

    deposit = models.BigIntegerField()
    collateral_loan = models.BigIntegerField(null=True)
    credit_loan = models.BigIntegerField(null=True)
    short_collateral = models.BigIntegerField(null=True)
    substitute = models.BigIntegerField(null=True)
    estimated_assets = models.BigIntegerField()
    without_funds = models.BigIntegerField(null=True)

    class Meta:
        constraints = (current_once("day_worth_current_once"),)

    def __str__(self) -> str:
        return f"{self.day} {self.estimated_assets:,}"
