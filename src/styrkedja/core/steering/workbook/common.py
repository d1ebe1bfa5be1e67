"""Columns that several sheets have."""

from styrkedja.core.steering.workbook.columns import Column, Holds

KEY = Column("Nyckel", "key", Holds.KEY, is_required=True, note="Små bokstäver a–z, siffror och bindestreck. Ändras aldrig.", width=24)
TITLE = Column("Rubrik", "title", is_required=True, width=44)
OWN_TITLE = Column("Rubrik", "title", note="Behöver inte fyllas i.", width=30)
TEXT = Column("Beskrivning", "text", width=60)
BODY = Column(
    "Ansvarigt organ", "accountable_body", Holds.BODY, note="Organets nyckel, eller dess namn när bara ett organ heter så.", width=30
)
SEAT = Column(
    "Ansvarig funktion",
    "accountable_seat",
    Holds.SEAT,
    note="Funktionens benämning eller kod i det ansvariga organet, eller ”benämning, organ”. Aldrig en person.",
    width=40,
)
POSITION = Column("Ordning", "position", Holds.WHOLE_NUMBER, least=0, width=10)
RESOURCES = Column("Resurser", "resources", note="Vad som har avsatts i tid och pengar.", width=40)


def reference(name: str, field: str, to: str, *, is_required: bool = False, note: str = "") -> Column:
    return Column(name, field, Holds.REFERENCE, is_required=is_required, to=to, note=note, width=24)


def references(name: str, field: str, to: str) -> Column:
    return Column(name, field, Holds.REFERENCES, to=to, note="Nycklar med semikolon emellan.", width=30)


def day(name: str, field: str, *, is_required: bool = False) -> Column:
    return Column(name, field, Holds.DAY, is_required=is_required, width=14)


def last_day(name: str, field: str) -> Column:
    return Column(name, field, Holds.LAST_DAY, note="Den sista dagen räknas med.", width=16)


def amount(name: str, field: str, *, is_required: bool = False, least: int | None = None) -> Column:
    return Column(f"{name} (kr)", field, Holds.AMOUNT, is_required=is_required, least=least, note="Ett tal i kronor, inte text.", width=18)


def choice(name: str, field: str, choices: dict[str, str], *, is_required: bool = False, may_be_empty: bool = False) -> Column:
    return Column(name, field, Holds.CHOICE, is_required=is_required, choices=choices, has_default=not may_be_empty, width=24)


def yes_no(name: str, field: str) -> Column:
    return Column(name, field, Holds.YES_NO, choices={"ja": "", "nej": ""}, width=12)
