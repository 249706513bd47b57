"""Words for when and where (3.4): what each figure means, and what to beware of."""

from django.utils.translation import gettext_lazy as _

from portfolio.presenting.stats.words.said import Said

__all__ = ["WHEN"]

WHEN = {
    "trades": Said(
        _("조건에 맞는 끝난 거래의 수입니다."),
        _("흩어진 작은 무리는 우연으로도 좋아 보입니다."),
    ),
    "net": Said(
        _("조건에 맞는 거래의 손익을 모두 더한 값입니다."),
        _("보유 중인 거래의 평가손익은 들어 있지 않습니다."),
    ),
    "share_of_net": Said(
        _("가장 많이 번 종목 하나가 전체 손익에서 차지하는 몫입니다."),
        _("거래가 겹쳐 세어지는 태그·테마에는 쓰지 않습니다."),
    ),
}
