"""`python -m bench [--quick | --smoke] [PART …]`"""

import argparse
import signal
import sys
from importlib import import_module

from bench.database import own_database, server_version
from bench.report import Report

PARTS = ("starts", "steps", "lists", "statistics", "routines", "spc", "disclosure", "controls", "indicators")


def main() -> int:
    """Exit code 1 when a demand is not met."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"what to measure: {', '.join(PARTS)}; all unless said")
    parser.add_argument("--quick", action="store_true", help="a tenth of the time and of the data: to try a change, not to quote")
    parser.add_argument("--smoke", action="store_true", help="as quick, each thing once, no demand judged: that it ends and is right")
    asked = parser.parse_args()
    if unknown := set(asked.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    signal.signal(signal.SIGTERM, lambda _number, _frame: sys.exit(143))
    report = Report(is_smoke=asked.smoke)
    with own_database():
        report.machine(server_version())
        for part in asked.parts or PARTS:
            import_module(f"bench.{part}").measure(report, scale=0.1 if asked.quick or asked.smoke else 1)
    report.conclude()
    return 1 if report.failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
