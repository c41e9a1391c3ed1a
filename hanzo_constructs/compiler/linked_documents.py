"""Which documents of a set can have to do with each other, told without understanding them.

Most resources of a fleet need nothing of each other that changes what they compile to. To parse all of them before the
first one compiles would take half as long again, so documents are sifted first: too many may pass, none may be missed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any

from ..platform import Platform
from .offers import Name

__all__ = ["linked_documents", "name_of_gateway"]

_ALWAYS = ("Base", "Gateway")
"""Kinds that have to do with each other by what they are."""
_WORD = re.compile(r"[a-z0-9-]+")
_HEADLESS = ("-hs", "-headless")


def linked_documents(documents: Sequence[object], platform: Platform) -> list[int]:
    """Return the places in *documents* of those that may have links to others, or that others may have links to."""
    specs = [_spec(document) for document in documents]
    names = [
        _names(document) if "networkPolicy" in spec else () for document, spec in zip(documents, specs, strict=True)
    ]
    guarded = Counter(word for found in names for word in {*found})
    linked = {
        place
        for place, document in enumerate(documents)
        if isinstance(document, dict) and document.get("kind") in _ALWAYS
    }
    if not guarded:
        return sorted(linked)
    store = _words(platform.backup_s3_endpoint or "", guarded)
    named: set[str] = set()
    for place, spec in enumerate(specs):
        found = _words(spec, guarded) | (store if "backup" in spec else frozenset())
        # a name of its own means itself, unless another namespace has the name too
        if not found <= {word for word in names[place] if guarded[word] == 1}:
            linked.add(place)
            named |= found
    linked |= {place for place, own in enumerate(names) if not named.isdisjoint(own)}
    return sorted(linked)


def name_of_gateway(document: object, platform: Platform) -> Name:
    """Return namespace and name of *document*, if it is a Gateway, right or wrong; else what no Gateway has."""
    if isinstance(document, dict) and document.get("kind") == "Gateway":
        metadata = document.get("metadata")
        if isinstance(metadata, dict):
            return str(metadata.get("namespace") or platform.namespace or ""), str(metadata.get("name"))
    return "", ""


def _spec(document: object) -> dict[str, Any]:
    spec = document.get("spec") if isinstance(document, dict) else None
    return spec if isinstance(spec, dict) else {}


def _names(document: object) -> tuple[str, ...]:
    """Return the words by which others may call *document*: its Services, and the Secret with its credentials."""
    metadata = document.get("metadata") if isinstance(document, dict) else None
    name = metadata.get("name") if isinstance(metadata, dict) else None
    spec, aliases = _spec(document), _spec(document).get("serviceAliases")
    known = [name, spec.get("credentialsSecret"), *(aliases if isinstance(aliases, list) else ())]
    words = [word for text in known if isinstance(text, str) for word in _WORD.findall(text)]
    return (*words, *(f"{name}{ending}" for ending in _HEADLESS))


def _words(value: object, wanted: Collection[str]) -> frozenset[str]:
    """Return the *wanted* words that stand in texts of *value*."""
    found: set[str] = set()
    rest = [value]
    while rest:
        item = rest.pop()
        if isinstance(item, str):
            found |= {word for word in _WORD.findall(item) if word in wanted}
        elif isinstance(item, dict):
            rest.extend(item.values())
        elif isinstance(item, list):
            rest.extend(item)
    return frozenset(found)
