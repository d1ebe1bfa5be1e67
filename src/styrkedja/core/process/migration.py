"""Moves a running case to a revised version of its routine: what has been done is played again under the new version.

A step is the same step as long as its id is the same, and for a step that many do, the same item. What was done is kept when its step is
open in the new version and everything that the new version wants to keep of it can be had from what was answered. Whatever was done too
early for the new version is tried again when more has been kept, so that nothing is lost merely because the order has changed. What is not
kept is either removed (the new version does not ask for it where the case stands) or to be redone (the case will come to it).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from styrkedja.core.process.answers import Lost, carried
from styrkedja.core.process.engine import Completion, EngineFault, Execution, Program, Token, Value, replay
from styrkedja.core.process.model import Node, Routine
from styrkedja.core.process.wording import listed, quoted
from styrkedja.core.sentences import Sentence


@dataclass(frozen=True)
class Done:
    """One step or wait that has been done. `key`, `values` as the old version had them, `data` all that was answered, `sequence` its place
    in the history of the case."""

    key: str
    node_id: str
    item: str = ""
    outcome: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    values: Mapping[str, Value] = field(default_factory=dict)
    is_wait: bool = False
    sequence: int = 0


@dataclass(frozen=True)
class Kept:
    """What was done counts in the new version too, as `completion`."""

    done: Done
    completion: Completion


@dataclass(frozen=True)
class Dropped:
    """What was done does not count in the new version; `reason` is Swedish."""

    done: Done
    reason: str


@dataclass(frozen=True)
class Plan:
    """What a move would do. With an `obstacle` (Swedish) the case cannot be moved and the rest is empty.

    `open` are the steps where the case stands after the move; `ended` is the end event when it stands nowhere. `kept` is in the order in which
    the new version plays it, which may differ from that of the history.
    """

    obstacle: str = ""
    open: tuple[Token, ...] = ()
    ended: str | None = None
    kept: tuple[Kept, ...] = ()
    removed: tuple[Dropped, ...] = ()
    redo: tuple[Dropped, ...] = ()

    @property
    def completions(self) -> list[Completion]:
        return [kept.completion for kept in self.kept]


def plan(new: Program, givens: Mapping[str, Value], done: Sequence[Done]) -> Plan:
    """What becomes of a case that was opened with `givens` and has `done` behind it, oldest first, under the version `new`."""
    obstacle = _lacking(new.routine, givens)
    if obstacle:
        return Plan(obstacle)
    try:
        player = _Player(new, givens, done)
    except EngineFault as fault:
        return Plan(fault.reason)
    left = player.play()
    judge = _Judge(new.routine, player)
    return Plan(
        open=player.tokens,
        ended=player.execution.ended,
        kept=tuple(Kept(done[place], completion) for place, completion in player.kept.items()),
        removed=tuple(Dropped(done[place], judge.reason(place)) for place in left if not judge.comes_again(place)),
        redo=tuple(Dropped(done[place], judge.reason(place)) for place in left if judge.comes_again(place)),
    )


def _lacking(routine: Routine, givens: Mapping[str, Value]) -> str:
    """Why the case cannot be opened in the version, "" if it can."""
    missing = [given.name or given.variable for given in routine.givens.values() if given.variable not in givens]
    if missing:
        return Sentence(
            "Version %(version)s behöver uppgifter som inte lämnades när ärendet öppnades: %(names)s.",
            version=routine.version,
            names=listed(missing),
        )
    for given in routine.givens.values():
        if given.options and givens[given.variable] not in {option.value for option in given.options}:
            return Sentence(
                "Svaret på %(name)s när ärendet öppnades är inget val i version %(version)s.",
                name=quoted(given.name or given.variable),
                version=routine.version,
            )
    return ""


class _Player:
    """Plays what was done under the new version and keeps what it can. What was done is known by its place in the list.

    `kept` is in the order of playing; `lost` says why an answer was of no use although its step was open.
    """

    def __init__(self, program: Program, givens: Mapping[str, Value], done: Sequence[Done]) -> None:
        self.program = program
        self._version = program.routine.version
        self.givens = givens
        self.done = done
        self.execution = Execution.start(program, givens)
        self.tokens = self.execution.tokens()
        self.kept: dict[int, Completion] = {}
        self.lost: dict[int, str] = {}
        self._faulty: set[int] = set()

    def play(self) -> list[int]:
        """What could not be kept, oldest first."""
        waiting: list[int] = []
        for place in range(len(self.done)):
            if self._keep(place):
                self._keep_earlier(waiting)
            else:
                waiting.append(place)
        return waiting

    def _keep_earlier(self, waiting: list[int]) -> None:
        """What was done earlier than the new version has it may be open by now, and may in its turn open more."""
        while (place := next((place for place in waiting if self._keep(place)), None)) is not None:
            waiting.remove(place)

    def _keep(self, place: int) -> bool:
        one = self.done[place]
        token = self._open_for(one)
        if token is None or place in self._faulty:
            return False
        try:
            completion = Completion(token.key, carried(self._node(token), one.outcome, one.data, one.values, self._version))
            self.execution.complete(completion.key, completion.values)
        except Lost as lost:
            self.lost[place] = lost.reason
            return False
        except EngineFault as fault:
            self._undo(place, fault)
            return False
        self.kept[place] = completion
        self.tokens = self.execution.tokens()
        return True

    def _undo(self, place: int, fault: EngineFault) -> None:
        """An execution that has failed must be thrown away; what was kept before is played again."""
        self.lost[place] = fault.reason
        self._faulty.add(place)
        self.execution = replay(self.program, self.givens, self.kept.values())
        self.tokens = self.execution.tokens()

    def _open_for(self, one: Done) -> Token | None:
        """The open token of the same step, item and sort; of several equal items the same place in the list, else the first."""
        same = [token for token in self.tokens if (token.node_id, token.item) == (one.node_id, one.item)]
        same = [token for token in same if (self._node(token).wait is not None) == one.is_wait]
        return next((token for token in same if token.key == one.key), same[0] if same else None)

    def _node(self, token: Token) -> Node:
        return self.program.routine.nodes[token.node_id]


class _Judge:
    """Says of what was not kept whether the case will come to it again, and why it was not kept."""

    def __init__(self, routine: Routine, player: _Player) -> None:
        self._routine = routine
        self._version = routine.version
        self._done = player.done
        self._kept = player.kept
        self._lost = player.lost
        self._open = player.tokens
        self._ahead = {token.node_id: _reachable(routine, token.node_id) for token in player.tokens}

    def comes_again(self, place: int) -> bool:
        return not self._not_asked_for(place)

    def reason(self, place: int) -> str:
        return self._not_asked_for(place) or self._why_again(place)

    def _not_asked_for(self, place: int) -> str:
        """Why the new version does not ask for it where the case stands, "" if it does."""
        one = self._done[place]
        node = self._routine.nodes.get(one.node_id)
        if node is None or (node.wait if one.is_wait else node.step) is None:
            return Sentence("Steget finns inte i version %(version)s.", version=self._version)
        if any(later > place and self._same(one, self._done[later]) for later in self._kept):
            return Sentence("En senare omgång av steget gäller i version %(version)s.", version=self._version)
        if self._left_the_list(one):
            return Sentence("Parten ingår inte bland dem som gör steget i version %(version)s.", version=self._version)
        if not any(one.node_id in ahead for ahead in self._ahead.values()):
            return Sentence("Ärendet går förbi steget i version %(version)s.", version=self._version)
        return ""

    def _why_again(self, place: int) -> str:
        one = self._done[place]
        if place in self._lost:
            return self._lost[place]
        step = self._routine.nodes[one.node_id].step
        if step is not None and step.each and not one.item:
            return Sentence("Steget görs av flera parter, var för sig, i version %(version)s.", version=self._version)
        if step is not None and one.item and not step.each:
            return Sentence("Steget görs gemensamt i version %(version)s.", version=self._version)
        before = self._before(one)
        if len(before) == 1:
            return Sentence("I version %(version)s ska först steget %(step)s göras.", version=self._version, step=listed(before))
        return Sentence("I version %(version)s ska först stegen %(steps)s göras.", version=self._version, steps=listed(before))

    def _before(self, one: Done) -> list[str]:
        """The open steps that lie before the step."""
        nodes = [self._routine.nodes[node_id] for node_id, ahead in self._ahead.items() if one.node_id in ahead]
        return [f"{node.number} {node.name}".strip() for node in nodes]

    def _left_the_list(self, one: Done) -> bool:
        """Others do, or have done, the step that this item did, but not this item."""
        if not one.item:
            return False
        doing = {token.item for token in self._open if token.node_id == one.node_id}
        doing |= {self._done[place].item for place in self._kept if self._done[place].node_id == one.node_id}
        return bool(doing - {""}) and one.item not in doing

    @staticmethod
    def _same(one: Done, other: Done) -> bool:
        return (one.node_id, one.item) == (other.node_id, other.item)


def _reachable(routine: Routine, start: str) -> Collection[str]:
    """The node and every node that a token on it may come to, whatever is chosen on the way."""
    found, ahead = {start}, [start]
    while ahead:
        for flow in routine.nodes[ahead.pop()].outgoing:
            target = routine.flows[flow].target
            if target not in found:
                found.add(target)
                ahead.append(target)
    return found
