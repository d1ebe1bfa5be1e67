"""The names of a file's columns, held against those that the source declares."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from styrkedja.core.indicators.definition.source import FactSource
from styrkedja.core.indicators.intake.faults import FileRefused
from styrkedja.core.toml.findings import listed, suggestion

# What columns with persons' own identities tend to be called, without signs and in small letters.
_NUMBERS = re.compile(
    r"person(al)?(id)?(ident)?(ifikations)?(n(umme)?r|nummer)|pers(on)?n(umme)?r|samordningsn(umme)?r|fodelsen(umme)?r|reservn(umme)?r"
    r"|personalidentity|identitynumber|civicreg|socialsecurity|nationalid"
)
_NUMBER_NAMES = {"pnr", "prsnr", "pno", "ssn", "personid"}
_PERSONS = {"namn", "name", "fornamn", "efternamn", "patientnamn", "tilltalsnamn", "firstname", "lastname", "surname", "fullname"}
_PERSONS |= {
    "adress",
    "address",
    "gatuadress",
    "epost",
    "epostadress",
    "email",
    "telefon",
    "telefonnummer",
    "mobil",
    "mobilnummer",
    "phone",
}


def plain(name: str) -> str:
    """Without accents, signs and capitals: "Pers.nr" and "PERSNR" are one name."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[^a-z0-9]", "", letters)


def find_columns(source: FactSource, names: Sequence[str]) -> dict[str, int]:
    """Where each stored column of the source stands among `names`. Case and surrounding blanks do not matter.

    Raises FileRefused for a name that promises somebody's identity, for unknown, repeated and missing columns, all told at once.
    """
    _refuse_identities(names)
    wanted = {column.name.casefold(): column.name for column in source.stored}
    told = [name.strip().casefold() for name in names]
    faults = [*_unknown(source, names, wanted), *_repeated(told)]
    if missing := [name for name in wanted if name not in told]:
        faults.append(f"{'Kolumnen' if len(missing) == 1 else 'Kolumnerna'} {_quoted(missing)} saknas.")
    if faults:
        raise FileRefused(f"{' '.join(faults)} Källan ”{source.title}” har kolumnerna {listed(wanted)}.")
    return {wanted[name]: place for place, name in enumerate(told)}


def _refuse_identities(names: Sequence[str]) -> None:
    for name in names:
        short = plain(name)
        if _NUMBERS.search(short) or short in _NUMBER_NAMES:
            raise FileRefused(
                f"Kolumnen ”{name.strip()}” ser ut att hålla personnummer, och sådana tas inte emot. "
                "Byt dem mot pseudonymer där filen görs, och ge kolumnen källans namn."
            )
        if short in _PERSONS:
            raise FileRefused(
                f"Kolumnen ”{name.strip()}” ser ut att peka ut enskilda personer, och sådant tas inte emot. Ta bort kolumnen där filen görs."
            )


def _unknown(source: FactSource, names: Sequence[str], wanted: dict[str, str]) -> list[str]:
    found = []
    for name in names:
        low = name.strip().casefold()
        if low in wanted:
            continue
        if low in source.columns:
            found.append(f"Kolumnen ”{name.strip()}” räknas fram ur de andra och ska inte stå i filen.")
        elif not low:
            found.append("En kolumn saknar namn.")
        else:
            found.append(f"Kolumnen ”{name.strip()}” finns inte i källan.{suggestion(low, wanted)}")
    return found


def _repeated(told: Sequence[str]) -> list[str]:
    return [f"Kolumnen ”{name}” står {count} gånger." for name, count in Counter(told).items() if name and count > 1]


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f"”{name}”" for name in names)
