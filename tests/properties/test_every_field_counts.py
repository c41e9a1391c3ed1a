"""No field is accepted and ignored: each one, changed, changes the children or is refused."""

from __future__ import annotations

import copy
import itertools
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from hanzo_constructs.compiler import compile_resource, compile_unshared
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.fields import Path, parsed_path, wire_name
from hanzo_constructs.kube.invalid import findings_of
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.spec.lattice_deploy import LatticeCanary
from hanzo_constructs.spec.resource import Resource
from hanzo_constructs.spec.task import SCHEDULE_FIELDS
from hanzo_constructs.spec.values import least_document
from tests.golden.cases import VALID
from tests.properties.mutations import ABSENT, Place, copied, holds_models, places, values_at, values_of, ways
from tests.properties.resources import SHAPES, least, mended, spec_of
from tests.properties.rich import NEWEST, rich
from tests.properties.test_any_resource import AS_WRITTEN

pytestmark = pytest.mark.thorough

PLACES = {
    shape: [place._replace(path=("spec", *place.path), steps=(None, *place.steps)) for place in places(spec_of(shape))]
    for shape in SHAPES
}
FIELDS = [(shape, name) for shape in SHAPES for name in dict.fromkeys(str(place.path[1]) for place in PLACES[shape])]
PROBES = [
    # the number of a port and its name, which this handler does not take
    *((("spec", f"{probe}Probe", "grpc", "port"), "8080", '"http"') for probe in ("liveness", "readiness", "startup")),
]
IN_ALL = (("spec", "connections", 0, "containers"), "[]", "absent")
"""None of the containers are named: all of them are meant."""
NODE_NAMES = [
    # the one field of nodes that there is
    (("spec", "affinity", "nodeAffinity", *place, "matchFields", 0, "key"), "takes", "no value")
    for place in (
        ("preferredDuringSchedulingIgnoredDuringExecution", 0, "preference"),
        ("requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms", 0),
    )
]
_OF_TYPES = ("orders", "bank", "alpha", "data", "gpu")
"""The resources of a Lattice workload, one of each type."""
SAME: dict[str, list[tuple[Any, str, str]]] = {
    "Service": [*PROBES, IN_ALL],
    "Datastore": [
        (("spec", "type"), '"clickhouse"', '"datastore"'),  # two names of one engine
        IN_ALL,
        (("spec", "insecure"), "true", "false"),  # ends a warning
        (("spec", "serviceMonitor", "metricsPort"), '"metrics"', "absent"),  # the port of that name is the default
    ],
    # the only port and the only type there are: writing them is repeating a default
    "Base": [
        (("spec", "serviceMonitor", "metricsPort"), '"http"', "absent"),
        # names that mean something beside a Gateway only, below; without one there is no route
        (("spec", "gateway", "rateLimit"), '"alpha"', '"beta"'),
        (("spec", "gateway", "rateLimit"), '"alpha"', '"/alpha"'),
        (("spec", "gateway", "rateLimit"), '"beta"', '"/alpha"'),
        (("spec", "gateway", "authPolicy"), '"alpha"', '"beta"'),
        (("spec", "gateway", "authPolicy"), '"alpha"', '"/alpha"'),
        (("spec", "gateway", "authPolicy"), '"beta"', '"/alpha"'),
    ],
    "Gateway": [
        (("spec", "authPolicies", 0, "type"), '"jwt"', "absent"),
        IN_ALL,
        *PROBES,
    ],
    "LatticeService": [
        # each type has fields of its own, and is tried with them
        *((("spec", "workload", "resources", key, "type"), "takes", "no value") for key in _OF_TYPES),
        # the name is by what a reference asks for one of several
        *(
            (("spec", "workload", "resources", "bank", "params", "endpoints"), *pair)
            for pair in itertools.combinations(
                (f'{{"{name}": "https://alpha.example/api"}}' for name in ("alpha", "beta", "cpu")), 2
            )
        ),
        # who lets whom in is a matter of two
        (("spec", "workload", "resources", "orders", "direction"), '"outbound"', '"both"'),
        (("spec", "workload", "resources", "bank", "direction"), '"outbound"', "absent"),
        *((("spec", "workload", "containers", "main", *path), one, other) for (_, *path), one, other in PROBES),
    ],
    # where pods never restart, there is one value alone
    "Task": [
        (("spec", field, 0, "resizePolicy", 0, "restartPolicy"), "takes", "no value")
        for field in ("sidecars", "initContainers")
    ],
    "InferenceService": [
        (("spec", "serviceMonitor", "metricsPort"), '"http"', "absent"),  # the only port there is
        (("spec", "autoscaling", "external"), "false", "absent"),
    ],
}
"""Every two values that mean the same, by the kind; whatever else does is a field that is ignored."""
for same in SAME.values():
    same.append((("spec", "overlay"), "{}", "absent"))  # only children have names in it; golden cases lay over them
SAME["Stateful"] = SAME["Service"]  # what can mean the same in it is of the same model
NAMES: list[tuple[Any, str, str]] = [(("spec", "adopt", "names"), "{}", "absent")]
"""Keys that no list of words has: `tests/compiler/test_adoption.py` gives every child another name."""
CONNECTED: list[tuple[Any, str, str]] = [
    (("spec", "connections", 0, field), "takes", "no value") for field in ("env", "kind", "port")
]
"""Words of their own, which no list of words has: `tests/compiler/test_connections.py` changes each of them."""
BESIDE: dict[str, dict[str, Any]] = {
    "connections": {"connections": [{"kind": "KV", "name": "alpha", "env": {"ALPHA": "url"}}]},
    "deploy": {
        "deploy": {"strategy": "canary", "canary": least_document(LatticeCanary)},
        "ingress": {"hosts": ["api.hanzo.ai"], "exposure": "gateway"},
    },
}
"""What stands in a field whose entries are right with several fields only, by its name."""
INSIDE: dict[str, dict[str, Any]] = {"serviceMonitor": {"scheme": "https"}}
"""What stands beside other fields in a field, because some are taken beside it only, by its name."""
TOGETHER: tuple[Path, ...] = (
    *(
        (*block, field)
        for block in (("service",), ("services", 0))
        for field in ("loadBalancerClass", "externalTrafficPolicy")
    ),
    ("serviceMonitor", "tlsConfig", "keySecret"),
    ("networkPolicy", "egress", 0, "to", 0, "ipBlock"),
    ("networkPolicy", "egress", 0, "ports", 0, "endPort"),
    ("networkPolicy", "allowFrom", 0, "ipBlock"),
    ("ports", 0, "nodePort"),
    ("ports", 0, "container"),
    ("autoscaling", "metrics", 0),
    ("autoscaling", "wake"),
    ("loaderImage",),
)
"""Fields that are taken beside a certain value of another one only, and all below them: golden cases have both."""
DEFAULTS: list[tuple[Any, str, str]] = [
    (("spec", "adopt", "withoutStorageClass"), "false", "absent"),
    (("spec", "service", "loadBalancerSourceRanges"), "[]", "absent"),
    (("spec", "services", 0, "loadBalancerSourceRanges"), "[]", "absent"),
    (("spec", "services", 0, "ports"), "[]", "absent"),
    (("spec", "ingress", "redirectToHttps"), "false", "absent"),
]
"""Values that are those of a field that is left out, of the models that several kinds share."""
SAME_ALONE: dict[str, list[tuple[Any, str, str]]] = {
    "Gateway": [(("spec", "imageBuild"), '"krakend"', '"krakend-2.1"')],  # they differ in metrics
    "Task": [
        (("spec", wire_name(name)), "takes", "no value") for name in SCHEDULE_FIELDS
    ],  # refused without a schedule
}
"""Every two values that mean the same where nothing is around them."""
ALWAYS_REFUSED: tuple[tuple[str, Path], ...] = (
    ("", ("claims", 0)),  # the pod they would refer to cannot declare any
    ("", ("lifecycle", "stopSignal")),  # nor the operating system that has the signal
    ("", ("readinessProbe", "terminationGracePeriodSeconds")),  # it ends no container
    ("", ("gitRepo",)),  # kubelets mount none
    *(
        ("", ("metadata", field))
        for field in ("creationTimestamp", "deletionTimestamp", "managedFields", "ownerReferences")
    ),
    ("Base", ("valueFrom", "fileKeyRef")),  # nor a Base the volume of the file
    # what only a StatefulSet has
    *(
        (kind, ("adopt", field))
        for kind in ("Service", "Gateway", "Task", "InferenceService", "LatticeService")
        for field in ("claimLabels", "claimName", "podManagementPolicy", "serviceName", "withoutStorageClass")
    ),
    # targets that a source of metrics has not
    *(("", (source, "target", "averageUtilization")) for source in ("external", "object", "pods")),
    *(("", (source, "target", "value")) for source in ("containerResource", "pods", "resource")),
    ("Task", ("adopt", "selector")),  # a cluster gives the pods of a job their labels
)
"""Fields that have a message whatever they say, by the kind ("" is every one) and a part of their path."""
ENOUGH = 3
"""Values of a field that are compared with each other."""

Children = Callable[[dict[str, Any], Path], str | None]
WithValue = Callable[[Any], dict[str, Any]]
NONE: Mapping[str, str] = {}


def children_of(document: dict[str, Any], at: Path = ()) -> str | None:
    """Return the children as text, or None where the resource is refused.

    What is refused elsewhere than at the place *at*, around it or below it, is replaced by other values, one after the other.
    """
    for attempt in itertools.count():
        try:
            if (resource := _read(document, at)) is None:  # which is true of most
                return None
            return json.dumps(compile_unshared(resource, NEWEST).manifests)
        except SpecError as error:
            for path in (parsed_path(finding.path) for finding in error.findings):
                values = _values_at(document["kind"], path) if _is_elsewhere(path, at) else []
                if attempt >= len(values):
                    return None
                place: Any = document
                for step in path[:-1]:
                    place = place.setdefault(step, {}) if isinstance(place, dict) else place[step]
                place[path[-1]] = copied(values[attempt])
    return None


def _read(document: dict[str, Any], at: Path) -> Resource | None:
    """Return the resource in *document*; None where it is refused at the place *at*.

    The rules beside what is wrong are asked only where it is refused elsewhere; raises `SpecError` then.
    """
    model = KINDS[document["kind"]].model
    try:
        return model.model_validate(document, by_alias=True, by_name=False)
    except ValidationError as error:
        if not all(_is_elsewhere(parsed_path(finding.path), at) for finding in findings_of(error, model)):
            return None
    return parse(document, NEWEST)


def _is_elsewhere(path: Path, at: Path) -> bool:
    return path[0] == "spec" and at[: len(path)] != path[: len(at)]


@cache
def _values_at(kind: str, path: Path) -> list[Any]:
    return values_at(KINDS[kind].model, path)


def _always_refused(kind: str, path: Path) -> bool:
    parts = [part for shape, part in ALWAYS_REFUSED if shape in ("", kind)]
    return any(path[start : start + len(part)] == part for part in parts for start in range(len(path)))


def outcomes(document: dict[str, Any], place: Place, children: Children) -> dict[str, str]:
    """Return the children of *document* for values that *place* takes; with only one such value, also for none."""
    best: dict[str, str] = {}
    values = values_of(place.field)
    first, others = values[:ENOUGH], values[ENOUGH:]
    # where few values are refused, what is around them is: the others are tried when nothing else is left to try
    refusing = []
    for with_value in ways(document, place):
        found = _taken(with_value, first, place, children)
        if not found:
            refusing.append(with_value)
            continue
        found = _taken(with_value, others, place, children, found)
        if len(found) > 1:
            return found
        best = best or _or_absent(with_value, found, place, children)
    for with_value in refusing:
        found = _taken(with_value, others, place, children)
        if len(found) > 1:
            return found
        best = best or _or_absent(with_value, found, place, children)
    return best


def _taken(
    with_value: WithValue, values: list[Any], place: Place, children: Children, found: Mapping[str, str] = NONE
) -> dict[str, str]:
    """Return *found* and the children with those of *values* that are taken, until that is enough."""
    taken = {**found}
    for value in values:
        if len(taken) == ENOUGH:
            break
        if (output := children(with_value(value), place.path)) is not None:
            taken[json.dumps(value)] = output
    return taken


def _or_absent(with_value: WithValue, found: dict[str, str], place: Place, children: Children) -> dict[str, str]:
    """Return *found* and the children without a value; nothing where either is refused."""
    output = children(with_value(ABSENT), place.path) if found else None
    return {} if output is None else {**found, "absent": output}


def ignored(
    document: dict[str, Any], places_of_interest: list[Place], children: Children
) -> list[tuple[Any, str, str]]:
    """Return the places whose value does not show in the children of *document*, and those that take no value."""
    found: list[tuple[Any, str, str]] = []
    for place in places_of_interest:
        values = outcomes(document, place, children)
        pairs = itertools.combinations(values, 2)
        found += [(place.path, one, other) for one, other in pairs if values[one] == values[other]]
        found += [(place.path, "takes", "no value")] if len(values) < 2 else []
    return found


@pytest.mark.parametrize(("kind", "name"), FIELDS)
def test_each_field_changes_the_children_or_is_refused(kind: str, name: str) -> None:
    mine = [place for place in PLACES[kind] if place.path[1] == name and not holds_models(place.field)]
    assert mine
    if name in AS_WRITTEN and kind != "Service":  # what is below arrives in every kind as it is: `test_round_trip`
        mine = [place for place in mine if len(place.path) == len(("spec", name, 0, "field"))]
    document = _with_more(kind, name)
    known = {place.path for place in mine}
    expected = [same for same in (*NODE_NAMES, *SAME.get(kind, ()), *NAMES) if same[0][1] == name]
    expected += [same for same in CONNECTED if same[0][1] == name and same[0] in known]
    expected += [same for same in DEFAULTS if same[0][1] == name and same[0] in known and _has(kind, same[0])]
    known_to_be_refused = [path for path in known if _always_refused(kind, path) or _is_together(path)]
    found = ignored(document, mine, children_of)
    found = [each for each in found if not (each[1] == "takes" and each[0] in known_to_be_refused)]
    assert sorted(map(str, found)) == sorted(map(str, expected))


def _with_more(kind: str, name: str) -> dict[str, Any]:
    """Return a rich resource of *kind* with what the field *name* needs in it and beside it."""
    document = rich(kind)
    document["spec"] |= BESIDE.get(name, {})
    if name in INSIDE:
        document["spec"][name] = {**document["spec"].get(name, {}), **INSIDE[name]}
    return document


def _has(kind: str, path: Path) -> bool:
    """Tell whether *kind* takes no other value at *path*, of those that only a StatefulSet has."""
    return path[1] != "adopt" or kind in ("Service", "Gateway", "Task", "InferenceService", "LatticeService")


def _is_together(path: Path) -> bool:
    return any(path[1 : len(part) + 1] == part for part in TOGETHER)


PARTS = [
    place.path
    for place in PLACES["Service"]
    if _is_together(place.path) and not holds_models(place.field) and not _always_refused("Service", place.path)
]


@pytest.mark.parametrize("path", PARTS, ids=lambda path: ".".join(map(str, path[1:])))
def test_a_field_that_needs_another_one_changes_a_golden_case(path: Path) -> None:
    """Somewhere it is written; without it, the children are others or it is missed."""
    kept = []
    for case in VALID:
        for document in case.documents:
            kind = KINDS[document["kind"]].compiled_as
            if kind not in ("Service", "Gateway", "Stateful") or not (less := _without(document, path)):
                continue
            try:
                before = compile_resource(parse(document, case.platform), case.platform).manifests
            except SpecError:
                continue  # it needs the others of its set
            with suppress(SpecError):
                if compile_resource(parse(less, case.platform), case.platform).manifests == before:
                    kept.append(case.name)
                    continue
            return
    raise AssertionError(f"no golden case needs it; it changes nothing in {kept}")


def _without(document: dict[str, Any], path: Path) -> dict[str, Any] | None:
    """Return *document* without the field at *path*, in the first entry of each list that has it; None: it has it not."""
    copied = copy.deepcopy(document)
    places: list[Any] = [copied]
    for step in (step for step in path[:-1] if isinstance(step, str)):  # whichever entry of a list has it
        below = [place.get(step) if isinstance(place, dict) else place for place in places]
        places = [item for each in below for item in (each if isinstance(each, list) else [each])]
    for place in places:
        if isinstance(place, dict) and path[-1] in place:
            del place[path[-1]]
            return copied
    return None


@pytest.mark.parametrize("kind", SHAPES)
def test_each_field_counts_with_nothing_around_it(kind: str) -> None:
    """What several children have in common could be missing from one of them where all of them are there."""
    alone = [
        place for place in PLACES[kind] if len(place.path) == len(("spec", "field")) and not holds_models(place.field)
    ]
    assert alone
    same = (*SAME.get(kind, ()), *SAME_ALONE.get(kind, ()))
    expected = [each for each in same if len(each[0]) == len(("spec", "field"))]
    assert sorted(ignored(least(kind), alone, children_of)) == sorted(expected)


@pytest.mark.parametrize("kind", SHAPES)
def test_each_list_counts_with_nothing_around_it(kind: str) -> None:
    """An entry changes the children, or something is said about it."""

    def result(document: dict[str, Any]) -> object:
        compilation = compile_resource(parse(document, NEWEST), NEWEST)
        return compilation.manifests, compilation.warnings

    unchanged, refused = [], []
    for place in PLACES[kind]:
        name = str(place.path[1])
        if len(place.path) > len(("spec", "field")) or not isinstance(values_of(place.field)[0], list):
            continue
        document = least(kind)
        document["spec"][name] = rich(kind)["spec"].get(name) or values_of(place.field)[0]
        document = mended(document, NEWEST) or least(kind)
        if not document["spec"].get(name):
            refused.append(name)
        elif result(document) == result(least(kind)):
            unchanged.append(name)
    assert not unchanged
    assert {*refused} <= {"connections", "envFrom", "services", "volumeMounts"}, (
        "entries that need more are for test_round_trip"
    )


def children_with_gateway(document: dict[str, Any], _: Path) -> str | None:
    """Return the children of an application and of a gateway beside it, or None where one of them is refused."""
    gateway = rich("Gateway")
    gateway["metadata"] |= {"name": "gateway"}
    try:
        resources = [parse(each, NEWEST) for each in (document, gateway)]
        links, contradictions = links_of(resources, NEWEST)
        assert not contradictions
        return json.dumps([compile_resource(each, NEWEST, links=links).manifests for each in resources])
    except SpecError:
        return None


def test_each_field_of_a_route_changes_the_gateway_that_takes_it() -> None:
    document = rich("Base")
    alone, beside = children_of(document), children_with_gateway(document, ())
    assert alone is not None
    assert beside is not None
    assert "api-gateway-route" in alone
    assert "api-gateway-route" not in beside
    mine = [place for place in PLACES["Base"] if place.path[1] == "gateway" and not holds_models(place.field)]
    assert len(mine) > 4
    assert not ignored(document, mine, children_with_gateway)


@pytest.mark.parametrize("field", ["rateLimits", "authPolicies"])
def test_another_name_for_what_routes_refer_to_is_refused(field: str) -> None:
    document = rich("Gateway")
    assert children_of(document) is not None
    document["spec"][field][0]["name"] = "other"
    assert children_of(document) is None


@pytest.mark.parametrize("name", [name for name in KINDS if name not in SHAPES])
def test_a_facade_compiles_as_the_kind_that_it_is_a_facade_of(name: str) -> None:
    kind = KINDS[name]
    shape = rich(kind.compiled_as)
    if engine := getattr(kind.model, "ENGINE", None):
        shape["spec"]["type"] = engine
    assert spec_of(name) is spec_of(kind.compiled_as)
    assert children_of(rich(name)) == children_of(shape)
    assert children_of(shape) is not None


def test_a_field_that_is_ignored_is_noticed() -> None:
    def forgetful(document: dict[str, Any], at: Path) -> str | None:
        document["spec"].get("serviceMonitor", {}).pop("interval", None)
        return children_of(document, at)

    monitor = [
        place for place in PLACES["Service"] if place.path[1] == "serviceMonitor" and not holds_models(place.field)
    ]
    found = {
        path
        for path, *_ in ignored(_with_more("Service", "serviceMonitor"), monitor, forgetful)
        if not _is_together(path)
    }
    assert found == {("spec", "serviceMonitor", "interval")}
