"""Rules for pods whose cases are too long for a file, and every place where an image is written."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs import Platform
from hanzo_constructs.errors import InputError, PlatformError
from hanzo_constructs.kube.images import image_problem
from hanzo_constructs.spec.kinds import parse


def service(**spec: Any) -> Any:
    """Return a Service of *spec*."""
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": {"name": "api"}}
    return parse({**document, "spec": {"image": {"repository": "ghcr.io/hanzoai/example", "tag": "v1.2.3"}, **spec}})


def message(**spec: Any) -> str:
    """Return what is wrong with a Service of *spec*."""
    with pytest.raises(InputError) as raised:
        service(**spec)
    return str(raised.value)


@pytest.mark.parametrize(("length", "character"), [(131_069, "x"), (65_534, "ä")])
def test_a_variable_fits_into_one_string_of_a_process(length: int, character: str) -> None:
    service(env=[{"name": "A", "value": character * length}])
    assert "must have at most 131069 bytes, the most that Linux passes to a process, got 13107" in message(
        env=[{"name": "A", "value": character * (length + 1)}]
    )


def test_the_files_of_a_config_fit_into_a_config_map() -> None:
    files = {"a": "x" * (1024 * 1024 - 2), "b": "ä"}
    service(configs=[{"name": "c", "mountPath": "/c", "files": files}])
    assert "files: must have at most 1048576 bytes together to fit into a ConfigMap, got 1048577" in message(
        configs=[{"name": "c", "mountPath": "/c", "files": {**files, "c": "x"}}]
    )


def test_a_file_that_becomes_a_variable_fits_into_one_string_of_a_process() -> None:
    service(configs=[{"name": "c", "env": True, "files": {"A": "x" * 131_069}}])
    text = message(configs=[{"name": "c", "env": True, "files": {"A": "x" * 131_070, "B": "hunter2\0"}}])
    assert "files.A: must have at most 131069 bytes, the most that Linux passes to a process, got 131070" in text
    assert "files.B: must not contain a NUL character" in text
    assert "hunter2" not in text


@pytest.mark.parametrize("field", ["command", "args"])
def test_an_argument_fits_into_one_string_of_a_process(field: str) -> None:
    assert message(**{field: ["a", "x" * 131_072]}) == (
        f"Service api: spec.{field}[1]: must have at most 131071 bytes, the most that Linux passes to a process, got 131072;"
        " mount a file instead"
    )


def test_nothing_of_a_value_is_repeated() -> None:
    assert "hunter2" not in message(env=[{"name": "A", "value": "hunter2\0"}])


@pytest.mark.parametrize(
    "reference",
    [
        "a",
        "a:v1",
        "my_app:v1",
        "my_org/my__app--x.y:v1",
        "localhost/a",
        "localhost:5000/a/b:v1",
        "ghcr.io/hanzoai/example:v1.2.3",
        f"ghcr.io/hanzoai/example@sha256:{'0' * 64}",
        f"ghcr.io/hanzoai/example:v1@sha256:{'0' * 64}",
        "GHCR.io/hanzoai/example",
    ],
)
def test_what_is_an_image(reference: str) -> None:
    assert image_problem(reference) == ""


@pytest.mark.parametrize(
    "reference",
    [
        "",
        " ",
        " a:v1",
        "a:v1 ",
        "a b",
        "A",
        "a/B",
        "a:",
        "a@",
        "a:b:c",
        "a//b",
        "/a",
        "a/",
        "a@sha256:0",
        "a___b",
        "a._b",
        "-a/b.c:1",
    ],
)
def test_what_is_no_image(reference: str) -> None:
    assert image_problem(reference).startswith("must be an image such as ghcr.io/hanzoai/example:v1.2.3, got ")


def test_credentials_in_an_image_are_not_repeated() -> None:
    problem = image_problem("user:hunter2@ghcr.io/hanzoai/example:v1")
    assert problem == (
        "must not contain a user or password (not shown here); name the Secret with them in imagePullSecrets"
    )


def test_the_image_of_backups_is_one() -> None:
    with pytest.raises(PlatformError) as raised:
        Platform(backup_image="a b")
    assert str(raised.value) == 'backupImage: must be an image such as ghcr.io/hanzoai/example:v1.2.3, got "a b"'


@pytest.mark.parametrize("kind", ["Datastore", "Base", "Gateway", "KV", "IAM"])
def test_rules_hold_for_every_kind(kind: str) -> None:
    spec: dict[str, Any] = {"resources": {"limits": {"nvidia.com/gpu": "0.5"}}, "image": {"repository": "a b"}}
    spec |= {"type": "valkey"} if kind == "Datastore" else {}
    with pytest.raises(InputError) as raised:
        parse({"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": "a"}, "spec": spec})
    text = str(raised.value)
    assert "must be an integer, because a device is not divided, got 0.5" in text
    assert "must be a registry path" in text
