"""Merge keys (`<<`), which compose files use and manifests must not: the fields of other mappings under one's own."""

from __future__ import annotations

import re
from typing import Any

__all__ = ["merged", "with_merge_keys_quoted"]

_KEY = re.compile(r"(^\s*(?:- +)*|[{,]\s*)<<(\s*:)", re.MULTILINE)
_QUOTED = "<<"


def with_merge_keys_quoted(text: str) -> str:
    """Return *text* with merge keys as plain ones, on the same lines, so that a strict reader takes them."""
    return _KEY.sub(r'\1"<<"\2', text)


def merged(value: Any) -> Any:
    """Return *value* with the fields that merge keys name; those that a mapping writes itself win, then earlier ones."""
    if isinstance(value, list):
        return [merged(item) for item in value]
    if not isinstance(value, dict):
        return value
    own = {key: merged(item) for key, item in value.items() if key != _QUOTED}
    if _QUOTED not in value:
        return own
    sources = value[_QUOTED] if isinstance(value[_QUOTED], list) else [value[_QUOTED]]
    under: dict[str, Any] = {}
    for source in reversed([merged(each) for each in sources]):
        under |= source if isinstance(source, dict) else {}
    return under | own
