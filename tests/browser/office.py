"""Everybody who takes part in a case, each at a desk of one's own with a keyboard and no mouse."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.keyboard import Answers, Focus, Keyboard
from tests.browser.seeing import axe

SUBMIT = "Slutför"


class Worker:
    """One function in one case. Everything is done by pressing keys. `kinds` are the kinds of step that the office has met so far."""

    def __init__(self, page: Page, username: str, password: str, case: str, kinds: set[str]) -> None:
        self.page, self.keys, self.case, self.kinds = page, Keyboard(page), case, kinds
        self._sign_in(username, password)

    def _sign_in(self, username: str, password: str) -> None:
        self.page.goto("/konto/logga-in/")
        self.keys.fill_in({"Användarnamn": username, "Lösenord": password}, submit="Logga in")

    def opens_the_case(self, answers: Answers) -> None:
        """By the start page's button; the first step follows on it."""
        self.goes_to_the_start_page()
        self.keys.follow(lambda focus: focus.label == "Öppna ärende", "Öppna ärende")
        self.keys.fill_in({"Ärendemening": self.case, **answers}, submit="Öppna ärende")

    def does(self, step: str, answers: Answers | None = None) -> None:
        """Finds the step ("4 Sprid remissen till kommunerna") among one's tasks, takes it and does it."""
        number, _space, name = step.partition(" ")
        self.goes_to_the_start_page()
        self.keys.skip_to_content()
        self.keys.follow(lambda focus: self._is_in_the_row_of(name, focus), f"the task {name}")
        self.finishes(number, answers)

    def finishes(self, number: str, answers: Answers | None = None) -> None:
        """Fills in the step whose page is open, and sends it."""
        self._look_at_a_new_kind()
        self.keys.fill_in(answers or {}, submit=SUBMIT)
        expect(self.page.get_by_role("status").first).to_contain_text(f"Steg {number} är klart.")

    def goes_to_the_start_page(self) -> None:
        self.keys.follow(lambda focus: focus.label == "Mina uppgifter" and focus.kind == "a", "Mina uppgifter")

    def reads_that_the_case_ended(self, how: str) -> None:
        """After the last step one stands on the case's page."""
        expect(self.page.get_by_role("status").first).to_contain_text(f"Ärendet är avslutat: {how}.")

    def _look_at_a_new_kind(self) -> None:
        """Each kind of step has a form of its own: axe looks at it the first time."""
        kind = self.page.locator("#steg").get_by_role("heading").first.inner_text()
        if kind not in self.kinds:
            self.kinds.add(kind)
            axe(self.page)

    def _is_in_the_row_of(self, name: str, focus: Focus) -> bool:
        return focus.kind in {"a", "button"} and focus.label.endswith(name) and self.case in focus.row


class Office:
    """Gives each function a desk when it is first asked for; who has signed in stays signed in."""

    def __init__(self, visit: Callable[..., Page], password: str, case: str) -> None:
        self._visit, self._password, self._case = visit, password, case
        self._workers: dict[str, Worker] = {}
        self.kinds: set[str] = set()

    def __getitem__(self, username: str) -> Worker:
        if username not in self._workers:
            self._workers[username] = Worker(self._visit(), username, self._password, self._case, self.kinds)
        return self._workers[username]
