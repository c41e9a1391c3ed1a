"""Blocks that few documents have: their models are imported late, and nobody can tell."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import pytest

from hanzo_constructs import Service, ServiceSpec, SpecError
from hanzo_constructs.kube.core import Affinity, Container, Toleration, Volume, deferred
from hanzo_constructs.kube.deferred import Deferred, resolved
from hanzo_constructs.kube.model import Items, parse_as, written
from hanzo_constructs.kube.since import newer_than

IMAGE: dict[str, Any] = {"image": "ghcr.io/acme/web:v1"}
TOLERATION: dict[str, Any] = {"key": "gpu", "operator": "Exists", "effect": "NoSchedule"}


Later: Any = deferred.Toleration


def parsed(spec: dict[str, Any]) -> ServiceSpec:
    return parse_as(Service, {"metadata": {"name": "web"}, "spec": {**IMAGE, **spec}}).spec


def messages(spec: dict[str, Any]) -> list[str]:
    with pytest.raises(SpecError) as caught:
        parsed(spec)
    return [f"{finding.path}: {finding.message}" for finding in caught.value.findings]


@pytest.mark.parametrize(
    ("spec", "imported"),
    [
        ({}, set()),
        ({"env": {"A": "b"}, "volumes": [{"name": "data", "emptyDir": {}}]}, set()),
        ({"tolerations": [TOLERATION]}, {"scheduling"}),
        ({"volumes": [{"name": "data", "hostPath": {"path": "/data"}}]}, {"volume_sources"}),
        ({"lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}, {"containers", "security"}),
    ],
)
@pytest.mark.processes
def test_only_what_a_document_names_is_imported(spec: dict[str, Any], imported: set[str]) -> None:
    program = (
        "import sys; from hanzo_constructs import Service, compile_resource; from hanzo_constructs.kube.model import parse_as;"
        f"compile_resource(parse_as(Service, {{'metadata': {{'name': 'web'}}, 'spec': { ({**IMAGE, **spec})!r}}}));"
        "print(*[name.rpartition('.')[2] for name in sys.modules if name.startswith('hanzo_constructs.kube.core.')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    deferred = {"autoscaling", "containers", "network", "policies", "scheduling", "security", "volume_sources"}
    assert deferred & {*done.stdout.split()} == imported


def test_values_are_of_the_model_itself() -> None:
    (toleration,) = parsed({"tolerations": [TOLERATION]}).tolerations
    assert type(toleration) is Toleration
    arguments: dict[str, Any] = {**IMAGE, "tolerations": [toleration]}
    assert ServiceSpec(**arguments).tolerations == (toleration,)
    assert written(parsed({"tolerations": [TOLERATION]}))["tolerations"] == [TOLERATION]


def test_mistakes_are_told_with_their_places_and_beside_all_others() -> None:
    assert messages(
        {
            "replicas": "two",
            "tolerations": [{"key": "gpu", "operators": "Exists"}, {"tolerationSeconds": "1"}],
            "affinity": {
                "nodeAffinity": {"requiredDuringSchedulingIgnoredDuringExecution": {"nodeSelectorTerms": "x"}}
            },
            "volumeMounts": [{"name": "data", "mountPath": "/data"}],
        }
    ) == [
        "spec.replicas: expected an integer, got a string",
        "spec.tolerations[0].operators: unknown field, did you mean operator?",
        "spec.tolerations[1].tolerationSeconds: expected an integer, got a string; leave the quotes out",
        "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: expected a list, got a string",
        'spec.volumeMounts[0].name: "data" is not a volume, declared are none',
    ]
    assert messages({"tolerations": "gpu", "affinity": []}) == [
        "spec.tolerations: expected a list, got a string",
        "spec.affinity: expected a mapping with nodeAffinity, podAffinity, podAntiAffinity, got a list",
    ]


def test_mappings_use_wire_names_and_arguments_either() -> None:
    (message,) = messages({"tolerations": [{"key": "gpu", "operator": "Exists", "toleration_seconds": 1}]})
    assert message.startswith("spec.tolerations[0].toleration_seconds: ")
    arguments: dict[str, Any] = {
        **IMAGE,
        "tolerations": [{"key": "a", "operator": "Exists", "effect": "NoExecute", "toleration_seconds": 1}],
    }
    (toleration,) = ServiceSpec(**arguments).tolerations
    assert toleration.toleration_seconds == 1


def test_fields_are_shown_with_the_model_itself() -> None:
    assert get_args(ServiceSpec.model_fields["affinity"].annotation) == (Affinity, type(None))
    assert ServiceSpec.model_fields["sidecars"].annotation == tuple[Container, ...]
    assert get_args(Volume.model_fields["host_path"].annotation)[0].__name__ == "HostPathVolumeSource"


def test_annotations_of_all_forms_are_resolved() -> None:
    assert resolved(Items[Later]) == Items[Toleration]
    assert resolved(Later | int | None) == Toleration | int | None
    assert resolved(str | Later) == str | Toleration
    assert resolved(dict[str, Later]) == dict[str, Toleration]
    assert resolved(tuple[str, ...]) == tuple[str, ...]


def test_the_newest_fields_are_found_in_models_that_were_imported_later() -> None:
    assert not [*newer_than(parsed({}), "1.25")]
    spec = parsed({"volumes": [{"name": "code", "image": {"reference": "ghcr.io/acme/code:v1"}}]})
    assert [path for path, _ in newer_than(spec, "1.25")] == [("volumes", 0, "image")]


def test_what_stands_for_a_model_is_one_object() -> None:
    found: dict[str, Any] = {name: getattr(deferred, name) for name in ("HostAlias", "Toleration")}
    assert {type(each) for each in found.values()} == {Deferred}
    assert {name: repr(each) for name, each in found.items()} == {"HostAlias": "HostAlias", "Toleration": "Toleration"}
    assert deferred.HostAlias is found["HostAlias"]
    with pytest.raises(AttributeError, match="has no attribute 'Nothing'"):
        getattr(deferred, "Nothing")  # noqa: B009 - type checkers know that there is none
