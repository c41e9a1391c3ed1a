"""What runs already is taken over by `adopt`: nothing is refused and nothing is made anew, with either kind of apply."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs.kube.yaml import dump_all, load_all
from tests.cluster.server import ControlPlane
from tests.cluster.test_commands import Shell, shell_of

pytestmark = [
    pytest.mark.slow,
    pytest.mark.cluster,
    pytest.mark.skipif(not shutil.which("kubectl"), reason="no kubectl on PATH"),
]

SHAPES = sorted((Path(__file__).parent / "adoption").glob("*.yaml"))
"""What runs, and the resource that takes it over."""

APPLY = {
    "client": ("kubectl apply --filename -", r".* (configured|unchanged|created)"),
    "server": ("kubectl apply --server-side --force-conflicts --filename -", r".* serverside-applied"),
}

Manifest = dict[str, Any]


@pytest.fixture
def shell(control_plane: ControlPlane, tmp_path: Path) -> Shell:
    return shell_of(control_plane, tmp_path)


def shape(file: Path, namespace: str) -> tuple[str, str]:
    """Return what runs and what adopts it, in a *namespace* of their own."""
    documents = [
        document.data
        for document in load_all(file.read_bytes().replace(b"namespace: adoption", b"namespace: " + namespace.encode()))
    ]
    ours = [each for each in documents if each["apiVersion"] == "hanzo.ai/v1"]
    return dump_all(each for each in documents if each not in ours), dump_all(ours)


def identities(shell: Shell, objects: str) -> dict[str, str]:
    """Return the uid of each of *objects* in the cluster, by kind and name."""
    form = r"--output go-template='{{range .items}}{{.kind}}/{{.metadata.name}} {{.metadata.uid}}{{\"\n\"}}{{end}}'"
    lines = shell(f"kubectl get --filename - {form.replace(chr(92) + chr(34), chr(34))}", objects).splitlines()
    return dict(line.split(" ") for line in lines)


@pytest.mark.parametrize("epoch", ["2025", "2026"])
@pytest.mark.parametrize("way", APPLY)
@pytest.mark.parametrize("file", SHAPES, ids=lambda file: file.stem)
def test_what_is_adopted_is_taken_over(shell: Shell, file: Path, way: str, epoch: str) -> None:
    namespace = f"{file.stem}-{way}-{epoch}"
    runs, ours = shape(file, namespace)
    shell(f"kubectl create namespace {namespace}")
    shell("kubectl apply --filename -", runs)
    before = identities(shell, runs)
    (Path(shell("pwd").strip()) / "hanzo.yaml").write_text(f'epoch: "{epoch}"\n')
    output = shell("hzc compile -", ours)
    command, taken = APPLY[way]
    for line in shell(f"{command} --dry-run=server", output).splitlines():
        assert re.fullmatch(rf"{taken} \(server dry run\)", line)
    for line in shell(command, output).splitlines():
        assert re.fullmatch(taken, line)
    assert identities(shell, runs) == before
    assert before.items() <= identities(shell, output).items()


@pytest.mark.parametrize("name", ["app-label", "stateful-set"])
def test_what_is_not_adopted_is_refused(shell: Shell, name: str) -> None:
    """The reason for all this: without it, the Service is rewritten and the workload refused."""
    (file,) = (each for each in SHAPES if each.stem == name)
    namespace = f"{name}-not"
    runs, ours = shape(file, namespace)
    shell(f"kubectl create namespace {namespace}")
    shell("kubectl apply --filename -", runs)
    (resource,) = (document.data for document in load_all(ours.encode()))
    resource["metadata"]["name"] = resource["spec"].pop("adopt").get("name", resource["metadata"]["name"])
    output = shell("hzc compile -", dump_all([resource]))
    said = shell("kubectl apply --filename - 2>&1 || true", output)
    assert f"service/{resource['metadata']['name']} configured" in said
    assert "immutable" in said or "Forbidden" in said
    (looks,) = re.findall(
        r"    (kubectl .* get (?:deployment|statefulset) .*)", shell("hzc show -", dump_all([resource]))
    )[:1]
    assert '{"app":' in shell(looks)
