"""Files that are there as a whole or not at all."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4

# Seconds after which what lies beside a file was left there by a process that was killed.
_LEFT = 24 * 60 * 60


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A path beside `path` to write to, which takes its place when the block ends well and is gone when it does not. What others who were killed have
    left beside it is taken away.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.{uuid4().hex[:8]}")
    try:
        yield beside
        _take_away_left(path, beside.stat().st_mtime - _LEFT)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _take_away_left(path: Path, before: float) -> None:
    for left in path.parent.glob(f".{path.name}.*"):
        with suppress(FileNotFoundError):
            if left.stat().st_mtime < before:
                left.unlink()


def write_text_whole(path: Path, text: str) -> None:
    with whole(path) as beside:
        beside.write_text(text, encoding="utf-8")
