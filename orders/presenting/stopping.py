"""The kill switch: reasons that need no typing."""

from django.utils.translation import gettext as _

__all__ = ["stop_reasons"]


def stop_reasons() -> tuple[str, ...]:
    """Offered as chips; another can be written."""
    return _("주문이 이상합니다"), _("시세가 이상합니다"), _("손실이 너무 큽니다"), _("자리를 비웁니다")
