"""Objects that are gone from an output directory are known: nothing else would ever remove them from a cluster."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from hanzo_constructs.kube.yaml import dump_all
from hanzo_constructs.output import directory, objects
from hanzo_constructs.output.directory import write_directory
from hanzo_constructs.output.objects import ObjectName, gone_lines


def manifest(
    kind: str = "apps/v1 Deployment", name: str = "api", namespace: str = "shop", **more: str
) -> dict[str, object]:
    api_version, _, kind = kind.partition(" ")
    metadata = {"name": name, **({"namespace": namespace} if namespace else {}), **more}
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata}


def text(*manifests: dict[str, object]) -> str:
    return "---\n" + dump_all(manifests)


API, SERVICE, DISK = manifest(), manifest("v1 Service"), manifest("apps/v1 StatefulSet", "db")


def gone(directory: Path, *runs: dict[str, str]) -> list[str]:
    """Return what is gone after the last of *runs*, as `Kind.group namespace/name`."""
    *before, last = runs
    for files in before:
        write_directory(directory, files)
    change = write_directory(directory, last)
    assert not change.unread
    return [f"{each.kind}.{each.group} {each.namespace}/{each.name}" for each in change.gone]


def printed(directory: Path, *manifests: dict[str, object]) -> list[str]:
    """Return the commands for *manifests* that are gone."""
    write_directory(directory, {"a.yaml": text(*manifests)})
    change = write_directory(directory, {})
    return list(gone_lines("out", change.gone, change.unread))[1:]


def test_an_object_that_is_in_no_file_any_more_is_gone(tmp_path: Path) -> None:
    before = {"a.yaml": text(API, SERVICE), "b.yaml": text(DISK)}
    assert gone(tmp_path, before, {"a.yaml": text(API), "b.yaml": text(DISK)}) == ["Service. shop/api"]
    assert gone(tmp_path, before, {"a.yaml": text(API, SERVICE)}) == ["StatefulSet.apps shop/db"]
    assert gone(tmp_path, before, before) == []
    assert gone(tmp_path, before, {}) == [
        "Service. shop/api",
        "Deployment.apps shop/api",
        "StatefulSet.apps shop/db",
    ]


def test_an_object_that_moved_or_changed_is_not_gone(tmp_path: Path) -> None:
    before = {"a.yaml": text(API, SERVICE), "b.yaml": text(DISK)}
    later = manifest("apps/v2 Deployment", finalizer="x")
    for after in (
        {"a.yaml": text(SERVICE, later), "b.yaml": text(DISK)},
        {"all.yaml": text(API, SERVICE, DISK)},
        {"a.yaml": text(DISK), "b.yaml": text(API, SERVICE)},
        {"all.json": json.dumps({"apiVersion": "v1", "kind": "List", "items": [API, SERVICE, DISK]})},
    ):
        assert gone(tmp_path, before, after) == []
        assert gone(tmp_path, before) == []
    # What is gone from a file that changed may stand in one that did not.
    assert (
        gone(tmp_path, {"a.yaml": text(API), "b.yaml": text(API, DISK)}, {"a.yaml": "", "b.yaml": text(API, DISK)})
        == []
    )


def test_names_are_told_apart(tmp_path: Path) -> None:
    before = {"a.yaml": text(API, manifest(namespace="other"), manifest(namespace=""), manifest("other/v1 Deployment"))}
    assert gone(tmp_path, before, {"a.yaml": text(API)}) == [
        "Deployment.apps /api",
        "Deployment.apps other/api",
        "Deployment.other shop/api",
    ]


@pytest.mark.parametrize(
    "written",
    [
        "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  labels:\n    a: b\n  namespace: shop\n",
        "kind: Deployment\nmetadata: {namespace: shop, name: api}\napiVersion: apps/v1\n",
        'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: "shop"\n',
        "apiVersion: apps/v1\r\nkind: Deployment\r\nmetadata:\r\n  name: api\r\n  namespace: shop\r\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: api\n  namespace: shop\n--- # mine\n" + text(API)[4:],
        "# mine\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: api\n  namespace: shop\n",
        '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "api", "namespace": "shop"}}',
        "apiVersion: v1\nkind: List\nitems:\n- " + text(API)[4:].replace("\n", "\n  "),
    ],
)
def test_a_file_may_have_been_edited(tmp_path: Path, written: str) -> None:
    write_directory(tmp_path, {"a.yaml": text(API, SERVICE)})
    (tmp_path / "a.yaml").write_bytes(written.encode())
    assert gone(tmp_path, {"b.yaml": text(SERVICE)}) == ["Deployment.apps shop/api"]


@pytest.mark.parametrize("damage", [b"\xff", b"a: {", b'{"a"', b"[" * 100_000, b'{"a":' * 100_000, b"a: 1\na: 2\n"])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, damage: bytes) -> None:
    write_directory(tmp_path, {"a.yaml": text(API), "b.yaml": text(SERVICE)})
    (tmp_path / "a.yaml").write_bytes(damage)
    change = write_directory(tmp_path, {"a.yaml": text(DISK)})
    assert change.unread == ("a.yaml",)
    assert [each.kind for each in change.gone] == ["Service"]
    assert list(gone_lines("out", change.gone, change.unread))[-1] == (
        "note: out/a.yaml: what stood there could not be read, so that objects that are gone are not known"
    )


def test_commands_name_one_object_each(tmp_path: Path) -> None:
    objects = (
        SERVICE,
        API,
        manifest("networking.k8s.io/v1 NetworkPolicy"),
        manifest("networking.k8s.io/v1 Ingress", namespace=""),
        manifest("autoscaling/v2 HorizontalPodAutoscaler"),
        manifest("secrets.lux.network/v1alpha1 KMSSecret"),
        manifest("hanzo.ai/v1 Service"),
        manifest("rbac.authorization.k8s.io/v1 ClusterRole", "system:api", ""),
    )
    assert printed(tmp_path, *objects) == [
        "  kubectl delete services/api --namespace shop",
        "  kubectl delete deployments.apps/api --namespace shop",
        "  kubectl delete horizontalpodautoscalers.autoscaling/api --namespace shop",
        "  kubectl delete Service.hanzo.ai/api --namespace shop",
        "  kubectl delete ingresses.networking.k8s.io/api",
        "  kubectl delete networkpolicies.networking.k8s.io/api --namespace shop",
        "  kubectl delete clusterroles.rbac.authorization.k8s.io/system:api",
        "  kubectl delete KMSSecret.secrets.lux.network/api --namespace shop",
    ]


def test_commands_say_what_is_lost(tmp_path: Path) -> None:
    assert printed(tmp_path, DISK, manifest("v1 PersistentVolumeClaim"), manifest("v1 Namespace", "shop", "")) == [
        "  kubectl delete namespaces/shop  # everything in it goes too",
        "  kubectl delete persistentvolumeclaims/api --namespace shop  # the data on it may go too",
        "  kubectl delete statefulsets.apps/db --namespace shop  # its claims and the data on them may go too",
    ]


@pytest.mark.parametrize("word", ["a b", "a;b", "$(a)", "-f", "a/b", "a\nb", "\x1b[2J", "--all", "a,b", ""])
@pytest.mark.parametrize("field", ["name", "namespace", "kind", "group"])
def test_no_command_is_made_of_what_is_no_name(word: str, field: str) -> None:
    """Whoever may write the file must not choose what somebody else runs."""
    words = {"name": "x", "namespace": "x", "kind": "X", "group": "x", field: word}
    expected = 2 if not word and field in {"namespace", "group"} else 0
    assert len(list(gone_lines("out", [ObjectName(**words)], ()))) == expected


def test_a_command_is_one_for_the_shell(tmp_path: Path) -> None:
    for line in printed(tmp_path, API, DISK):
        ran = subprocess.run(
            ["/bin/sh", "-c", f"kubectl() {{ echo $#; }}; {line}"], capture_output=True, text=True, check=True
        )
        assert ran.stdout == "4\n"


def test_files_that_do_not_change_are_not_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So a run over a fleet in which little changed costs what it did."""
    files = {f"{number}.yaml": text(manifest(name=f"s{number}")) for number in range(100)}
    write_directory(tmp_path, files)
    looked: list[bytes] = []

    def object_names(text: bytes) -> tuple[set[ObjectName], bool]:
        looked.append(text)
        return objects.object_names(text)

    monkeypatch.setattr(directory, "object_names", object_names)
    write_directory(tmp_path, files)
    assert looked == []
    write_directory(tmp_path, {**files, "7.yaml": text(manifest(name="s7", label="x"))})
    assert len(looked) == 2


KILLED = """
import json, os, signal, sys
from pathlib import Path
from hanzo_constructs.output import commit
from hanzo_constructs.output.directory import write_directory

step, number, at = commit.Step.do, iter(range(99)), int(sys.argv[3])

def do(self):
    if next(number) == at:
        os.kill(os.getpid(), signal.SIGKILL)
    step(self)

commit.Step.do = do
write_directory(Path(sys.argv[1]), json.loads(sys.argv[2]))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize("at", range(7))
def test_what_a_killed_run_took_away_is_known_to_the_next(tmp_path: Path, at: int) -> None:
    """In folders too: the files are the old ones or the new ones, each as a whole."""
    old = {"a.yaml": text(API, SERVICE), "shop/b.yaml": text(DISK), "shop/c.yaml": text(manifest(name="gone"))}
    new = {
        "a.yaml": text(API),
        "shop/b.yaml": text(DISK, manifest(name="new")),
        "edge/d.yaml": text(manifest(name="d")),
    }
    write_directory(tmp_path, old)
    killed = subprocess.run([sys.executable, "-c", KILLED, tmp_path, json.dumps(new), str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    for name in old.keys() | new.keys():
        place = tmp_path / name
        assert (place.read_text() if place.exists() else None) in {old.get(name), new.get(name)}
    change = write_directory(tmp_path, new)
    # At the end nothing is left to do, and the killed run could have told everything itself.
    expected = [("", "Service", "api"), ("apps", "Deployment", "gone")] if at < 6 else []
    assert [(each.group, each.kind, each.name) for each in change.gone] == expected
    files = {path.relative_to(tmp_path).as_posix(): path.read_text() for path in tmp_path.rglob("*.yaml")}
    assert files == new
    assert sorted(path.name for path in tmp_path.iterdir()) == [".hzc-files", "a.yaml", "edge", "shop"]
