"""Resealing, the other half: seeds of authenticator apps under the newest key, one locked row at a time."""

import base64

from allauth.mfa.models import Authenticator
from django.db import transaction

from kiwoomweb.access import sealing
from kiwoomweb.access.factors.having import TOTP
from kiwoomweb.access.factors.keeping import place_of
from kiwoomweb.access.key_ring import SealError

__all__ = ["reseal_factors"]


def reseal_factors(version: int) -> tuple[int, list[str]]:
    """How many seeds now carry key ``version``, and whose did not open. Safe to stop and to repeat."""
    done, unreadable = 0, []
    for pk in list(Authenticator.objects.filter(type=TOTP).order_by("pk").values_list("pk", flat=True)):
        try:
            done += _reseal(pk, version)
        except SealError:
            unreadable.append(str(Authenticator.objects.get(pk=pk).user))
    return done, unreadable


@transaction.atomic
def _reseal(pk: int, version: int) -> bool:
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return False
    blob, place = base64.b64decode(row.data["seal"]), place_of(row.user_id)
    if sealing.version_of(blob) == version:
        return False
    fresh = sealing.seal(sealing.unseal(blob, place), place, version=version)
    row.data = {**row.data, "seal": base64.b64encode(fresh).decode()}
    row.save(update_fields=["data"])
    return True
