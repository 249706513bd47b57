"""Whether the days agree with the broker, in words."""

from collections import Counter
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portfolio.analytics.proof.states import DayState
from portfolio.reports.content.asked import Asked
from portfolio.reports.content.pieces import Section, Words
from portfolio.reports.content.saying import day_words
from portfolio.selectors.proof.days import ProofDay, proof_day
from portfolio.selectors.proof.states import states_between
from portfolio.wording.proof import STATE_SENTENCES, STATES, line_title, reason_words, unit_words, verdict_words

__all__ = ["proof_section", "proofs_section"]

MOST = 8
TONES = {DayState.SEALED: "good", DayState.MISMATCH: "warn", DayState.GAP: "warn"}


def proof_section(asked: Asked, day: date) -> Section:
    """The state of one day, and the lines that stand in the way of its seal."""
    proof = proof_day(asked.account, day)
    if proof is None:
        return Section("proof", _("키움과 대사"), (Words((_("이 날은 아직 견주지 않았습니다."),), "quiet"),))
    said = f"{STATES[proof.state]} — {STATE_SENTENCES[proof.state]}"
    blocks = [Words((said,), TONES.get(proof.state, ""))]
    if proof.troubled:
        blocks.append(Words(tuple(_lines(asked, proof)), "quiet"))
    return Section("proof", _("키움과 대사"), tuple(blocks))


def proofs_section(asked: Asked) -> Section:
    """How many days of the period are in which state, and the days that are not in order by name."""
    states = states_between(asked.account, asked.first, asked.last)
    if not states:
        return Section("proof", _("키움과 대사"), (Words((_("아직 견준 날이 없습니다."),), "quiet"),))
    counts = Counter(states.values())
    told = ", ".join(
        ngettext("%(state)s %(n)s일", "%(state)s %(n)s일", counts[state])
        % {"state": STATES[state], "n": counts[state]}
        for state in DayState
        if counts[state]
    )
    wrong = [day for day, state in sorted(states.items()) if state in {DayState.MISMATCH, DayState.GAP}]
    sealed = counts[DayState.SEALED] == len(states)
    blocks = [Words((told,), "warn" if wrong else "good" if sealed else "")]
    if wrong:
        named = ", ".join(map(day_words, wrong[:MOST])) + (" …" if len(wrong) > MOST else "")
        blocks.append(Words((_("살펴볼 날: %(days)s") % {"days": named},), "quiet"))
    return Section("proof", _("키움과 대사"), tuple(blocks))


def _lines(asked: Asked, proof: ProofDay) -> list[str]:
    """One sentence a line; a masked reader is not told by how much."""
    found = []
    for line in proof.troubled[:MOST]:
        verdict, why = verdict_words(line), reason_words(line)
        off = "" if line.difference is None else f" {line.difference:+,}{unit_words(line.unit)}"
        if asked.is_masked:
            off, why, verdict = "", asked.saying.free(why), asked.saying.free(verdict)
        found.append(f"{line_title(line)}: {verdict}{off}. {why}")
    return found
