"""Words as they are compared: Swedish stems without the words that say nothing. The one door to snowballstemmer."""

import re
from itertools import islice
from typing import NamedTuple

import snowballstemmer  # noqa: TID251 - this is the door

MOST_STEMS = 24  # a heading that is a whole text is compared by its first words
_WORD = re.compile(r"[^\W\d_]+|\d{3,}")
# Verbs of two words, and the nouns that mean the same.
_PHRASES = ((re.compile(r"\b(?:ser?|sett) över\b"), "översyn"), (re.compile(r"\bfölj(?:er|a|s|t)? upp\b"), "uppföljning"))
_YEAR = re.compile(r"(?:19|20)\d\d")
# Words that carry no meaning of their own in a heading.
_SILENT = """
alla allt att av bland bort både de dels den denna det dess där då efter ej eller en ett fram från för före genom ha har hela hos i icke ihop in
inklusive inne inom inte istället kan kring med mellan mer mest mot ned ner nu när och om oavsett olika på per respektive samt se sig sin sina
sitt ska skall som ställe stället så ta tas tar till under upp ur ut utan utanför utifrån vara varje via vid vår våra vårt åt är även över övriga
länets regionens andel andelen antal antalet
"""
# More and less, beginning and ending: said with many words, meant as one.
_DIRECTIONS = {
    "+": "öka ökad ökade ökar ökat ökning utöka utökad utökning fler flera högre höj höja höjd höjning förstärk förstärka förstärkt stärk stärka stärkt",
    "-": "minska minskad minskade minskar minskning färre lägre reducera reducerad sänk sänka sänkt sänkning begränsa begränsad begränsning",
    "start": "inför införa införd införs införande öppna öppnas öppnande starta startas etablera etableras inrätta inrättas inrättande",
    "slut": "avveckla avvecklad avvecklas avveckling stäng stänga stängs stängning avsluta avslutas avskaffa avskaffas",
}
_DIRECTION_OF = {word: sign for sign, words in _DIRECTIONS.items() for word in words.split()}
_CONTRARY = (("+", "-"), ("start", "slut"))
# Words of planning: two actions are not different because one of these stands in one and another in the other.
_GENERIC = """
arbete arbetssätt aktivitet bedriva effektivare effektivisera erbjuda erbjud ersätta ersätt flytta fortsätta fortsatt förbättra förbättrad
förändra gemensam gemensamma genomföra genomföras insats klinik länet metod modell nytt ny organisation patient plan process program projekt
region renodla rutin samla samlad samordna samordnad skapa standardisera stöd säkerställa system sätt tydliggöra utveckla utvecklad verksamhet
vård åtgärd översyn
"""


class Words(NamedTuple):
    """The stems of a text, and which of them are its own: not mere planning, and no direction."""

    stems: frozenset[str]
    specific: frozenset[str]


class Stemmer:
    """Remembers the stems that it has found, so that a long list costs one look-up a word."""

    def __init__(self) -> None:
        self._stemmer = snowballstemmer.stemmer("swedish")
        self._known: dict[str, str] = dict.fromkeys(_SILENT.split(), "") | _DIRECTION_OF
        self._generic = frozenset({*_DIRECTIONS, *(self.stem(word) for word in _GENERIC.split())})

    def words(self, text: str) -> Words:
        """Of "Minskad användning av hyrpersonal": less, use, hired staff."""
        written = text.casefold()
        for phrase, noun in _PHRASES:
            written = phrase.sub(noun, written)
        found = dict.fromkeys(self.stem(word) for word in _WORD.findall(written) if not _YEAR.fullmatch(word))
        found.pop("", None)
        stems = frozenset(islice(found, MOST_STEMS))
        return Words(stems, stems - self._generic)

    def stem(self, word: str) -> str:
        """The stem of a word in small letters; "" for one that says nothing."""
        if word not in self._known:
            self._known[word] = self._shortest(word)
        return self._known[word]

    def _shortest(self, word: str) -> str:
        """Without any ending: "patienters" has two, and "samordning" shall meet "samordna"."""
        shorter = self._stemmer.stemWord(word)
        if len(shorter) > 6 and shorter.endswith("ing"):
            shorter = shorter[:-3]
        if len(shorter) > 5 and shorter.endswith("n") and shorter[-2] not in "aeiouyåäö":
            shorter = shorter[:-1]
        return word if shorter == word else self._shortest(shorter)


def are_contrary(one: frozenset[str], other: frozenset[str]) -> bool:
    """Does one begin or increase what the other ends or decreases?"""
    return any(
        (_only(one, first, second) and _only(other, second, first)) or (_only(one, second, first) and _only(other, first, second))
        for first, second in _CONTRARY
    )


def _only(stems: frozenset[str], sign: str, contrary: str) -> bool:
    return sign in stems and contrary not in stems
