"""The journal drill on a small stage: one account, one year, every fault of F-49 to F-53.

Pages and answers go astray at random (F-49 to F-51), a closed day is corrected (F-52), a holding split (F-53).
"""

import pytest

from kiwoomweb.operation.drills.starting import drill

#: ``manage.py drill journal`` plays three years of ten accounts.
SMALL = {"years": 1, "accounts": 1, "seed": 1, "days": 3, "permutations": 0}


@pytest.mark.drill
@pytest.mark.timeout(900)  # a year of one account is a minute of one core; a busy machine takes several
def test_f52_f53_after_a_year_of_faults_every_day_is_sealed_or_rightly_flagged_and_no_won_is_off() -> None:
    assert drill("journal", SMALL) == 0
