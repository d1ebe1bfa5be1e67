"""What of BPMN a routine may use, and what the words of BPMN are called in Swedish.

`CHILDREN` and `ATTRIBUTES` are whitelists: an element or attribute that is not in them is refused, so nothing in a file is silently without effect.
"""

from collections.abc import Mapping

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
BPMNDI = "http://www.omg.org/spec/BPMN/20100524/DI"
XSI = "http://www.w3.org/2001/XMLSchema-instance"

NAMES: Mapping[str, str] = {
    "adHocSubProcess": "ad hoc-delprocess",
    "association": "koppling",
    "boundaryEvent": "kanthändelse",
    "businessRuleTask": "regeluppgift",
    "callActivity": "anrop av annan process",
    "callChoreography": "anrop av koreografi",
    "cancelEventDefinition": "avbrott",
    "choreographyTask": "koreografiuppgift",
    "collaboration": "samarbete",
    "compensateEventDefinition": "kompensation",
    "complexGateway": "komplex grind",
    "conditionalEventDefinition": "villkorshändelse",
    "conditionExpression": "villkor",
    "dataObject": "dataobjekt",
    "dataObjectReference": "dataobjekt",
    "dataStoreReference": "datalager",
    "documentation": "beskrivning",
    "endEvent": "sluthändelse",
    "error": "fel",
    "errorEventDefinition": "felhändelse",
    "escalationEventDefinition": "eskalering",
    "eventBasedGateway": "händelsestyrd grind",
    "exclusiveGateway": "vägval",
    "extensionElements": "tillägg",
    "flowNodeRef": "hänvisning till nod",
    "implicitThrowEvent": "underförstådd händelse",
    "inclusiveGateway": "inkluderande grind",
    "incoming": "inkommande flöde",
    "intermediateCatchEvent": "väntan",
    "intermediateThrowEvent": "utgående mellanhändelse",
    "lane": "bana",
    "laneSet": "banuppsättning",
    "linkEventDefinition": "länkhändelse",
    "loopCardinality": "fast antal upprepningar",
    "manualTask": "manuell uppgift",
    "message": "meddelande",
    "messageEventDefinition": "meddelandehändelse",
    "messageFlow": "meddelandeflöde",
    "multiInstanceLoopCharacteristics": "flerinstans",
    "outgoing": "utgående flöde",
    "parallelGateway": "parallell grind",
    "participant": "deltagare",
    "process": "process",
    "property": "egenskap",
    "receiveTask": "mottagande uppgift",
    "scriptTask": "skriptuppgift",
    "sendTask": "sändande uppgift",
    "sequenceFlow": "flöde",
    "serviceTask": "tjänsteuppgift",
    "signal": "signal",
    "signalEventDefinition": "signalhändelse",
    "standardLoopCharacteristics": "upprepning",
    "startEvent": "starthändelse",
    "subChoreography": "delkoreografi",
    "subProcess": "delprocess",
    "task": "uppgift utan typ",
    "terminateEventDefinition": "omedelbart avslut",
    "textAnnotation": "anteckning",
    "timeCycle": "återkommande tid",
    "timeDate": "datum",
    "timeDuration": "tidsrymd",
    "timerEventDefinition": "tidshändelse",
    "transaction": "transaktion",
    "userTask": "steg",
}

ADVICE: Mapping[str, str] = {
    "adHocSubProcess": "Skriv stegen direkt i processen.",
    "boundaryEvent": "Låt ett utfall av steget leda vidare i stället.",
    "businessRuleTask": "Låt en funktion göra bedömningen i ett steg (userTask).",
    "callActivity": "Skriv stegen direkt i processen.",
    "complexGateway": "Använd vägval (exclusiveGateway) eller parallell grind (parallelGateway).",
    "eventBasedGateway": "Använd en väntan med tidshändelse, eller ett steg med utfall och ett vägval.",
    "inclusiveGateway": "Skriv den som parallell grind med ett vägval i varje gren.",
    "manualTask": "Skriv det som ett steg (userTask) med s:step.",
    "receiveTask": "Skriv det som ett steg (userTask) av slaget await.",
    "scriptTask": "En rutin får inte innehålla kod. Skriv det som ett steg (userTask).",
    "sendTask": "Skriv det som ett steg (userTask) av slaget forward eller submit.",
    "serviceTask": "En rutin får inte anropa andra system. Skriv det som ett steg (userTask).",
    "standardLoopCharacteristics": "Rita slingan med ett vägval.",
    "subProcess": "Skriv stegen direkt i processen; faser anges med s:phase.",
    "task": "Skriv det som ett steg (userTask) med s:step.",
    "terminateEventDefinition": "Ett slut nås när allt annat är klart. Samla grenarna före slutet.",
    "timeCycle": "En väntan slutar på ett datum (timeDate).",
    "timeDuration": "En väntan slutar på ett datum (timeDate).",
    "transaction": "Skriv stegen direkt i processen.",
}

SUPPORTED_NODES: frozenset[str] = frozenset(
    {"startEvent", "endEvent", "userTask", "exclusiveGateway", "parallelGateway", "intermediateCatchEvent"}
)

# Every flow node of BPMN, counted against the limit before anything else is done with a file.
FLOW_NODES: frozenset[str] = SUPPORTED_NODES | {
    "adHocSubProcess", "boundaryEvent", "businessRuleTask", "callActivity", "callChoreography", "choreographyTask", "complexGateway",
    "eventBasedGateway", "implicitThrowEvent", "inclusiveGateway", "intermediateThrowEvent", "manualTask", "receiveTask", "scriptTask",
    "sendTask", "serviceTask", "subChoreography", "subProcess", "task", "transaction",
}  # fmt: skip

_BASE = frozenset({"documentation", "extensionElements"})
_NODE = _BASE | {"incoming", "outgoing"}

CHILDREN: Mapping[str, frozenset[str]] = {
    "definitions": _BASE | {"collaboration", "process"},
    "collaboration": _BASE | {"participant", "textAnnotation", "association"},
    "participant": _BASE,
    "process": _BASE | SUPPORTED_NODES | {"property", "laneSet", "sequenceFlow", "textAnnotation", "association"},
    "property": _BASE,
    "laneSet": _BASE | {"lane"},
    "lane": _BASE | {"flowNodeRef"},
    "startEvent": _NODE,
    "endEvent": _NODE,
    "userTask": _NODE | {"multiInstanceLoopCharacteristics"},
    "exclusiveGateway": _NODE,
    "parallelGateway": _NODE,
    "intermediateCatchEvent": _NODE | {"timerEventDefinition"},
    "multiInstanceLoopCharacteristics": _BASE | {"loopDataInputRef", "inputDataItem"},
    "inputDataItem": _BASE,
    "timerEventDefinition": _BASE | {"timeDate"},
    "timeDate": frozenset(),
    "sequenceFlow": _BASE | {"conditionExpression"},
    "conditionExpression": frozenset(),
    "textAnnotation": _BASE | {"text"},
    "association": _BASE,
    "documentation": frozenset(),
    "incoming": frozenset(),
    "outgoing": frozenset(),
    "flowNodeRef": frozenset(),
    "loopDataInputRef": frozenset(),
    "text": frozenset(),
}

_ANY: frozenset[str] = frozenset()
_NAMED: Mapping[str, frozenset[str]] = {"id": _ANY, "name": _ANY}
_DIRECTED: Mapping[str, frozenset[str]] = {**_NAMED, "gatewayDirection": _ANY}

# The values that an attribute may have; an empty set means any.
ATTRIBUTES: Mapping[str, Mapping[str, frozenset[str]]] = {
    "definitions": {
        **_NAMED,
        **dict.fromkeys(("targetNamespace", "exporter", "exporterVersion", "expressionLanguage", "typeLanguage"), _ANY),
    },
    "collaboration": {**_NAMED, "isClosed": frozenset({"false", "true"})},
    "participant": {**_NAMED, "processRef": _ANY},
    "process": {**_NAMED, "isExecutable": _ANY, "isClosed": frozenset({"false", "true"}), "processType": _ANY},
    "property": _NAMED,
    "laneSet": _NAMED,
    "lane": _NAMED,
    "startEvent": {**_NAMED, "isInterrupting": frozenset({"true"}), "parallelMultiple": frozenset({"false"})},
    "endEvent": _NAMED,
    "userTask": {
        **_NAMED,
        "implementation": frozenset({"##unspecified"}),
        "isForCompensation": frozenset({"false"}),
        "startQuantity": frozenset({"1"}),
        "completionQuantity": frozenset({"1"}),
    },
    "exclusiveGateway": {**_DIRECTED, "default": _ANY},
    "parallelGateway": _DIRECTED,
    "intermediateCatchEvent": {**_NAMED, "parallelMultiple": frozenset({"false"})},
    "multiInstanceLoopCharacteristics": {"id": _ANY, "isSequential": frozenset({"false"}), "behavior": frozenset({"All"})},
    "inputDataItem": {**_NAMED, "isCollection": frozenset({"false"})},
    "timerEventDefinition": {"id": _ANY},
    "timeDate": {"id": _ANY},
    "sequenceFlow": {**_NAMED, "sourceRef": _ANY, "targetRef": _ANY},
    "conditionExpression": {"id": _ANY},
    "textAnnotation": {"id": _ANY, "textFormat": _ANY},
    "association": {"id": _ANY, "sourceRef": _ANY, "targetRef": _ANY, "associationDirection": _ANY},
    "documentation": {"id": _ANY, "textFormat": _ANY},
}


def called(tag: str) -> str:
    """The Swedish word with BPMN's own in brackets: `skriptuppgift (scriptTask)`; only BPMN's own when there is no Swedish one."""
    return f"{NAMES[tag]} ({tag})" if tag in NAMES else tag
