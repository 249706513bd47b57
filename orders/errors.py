"""Why an order was not even recorded, or not by this request: errors that say what the person can do."""

from django.utils.translation import gettext as _

from orders.models import Intent

__all__ = ["InProgress", "KeyMissing", "KeyReused", "MayNot", "Moved", "NotStored", "OrderError", "TooLate"]


class OrderError(Exception):
    """``str()`` is a sentence for the person; ``status`` the HTTP status, ``code`` the word for programs."""

    status = 400
    code = "order_error"


class KeyMissing(OrderError):
    """No idempotency key, or one that is none."""

    code = "key_missing"

    def __init__(self) -> None:
        super().__init__(_("주문 키(Idempotency-Key)가 없습니다. 주문 창을 새로 열고 다시 하세요."))


class KeyReused(OrderError):
    """The key belongs to another order. Nothing was done."""

    status, code = 409, "key_reused"

    def __init__(self, intent: Intent) -> None:
        super().__init__(
            _("같은 주문 키로 다른 주문이 이미 있습니다. 내지 않았습니다. 주문 창을 새로 열고 다시 하세요.")
        )
        self.intent = intent


class Moved(OrderError):
    """The order to be changed is not as the person saw it; ``differences`` are sentences. Nothing was done."""

    status, code = 409, "moved"

    def __init__(self, intent: Intent, differences: tuple[str, ...]) -> None:
        super().__init__(" ".join(differences))
        self.intent, self.differences = intent, differences


class InProgress(OrderError):
    """The same order is being recorded right now by another request."""

    status, code = 409, "in_progress"

    def __init__(self, intent: Intent | None = None) -> None:
        super().__init__(_("이 주문은 지금 처리하고 있습니다. 잠시 뒤 주문 목록에서 확인하세요."))
        self.intent = intent


class NotStored(OrderError):
    """The database would not take it: full, locked or away. Nothing was sent and nothing will be."""

    status, code = 503, "not_stored"

    def __init__(self) -> None:
        super().__init__(_("저장할 수 없어 주문을 내지 않았습니다. 디스크와 데이터베이스를 확인하세요."))


class MayNot(OrderError):
    """This person may not do that."""

    status, code = 403, "may_not"


class TooLate(OrderError):
    """It is no longer there to be decided about."""

    status, code = 409, "too_late"
