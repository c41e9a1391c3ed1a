"""What may be written more briefly than the API server stores it, and what comes of it."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Any

import pytest
from pydantic import ValidationError

from hanzo_constructs.errors import Finding, SpecError
from hanzo_constructs.kube.core import EnvVar, ResourceRequirements
from hanzo_constructs.kube.images import image_parts
from hanzo_constructs.kube.model import parse_as, written
from hanzo_constructs.spec.image import ImageSpec, image_reference
from hanzo_constructs.spec.ports import ServicePort
from hanzo_constructs.spec.service import ServiceSpec
from hanzo_constructs.spec.short_forms import as_written

DIGEST = "sha256:" + "0a" * 32
IMAGE = "ghcr.io/hanzoai/example:v1.2.3"
SIDECAR = {
    "name": "proxy",
    "image": "envoy:v1",
    "env": {"LEVEL": "info"},
    "ports": {"admin": 9901, "raw": {"containerPort": 53, "protocol": "UDP"}},
}


def service(**fields: Any) -> ServiceSpec:
    """Return the spec with *fields*; a type checker would want the models that the conveniences stand for."""
    return ServiceSpec(**fields)


@pytest.mark.parametrize(
    ("reference", "parts"),
    [
        ("ghcr.io/hanzoai/example:v1.2.3", ("ghcr.io/hanzoai/example", "v1.2.3", None)),
        ("ghcr.io/hanzoai/example", ("ghcr.io/hanzoai/example", None, None)),
        ("registry:5000/example", ("registry:5000/example", None, None)),
        ("registry:5000/example:v1", ("registry:5000/example", "v1", None)),
        (f"ghcr.io/hanzoai/example@{DIGEST}", ("ghcr.io/hanzoai/example", None, DIGEST)),
        (f"registry:5000/example:v1@{DIGEST}", ("registry:5000/example", "v1", DIGEST)),
        ("nginx", ("nginx", None, None)),
        ("nginx:1.29", ("nginx", "1.29", None)),
    ],
)
def test_an_image_is_a_reference(reference: str, parts: tuple[str, str | None, str | None]) -> None:
    assert image_parts(reference) == parts
    image = service(image=reference).image
    assert (image.repository, image.tag, image.digest) == parts
    assert image_reference(image) == reference


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("example:", "image.tag: must be at most 128 letters, digits, '_', '.' and '-', got \"\""),
        ("example@", 'image.digest: must be sha256: and 64 hexadecimal digits, got ""'),
        ("", 'image.repository: must be a registry path such as ghcr.io/hanzoai/example, got ""'),
        ("a b:v1", 'image.repository: must be a registry path such as ghcr.io/hanzoai/example, got "a b"'),
    ],
)
def test_what_is_no_reference(reference: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        service(image=reference)
    assert str(caught.value) == message


def test_a_document_may_write_what_python_code_may() -> None:
    short = {"image": IMAGE, "env": {"A": "b"}, "ports": {"http": 8080}, "sidecars": [SIDECAR]}
    assert parse_as(ServiceSpec, short, ("spec",)) == service(**short)
    with pytest.raises(SpecError, match=r"^spec\.env_from: unknown field, did you mean envFrom\?$"):
        parse_as(ServiceSpec, {**short, "env_from": []}, ("spec",))


def test_variables_and_ports_of_other_containers_are_mappings_too() -> None:
    long = [
        {
            "name": "proxy",
            "image": "envoy:v1",
            "env": [{"name": "LEVEL", "value": "info"}],
            "ports": [
                {"name": "admin", "containerPort": 9901},
                {"name": "raw", "containerPort": 53, "protocol": "UDP"},
            ],
        }
    ]
    assert service(image=IMAGE, sidecars=[SIDECAR]) == service(image=IMAGE, sidecars=long)
    assert written(service(image=IMAGE, init_containers=[SIDECAR]))["initContainers"] == long
    with pytest.raises(SpecError) as caught:
        service(image=IMAGE, sidecars=[{**SIDECAR, "env": {"A": 1}, "ports": {"http": "80", "b": None}}, {"name": 1}])
    assert str(caught.value).splitlines() == [
        "sidecars[0].env.A: expected a string or a source such as secretKeyRef, got an integer; quote it",
        "sidecars[0].ports.http: expected an integer or a mapping with containerPort, got a string; leave the quotes out",
        "sidecars[0].ports.b: expected an integer or a mapping with containerPort, got null",
    ]


@pytest.mark.parametrize("mapping", [MappingProxyType, UserDict], ids=["MappingProxyType", "UserDict"])
def test_any_mapping_will_do(mapping: Callable[[dict[str, Any]], Any]) -> None:
    expected = service(image=IMAGE, env={"A": "b"}, labels={"x": "y"}, resources={"requests": {"cpu": "1"}})
    fields = {
        "image": IMAGE,
        "env": mapping({"A": "b"}),
        "labels": mapping({"x": "y"}),
        "resources": mapping({"requests": mapping({"cpu": "1"})}),
    }
    assert service(**fields) == expected
    assert parse_as(ServiceSpec, mapping(fields)) == expected
    with pytest.raises(SpecError, match=r"^env\.A: expected a string .*, got an integer; quote it$"):
        service(image=IMAGE, env=mapping({"A": 1}))


def test_variables_are_a_mapping_in_its_order() -> None:
    source = {"secretKeyRef": {"name": "db", "key": "url"}}
    spec = service(
        image=IMAGE,
        env={"B": "2", "A": "", "URL": source, "POD": {"valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}}},
    )
    assert written(spec)["env"] == [
        {"name": "B", "value": "2"},
        {"name": "A", "value": ""},
        {"name": "URL", "valueFrom": source},
        {"name": "POD", "valueFrom": {"fieldRef": {"fieldPath": "metadata.name"}}},
    ]
    assert service(image=IMAGE, env={"A": {"value": "x"}}) == service(image=IMAGE, env={"A": "x"})
    snake = {"value_from": {"field_ref": {"field_path": "metadata.name"}}}
    assert service(image=IMAGE, env={"A": snake}).env[0].value_from is not None


@pytest.mark.parametrize(
    ("env", "names"),
    [
        ({"B": "2", "A": "1"}, "BA"),
        ({"URL": "$(HOST):$(PORT)", "PORT": "1", "HOST": "$(NAME)", "NAME": "x"}, ["NAME", "HOST", "PORT", "URL"]),
        ({"A": "$$(B)", "B": "x"}, "AB"),
        ({"A": "$(NOWHERE)", "B": "x"}, "AB"),
        ({"A": {"value": "$(B)"}, "B": "x"}, "BA"),
        ({"A": "$(B)", "B": "$(A)", "C": "$(C)"}, "BAC"),
        ({"A": "$(B)", "B": {"secretKeyRef": {"name": "a", "key": "b"}}}, "BA"),
    ],
)
def test_a_variable_of_a_mapping_stands_behind_those_it_refers_to(env: dict[str, Any], names: Sequence[str]) -> None:
    assert [variable.name for variable in service(image=IMAGE, env=env).env] == [*names]


def test_a_finding_names_the_variable_wherever_it_is_put() -> None:
    finding = as_written(Finding("is wrong", "spec.env[0].value"), {"spec": {"env": {"A": "$(B)", "B": "x"}}})
    assert finding.path == "spec.env.B"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (8080, "env.PORT: expected a string or a source such as secretKeyRef, got an integer; quote it"),
        (True, "env.PORT: expected a string or a source such as secretKeyRef, got a boolean; quote it"),
        (None, "env.PORT: expected a string or a source such as secretKeyRef, got null"),
        ({"secretKeyReference": {}}, "env[0].valueFrom.secretKeyReference: unknown field, did you mean secretKeyRef?"),
    ],
)
def test_a_variable_is_text_or_a_source(content: object, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        service(image=IMAGE, env={"PORT": content})
    assert str(caught.value) == message


def test_ports_are_a_mapping_in_its_order() -> None:
    spec = service(image=IMAGE, ports={"http": 8080, "dns": {"containerPort": 53, "protocol": "UDP"}})
    assert spec.ports == (
        ServicePort(name="http", container_port=8080),
        ServicePort(name="dns", container_port=53, protocol="UDP"),
    )
    assert service(image=IMAGE, ports=[{"name": "http", "container_port": 8080}]).ports == spec.ports[:1]


@pytest.mark.parametrize(
    ("ports", "message"),
    [
        ({"http": True}, "ports.http: expected an integer or a mapping with containerPort, got a boolean"),
        (
            {"http": "8080", "x": None},
            """ports.http: expected an integer or a mapping with containerPort, got a string; leave the quotes out
ports.x: expected an integer or a mapping with containerPort, got null""",
        ),
        ({80: 8080}, "ports: expected a string as key, got an integer; quote it"),
    ],
)
def test_a_port_is_a_number_or_a_mapping(ports: Any, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        service(image=IMAGE, ports=ports)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("spec.env[1].value", "spec.env.B"),
        ("spec.env[2].valueFrom.secretKeyRef.key", "spec.env.C.secretKeyRef.key"),
        ("spec.env[3].valueFrom.fieldRef", "spec.env.D.valueFrom.fieldRef"),
        ("spec.env[9].value", "spec.env[9].value"),
        ("spec.image.tag", "spec.image"),
        ("spec.ports[0].containerPort", "spec.ports.http"),
        ("spec.ports[1].protocol", "spec.ports.dns.protocol"),
        ("spec.sidecars[0].env[0].value", "spec.sidecars[0].env.X"),
        ("spec.volumes[0].name", "spec.volumes[0].name"),
        ("metadata.name", "metadata.name"),
        ("", ""),
    ],
)
def test_a_finding_has_the_path_that_was_written(path: str, expected: str) -> None:
    source = {"secretKeyRef": {"name": "a"}}
    document = {
        "spec": {
            "image": IMAGE,
            "env": {"A": "a", "B": "b", "C": source, "D": {"valueFrom": {"fieldRef": {}}}},
            "ports": {"http": 80, "dns": {"containerPort": 53}},
            "sidecars": [{"env": {"X": "y"}}],
        }
    }
    finding = as_written(Finding("is wrong", path), document)
    assert finding == Finding("is wrong", expected)


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(1, "1"), (0.5, "0.5"), (2.0, "2"), ("1e3", "1e3"), ("100m", "100m"), (1073741824, "1073741824")],
)
def test_quantities_are_numbers_or_strings(amount: object, expected: str) -> None:
    spec = service(image=IMAGE, resources={"requests": {"cpu": amount}})
    assert written(spec)["resources"] == {"requests": {"cpu": expected}}


def test_models_may_be_given_as_they_are() -> None:
    spec = service(
        image=ImageSpec(repository="ghcr.io/hanzoai/example", tag="v1.2.3"),
        env=(EnvVar(name="A", value="b"),),
        resources=ResourceRequirements(requests={"cpu": "1"}),
    )
    assert spec == service(image=IMAGE, env={"A": "b"}, resources={"requests": {"cpu": 1}})


def test_null_is_an_empty_list_or_mapping() -> None:
    spec = service(image=IMAGE, env=None, volumes=None, labels=None)
    assert (spec.env, spec.volumes, spec.labels) == ((), (), {})


def test_a_set_has_no_order_and_is_refused() -> None:
    with pytest.raises(SpecError, match=r"^args: expected a list, got a Python set$"):
        service(image=IMAGE, args={"a", "b"})


def test_a_specification_does_not_change() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        service(image=IMAGE).replicas = 2


def test_everything_wrong_is_reported_at_once_from_python_too() -> None:
    with pytest.raises(SpecError) as caught:
        service(
            image="example:v1",
            replica=2,
            ports={"http": 8080, "web": 8080},
            volume_mounts=[{"name": "data", "mountPath": "/data"}],
            ingress={"hosts": ["A"], "tls": False, "clusterIssuer": "x"},
        )
    assert str(caught.value).splitlines() == [
        'ingress.hosts[0]: must be a lower-case DNS name, or *. before one, got "A"',
        "replica: unknown field, did you mean replicas?",
        "ingress.clusterIssuer: has no effect because tls is false; leave one of them out",
        "ports[1].containerPort: 8080/TCP is used twice; give one of them a servicePort of its own (also ports[0])",
        'volumeMounts[0].name: "data" is not a volume, declared are none',
    ]
