"""A server gets the variables that its image reads, where the set holds what fills them."""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import Finding
from ...kube.fields import listed, shown
from ..index import SetIndex
from ..objects import Origin

__all__ = ["credential_key_findings"]


def credential_key_findings(set_index: SetIndex) -> Iterator[tuple[Origin, Finding]]:
    """Yield Secrets of the set that lack what a server must be told; what is outside, or a controller fills, may hold it."""
    for origin, need in set_index.key_needs:
        held: set[str] = set()
        for kind, name, prefix in need.sources:
            keys = set_index.keys.get((kind, origin.namespace, name))
            if keys is None or (kind == "Secret" and (origin.namespace, name) in set_index.provided):
                break
            held |= {prefix + key for key in keys}
        else:
            if not held.intersection(need.names):
                first, *others = need.names
                also = f" (or {', '.join(others)})" if others else ""
                message = (
                    f"Secret {shown(need.sources[0][1])} of the set lacks the key {first}{also}, which the image"
                    f" ({need.reader}) reads, it holds {listed(sorted(held)) if held else 'nothing'}; add the key"
                )
                yield origin, Finding(message, need.field)
