"""Swedish personal identity numbers and samordningsnummer in texts that many read and that are kept: such a text is refused.

A number is a birth date (of a samordningsnummer with 60 added to the day), three digits and a check digit by Luhn's algorithm (folkbokföringslagen
1991:481, 18 and 18 a §§). The third digit of an organisation number is at least 2 (Skatteverket, SKV 709), so that none begins with a date.
"""

import re
from datetime import date

from styrkedja.core.sentences import Sentence

_MONTH = r"(?:0[1-9]|1[0-2])"
_DAY = r"(?:0[1-9]|[12][0-9]|3[01]|6[1-9]|[78][0-9]|9[01])"
_CENTURY = r"(?:18|19|20)"
# Six or eight digits of a birth, without signs between; may stand in any regular expression.
BIRTH = rf"{_CENTURY}?[0-9]{{2}}{_MONTH}{_DAY}"

_SPACE = r"[ \t\u00a0\u202f]?"
_WRITTEN = re.compile(
    r"(?<![0-9])(?<![0-9][-–./:])"  # no part of a longer number, nor of "2024-121212-1212"
    r"(?<![A-ZÅÄÖ])(?<![A-ZÅÄÖ][-/:_])"  # a series in capitals says that it is the number of a case or a document
    rf"(?P<birth>{BIRTH}|{_CENTURY}[0-9]{{2}}-{_MONTH}-{_DAY}){_SPACE}[-+‐‑‒–−]?{_SPACE}(?P<last>[0-9]{{4}})"
    r"(?![0-9])(?![-–./:][0-9])"
)
_LEAP_YEAR = 2000
_COORDINATION = 60


def identity_fault(text: str) -> Sentence:
    """Why `text` cannot be kept as it is: it holds what looks like an identity number. Empty if it holds none.

    The number itself is not said again: what is refused is written in the log.
    """
    line = identity_line(text)
    if line is None:
        return Sentence("")
    if "\n" not in text.strip():
        return Sentence("Texten innehåller ett nummer som ser ut som ett personnummer eller samordningsnummer. %(act)s", act=_ACT)
    return Sentence(
        "Rad %(line)s innehåller ett nummer som ser ut som ett personnummer eller samordningsnummer. %(act)s", line=line, act=_ACT
    )


_ACT = Sentence("Ta bort numret och skriv vad saken gäller utan att peka ut någon: texten sparas och läses av flera.")


def identity_line(text: str) -> int | None:
    """The line (from 1) where the first number stands that has a possible birth date and the right check digit."""
    for match in _WRITTEN.finditer(text):
        birth = re.sub("[^0-9]", "", match["birth"])[-6:]
        if _is_born(birth) and _is_checked(birth + match["last"]) and not _is_period(birth, match["last"]):
            return text.count("\n", 0, match.start()) + 1
    return None


def _is_born(birth: str) -> bool:
    """Is there such a day in some year?"""
    month, day = int(birth[2:4]), int(birth[4:])
    return _exists(month, day - _COORDINATION if day > _COORDINATION else day)


def _is_checked(ten: str) -> bool:
    products = (int(digit) * (2 - place % 2) for place, digit in enumerate(ten))
    return sum(product // 10 + product % 10 for product in products) % 10 == 0


def _is_period(birth: str, last: str) -> bool:
    """From the first day of a month to the last of another, "20240101-1231": to write periods so is common, to be such a person is not."""
    month, day = int(last[:2]), int(last[2:])
    return birth[4:] == "01" and _exists(month, day) and month >= int(birth[2:4]) and (day >= 30 or not _exists(month, day + 1))


def _exists(month: int, day: int) -> bool:
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
