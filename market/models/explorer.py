"""What the TR explorer remembers: stars and last questions of people, last successes of accounts."""

from django.conf import settings
from django.db import models

__all__ = ["Answered", "FavouriteTR", "LastQuestion"]


class FavouriteTR(models.Model):
    """A TR somebody has marked with a star."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="favourite_trs")
    tr = models.CharField(max_length=10)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "tr"), name="one_star_per_tr"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.tr}"


class LastQuestion(models.Model):
    """What a person last filled in for a TR: the request's fields as they were sent, by wire name."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="last_questions")
    tr = models.CharField(max_length=10)
    body = models.JSONField()
    at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "tr"), name="one_last_question_per_tr"),)

    def __str__(self) -> str:
        return f"{self.user_id} {self.tr}"


class Answered(models.Model):
    """When the broker last answered a TR for an account with success, whoever had asked."""

    account = models.ForeignKey("access.Account", on_delete=models.CASCADE, related_name="answered")
    tr = models.CharField(max_length=10)
    at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "tr"), name="one_success_per_tr"),)

    def __str__(self) -> str:
        return f"{self.account_id} {self.tr} {self.at:%Y-%m-%d %H:%M:%S}"
