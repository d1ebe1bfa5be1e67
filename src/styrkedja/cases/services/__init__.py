"""Everything that changes a case, its files and the registry."""

from styrkedja.cases.services.files import attach_file, store_file
from styrkedja.cases.services.opening import change_subjects, open_case
from styrkedja.cases.services.registry import assign_registry_number, load_registry_series, register_document, register_upload

__all__ = [
    "assign_registry_number",
    "attach_file",
    "change_subjects",
    "load_registry_series",
    "open_case",
    "register_document",
    "register_upload",
    "store_file",
]
