"""Watchlists (관심종목): a team's or a person's, some of them brought over from the broker's own terminal."""

from django.conf import settings
from django.db import models
from django.db.models import Q

__all__ = ["WatchedSymbol", "Watchlist"]


class Watchlist(models.Model):
    """One list. It belongs to a team or to a person, never to both.

    ``source`` and ``source_code`` name the account and the group (ka01300) it was brought over from; bringing
    it over again adds what is new and takes nothing away. ``removed_at``: thrown away, to be had back
    at any time.
    """

    team = models.ForeignKey(
        "access.Team", on_delete=models.PROTECT, null=True, blank=True, related_name="watchlists"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="watchlists"
    )
    name = models.CharField(max_length=60)
    source = models.ForeignKey(
        "access.Account", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source_code = models.CharField(max_length=20, blank=True)
    brought_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(team__isnull=True, owner__isnull=False) | Q(team__isnull=False, owner__isnull=True),
                name="watchlist_of_team_or_person",
            ),
            models.UniqueConstraint(
                fields=("source", "source_code"), condition=Q(source__isnull=False), name="watchlist_group_once"
            ),
        )

    def __str__(self) -> str:
        return self.name


class WatchedSymbol(models.Model):
    """One symbol of a list. ``place`` is its turn, from 0; equal places stand in the order they were made.

    ``memo`` is what a person wants to remember about it here.
    """

    watchlist = models.ForeignKey(Watchlist, on_delete=models.CASCADE, related_name="symbols")
    symbol = models.CharField(max_length=12)
    place = models.PositiveIntegerField(default=0)
    memo = models.CharField(max_length=200, blank=True)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ("place", "pk")
        constraints = (models.UniqueConstraint(fields=("watchlist", "symbol"), name="watched_once_per_list"),)

    def __str__(self) -> str:
        return self.symbol
