"""`python -m bench [--quick] [PART …]`"""

import argparse
import signal
import sys

from bench import lists, reading, steps
from bench.database import own_database, server_version
from bench.report import Report

PARTS = {"steps": steps.measure, "reading": reading.measure, "lists": lists.measure}


def main() -> int:
    """Exit code 1 when a demand is not met."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; all unless said")
    parser.add_argument("--quick", action="store_true", help="a tenth of the time and of the data: to try a change, not to quote")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - PARTS.keys():
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    report = Report()
    with own_database():
        report.machine(server_version())
        for name in asked.parts or PARTS:
            PARTS[name](report, scale=0.1 if asked.quick else 1)
    print("\nDemands not met:\n  " + "\n  ".join(report.failed) if report.failed else "\nEvery demand is met.")
    return 1 if report.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
