"""The demonstration's reviews and answers: a county's steering/audits.toml, by the real services."""

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from styrkedja.audits import services
from styrkedja.audits.models import AuditRecommendation, AuditResponse, AuditReview, ProgressReport
from styrkedja.core.indicators.months import Month
from styrkedja.core.sheets.relative import absolute
from styrkedja.organisations.models import Seat
from styrkedja.organisations.selectors import bodies_by_key, seats_of
from styrkedja.steering.models import KINDS, Goal
from styrkedja.ui.clock import day

Values = dict[str, Any]
_NESTED = {"recommendation", "response", "answer", "promise", "follow_up"}


@transaction.atomic
def load_audits(file: Path, *, at: datetime) -> str:
    """Registers what the file holds, with days told from today. A review whose key is there is left as it is."""
    loading = _Loading(at)
    whole = tomllib.loads(file.read_text(encoding="utf-8"))
    rows = whole["review"]
    known = set(AuditReview.objects.filter(key__in=[row["key"] for row in rows]).values_list("key", flat=True))
    for row in rows:
        if row["key"] not in known:
            loading.review(row)
    for row in whole.get("report", []):
        if not ProgressReport.objects.filter(key=row["key"]).exists():
            loading.report(row)
    return f"Granskningar: {len(rows) - len(known)} nya, {len(known)} fanns."


class _Loading:
    def __init__(self, at: datetime) -> None:
        self.at = at
        self.on = day(at)

    def review(self, row: Values) -> None:
        values = self._plain(row) | {"addressed": self._bodies(row.get("addressed", []))}
        body = self._bodies([values.pop("body")])[0]
        review = services.register_review(actor=None, at=self.at, accountable_body=body, **values)
        by_number = {one["number"]: self._recommendation(review, one) for one in row["recommendation"]}
        for response in row.get("response", []):
            self._response(review, response, by_number)

    def report(self, row: Values) -> None:
        """A report on whole months (`first_month` to `last_month`, told from today) and on every goal of the plans in `plans`."""
        first, last = (str(absolute(row[name], self.on)) for name in ("first_month", "last_month"))
        goals = list(Goal.objects.filter(document__key__in=row["plans"]).order_by("key"))
        period = {"starts_on": Month.parse(first).first_day, "ends_on": Month.parse(last).last_day}
        values = {name: value for name, value in self._plain(row).items() if name in {"key", "cycle", "due_on", "row_count"}}
        body = self._bodies([row["body"]])[0]
        made = services.plan_report(actor=None, at=self.at, accountable_body=body, goals=goals, **period, **values)
        said = self._plain(row)
        if "handed_in_on" in said:
            told = {name: said[name] for name in ("handed_in_on", "analysis", "proposal")}
            made = services.hand_in_report(actor=None, report=made, version=None, at=self.at, **told)
        if "approved_on" in said:
            decided = {"approved_on": said["approved_on"], "paragraph": said["paragraph"]}
            services.approve_report(actor=None, report=made, version=None, at=self.at, **decided)

    def _recommendation(self, review: AuditReview, row: Values) -> AuditRecommendation:
        values = self._plain(row) | {"addressees": self._bodies(row.get("addressees", []))}
        made = services.add_recommendation(actor=None, review=review, at=self.at, **values)
        for one in row.get("follow_up", []):
            services.follow_up(actor=None, recommendation=made, at=self.at, **self._plain(one))
        return made

    def _response(self, review: AuditReview, row: Values, recommendations: Mapping[str, AuditRecommendation]) -> None:
        values = self._plain(row) | {"signatories": [self._seat(position) for position in row["signatories"]]}
        decision = {name: values.pop(name) for name in ("decided_on", "decided_until", "paragraph") if name in values}
        body = self._bodies([values.pop("body")])[0]
        response = services.start_response(actor=None, review=review, body=body, at=self.at, **values)
        for answer in row["answer"]:
            self._answer(response, recommendations[answer["number"]], answer)
        services.decide_response(actor=None, response=response, version=None, at=self.at, **decision)

    def _answer(self, response: AuditResponse, recommendation: AuditRecommendation, row: Values) -> None:
        values = {name: value for name, value in self._plain(row).items() if name != "number"}
        answer = services.answer_recommendation(actor=None, response=response, recommendation=recommendation, at=self.at, **values)
        for promise in row.get("promise", []):
            said = self._plain(promise)
            action = said.pop("action", None)
            seat = self._seat(said.pop("seat")) if "seat" in said else None
            made = services.promise_action(actor=None, answer=answer, at=self.at, accountable_seat=seat, **said)
            if action is not None:
                found = KINDS["action"].objects.get(key=action)
                services.link_promise(actor=None, promise=made, version=None, action=found, at=self.at)

    def _plain(self, row: Values) -> Values:
        """What is a value of its own; the days, which end in `_on` or `_until`, as days."""
        kept = {name: value for name, value in row.items() if name not in _NESTED}
        return {
            name: date.fromisoformat(str(absolute(value, self.on))) if name.endswith(("_on", "_until")) else value
            for name, value in kept.items()
        }

    def _bodies(self, keys: list[str]) -> list[Any]:
        found = bodies_by_key(keys)
        return [found[key] for key in keys]

    def _seat(self, position: str) -> Seat:
        key, function = position.split(":")
        return seats_of(bodies_by_key([key])[key], function=function, on=self.on)[0]
