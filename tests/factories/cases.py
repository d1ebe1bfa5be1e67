import hashlib
from datetime import UTC, datetime
from uuid import uuid4

from django.core.files.base import ContentFile

from styrkedja.accounts.models import User
from styrkedja.cases.models import Case, RegistrySeries, StoredFile
from styrkedja.cases.services import open_case, store_file
from styrkedja.organisations.models import County
from styrkedja.workflows.models import ProcessDefinition
from tests.factories.accounts import MADE_AT
from tests.factories.counties import body

AT = datetime(2026, 9, 16, 8, 30, tzinfo=UTC)

# One step, done by the region's registrar or coordinator; the person who opens the case says how urgent it is.
ROUTINE = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:s="urn:styrkedja:bpmn:1"
    id="definitions" targetNamespace="urn:styrkedja:bpmn:1">
  <bpmn:collaboration id="collaboration"><bpmn:participant id="participant" name="Prövning" processRef="provning"/></bpmn:collaboration>
  <bpmn:process id="provning" name="Prövning" isExecutable="true">
    <bpmn:extensionElements>
      <s:routine version="1" decidedOn="2026-01-01" validFrom="2026-01-01" decidedBy="Länsledningen" county="{county}"/>
      <s:phase id="only" number="1" name="Handläggning"/>
      <s:colour id="region" name="Region" fill="#dbeafe" stroke="#1e40af"/>
      <s:role id="registrar" name="Registrator" colour="region" function="REGISTRAR COORDINATOR" body="key:region-{county}"/>
      <s:given variable="urgent" type="yesno" name="Är det brådskande?"/>
    </bpmn:extensionElements>
    <bpmn:laneSet id="lanes"><bpmn:lane id="lane" name="Registrator">
      <bpmn:flowNodeRef>start</bpmn:flowNodeRef><bpmn:flowNodeRef>register</bpmn:flowNodeRef><bpmn:flowNodeRef>done</bpmn:flowNodeRef>
    </bpmn:lane></bpmn:laneSet>
    <bpmn:startEvent id="start" name="Kommer in" s:phase="only"><bpmn:outgoing>to_register</bpmn:outgoing></bpmn:startEvent>
    <bpmn:userTask id="register" name="Diarieför" s:phase="only">
      <bpmn:documentation>Handlingen diarieförs.</bpmn:documentation>
      <bpmn:extensionElements><s:step number="1" kind="register" role="registrar"/></bpmn:extensionElements>
      <bpmn:incoming>to_register</bpmn:incoming><bpmn:outgoing>to_done</bpmn:outgoing>
    </bpmn:userTask>
    <bpmn:endEvent id="done" name="Klart" s:phase="only"><bpmn:incoming>to_done</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="to_register" sourceRef="start" targetRef="register"/>
    <bpmn:sequenceFlow id="to_done" sourceRef="register" targetRef="done"/>
  </bpmn:process>
</bpmn:definitions>
"""


def make_definition(county: County) -> ProcessDefinition:
    """A published routine of one step in `county`."""
    source = ROUTINE.format(county=county.key)
    sha256 = hashlib.sha256(source.encode()).hexdigest()
    return ProcessDefinition.objects.create(
        county=county, key="provning", name="Prövning", version=1, source=source, sha256=sha256, published_at=MADE_AT
    )


def make_series(county: County, key: str = "RVN", *, format: str = "{series}/{number}/{year}", role: str = "region") -> RegistrySeries:
    return RegistrySeries.objects.create(county=county, authority=body(county, role), key=key, name=f"Diarium {key}", format=format)


def make_case(
    actor: User, county: County, *, subject: str = "Nationellt vårdprogram för stroke", public_subject: str = "", at: datetime = AT
) -> Case:
    """A case on the first step of the county's routine, opened by `actor`, who must be registrar or coordinator."""
    definition = ProcessDefinition.objects.filter(county=county).first() or make_definition(county)
    return open_case(
        actor=actor,
        county=county,
        definition=definition,
        subject=subject,
        public_subject=public_subject,
        givens={"urgent": False},
        at=at,
        idempotency_key=uuid4(),
    )


def make_file(actor: User, *, name: str = "Remiss.pdf", content: bytes = b"%PDF-1.7 innehall", at: datetime = AT) -> StoredFile:
    return store_file(actor=actor, upload=ContentFile(content, name=name), at=at)
