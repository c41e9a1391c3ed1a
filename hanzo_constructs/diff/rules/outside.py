"""Services that are open outside of the cluster: at which addresses, on which ports of nodes, and for whom."""

from __future__ import annotations

from collections.abc import Iterator

from ...kube.manifest import Manifest
from ..consequence import Consequence, Effect
from .addresses import Block, within
from .reading import mappings, spec_of

__all__ = ["opened_outside"]


def opened_outside(old: Manifest, new: Manifest) -> Iterator[Consequence]:
    """Say what of a Service that is there before and after is reached otherwise from outside."""
    before, after = _ports(old), _ports(new)
    moved = [
        f"{name} from {before[name]} to {after[name]}"
        for name in before.keys() & after.keys()
        if before[name] != after[name]
    ]
    if moved:
        yield Consequence(Effect.SURFACE, f"another port of the nodes leads to it: {', '.join(sorted(moved))}")
    if more := sorted(_texts(new, "externalIPs") - _texts(old, "externalIPs")):
        yield Consequence(Effect.SURFACE, f"is reached at {', '.join(more)} from now on")
    ranges = "loadBalancerSourceRanges"
    was, now = _texts(old, ranges), _texts(new, ranges) or {"0.0.0.0/0"}
    if was and (wider := sorted(each for each in now if not any(_is_in(each, other) for other in was))):
        yield Consequence(Effect.ACCESS, f"lets in {', '.join(wider)} through its load balancer")


def _ports(service: Manifest) -> dict[str, object]:
    """Return the ports of nodes that are fixed, by the ports of *service* that they lead to."""
    ports = mappings(spec_of(service).get("ports"))
    return {
        f"{each.get('port')}/{each.get('protocol', 'TCP')}": each["nodePort"] for each in ports if each.get("nodePort")
    }


def _texts(service: Manifest, field: str) -> set[str]:
    found = spec_of(service).get(field)
    return {str(each) for each in found} if isinstance(found, list) else set()


def _is_in(narrow: str, wide: str) -> bool:
    try:
        return within(Block.of(narrow), Block.of(wide))
    except ValueError:  # no addresses that can be read
        return narrow == wide
