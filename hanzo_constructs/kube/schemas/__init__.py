"""The kinds that Kubernetes itself has, by their published schemas: which fields there are, and how lists are merged."""

from .checking import type_findings
from .merging import item_key, merged, type_below
from .types import FOREIGN, Type, absent_kind, fields_of, kind_type

__all__ = [
    "FOREIGN",
    "Type",
    "absent_kind",
    "fields_of",
    "item_key",
    "kind_type",
    "merged",
    "type_below",
    "type_findings",
]
