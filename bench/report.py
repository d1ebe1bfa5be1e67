"""What a run prints: the machine, each figure with its reference and ratio, and whether a demand is met."""

import os
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

PACKAGES = ("Django", "psycopg", "SpiffWorkflow", "lxml")


@dataclass
class Report:
    """Prints as it goes; `failed` are the demands that were not met. With `is_smoke` each thing is done once, to see that it ends and is right:
    demands on time are told and not judged.
    """

    failed: list[str] = field(default_factory=list)
    is_smoke: bool = False

    def machine(self, database: str) -> None:
        memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
        print(f"Machine    {_processor()}, {os.cpu_count()} cores, {memory:.0f} GB; load {os.getloadavg()[0]:.1f} at the start")
        packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
        print(f"Versions   Python {platform.python_version()}, PostgreSQL {database}, {packages}")

    def title(self, text: str) -> None:
        print(f"\n{text}")

    def line(self, name: str, value: str) -> None:
        print(f"  {name:<58} {value}")
        sys.stdout.flush()

    def demand(self, name: str, value: float, limit: float, *, unit: str = "", at_least: bool = False) -> None:
        """One figure that has a limit: at most `limit`, or at least."""
        met = value >= limit if at_least else value <= limit
        wanted = f"{'at least' if at_least else 'at most'} {limit:g}{unit}"
        self.line(name, f"{value:.2f}{unit} ({wanted}{'' if self.is_smoke else ': yes' if met else ': NO'})")
        if not met and not self.is_smoke:
            self.failed.append(f"{name}: {value:.2f}{unit}, {wanted}")

    def conclude(self) -> None:
        if self.is_smoke:
            print("\nEverything ended and was right. No demand was judged.")
            return
        print("\nEvery demand is met." if not self.failed else "\nNot met:\n  " + "\n  ".join(self.failed))


def ms(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def spread(seconds: Sequence[float]) -> str:
    """Median and the value that 95 of 100 stay under."""
    return f"median {ms(median(seconds))}, p95 {ms(p95(seconds))}"


def p95(values: Sequence[float]) -> float:
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def _processor() -> str:
    """The processor's name where the system tells it."""
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
