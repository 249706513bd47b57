"""What access tells those above it: of the broker, and of people signing in."""

from django.dispatch import Signal

__all__ = ["access_changed", "answered", "audit_broken", "factor_changed", "signed_in_from_new_place"]

#: The broker has answered with success. Sent with ``account_id`` and ``tr``, in the thread that had asked.
answered = Signal()

#: Somebody signed in on a device we have not seen. Sent with ``user``, ``ip``, ``agent``, ``at``.
signed_in_from_new_place = Signal()
#: A way to sign in has changed. Sent with ``user`` and ``what``: a sentence in their language.
factor_changed = Signal()

#: What a person may see has changed: their open pages must be looked at anew. Sent with ``user_id``.
access_changed = Signal()

#: A chain of the audit trail is not what it was. Sent with ``chain`` (its key), ``number`` of the first entry
#: that does not fit and ``why``, a word of ``selectors.auditing.Verdict``.
audit_broken = Signal()
