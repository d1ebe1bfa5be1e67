"""Is a decision within its mandate? One rule for the service that records decisions and for the control that looks at them afterwards (R13).

Source 003.3: "Klargör gränsdragningen mellan politiska beslut och tjänstemannabeslut samt säkerställa att mandat för korrigerande åtgärder är
tydligt". A mandate is a line of a body's rules of procedure (reglemente) or of the delegation rules: who may decide what, up to which amount, when.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from styrkedja.core.sentences import Sentence

ORE = 100  # öre in a krona


class DecisionLevel(StrEnum):
    """A political body decides, or an official on its behalf by delegation."""

    POLITICAL = "POLITICAL"
    ADMINISTRATIVE = "ADMINISTRATIVE"


class Excess(StrEnum):
    """How a decision goes beyond its mandate."""

    HOLDER = "HOLDER"
    SUBJECT = "SUBJECT"
    AMOUNT = "AMOUNT"
    PERIOD = "PERIOD"


class MandateLike(Protocol):
    """What the rule must know of a mandate. Amounts in öre, None: any. The period is half-open as in core.periods, None is open."""

    @property
    def subject(self) -> str: ...
    @property
    def amount_limit(self) -> int | None: ...
    @property
    def valid_from(self) -> date | None: ...
    @property
    def valid_until(self) -> date | None: ...


def covers_subject(mandate_subject: str, subject: str) -> bool:
    """Is `subject` the mandate's own or a part of it? Subjects are paths: "ekonomi" covers "ekonomi.inköp", never "ekonomisk analys"."""
    own, asked = mandate_subject.strip().casefold(), subject.strip().casefold()
    return bool(own) and (asked == own or asked.startswith(f"{own}."))


def excesses(
    mandate: MandateLike, *, subject: str, amount: int | None, on: date, is_holder: bool = True
) -> Iterator[tuple[Excess, Sentence]]:
    """Every way in which a decision on `subject` and `amount` öre (None: no money) on the day `on` goes beyond the mandate, in Swedish.

    `is_holder`: whether who decides is who holds the mandate.
    """
    if not is_holder:
        yield Excess.HOLDER, Sentence("Den som beslutar innehar inte mandatet.")
    if not covers_subject(mandate.subject, subject):
        values = {"subject": subject or "–", "allowed": mandate.subject}
        yield Excess.SUBJECT, Sentence("Beslutet rör ”%(subject)s” men mandatet gäller ”%(allowed)s”.", **values)
    if amount is not None and mandate.amount_limit is not None and abs(amount) > mandate.amount_limit:
        values = {"amount": kronor(abs(amount)), "limit": kronor(mandate.amount_limit)}
        yield Excess.AMOUNT, Sentence("Beloppet %(amount)s är högre än mandatets gräns %(limit)s.", **values)
    yield from _period(mandate, on)


def _period(mandate: MandateLike, on: date) -> Iterator[tuple[Excess, Sentence]]:
    if mandate.valid_from is not None and on < mandate.valid_from:
        yield Excess.PERIOD, Sentence("Mandatet gäller först från %(day)s.", day=mandate.valid_from)
    if mandate.valid_until is not None and on >= mandate.valid_until:
        yield Excess.PERIOD, Sentence("Mandatet upphörde att gälla %(day)s.", day=mandate.valid_until)


def ore(kronor: float) -> int | None:
    """Kronor as they are written, in öre; None for parts of an öre."""
    amount = Decimal(str(kronor)) * ORE
    return int(amount) if amount == int(amount) else None


def kronor(amount: int) -> str:
    """Öre as "1 250 000 kr" or "99,50 kr", with spaces that do not break."""
    sign, (whole, rest) = "\u2212" if amount < 0 else "", divmod(abs(amount), ORE)
    decimals = f",{rest:02}" if rest else ""
    return f"{sign}{whole:,}".replace(",", "\u00a0") + f"{decimals}\u00a0kr"
