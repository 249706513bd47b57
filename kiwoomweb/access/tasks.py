"""Tasks of access."""

from celery import shared_task

from kiwoomweb.access.services.anchoring import anchor
from kiwoomweb.access.services.new_passwords import mail_link
from kiwoomweb.access.services.proving_audit import prove
from kiwoomweb.access.services.tidying import tidy


@shared_task
def anchor_audit() -> None:
    """Once an hour: write down how far the audit chains reach."""
    anchor()


@shared_task
def prove_audit() -> None:
    """Once an hour: read the audit trail whole; where it is broken, orders stop."""
    prove()


@shared_task
def mail_new_password(user_id: int, site: str) -> None:
    """Somebody forgot a password: mail the link, if there is such a person (0: there is none)."""
    mail_link(user_id, site)


@shared_task
def tidy_sign_in() -> None:
    """Once an hour: forget sessions and proofs that are over."""
    tidy()
