"""`python -m bench.indicators.alone ROWS`: seconds of twenty measures, distinct patients and continuity, and the most memory that they took."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from styrkedja.cli.main import django_ready


def main() -> None:
    django_ready()
    from bench.indicators import data
    from bench.indicators.measuring import ENDS, Scene, best, keep_continuity, peak_memory
    from styrkedja.indicators.facts import FactFiles
    from styrkedja.indicators.needs import Wanted

    with TemporaryDirectory(prefix="styrkedja-bench-") as folder:
        data.write_visits(FactFiles(Path(folder)), int(sys.argv[1]))
        scene = Scene(Path(folder))

        def whole(definitions: list[data.Definition]) -> int:
            shop, _passes = scene.engine(memory=4096)
            wanted = [Wanted(one, ENDS) for one in definitions]
            shop.prepare(wanted)
            told = sum(len(one) for one in shop.outcomes_of(wanted, threads=scene.threads))
            shop.close()
            return told

        asked = (lambda: whole(data.additive()), lambda: whole([data.distinct()]), lambda: keep_continuity(scene, memory=4096))
        taken = [best(given, before=scene.forget, times=1) for given in asked]
    print(*taken, peak_memory())


if __name__ == "__main__":
    main()
