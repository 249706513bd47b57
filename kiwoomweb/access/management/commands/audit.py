"""``manage.py audit WHAT``: prove the audit trail, anchor its ends, or write it out."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from kiwoomweb.access.audit_key import AuditKeyMissing
from kiwoomweb.access.audit_rehearsal import rehearse
from kiwoomweb.access.key_ring import SealError
from kiwoomweb.access.selectors.audit_lines import lines
from kiwoomweb.access.selectors.auditing import Verdict, verify_all
from kiwoomweb.access.services.anchoring import anchor
from kiwoomweb.access.services.auditing import record
from kiwoomweb.access.signals import audit_broken

__all__ = ["Command"]


class Command(BaseCommand):
    """``verify`` fails when anything was changed; ``export`` writes JSON lines with their seals."""

    help = "감사 기록을 검증하고 내보냅니다 (verify, anchor, export or rehearse the audit trail)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["verify", "anchor", "export", "rehearse"])
        parser.add_argument("--to", type=Path, help="export: a new file; without it, the terminal")
        parser.add_argument("--mutations", type=int, default=100_000, help="rehearse: how many forgeries")

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        try:
            getattr(self, f"_{what}")(**options)
        except (AuditKeyMissing, SealError) as trouble:
            raise CommandError(str(trouble)) from None

    def _verify(self, **_options: Any) -> None:
        verdicts = list(verify_all())
        for verdict in verdicts:
            self.stdout.write(said(verdict))
        broken = [verdict for verdict in verdicts if not verdict.ok]
        for one in broken:  # whoever finds it stops trading
            audit_broken.send(sender=Verdict, chain=one.chain, number=one.broken_at or 0, why=one.why)
        if broken:
            raise CommandError(_("감사 기록 %(count)d개가 깨졌습니다.") % {"count": len(broken)})

    def _anchor(self, **_options: Any) -> None:
        self.stdout.write(_("%(count)d개 기록의 끝을 적어 두었습니다.") % {"count": anchor()})

    def _export(self, to: Path | None, **_options: Any) -> None:
        if to is None:
            sys.stdout.writelines(lines())
        else:
            try:
                with to.open("x", encoding="utf-8") as file:
                    file.writelines(lines())
            except OSError as trouble:
                raise CommandError(
                    _("%(path)s에 쓸 수 없습니다: %(why)s. 다른 이름을 고르세요.")
                    % {"path": to, "why": trouble.strerror}
                ) from None
        record("audit.exported", by=None, detail={"how": "command"})

    def _rehearse(self, mutations: int, **_options: Any) -> None:
        missed = rehearse(mutations)
        self.stdout.write(
            _("위조 %(count)d건 가운데 놓친 것 %(missed)d건") % {"count": mutations, "missed": len(missed)}
        )
        if missed:
            raise CommandError("\n".join(missed[:20]))


def said(verdict: Verdict) -> str:
    """One line on one chain."""
    if verdict.ok:
        return _("%(chain)s: %(length)d건, 이상 없음") % {"chain": verdict.chain, "length": verdict.length}
    whys = {
        "missing": _("빠졌거나 끼어든 기록"),
        "changed": _("바뀐 기록"),
        "end": _("끝이 맞지 않음"),
        "anchor": _("적어 둔 끝과 다름"),
        "key": _("키를 알 수 없음"),
        "guard": _("데이터베이스가 변경을 막지 않음: manage.py migrate를 실행하세요"),
    }
    return _("%(chain)s: %(number)s번째에서 깨짐 (%(why)s)") % {
        "chain": verdict.chain,
        "number": verdict.broken_at,
        "why": whys[verdict.why],
    }
