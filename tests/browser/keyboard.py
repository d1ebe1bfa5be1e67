"""Somebody who works with the keyboard alone: presses keys, and knows of the page what has the focus and what it says."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from playwright.sync_api import Page

from styrkedja.ui import clock

Answers = Mapping[str, str | list[str]]
OPTIONAL = "(frivilligt)"
# More stops than any page has: then the wanted thing cannot be reached.
MOST_STOPS = 400
# How browsers order a date: English (US), Swedish, British.
ORDERS = ("mdy", "ymd", "dmy")

_FOCUSED = """() => {
  const it = document.activeElement;
  const words = element => (element?.textContent ?? "").replace(/\\s+/g, " ").trim();
  const label = it.labels?.length ? [...it.labels].map(words).join(" ") : it.getAttribute("aria-label") || words(it);
  return {
    kind: it.tagName === "INPUT" ? it.type : it.tagName.toLowerCase(),
    id: it.id || it.getAttribute("href") || "",
    label,
    group: words(it.closest("fieldset")?.querySelector("legend")),
    row: words(it.closest("tr")),
    value: it.tagName === "SELECT" ? words(it.selectedOptions[0]) : it.value ?? "",
    line: it.selectedIndex ?? -1,
  };
}"""


@dataclass(frozen=True)
class Focus:
    """What has the focus: `label` is its name, `group` the legend that it stands under, `row` the words of its table row.

    `value` is what is filled in, of a drop-down list the words of its chosen `line`.
    """

    kind: str
    id: str
    label: str
    group: str
    row: str
    value: str
    line: int

    @property
    def question(self) -> str:
        """What is asked: radio buttons and boxes stand under one legend."""
        return self.group if self.kind in {"radio", "checkbox"} else self.label

    @property
    def must_be_answered(self) -> bool:
        """As the page says it. A cell of a table must be only if its row is used."""
        return OPTIONAL not in self.question and not self.label.startswith("Rad ")


class Keyboard:
    """The keys, in front of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def focus(self) -> Focus:
        return Focus(**self.page.evaluate(_FOCUSED))

    def press(self, key: str) -> Focus:
        self.page.keyboard.press(key)
        return self.focus

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def tab_to(self, wanted: Callable[[Focus], bool], name: str) -> Focus:
        """Presses Tab until something wanted has the focus."""
        for _stop in range(MOST_STOPS):
            if wanted(focus := self.press("Tab")):
                return focus
        raise AssertionError(f"{name} cannot be reached with Tab on {self.page.url}")

    def follow(self, wanted: Callable[[Focus], bool], name: str) -> None:
        """Goes to a link or a button with Tab and presses Enter; ready when the next page has come."""
        self.tab_to(wanted, name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def skip_to_content(self) -> None:
        """The first stop of every page leads past the menu."""
        assert self.press("Tab").label == "Hoppa till innehållet"
        self.page.keyboard.press("Enter")

    def fill_in(self, answers: Answers, *, submit: str) -> None:
        """Goes through a form field by field and sends it. `answers` by label or legend; what is required and not answered gets a word."""
        self.skip_to_content()
        left, seen = dict(answers), set[str]()
        for _stop in range(MOST_STOPS):
            focus = self.press("Tab")
            if focus.kind == "button" and focus.label == submit:
                break
            # A date has a stop for each of its parts; a group of radio buttons is one question.
            stop = focus.question if focus.kind == "radio" else focus.id
            if stop and stop not in seen:
                seen.add(stop)
                self._answer(focus, left)
        assert left == {}, f"{self.page.url} has no field {', '.join(left)}"
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def _answer(self, focus: Focus, left: dict[str, str | list[str]]) -> None:
        known = next((name for name in left if focus.question in (name, f"{name} {OPTIONAL}")), None)
        if focus.kind == "checkbox":
            self._tick(focus, known, left)
            return
        answer = str(left.pop(known)) if known else ""
        if answer or (focus.must_be_answered and not focus.value) or focus.kind == "radio":
            _WAYS.get(focus.kind, Keyboard._pass_by)(self, focus, answer)

    def _tick(self, focus: Focus, known: str | None, left: dict[str, str | list[str]]) -> None:
        """One box of several: the answer is the list of those to be ticked, and is used up box by box."""
        wanted = left[known] if known else []
        if known and isinstance(wanted, list) and focus.label in wanted:
            self.page.keyboard.press("Space")
            left[known] = rest = [label for label in wanted if label != focus.label]
            if not rest:
                del left[known]

    def _write(self, focus: Focus, answer: str) -> None:
        if focus.value:
            self.page.keyboard.press("ControlOrMeta+A")
        self.type(answer or f"{focus.label}, skrivet med tangentbordet.")

    def _date(self, focus: Focus, answer: str) -> None:
        """Year, month and day are stops of the browser's own field, in the order of the browser's language: one sees which and types accordingly."""
        wanted = answer or clock.day(clock.now()).isoformat()
        for order in ORDERS:
            self._type_date(dict(zip("ymd", wanted.split("-"), strict=True)), order)
            if self.focus.value == wanted:
                return
        raise AssertionError(f"{focus.label} does not take {wanted}")

    def _type_date(self, parts: Mapping[str, str], order: str) -> None:
        for _part in order:
            self.page.keyboard.press("ArrowLeft")
        for part in order:
            self.type(parts[part])
            # Two digits fill month and day and lead on; a year may have more than four.
            if part == "y":
                self.page.keyboard.press("ArrowRight")

    def _choose(self, focus: Focus, answer: str) -> None:
        """Radio buttons: Space takes the first, an arrow the next; without an answer the first is taken."""
        self.page.keyboard.press("Space")
        while answer and (now := self.focus).label != answer:
            assert self.press("ArrowDown").id != focus.id, f"{focus.group} has no choice {answer}, last {now.label}"

    def _select(self, focus: Focus, answer: str) -> None:
        """The next line of a drop-down list, until it is the wanted one."""
        last = focus
        while (now := self.press("ArrowDown")).line != last.line:
            if now.value == answer or not answer:
                return
            last = now
        raise AssertionError(f"{focus.label} has no line {answer}")

    def _pass_by(self, focus: Focus, answer: str) -> None:
        assert not answer, f"{focus.label} ({focus.kind}) cannot be answered with the keyboard"


_WAYS: Mapping[str, Callable[[Keyboard, Focus, str], None]] = {
    "text": Keyboard._write,
    "password": Keyboard._write,
    "textarea": Keyboard._write,
    "date": Keyboard._date,
    "radio": Keyboard._choose,
    "select": Keyboard._select,
}
