"""Something to do while a database works: the next answer is asked for while the last one is taken care of."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
_END = object()


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The items in their order, one of them on its way in a thread of its own. What making one raises is raised when it is due."""
    waiting = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming: Future[object] = pool.submit(next, waiting, _END)
        while (item := coming.result()) is not _END:
            coming = pool.submit(next, waiting, _END)
            yield item  # type: ignore[misc]  # what is not the end is an item


def begun(work: Callable[[], Answer]) -> Callable[[], Answer]:
    """Done in a thread of its own from now on. Calling what comes back waits for the answer, or raises what was raised."""
    pool = ThreadPoolExecutor(1)
    coming = pool.submit(work)
    pool.shutdown(wait=False)
    return coming.result


def in_order(work: Callable[[Item], Answer], items: Iterable[Item], threads: int) -> Iterator[Answer]:
    """The answers in the order of the items, as many on their way as there are threads: no more than that is held."""
    if threads < 2:
        yield from map(work, items)
        return
    coming: deque[Future[Answer]] = deque()
    with ThreadPoolExecutor(threads) as pool:
        for item in items:
            coming.append(pool.submit(work, item))
            if len(coming) > threads:
                yield coming.popleft().result()
        while coming:
            yield coming.popleft().result()


def together(work: Callable[[Item], Answer], items: Sequence[Item], threads: int) -> list[Answer]:
    """The answer for each item, several at a time: for work that lets other threads run (reading files, sums over arrays)."""
    if threads < 2 or len(items) < 2:
        return [work(item) for item in items]
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(work, items))
