"""The one place where a BPMN step meets a noun: each step kind is a form, a policy, a service and a part of a page."""
