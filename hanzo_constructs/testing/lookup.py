"""Manifests by kind and name, with failures that say what there is instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from ..kube.fields import listed, shown, suggestion

__all__ = ["Manifests", "manifests"]

Manifest = dict[str, Any]


class Manifests:
    """What a chart or an app writes, in order.

    `found["Deployment", "api"]` is one object, and so is `found["Deployment"]` where there is only one of the kind;
    the name may have its namespace in front (`"shop/api"`), and must where several namespaces have the name.
    """

    def __init__(self, documents: Iterable[Manifest]) -> None:
        """Look up among *documents*."""
        self._documents = list(documents)

    def __getitem__(self, key: str | tuple[str, str]) -> Manifest:
        """Return the object *key*; raises LookupError, saying what there is, where there is none or more than one."""
        kind, name = (key, None) if isinstance(key, str) else key
        found = self._matching(kind, name)
        if len(found) == 1:
            return found[0]
        if found:
            what = f"{len(found)} objects are {_title(kind, name)}"
            raise LookupError(f"{what}: {listed([*map(_place, found)])}; name one of them")
        raise LookupError(self._nothing(kind, name))

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an object *key*."""
        match key:
            case str():
                return bool(self._matching(key, None))
            case (str() as kind, str() as name):
                return bool(self._matching(kind, name))
            case _:
                return False

    def __iter__(self) -> Iterator[Manifest]:
        """Yield the objects in the order in which they are written."""
        return iter(self._documents)

    def __len__(self) -> int:
        """Return the number of objects."""
        return len(self._documents)

    def __repr__(self) -> str:
        """Name the objects."""
        names = ", ".join(f"{each['kind']} {_place(each)}" for each in self)
        return f"<manifests: {names or 'none'}>"

    def of_kind(self, kind: str) -> list[Manifest]:
        """Return the objects of *kind*, which may be none."""
        return self._matching(kind, None)

    def _matching(self, kind: str, name: str | None) -> list[Manifest]:
        same_kind = [each for each in self if each["kind"] == kind]
        return [each for each in same_kind if name is None or name in {each["metadata"]["name"], _place(each)}]

    def _nothing(self, kind: str, name: str | None) -> str:
        kinds = list(dict.fromkeys(each["kind"] for each in self))
        if kind not in kinds:
            near = suggestion(kind, kinds)
            hint = f"did you mean {near}?" if near else f"there are {listed(kinds, 'no objects at all')}"
            return f"no {_title(kind, name)}: {hint}"
        places = [_place(each) for each in self.of_kind(kind)]
        near = suggestion(name or "", [*places, *(each["metadata"]["name"] for each in self.of_kind(kind))])
        hint = f"did you mean {near}? " if near else ""
        return f"no {_title(kind, name)}: {hint}there are {listed(places)}"


def manifests(source: Any) -> Manifests:
    """Return what *source* writes: an app, a chart, or the construct of a resource.

    Apps and charts are validated first, as cdk8s does before it writes them.
    """
    if (documents := getattr(source, "manifests", None)) is not None:
        return Manifests(documents)
    if (charts := getattr(source, "charts", None)) is not None:
        return Manifests(document for chart in charts for document in chart.to_json())
    return Manifests(source.to_json())


def _title(kind: str, name: str | None) -> str:
    return kind if name is None else f"{kind} {shown(name)}"


def _place(manifest: Manifest) -> str:
    metadata = manifest["metadata"]
    namespace, name = metadata.get("namespace"), metadata["name"]
    return f"{namespace}/{name}" if namespace else str(name)
