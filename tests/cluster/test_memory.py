"""The cluster in memory answers as a real API server does: the same objects, owners and conflicts, whoever applies what."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanzo_constructs.operator import ClusterError, Conflict, FieldConflict, error_of, ref_of
from hanzo_constructs.testing.cluster import Cluster
from tests.cluster.client import Client

pytestmark = [pytest.mark.slow, pytest.mark.cluster]

Manifest = dict[str, Any]
METADATA = {"namespace": "default"}


def config_map(data: dict[str, str], labels: dict[str, str]) -> Manifest:
    metadata = {"name": "settings", **METADATA, **({"labels": labels} if labels else {})}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, **({"data": data} if data else {})}


def deployment(containers: list[Manifest], spec: Manifest) -> Manifest:
    """Return a Deployment without what the server would add: what is compared is what somebody says."""
    labels = {"app": "web"}
    pod = {"containers": containers} if containers else {}
    template = {"metadata": {"labels": labels}, "spec": pod}
    metadata = {"name": "web", **METADATA}
    whole = {"selector": {"matchLabels": labels}, "template": template, **spec}
    return {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata, "spec": whole}


TEXTS = st.sampled_from(["a", "b"])
DATA = st.dictionaries(st.sampled_from(["x", "y", "z"]), TEXTS, min_size=1)
"""Never nothing: who owns an empty mapping as such is not noted in memory."""
ENV = st.lists(
    st.builds(lambda name, value: {"name": name, "value": value}, st.sampled_from("PQR"), TEXTS),
    unique_by=lambda each: each["name"],
)
PORTS = st.sampled_from(([], [80], [81], [80, 81])).map(
    lambda numbers: [{"containerPort": number, "protocol": "TCP"} for number in numbers]
)


@st.composite
def containers(draw: st.DrawFn) -> list[Manifest]:
    found = []
    for name in draw(st.sampled_from((["main"], ["main", "side"], ["side", "main"]))):
        rest = {"env": draw(ENV), "ports": draw(PORTS), "args": draw(st.lists(TEXTS, max_size=2))}
        found.append({"name": name, "image": draw(TEXTS), **{key: value for key, value in rest.items() if value}})
    return found


SPECS = st.fixed_dictionaries({}, optional={"replicas": st.integers(0, 2), "minReadySeconds": st.integers(1, 2)})
CONFIGS = st.one_of(st.builds(config_map, DATA, DATA), st.builds(deployment, containers(), SPECS))
STEPS = st.tuples(st.sampled_from(("apply", "apply", "force", "update")), st.sampled_from(("first", "second")), CONFIGS)


def outcome(act: Any) -> tuple[str, tuple[FieldConflict, ...]]:
    try:
        act()
    except Conflict as error:
        return "Conflict", tuple(sorted(error.fields))
    except ClusterError as error:
        return type(error).__name__, ()
    return "", ()


def asked(client: Client, what: str, manager: str, manifest: Manifest) -> None:
    answer = client.apply(manifest, manager=manager, force=what == "force")
    if answer.message:
        raise error_of(answer.status, answer.body)


def owners(live: Manifest) -> dict[tuple[str, str], Any]:
    """Return who owns what; that whoever updates owns new mappings themselves too (`f:data: {".": {}}`) is left out."""
    return {
        (each["manager"], each["operation"]): _without_mappings(each["fieldsV1"])
        for each in live["metadata"].get("managedFields", ())
    }


def _without_mappings(fields: Manifest) -> Manifest:
    found = {step: _without_mappings(inner) for step, inner in fields.items()}
    return {
        step: {key: value for key, value in inner.items() if key != "." or step.startswith("k:")}
        for step, inner in found.items()
    }


def said(live: Manifest, paths: Manifest) -> Any:
    """Return what *live* says at the fields that the managers own: not what the server adds."""
    found = copy.deepcopy(live)
    return {key: _picked(found.get(key[2:]), inner) for key, inner in paths.items()}


def _picked(value: Any, paths: Manifest) -> Any:
    if not paths or value is None:
        return value
    if isinstance(value, list):
        items = {_key(item, paths): item for item in value}
        return {step: _picked(items.get(step), inner) for step, inner in paths.items() if step != "."}
    return {step: _picked(value.get(step[2:]), inner) for step, inner in paths.items() if step != "."}


def _key(item: Any, paths: Manifest) -> str:
    import json

    for step in paths:
        if step.startswith("k:") and all(item.get(key) == value for key, value in json.loads(step[2:]).items()):
            return step
    return ""


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=6))
def test_two_managers_get_the_same_objects_owners_and_conflicts(
    client: Client, steps: list[tuple[str, str, Manifest]]
) -> None:
    memory = Cluster()
    for each in (config_map({}, {}), deployment([], {})):
        client.delete(each)
    for what, manager, manifest in steps:
        if what == "update":
            _update(client, memory, manager, manifest)
            continue
        real = outcome(lambda: asked(client, what, manager, manifest))  # noqa: B023 - called at once
        ours = outcome(lambda: memory.apply(manifest, manager=manager, force=what == "force"))  # noqa: B023
        assert ours == real, (what, manager, manifest)
        _compare(client, memory, manifest)


def _update(client: Client, memory: Cluster, manager: str, manifest: Manifest) -> None:
    """Change one field by hand in both."""
    answer = client.get(manifest)
    if answer.message:
        return
    patch: Manifest = {"data": {"x": "by hand"}} if manifest["kind"] == "ConfigMap" else {"spec": {"replicas": 5}}
    assert not client.patch(manifest, patch, manager=manager).message
    memory.edit(ref_of(manifest), patch, manager=manager)
    _compare(client, memory, manifest)


def _compare(client: Client, memory: Cluster, manifest: Manifest) -> None:
    answer = client.get(manifest)
    ours = memory.objects.get(ref_of(manifest).identity)
    assert (ours is None) == bool(answer.message)
    if ours is None:
        return
    assert owners(ours) == owners(answer.body)
    for fields in owners(ours).values():
        assert said(ours, fields) == said(answer.body, fields)
