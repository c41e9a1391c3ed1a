"""Ingresses whose hosts stay: who serves them, with or without TLS, and what was asked of clients."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...kube.manifest import Manifest
from ..consequence import Consequence, Effect
from .reading import mapping, mappings, spec_of

__all__ = ["ingress_served"]

_CLASS = "kubernetes.io/ingress.class"
_GUARD = re.compile(r"/(auth-|.*(?:whitelist|allowlist)-source-range|.*inbound-cidrs|router\.middlewares)")
"""Annotations by which controllers ask who a client is, or keep out addresses: ingress-nginx, AWS, Traefik."""


def ingress_served(old: Manifest, new: Manifest) -> Iterator[Consequence]:
    """Say that another controller serves an Ingress, that hosts lose TLS, and that clients are not asked any more."""
    before, after = _class(old), _class(new)
    if before != after:
        yield Consequence(
            Effect.SURFACE,
            f"is served by the ingress class {after or 'by default'}, and was by {before or 'the default'}",
        )
    if lost := sorted((_encrypted(old) & _hosts(new)) - _encrypted(new)):
        yield Consequence(Effect.SURFACE, f"is served without TLS from now on: {', '.join(lost)}")
    gone = [key for key in _annotations(old) if _GUARD.search(key) and key not in _annotations(new)]
    if gone:
        yield Consequence(Effect.ACCESS, f"lets in clients that {', '.join(sorted(gone))} kept out")


def _class(ingress: Manifest) -> str:
    return str(spec_of(ingress).get("ingressClassName") or _annotations(ingress).get(_CLASS) or "")


def _annotations(ingress: Manifest) -> dict[str, object]:
    return mapping(mapping(ingress.get("metadata")).get("annotations"))


def _hosts(ingress: Manifest) -> set[str]:
    return {str(rule.get("host") or "*") for rule in mappings(spec_of(ingress).get("rules"))}


def _encrypted(ingress: Manifest) -> set[str]:
    """Return the hosts of *ingress* for which there is a certificate; an entry that names none is for all."""
    found = set()
    for entry in mappings(spec_of(ingress).get("tls")):
        hosts = entry.get("hosts")
        found |= {str(each) for each in hosts} if isinstance(hosts, list) and hosts else _hosts(ingress)
    return found
