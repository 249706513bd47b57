"""Version: a number that is another one after every change of what statistics are made of."""

from django.db import models

__all__ = ["FiguresVersion"]


class FiguresVersion(models.Model):
    """Written by the database's own triggers and by nobody else (``services.versioning``).

    ``owner`` is an account's number, 0 stands for what concerns all. SQLite, which has one writer at a time,
    keeps one row an owner (``writer`` 0) and gives it a new random ``token`` at each change; PostgreSQL adds a
    row for each transaction (``writer``), so that nobody waits for anybody. The version is the sum of the
    tokens: drawn by lot, it does not come again when a copy of the database is put back.
    """

    owner = models.BigIntegerField()
    writer = models.BigIntegerField(default=0)
    token = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "writer"], name="one_token_a_writer"),)

    def __str__(self) -> str:
        return f"{self.owner}/{self.writer}: {self.token}"
