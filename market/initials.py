"""초성: the first consonants of Korean syllables, so that "ㅅㅅㅈㅈ" finds 삼성전자."""

__all__ = ["initials", "is_initials"]

#: The nineteen first consonants in the order of Unicode's Hangul syllables (588 syllables each from 가).
CONSONANTS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
FIRST, LAST, EACH = ord("가"), ord("힣"), 588


def initials(name: str) -> str:
    """``ㅅㅅㅈㅈ`` of 삼성전자; what is not a syllable stays, in upper case, and blanks go."""
    return "".join(_initial(letter) for letter in name if not letter.isspace())


def _initial(letter: str) -> str:
    if FIRST <= ord(letter) <= LAST:
        return CONSONANTS[(ord(letter) - FIRST) // EACH]
    return letter.upper()


def is_initials(text: str) -> bool:
    """Whether somebody typed 초성: at least one consonant and no whole syllable."""
    return any(letter in CONSONANTS for letter in text) and not any(FIRST <= ord(c) <= LAST for c in text)
