"""What Python code may write more briefly than a document, and what comes of it."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.core import EnvVar, ResourceRequirements
from hanzo_constructs.kube.images import image_parts
from hanzo_constructs.kube.model import parse_as, written
from hanzo_constructs.spec.image import ImageSpec, image_reference
from hanzo_constructs.spec.ports import ServicePort
from hanzo_constructs.spec.service import ServiceSpec

DIGEST = "sha256:" + "0a" * 32
IMAGE = "ghcr.io/hanzoai/example:v1.2.3"


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


def test_a_document_must_write_what_the_api_server_takes() -> None:
    with pytest.raises(SpecError) as caught:
        parse_as(ServiceSpec, {"image": IMAGE, "env": {"A": "b"}, "ports": {"http": 8080}, "env_from": []}, ("spec",))
    assert str(caught.value).splitlines() == [
        "spec.image: expected a mapping with repository and tag, got a string",
        "spec.ports: expected a list, got a mapping",
        "spec.env: expected a list, got a mapping",
        "spec.env_from: unknown field, did you mean envFrom?",
    ]


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
    ("content", "message"),
    [
        (8080, "env: PORT: expected a string or a source such as secretKeyRef, got an integer; quote it"),
        (True, "env: PORT: expected a string or a source such as secretKeyRef, got a boolean; quote it"),
        (None, "env: PORT: expected a string or a source such as secretKeyRef, got null"),
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


@pytest.mark.parametrize("ports", [{"http": True}, {"http": "8080"}, {80: 8080}])
def test_a_port_is_a_number_or_a_mapping(ports: Any) -> None:
    with pytest.raises(SpecError, match=r"^ports: expected a mapping of port names to numbers or mappings, got "):
        service(image=IMAGE, ports=ports)


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
