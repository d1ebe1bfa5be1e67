"""Revised versions of the real routine, made by changing its file."""


def insert_after(source: str, before: str, after: str, *, version: str = "") -> bytes:
    """The routine in `source` with a step `inserted` on the flow from `before` to `after`, under another version number if one is given."""
    flow = f"{before}__{after}"
    step = (
        '<bpmn:userTask id="inserted" name="Nytt steg" s:phase="consultation"><bpmn:extensionElements>'
        '<s:step number="2a" kind="form" role="registrar"/></bpmn:extensionElements>'
        f"<bpmn:incoming>{flow}</bpmn:incoming><bpmn:outgoing>inserted__{after}</bpmn:outgoing></bpmn:userTask>"
    )
    added = f'<bpmn:sequenceFlow id="inserted__{after}" sourceRef="inserted" targetRef="{after}"/>'
    source = source.replace(f'sourceRef="{before}" targetRef="{after}"', f'sourceRef="{before}" targetRef="inserted"')
    source = source.replace(f"<bpmn:incoming>{flow}</bpmn:incoming>", f"<bpmn:incoming>inserted__{after}</bpmn:incoming>")
    source = source.replace("<bpmn:flowNodeRef>case_opened", "<bpmn:flowNodeRef>inserted</bpmn:flowNodeRef><bpmn:flowNodeRef>case_opened")
    if version:
        source = source.replace('<s:routine version="3"', f'<s:routine version="{version}"')
    first_task, first_flow = source.index("<bpmn:userTask"), source.index("<bpmn:sequenceFlow")
    return (source[:first_task] + step + source[first_task:first_flow] + added + source[first_flow:]).encode()
