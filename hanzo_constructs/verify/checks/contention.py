"""What a cluster gives to one object alone is asked for by one."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import field_path
from ..index import SetIndex
from ..objects import Origin

__all__ = ["contention_findings"]

_CONSEQUENCES = {
    "node port": "a cluster refuses the second of them; choose another, or leave it out to be given one",
    "cluster address": "a cluster refuses the second of them; leave it out to be given one",
    "outside address": "one of them gets no traffic; choose another port or address",
    "host port": "a node can run the pods of one of them only; choose another port, or other nodes",
}


def contention_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield node ports and addresses that two objects ask for."""
    for origin, path, first, what in set_index.contended:
        shown = what.value.removeprefix(":")
        message = f"{shown} is asked for by {first.described} too, and {_CONSEQUENCES[what.kind]}"
        yield origin, Finding(message, field_path(path), severity="error" if what.certain else "warning")
