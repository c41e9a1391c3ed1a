"""What is said of a field, beside what a real kubectl says of it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from hanzo_constructs.errors import SpecError
from hanzo_constructs.platform import Platform
from hanzo_constructs.schema.field_texts import fields_below, text_of
from hanzo_constructs.spec.kinds import KINDS
from tests.schema.openapi_server import serving

_PATHS = [
    "service",
    "service.spec",
    "service.status",
    "service.status.conditions",
    "service.spec.image",
    "service.spec.strategy",
    "service.spec.ports",
    "service.spec.labels",
    "service.spec.args",
    "service.spec.dnsPolicy",
    "service.spec.ingress",
    "service.spec.ingress.pathRules.port",
    "service.spec.overlay",
    "service.spec.resources.limits",
    "service.spec.configs.files",
    "service.spec.volumes",
    "service.spec.env.valueFrom",
    "service.spec.affinity.nodeAffinity",
    "service.spec.tolerations.effect",
    "sql",
    "datastore.spec.backup",
    "base.spec",
    "gateway.spec.routes",
    "gateway.spec.routes.methods",
    "task.spec.podFailurePolicy",
]


@pytest.fixture(scope="module")
def kubectl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """The beginning of a command that asks a server of our kinds."""
    program = shutil.which("kubectl")
    if program is None:
        pytest.skip("no kubectl on PATH")  # no set-up brings one: it is the judge here, and not what is judged
    cache: Path = tmp_path_factory.mktemp("kubectl")
    with serving([KINDS[kind] for kind in ("Service", "SQL", "Datastore", "Base", "Gateway", "Task")]) as address:
        yield [program, "--kubeconfig=/dev/null", f"--cache-dir={cache}", "-s", address, "explain"]


@pytest.mark.thorough
@pytest.mark.parametrize("recursive", [False, True])
@pytest.mark.parametrize("path", _PATHS)
def test_it_is_what_kubectl_says(kubectl: list[str], path: str, recursive: bool) -> None:  # noqa: FBT001
    command = [*kubectl, path, *(["--recursive"] if recursive else [])]
    said = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert said.stderr == ""
    name, *fields = path.split(".")
    kind = next(kind for kind in KINDS.values() if kind.name.lower() == name)
    assert text_of(kind, fields, Platform(), recursive=recursive) == said.stdout


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("ingres", "service.spec.ingres: there is no such field, did you mean ingress?"),
        ("image.tag.x", "service.spec.image.tag.x: there is no such field, it has no fields"),
        ("image.zzz", "service.spec.image.zzz: there is no such field, known are digest, pullPolicy, repository, tag"),
        ("", "service.spec.: there is no such field, known are"),
    ],
)
def test_a_field_that_there_is_not(path: str, message: str) -> None:
    with pytest.raises(SpecError) as raised:
        text_of(KINDS["Service"], ["spec", *path.split(".")], Platform())
    assert str(raised.value).startswith(message)


def test_fields_are_completed() -> None:
    assert fields_below(KINDS["Service"], ["spec", "image"]) == ("digest", "pullPolicy", "repository", "tag")
    assert "path" in fields_below(KINDS["Service"], ["spec", "ingress", "pathRules"])
    assert fields_below(KINDS["Service"], ["spec", "zzz"]) == ()


def test_the_group_of_the_platform_is_named() -> None:
    assert text_of(KINDS["SQL"], [], Platform(api_group="lux.cloud")).startswith(
        "GROUP:      lux.cloud\nKIND:       SQL\n"
    )
