"""A routine is published by version and never changes afterwards."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from styrkedja.accounts.models import User
from styrkedja.core.process.check import check
from styrkedja.core.process.model import Finding, KindSignature
from styrkedja.core.process.reader import read
from styrkedja.ledger.services import append
from styrkedja.organisations.models import County
from styrkedja.organisations.selectors import county_signature
from styrkedja.workflows.limits import limits
from styrkedja.workflows.models import ProcessDefinition


class RoutineRefused(Exception):
    """The routine has faults, or differs from a version already published under the same number."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


@transaction.atomic
def publish_definition(
    *, actor: User | None, county: County, source: bytes, kinds: dict[str, KindSignature], at: datetime
) -> tuple[ProcessDefinition, bool]:
    """Publishes `source` for `county`; answers the version and whether it is new. The same bytes again change nothing. Raises RoutineRefused."""
    sha256 = hashlib.sha256(source).hexdigest()
    published = ProcessDefinition.objects.filter(county=county, sha256=sha256).first()
    if published is not None:
        return published, False
    findings = check(source, kinds=kinds, county=county_signature(county), limits=limits())
    if findings:
        raise RoutineRefused(findings)
    routine = read(source, max_bytes=settings.MAX_ROUTINE_BYTES, max_nodes=settings.MAX_ROUTINE_NODES).routine
    assert routine is not None
    earlier = ProcessDefinition.objects.filter(county=county, key=routine.key, version=int(routine.version)).first()
    if earlier is not None:
        raise RoutineRefused((_same_number(routine.version),))
    definition = ProcessDefinition.objects.create(
        county=county,
        key=routine.key,
        name=routine.name,
        version=int(routine.version),
        source=source.decode(),
        sha256=sha256,
        decided_by=routine.decided_by,
        decided_on=routine.decided_on,
        revised_on=routine.revised_on,
        valid_from=routine.valid_from,
        published_at=at,
        published_by=actor,
    )
    payload = {"routine": routine.key, "version": routine.version, "sha256": sha256}
    append(actor=actor, act="routine.published", object_type="definition", object_id=str(definition.pk), payload=payload, at=at)
    return definition, True


def _same_number(version: str) -> Finding:
    message = f"Version {version} är redan publicerad med annat innehåll. En publicerad version ändras inte; ge den reviderade rutinen nästa versionsnummer."
    return Finding("version-published", 1, "s:routine", message)
