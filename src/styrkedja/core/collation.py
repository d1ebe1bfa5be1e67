"""Swedish alphabetical order, for every list that people read.

PostgreSQL as we ship it has no ICU collations, so names are sorted here: `sorted(bodies, key=lambda body: swedish_key(body.name))`.
"""

import unicodedata
from itertools import groupby

SwedishKey = tuple[tuple[tuple[int, int], ...], str]

_MARK, _NUMBER, _LETTER = range(3)
_ALPHABET = {letter: rank for rank, letter in enumerate("abcdefghijklmnopqrstuvwxyzåäö")}
# Foreign letters that Swedish order places with one of its own and that are no letter + accent in Unicode.
_PLACED_WITH = str.maketrans({"æ": "ä", "ø": "ö", "œ": "ö", "ü": "y", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ß": "ss"})


def swedish_key(text: str) -> SwedishKey:
    """A sort key: å ä ö last, upper and lower case alike, é as e, w a letter of its own, digits by their value ("LPO 2" before "LPO 10").

    Spaces and marks come before digits, digits before letters. The text itself settles what is then equal, so the order is total.
    """
    folded = unicodedata.normalize("NFC", text).casefold().translate(_PLACED_WITH)
    weights: list[tuple[int, int]] = []
    for is_number, run in groupby(folded, key=str.isdecimal):
        characters = "".join(run)
        weights += [(_NUMBER, int(characters))] if is_number else _letters(characters)
    return tuple(weights), text


def _letters(characters: str) -> list[tuple[int, int]]:
    return [_weight(letter) for character in characters for letter in _without_accent(character)]


def _without_accent(character: str) -> str:
    if character in _ALPHABET:
        return character
    return "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))


def _weight(character: str) -> tuple[int, int]:
    if character in _ALPHABET:
        return _LETTER, _ALPHABET[character]
    # Letters of other alphabets follow ö, in their own order.
    return (_LETTER, len(_ALPHABET) + ord(character)) if character.isalpha() else (_MARK, ord(character))
