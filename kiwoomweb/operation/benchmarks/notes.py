"""Searching 100,000 notes: made of a fixed seed, looked through with questions of every kind."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random

from django.utils import timezone

from kiwoomweb.access.models import Account
from portfolio.models import Note, NoteVersion, Section
from portfolio.selectors.searching import search_notes
from portfolio.services.indexing import reindex

__all__ = ["QUESTIONS", "Asked", "measure_search", "sow_notes"]

#: Rare and common, one letter to many, several words, written together and apart, and what is nowhere.
QUESTIONS = (
    "손",
    "눌림",
    "손절",
    "종가베팅",
    "종가 베팅",
    "추격 매수",
    "삼성전자 손절",
    "거래대금 상위에서 눌림목",
    "3번째 분할",
    "A",
    "없는말이다",
    "복기 원칙 시초가 갭",
    "쏠림현상",
)
WORDS = """
    시초가 갭 눌림목 눌림 돌파 추격 매수 매도 손절 익절 분할 물타기 불타기 종가 베팅
    거래대금 상위에서 거래량 체결강도 호가창 매물대 지지선 저항선 이평선 상한가 하한가 외국인
    기관 프로그램 수급 뉴스 공시 테마 대장주 후발주 반도체 이차전지 바이오 조선 방산 원전
    로봇 삼성전자 하이닉스 에코프로 현대차 네이버 알테오젠 오전 오후 장초반 마감 동시호가
    원칙 위반 복기 계획대로 욕심 두려움 조급함 인내 기다림 확신 없이 들어갔다 나왔다 팔았다
    샀다 놓쳤다 버텼다 줄였다 늘렸다 너무 일찍 너무 늦게 다음엔 오늘은 어제는 내일은 시장이
    지수가 코스닥이 환율이 금리가 강했다 약했다 흔들렸다 3번째 2차 1차 절반만 전량 5%
    3% 10분봉 일봉
""".split()  # noqa: SIM905  # a list of this length would be a page
RARE = "쏠림현상이 뚜렷했다"
SECTIONS = (Section.PLAN, Section.LATER, Section.REVIEW)
BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: milliseconds of its slowest tenth and hits of its first page."""

    question: str
    p95: float
    hits: int


def sow_notes(account: Account, count: int, last: date) -> int:
    """Give the account ``count`` notes of about 200 letters on the days up to ``last``; how many there are."""
    chance, moment = Random(11), timezone.now()
    places = _places(last, count)
    while batch := list(islice(places, BATCH)):
        notes = Note.objects.bulk_create(
            Note(account=account, day=day, section=section, current=1) for day, section in batch
        )
        NoteVersion.objects.bulk_create(
            NoteVersion(note=note, number=1, text=_text(chance), saved_at=moment) for note in notes
        )
    return reindex(account)


def measure_search(account: Account, rounds: int = 10) -> list[Asked]:
    """Ask every question ``rounds`` times."""
    return [_asked(account, question, rounds) for question in QUESTIONS]


def _asked(account: Account, question: str, rounds: int) -> Asked:
    took, hits = [], 0
    for _round in range(rounds):
        begun = time.perf_counter()
        hits = len(search_notes(account, question, 20))
        took.append((time.perf_counter() - begun) * 1000)
    return Asked(question, sorted(took)[int(len(took) * 0.95)], hits)


def _places(last: date, count: int) -> Iterator[tuple[date, Section]]:
    for number in range(count):
        yield last - timedelta(days=number // len(SECTIONS)), SECTIONS[number % len(SECTIONS)]


def _text(chance: Random) -> str:
    words = chance.choices(WORDS, k=chance.randrange(20, 90))
    return " ".join([*words, RARE] if chance.random() < 0.0005 else words)
