"""Network policies: where a change of one lets in or out what was kept so far."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ..changes import ObjectChange
from ..consequence import Consequence, Effect
from .addresses import Block, within
from .reading import mapping, mappings, spec_of

__all__ = ["network_policy_widened"]


def network_policy_widened(change: ObjectChange) -> Iterator[Consequence]:
    """Say whom a changed policy lets in or out who was kept so far."""
    if change.old is None:
        return
    if change.new is None or change.renamed_from:
        if change.new is None:
            yield Consequence(Effect.ACCESS, "is removed: pods that no other policy selects are open to all")
        return
    if change.kind != "NetworkPolicy":  # of others it is known only that none is left
        return
    old, new = (spec_of(each) for each in (change.old, change.new))
    for direction, field, words in (("Ingress", "ingress", "lets in"), ("Egress", "egress", "lets out to")):
        if direction in _types(old) and direction not in _types(new):
            yield Consequence(Effect.ACCESS, f"does not restrict {field} any more")
        elif direction in _types(old):
            yield from _wider(mappings(old.get(field)), mappings(new.get(field)), words)
    if change.changed("spec", "podSelector") and not _has_labels(new.get("podSelector"), old.get("podSelector")):
        yield Consequence(
            Effect.ACCESS, "selects other pods: those that it leaves are open, unless another policy selects them"
        )


def _wider(old: list[Any], new: list[Any], words: str) -> Iterator[Consequence]:
    """Yield what the rules *new* allow beyond the rules *old*: peers, by port, where none of these allows the same or more."""
    before = [pair for rule in old for pair in _pairs(rule)]
    allowed = [
        f"{_peer(peer)} on {_port(port)}"
        for rule in new
        for peer, port in _pairs(rule)
        if not any(_has_peer(each, peer) and _has_port(on, port) for each, on in before)
    ]
    if allowed:
        yield Consequence(Effect.ACCESS, f"{words} {'; '.join(sorted(set(allowed)))}")


def _pairs(rule: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each peer of *rule* with each port; an empty peer is everybody, an empty port any."""
    for peer in mappings(rule.get("from") or rule.get("to")) or [{}]:
        for port in mappings(rule.get("ports")) or [{}]:
            yield peer, port


def _has_peer(wide: Any, narrow: Any) -> bool:
    """Tell whether all that *narrow* selects is among what *wide* selects."""
    if not wide or not narrow or "ipBlock" in wide or "ipBlock" in narrow:
        return not wide or (bool(narrow) and _has_block(wide.get("ipBlock"), narrow.get("ipBlock")))
    space, other = wide.get("namespaceSelector"), narrow.get("namespaceSelector")
    is_same_place = space is None if other is None else space is not None and _has_labels(space, other)
    is_everywhere = space is not None and not mapping(space)
    return (is_same_place or is_everywhere) and _has_labels(wide.get("podSelector"), narrow.get("podSelector"))


def _has_labels(wide: Any, narrow: Any) -> bool:
    """Tell whether each condition of the selector *wide* is one of *narrow* too; a selector without any takes all."""
    labels, others = (mapping(mapping(each).get("matchLabels")) for each in (wide, narrow))
    more, narrower = (mappings(mapping(each).get("matchExpressions")) for each in (wide, narrow))
    return labels.items() <= others.items() and all(each in narrower for each in more)


def _has_block(wide: Any, narrow: Any) -> bool:
    try:
        return within(_nets(narrow), _nets(wide))
    except (TypeError, ValueError):  # no addresses that can be read
        return bool(wide == narrow)


def _nets(block: Any) -> Block:
    return Block.of(block["cidr"], block.get("except") or ())


def _has_port(wide: Any, narrow: Any) -> bool:
    """Tell whether *narrow* is among the ports *wide*; one that names none is all of its protocol."""
    if not wide:
        return True
    if not narrow or wide.get("protocol", "TCP") != narrow.get("protocol", "TCP"):
        return False
    first, other = wide.get("port"), narrow.get("port")
    if not isinstance(first, int) or not isinstance(other, int):
        return first is None or first == other
    return bool(first <= other and narrow.get("endPort", other) <= wide.get("endPort", first))


def _peer(peer: Any) -> str:
    if block := peer.get("ipBlock"):
        excepted = f" but {', '.join(block['except'])}" if block.get("except") else ""
        return f"{block.get('cidr')}{excepted}"
    words = []
    for field, what in (("podSelector", "pods"), ("namespaceSelector", "namespaces")):
        if field in peer:
            words.append(f"{what} {_selector(peer[field])}")
    return " in ".join(words) or "everybody"


def _selector(selector: Any) -> str:
    labels = mapping(mapping(selector).get("matchLabels"))
    expressions = mappings(mapping(selector).get("matchExpressions"))
    found = [f"{key}={value}" for key, value in sorted(labels.items())]
    found += [json.dumps(each, sort_keys=True) for each in expressions]
    return ",".join(found) or "of any kind"


def _port(port: Any) -> str:
    number = port.get("port", "any port")
    end = f"-{port['endPort']}" if "endPort" in port else ""
    protocol = port.get("protocol", "TCP")
    return f"{number}{end}" if protocol == "TCP" else f"{number}{end}/{protocol}"


def _types(spec: Any) -> set[str]:
    return set(spec.get("policyTypes") or (["Ingress", "Egress"] if spec.get("egress") else ["Ingress"]))
