"""Headers that a request of a probe or a hook can carry."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from .fields import Path, shown
from .model import Problem

if TYPE_CHECKING:
    from .core import HTTPHeader

__all__ = ["header_problems"]

_NAME = re.compile(r"[-A-Za-z0-9]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""What Go's HTTP client refuses in a value, before it connects (`httpguts.ValidHeaderFieldValue`)."""


def header_problems(headers: Iterable[HTTPHeader], at: Path) -> Iterator[Problem]:
    """Yield headers that the API server refuses, or that kubelets never send: each request fails with them."""
    for index, header in enumerate(headers):
        if not _NAME.fullmatch(header.name):
            yield Problem((*at, index, "name"), f"must be letters, digits and '-', got {shown(header.name)}")
        if _CONTROL.search(header.value):
            yield Problem((*at, index, "value"), "must be one line without control characters, as no other can be sent")
