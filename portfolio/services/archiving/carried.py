"""What an archive carries: every model of the project but the few named here, each with its reason.

The list is made by walking the models, so that a new one is carried without anybody thinking of it.
"""

from typing import Any

from django.apps import apps
from django.db import models

__all__ = ["LEFT_OUT", "SILENT", "carried", "fields_of", "label_of"]

Model = type[models.Model]

#: Models that stay behind, and why.
LEFT_OUT = {
    "access.auditchain": "the audit trail stays with its key; manage.py audit export writes it out",
    "access.auditentry": "as its chain: an entry that came from elsewhere would prove nothing",
    "access.proof": "who has shown a factor in which session: meaningless elsewhere",
    "access.credential": "broker keys: they are entered again, no archive ever holds one",
    "access.device": "sign-in: which browsers are known here",
    "access.handover": "an offer that waits for an answer of somebody here",
    "access.invitation": "sign-in: a one-time address",
    "access.addresschange": "sign-in: a wish with two links that run out",
    "access.caution": "sign-in: a wait of a day",
    "access.lostfactor": "sign-in: a request that runs out in a day",
    "account.emailaddress": "sign-in: made again when the person signs in",
    "account.emailconfirmation": "sign-in: a one-time address",
    "auth.group": "nobody is in a group: rights come from memberships",
    "auth.group_permissions": "nobody is in a group: rights come from memberships",
    "auth.permission": "made by the migrations",
    "contenttypes.contenttype": "made by the migrations",
    "mfa.authenticator": "second factors: sealed to this machine, made again by their person",
    "market.kept": "the market's last answers: asked again",
    "market.recordedchunk": "what the feed said, thinned by age on this disk; its minute bars are carried",
    "market.streamlease": "who holds the live socket at this moment",
    "notices.channel": "ways to a person: their keys are sealed to this machine, set up again in a minute",
    "notices.delivery": "what this server has sent: sent again from a copy it would arrive twice",
    "notices.habits": "quiet hours: set up again with the channels",
    "notices.notice": "what this server has told somebody, who has heard it",
    "notices.telling": "which notice went by which channel of this server",
    "orders.lane": "whether orders may leave at this moment: found out anew from the broker's books",
    "orders.orderprocess": "which process sends orders at this moment",
    "portfolio.figuresversion": "counts changes of this very database, so that no old statistics are shown",
    "portfolio.archiveerrand": "which archives somebody asked for, and their files on this disk",
    "sessions.session": "sign-in: who is at a browser at this moment",
    "socialaccount.socialaccount": "sign-in: whom an issuer vouches for, tied anew when they come",
    "socialaccount.socialapp": "the issuer is set by the environment",
    "socialaccount.socialtoken": "the issuer's tokens are not kept",
    "usersessions.usersession": "sign-in: who is at a browser at this moment",
}
#: Fields that stay behind although their row is carried: secrets and traces of sign-in.
SILENT = {
    "access.user": frozenset({"password", "last_login"}),
    # A copy reckons anew when a report is due: it makes up for nothing, and mails nothing twice.
    "portfolio.reportplan": frozenset({"next_run"}),
}


def label_of(model: Model) -> str:
    """``orders.fill``."""
    return model._meta.label_lower


def carried() -> list[Model]:
    """Every model an archive carries, in the order of their labels."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and label_of(model) not in LEFT_OUT
    ]
    return sorted(found, key=label_of)


def fields_of(model: Model) -> "list[models.Field[Any, Any]]":
    """The columns of a model that are carried, in the order of their names."""
    silent = SILENT.get(label_of(model), frozenset())
    return sorted(
        (field for field in model._meta.concrete_fields if field.name not in silent), key=lambda f: f.attname
    )
