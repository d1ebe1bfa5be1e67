"""Does a line name a person? Proposals for a working group name functions, never persons (source 004, step 12)."""

import re

# Given names that are common among grown-ups in Sweden; a capitalised word must follow, so that "Maria" in "Mariakliniken" is nobody.
_GIVEN_NAMES = """
adam agneta alexander amanda anders andreas anette ann anna anneli annika ann-marie anton arne axel barbro bengt berit birgitta björn bo
britt britta camilla carina carl caroline cecilia charlotte christer christian christina claes dan daniel david ebba elin elisabeth ellen
elsa emelie emil emma eric erik eva filip fredrik gabriella gerd göran gun gunilla gunnar gustav hanna hans helen helena henrik håkan
inga inger ingrid irene isabelle jakob jan jenny jens jessica joakim joel johan johanna johannes john jonas josefin julia jörgen karin karl
katarina kenneth kent kerstin kjell klas kristina kurt lars leif lena linda linnéa lisa lisbeth louise magnus maja malin margareta maria
marianne marie martin mathias matilda mats mattias mikael mohamed mona monica niklas nils ola olle olof oscar oskar patrik per peter petra
pia pär rasmus rebecca robert roger roland rolf sandra sara sebastian siv sofia sofie stefan sten stig susanne sven therese thomas tobias
tomas tommy torbjörn ulf ulla ulrika viktor viktoria wilhelm william yvonne åke åsa örjan
"""
_CAPITALISED = r"[A-ZÅÄÖÉ][a-zåäöéü]+"
_FULL_NAME = re.compile(
    rf"\b({_CAPITALISED}(?:-{_CAPITALISED})?) (?:{_CAPITALISED} |[A-ZÅÄÖ]\.? )?(?:(?:von|af|de) )?({_CAPITALISED}(?:-{_CAPITALISED})?)\b ?(\w*)"
)
_TURNED = re.compile(rf"\b{_CAPITALISED}, ({_CAPITALISED})\b")
_PATRONYMIC = re.compile(r"\b[A-ZÅÄÖ][a-zåäö]{2,}sson\b")
# "Astrid Lindgrens barnsjukhus" and "Maria Ungdomsmottagning" are places.
_PLACE = re.compile(r"sjukhus|stiftelse|fond|mottagning|central|klinik|hem$", re.IGNORECASE)
_ADDRESS = re.compile(r"\b[\w.+-]+@[\w-]+\.\w+")
_KNOWN = frozenset(_GIVEN_NAMES.split())


def names_person(line: str) -> bool:
    """True for a given name followed by a surname, "Surname, Given", a surname in -sson, or an e-mail address."""
    given = [found[1] for found in _FULL_NAME.finditer(line) if not (_PLACE.search(found[2]) or _PLACE.search(found[3]))]
    given += [found[1] for found in _TURNED.finditer(line)]
    known = any(name.casefold() in _KNOWN or name.split("-")[0].casefold() in _KNOWN for name in given)
    return known or bool(_PATRONYMIC.search(line) or _ADDRESS.search(line))
