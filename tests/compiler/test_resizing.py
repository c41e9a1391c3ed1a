"""What a StatefulSet that exists refuses: steps for what is there, and none for what has no claims."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import Platform, compile_resource, parse
from hanzo_constructs.compiler.manual_steps import manual_steps

KUBECTL = """\
#!/bin/sh
echo "$@" >> "$LOG"
test "$1" != get || printf '%s' "$FOUND"
"""


def steps(
    kind: str, spec: dict[str, Any], *, epoch: str = "2026", **metadata: Any
) -> list[tuple[str, tuple[str, ...]]]:
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": {"name": "db", **metadata}, "spec": spec}
    found = manual_steps(compile_resource(parse(document), Platform(epoch=epoch)))
    return [(each.before, each.commands) for each in found]


def commands(kind: str, spec: dict[str, Any], **metadata: Any) -> list[list[str]]:
    """Return the commands for another size or epoch."""
    return [shlex.split(command) for command in steps(kind, spec, **metadata)[0][1]]


def test_each_claim_is_enlarged_and_the_set_made_anew_without_its_pods() -> None:
    enlarge, remove = commands("KV", {"replicas": 2, "storage": {"size": "20Gi"}}, namespace="shop")
    pipe = enlarge.index("|")
    found = ["kubectl", "--namespace", "shop", "get", "pvc", "data-db-0", "data-db-1", "--ignore-not-found"]
    assert enlarge[:pipe] == [*found, "--output", "name"]
    assert enlarge[pipe + 1 : -1] == ["xargs", "-r", "kubectl", "--namespace", "shop", "patch", "--patch"]
    assert json.loads(enlarge[-1]) == {"spec": {"resources": {"requests": {"storage": "20Gi"}}}}
    assert remove == ["kubectl", "--namespace", "shop", "delete", "statefulset", "db", "--cascade=orphan"]


@pytest.mark.parametrize("found", [(), ("data-db-0",), ("data-db-0", "data-db-1")])
def test_a_replica_without_a_claim_stops_nothing(found: tuple[str, ...], tmp_path: Path) -> None:
    log, program = tmp_path / "log", tmp_path / "kubectl"
    program.write_text(KUBECTL)
    program.chmod(0o755)
    names = [f"persistentvolumeclaim/{name}" for name in found]
    (_, run), *_ = steps("KV", {"replicas": 2, "storage": {"size": "2Gi"}})
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "LOG": str(log), "FOUND": "\n".join(names)}
    subprocess.run(["/bin/sh", "-ec", "\n".join(run)], env=environment, check=True)
    patch = ['patch --patch {"spec":{"resources":{"requests":{"storage":"2Gi"}}}} ' + " ".join(names)] if names else []
    asked = "get pvc data-db-0 data-db-1 --ignore-not-found --output name"
    assert log.read_text().splitlines() == [asked, *patch, "delete statefulset db --cascade=orphan"]


def test_claims_that_would_go_with_the_set_are_kept_first() -> None:
    _, keep, remove = commands("SQL", {"storage": {"size": "1Gi", "retentionPolicy": "Delete"}})
    assert keep[:-1] == ["kubectl", "patch", "statefulset", "db", "--patch"]
    retention = {"whenDeleted": "Retain", "whenScaled": "Retain"}
    assert json.loads(keep[-1]) == {"spec": {"persistentVolumeClaimRetentionPolicy": retention}}
    assert remove == ["kubectl", "delete", "statefulset", "db", "--cascade=orphan"]


def test_a_set_scaled_down_to_nothing_has_left_a_claim() -> None:
    assert "data-db-0" in commands("KV", {"replicas": 0, "storage": {"size": "1Gi"}})[0]


@pytest.mark.parametrize("kind", ["Service", "Gateway"])
def test_what_has_no_claims_needs_nothing(kind: str) -> None:
    spec: dict[str, Any] = {"image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1"}}
    assert not steps(kind, spec)


@pytest.mark.parametrize(
    ("kind", "own", "epoch", "said"),
    [
        ("SQL", {}, "2026", True),
        ("SQL", {"envFrom": [{"configMapRef": {"name": "settings"}}]}, "2026", True),
        ("SQL", {"env": [{"name": "PGDATA", "value": "/var/lib/postgresql/data"}]}, "2026", False),
        ("SQL", {}, "2025", False),
        ("KV", {}, "2026", False),
    ],
)
def test_who_moves_a_database_here_is_told_where_its_data_is(
    kind: str, own: dict[str, Any], epoch: str, *, said: bool
) -> None:
    found = steps(kind, {"storage": {"size": "1Gi"}, **own}, epoch=epoch)
    told = (
        "before you move it here from epoch 2025, write PGDATA in spec.env as the server has it there"
        " (/var/lib/postgresql/data if nothing sets it), or it starts empty beside its data"
    )
    assert [each for each in found if "PGDATA" in each[0]] == ([(told, ())] if said else [])
