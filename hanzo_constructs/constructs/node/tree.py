"""The tree of constructs that JavaScript would have by now, as far as it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from .answers import UnforeseenError, by_key, in_order, is_index, rendered

__all__ = ["Construct"]

_DNS_LABEL = re.compile(r"[0-9a-z](?:[0-9a-z-]{0,61}[0-9a-z])?\Z")
_FIRST = ("apiVersion", "kind", "metadata")
_METADATA: dict[str, type] = {"name": str, "namespace": str, "labels": dict, "annotations": dict}


class Construct:
    """A construct of JavaScript: an app, a chart, an object, or a mere scope."""

    def __init__(self, fqn: str, scope: Construct | None, id: str) -> None:
        self.fqn, self.scope, self.id = fqn, scope, id
        self.reference = ""
        self.parts: dict[str, str] = {}
        """References of what belongs to it, by type."""
        self.children: dict[str, Construct] = {}
        self.default: Construct | None = None
        self.validations: list[str] = []
        self.data: dict[str, Any] = {}
        """Properties of a chart or an object."""
        self.metadata: dict[str, Any] = {}
        self.patches: list[tuple[Any, ...]] = []
        self.writes: str | None = None
        """The method in Python that writes the object, where the user has one."""

    @classmethod
    def below(cls, scope: Construct, id: Any, fqn: str) -> Construct:
        """Return a construct below *scope*, which does not know it yet."""
        if not isinstance(id, str) or not id or re.search(r"[/\n]", id) or is_index(id) or id in scope.children:
            raise UnforeseenError
        if id == "__proto__":
            raise UnforeseenError
        return cls(fqn, scope, id)

    def define(self, properties: dict[str, Any], writes: str | None) -> None:
        """Make the construct an object with *properties*."""
        given: dict[str, Any] = properties.pop("metadata", {})
        chart = self.chart
        known = properties.keys() == {"apiVersion", "kind"} and all(
            isinstance(each, str) for each in properties.values()
        )
        if not known or properties["apiVersion"].count("/") > 1 or chart is None or not given.get("name"):
            raise UnforeseenError  # JavaScript would refuse it, or choose a name
        if any(not isinstance(value, _METADATA.get(key, ())) or not _is_text(value) for key, value in given.items()):
            raise UnforeseenError
        self.data, self.writes = properties, writes
        self.metadata = {**given, "labels": {**chart.data.get("labels", {}), **given.get("labels", {})}}
        self.metadata["annotations"] = dict(given.get("annotations", {}))
        if "namespace" not in given and "namespace" in chart.data:
            self.metadata["namespace"] = chart.data["namespace"]

    @property
    def is_object(self) -> bool:
        """Whether it is an object of Kubernetes."""
        return self.fqn == "cdk8s.ApiObject"

    @property
    def chart(self) -> Construct | None:
        """The outermost chart that it stands in, or is; charts do not stand in each other here."""
        above = self.scope.chart if self.scope else None
        return above or (self if self.fqn == "cdk8s.Chart" else None)

    @property
    def root(self) -> Construct:
        """The construct without a scope."""
        return self.scope.root if self.scope else self

    @property
    def main(self) -> Construct:
        """The object that stands for it."""
        return self if self.is_object else self._default.main

    @property
    def label(self) -> str:
        """The name of the file of a chart."""
        if self.scope is None or self.scope.scope is not None or not _DNS_LABEL.match(self.id):
            raise UnforeseenError
        return self.id

    @property
    def path(self) -> str:
        """The ids from the root."""
        return f"{self.scope.path}/{self.id}".lstrip("/") if self.scope else self.id

    @property
    def _default(self) -> Construct:
        found = (
            [self.default]
            if self.default
            else [self.children[id] for id in ("Resource", "Default") if id in self.children]
        )
        if len(found) != 1:
            raise UnforeseenError
        return found[0]

    def all(self) -> Iterator[Construct]:
        """Yield it and everything below it, what stands above first."""
        yield self
        for each in self.children.values():
            yield from each.all()

    def _scopes(self) -> Iterator[Construct]:
        """Yield what it stands in, the root first, and itself."""
        if self.scope:
            yield from self.scope._scopes()
        yield self

    def of_node(self, name: str) -> Any:
        """Return the attribute *name* of its node."""
        if name not in _OF_NODE:
            raise UnforeseenError
        return _OF_NODE[name](self)

    def attribute(self, name: str) -> Any:
        """Return the attribute *name*."""
        if name == "charts" and self.fqn == "cdk8s.App":
            return [each for each in self.all() if each.fqn == "cdk8s.Chart"]
        if self.is_object and name in ("apiVersion", "kind"):
            return self.data[name]
        if self.is_object and name == "name":
            return self.metadata["name"]
        if self.is_object and name == "chart":
            return self.chart
        raise UnforeseenError

    def of_metadata(self, method: str, args: list[Any]) -> Any:
        """Return what *method* of the metadata says."""
        if method == "toJson" and not args:
            return by_key({key: value for key, value in self.metadata.items() if value != {}})
        if method == "getLabel" and len(args) == 1:
            return self.metadata["labels"].get(args[0])
        raise UnforeseenError

    def written(self) -> Any:
        """Return the object as it is written."""
        whole = rendered({**self.data, "metadata": self.of_metadata("toJson", [])}, self.patches)
        return in_order({key: whole[key] for key in dict.fromkeys((*_FIRST, *whole)) if key in whole})


_OF_NODE: dict[str, Callable[[Construct], Any]] = {
    "children": lambda of: [*of.children.values()],
    "defaultChild": lambda of: of._default,
    "dependencies": lambda _: [],  # whoever adds one starts Node
    "id": lambda of: of.id,
    "path": lambda of: of.path,
    "root": lambda of: of.root,
    "scopes": lambda of: [*of._scopes()],
}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or all(isinstance(each, str) for each in value.values())
