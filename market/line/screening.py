"""Screening on the line: after every connection, ask again for the conditions somebody wants to hear of."""

import logging

from kiwoomweb.access.models import Account
from kiwoomweb.broker.errors import BrokerError
from market.door import Put
from market.services.screening import confirm, live_question, lost, wanted_conditions
from market.threads import in_thread

__all__ = ["listen_again"]

log = logging.getLogger(__name__)


async def listen_again(account: Account, put: Put) -> None:
    """One after another. What the broker will not do now stays unconfirmed, and pages show it so."""
    await in_thread(lost, account.pk)
    for seq in await in_thread(wanted_conditions, account.pk):
        try:
            answer = await put(live_question(seq))
            await in_thread(confirm, account.pk, seq, answer)
        except BrokerError as trouble:
            log.warning("condition %s of account %s is not heard: %s", seq, account.pk, trouble)
