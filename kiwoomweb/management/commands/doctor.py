"""``manage.py doctor``: what is misconfigured, and how to put it right."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from kiwoomweb.operation.examination import examine
from kiwoomweb.operation.telling import tell


class Command(BaseCommand):
    """Look at everything, change nothing; exit with 1 when something is wrong."""

    help = "무엇이 잘못되었고 어떻게 고치는지 말합니다 (say what is wrong and how to fix it)"
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line for each finding."""
        wrong = 0
        for finding in examine():
            wrong += not finding.well
            tell(finding.korean, finding.english, mark="✓" if finding.well else "✗", to=sys.stdout)
            if finding.remedy and not finding.well:
                tell(finding.remedy, mark="  →", to=sys.stdout)
        sys.exit(1 if wrong else 0)
