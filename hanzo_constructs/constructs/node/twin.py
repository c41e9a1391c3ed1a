"""Answers to requests for JavaScript, as long as it is known in Python what JavaScript would say.

Programs mostly make objects, patch them and have them written. What comes of that is known here: each request is answered
as JavaScript would answer it, and those that change something are kept. The first request whose answer is not known here
starts Node, which gets the kept ones in their order; so it is then where it would be if it had run from the beginning.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from jsii._kernel import types
from jsii._kernel.providers.process import jdefault
from jsii._reference_map import resolve_id

from .answers import UnforeseenError, decoded, in_order, rendered
from .tree import Construct

__all__ = ["Request", "Twin", "sent"]

_FIRST = 10_000
"""The number that JavaScript gives the first object."""
_BY_REFERENCE = "$jsii.byref"


class Request(NamedTuple):
    """A request that changes something in JavaScript, as it is sent."""

    api: str
    data: dict[str, Any]
    reference: str | None
    """What JavaScript will call the object that it makes or returns."""


class Twin:
    """What JavaScript would know by now."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self._objects: dict[str, Any] = {}
        """Constructs, patches and others by reference."""
        self._nodes: dict[str, Construct] = {}
        self._metadata: dict[str, Construct] = {}

    def answer(self, api: str, data: dict[str, Any]) -> Any:
        """Return what JavaScript would answer to a request with *data*; None where only JavaScript knows."""
        handle: Callable[[dict[str, Any]], Any] | None = getattr(self, f"_{api}", None)
        if handle is None or os.environ.get("CDK8S_DISABLE_SORT"):
            return None
        try:
            return handle({"api": api, **data})
        except UnforeseenError:
            return None

    # Requests that make something

    def _create(self, data: dict[str, Any]) -> Any:
        make = _MAKERS.get(data["fqn"])
        if make is None or any(each["property"] for each in data["overrides"]):
            raise UnforeseenError
        made = make(self, data["args"], {each["method"]: each["cookie"] for each in data["overrides"]})
        reference = self._noted(data, data["fqn"], made)
        if isinstance(made, Construct):
            made.reference = reference
            if made.scope:
                made.scope.children[made.id] = made
        return types.CreateResponse(ref=reference)

    def _app(self, args: list[Any], overrides: dict[str, str]) -> Construct:
        (given,) = _just(args, 1)
        said = given.get("$jsii.map", {}) if isinstance(given, dict) else {}
        if said.get("resolvers") != [] or not {"outdir", "recordConstructMetadata"} <= said.keys():
            raise UnforeseenError  # JavaScript would ask its environment, which is that of its start
        _only(overrides, {"synth", "synthYaml"})
        return Construct("cdk8s.App", None, "")

    def _chart(self, args: list[Any], overrides: dict[str, str]) -> Construct:
        scope, id, given = _just(args, 3)
        _only(overrides, set())
        made = self._construct([scope, id], {}, "cdk8s.Chart")
        if made.chart is not made:  # dependencies between charts come of nesting them
            raise UnforeseenError
        made.data = decoded(given)
        if any(not isinstance(each, str) for each in made.data.get("labels", {}).values()):
            raise UnforeseenError
        return made

    def _construct(self, args: list[Any], overrides: dict[str, str], fqn: str = "constructs.Construct") -> Construct:
        scope, id = _just(args, 2)
        _only(overrides, set())
        return Construct.below(self._at(scope, Construct), id, fqn)

    def _api_object(self, args: list[Any], overrides: dict[str, str]) -> Construct:
        scope, id, given = _just(args, 3)
        _only(overrides, {"toJson"})
        made = self._construct([scope, id], {}, "cdk8s.ApiObject")
        made.define(decoded(given), overrides.get("toJson"))
        return made

    def _validation(self, args: list[Any], overrides: dict[str, str]) -> str:
        _just(args, 0)
        if {*overrides} != {"validate"}:
            raise UnforeseenError
        return overrides["validate"]

    def _graph(self, args: list[Any], _: dict[str, str]) -> list[Construct]:
        (node,) = _just(args, 1)
        return [*self._node(node[_BY_REFERENCE] if isinstance(node, dict) else "").all()]

    def _sinvoke(self, data: dict[str, Any]) -> Any:
        called, args = f"{data['fqn']}.{data['method']}", data["args"]
        if called in {f"cdk8s.JsonPatch.{name}" for name in ("add", "remove", "replace")}:
            path, *value = args
            operation = (data["method"], path, *map(decoded, value))
            return types.InvokeResponse(types.ObjRef(self._noted(data, "cdk8s.JsonPatch", operation)))
        if called == "cdk8s.JsonPatch.apply":
            document, *patches = args
            return types.InvokeResponse(rendered(decoded(document), [self._at(each, tuple) for each in patches]))
        if called == "cdk8s.ApiObject.of" and len(args) == 1:
            return types.InvokeResponse(types.ObjRef(self._at(args[0], Construct).main.reference))
        if called == "cdk8s.Names.toDnsLabel" and len(args) == 1:
            return types.InvokeResponse(self._at(args[0], Construct).label)
        raise UnforeseenError

    # Requests to what there is

    def _get(self, data: dict[str, Any]) -> Any:
        reference, name = data["objref"][_BY_REFERENCE], data["property"]
        if node := self._nodes.get(reference):
            return types.GetResponse(_referred(node.of_node(name)))
        construct = self._objects.get(reference)
        if not isinstance(construct, Construct):
            raise UnforeseenError
        if name == "node":
            return types.GetResponse(self._part(data, construct, "constructs.Node", self._nodes))
        if name == "metadata" and construct.is_object:
            return types.GetResponse(self._part(data, construct, "cdk8s.ApiObjectMetadataDefinition", self._metadata))
        return types.GetResponse(_referred(construct.attribute(name)))

    def _set(self, data: dict[str, Any]) -> Any:
        node = self._node(data["objref"][_BY_REFERENCE])
        if data["property"] != "defaultChild":
            raise UnforeseenError
        node.default = self._at(data["value"], Construct)
        self.requests.append(Request("set", data, None))
        return types.SetResponse()

    def _invoke(self, data: dict[str, Any]) -> Any:
        reference, method, args = data["objref"][_BY_REFERENCE], data["method"], data["args"]
        if node := self._nodes.get(reference):
            return self._of_node(node, method, args, data)
        if construct := self._metadata.get(reference):
            if method in ("addLabel", "addAnnotation"):
                key, value = map(decoded, _just(args, 2))
                construct.metadata.setdefault(f"{method[3:].lower()}s", {})[key] = value
                return self._changed(data)
            return types.InvokeResponse(construct.of_metadata(method, args))
        found = self._objects.get(reference)
        if isinstance(found, list) and method == "topology":
            return types.InvokeResponse(_referred(found))
        if not isinstance(found, Construct):
            raise UnforeseenError
        if method == "addJsonPatch" and found.is_object:
            found.patches += [self._at(each, tuple) for each in args]
            return self._changed(data)
        if method != "toJson" or args or found.fqn not in ("cdk8s.ApiObject", "cdk8s.Chart"):
            raise UnforeseenError
        return types.InvokeResponse(found.written() if found.is_object else [*self._written(found)])

    def _of_node(self, node: Construct, method: str, args: list[Any], data: dict[str, Any]) -> Any:
        if method == "addValidation":
            (given,) = _just(args, 1)
            self._at(given, str)
            node.validations.append(given[_BY_REFERENCE])
            return self._changed(data)
        if method == "findAll" and args in ([], [None]):
            return types.InvokeResponse(_referred([*node.all()]))
        if method in ("findChild", "tryFindChild") and args and args[0] in node.children:
            return types.InvokeResponse(_referred(node.children[args[0]]))
        raise UnforeseenError

    def _written(self, chart: Construct) -> Iterator[Any]:
        """Yield the objects of *chart*; before, everything that validates in its app is asked, as JavaScript does."""
        for each in chart.root.all():
            for reference in each.validations:
                if _called(reference, self._objects[reference]):
                    raise UnforeseenError
        for each in chart.all():
            if each.is_object:
                yield in_order(_called(each.reference, each.writes)) if each.writes else each.written()

    # What is noted

    def _noted(self, data: dict[str, Any], fqn: str, made: Any) -> str:
        """Note that *data* makes an object, and return its reference."""
        reference = f"{fqn}@{_FIRST + len(self._objects)}"
        self.requests.append(Request(data["api"], data, reference))
        self._objects[reference] = made
        return reference

    def _part(self, data: dict[str, Any], construct: Construct, fqn: str, parts: dict[str, Construct]) -> Any:
        """Return the reference of what belongs to *construct*, which has one from the first time that it is asked for."""
        if fqn not in construct.parts:
            construct.parts[fqn] = self._noted(data, fqn, None)
            parts[construct.parts[fqn]] = construct
        return types.ObjRef(construct.parts[fqn])

    def _changed(self, data: dict[str, Any]) -> Any:
        self.requests.append(Request(data["api"], data, None))
        return types.InvokeResponse(None)

    def _at(self, given: Any, kind: type) -> Any:
        """Return what *given* refers to, which must be of that *kind*."""
        found = self._objects.get(given.get(_BY_REFERENCE, "")) if isinstance(given, dict) else None
        if not isinstance(found, kind):
            raise UnforeseenError
        return found

    def _node(self, reference: str) -> Construct:
        if reference not in self._nodes:
            raise UnforeseenError
        return self._nodes[reference]


_MAKERS: dict[str, Callable[[Twin, list[Any], dict[str, str]], Any]] = {
    "Object": Twin._validation,
    "cdk8s.ApiObject": Twin._api_object,
    "cdk8s.App": Twin._app,
    "cdk8s.Chart": Twin._chart,
    "cdk8s.DependencyGraph": Twin._graph,
    "constructs.Construct": Twin._construct,
}


def sent(request: Any) -> dict[str, Any]:
    """Return *request* as jsii sends it; what refers to a lazy object has it created, as it would be by jsii."""
    data: dict[str, Any] = json.loads(json.dumps(_fields(request), default=_plain))
    return data


def _plain(value: Any) -> Any:
    if isinstance(value, types.ObjRef):
        return {_BY_REFERENCE: value.ref}
    if isinstance(value, types.Override):
        return _fields(value)
    return jdefault(value)  # type: ignore[no-untyped-call]


def _fields(of: Any) -> dict[str, Any]:
    return {each.name: getattr(of, each.name) for each in of.__attrs_attrs__}


def _just(args: list[Any], number: int) -> list[Any]:
    if len(args) != number:
        raise UnforeseenError
    return args


def _only(overrides: dict[str, str], known: set[str]) -> None:
    if not overrides.keys() <= known:
        raise UnforeseenError


def _referred(value: Any) -> Any:
    """Return *value* with references in place of constructs."""
    if isinstance(value, list):
        return [_referred(each) for each in value]
    return types.ObjRef(value.reference) if isinstance(value, Construct) else value


def _called(reference: str, method: str) -> Any:
    """Call the *method* of the user's object behind *reference*; what fails is repeated by JavaScript, and reported."""
    try:
        return getattr(resolve_id(reference), method)()
    except Exception as error:
        raise UnforeseenError from error
