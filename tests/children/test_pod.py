"""The pod template: hardening field by field, and a place for temporary files where there is none."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.children.container import pre_stop_seconds
from hanzo_constructs.children.pod import pod_template
from hanzo_constructs.kube.owner import Owner, Pods
from hanzo_constructs.platform import Platform, PodSecurity, rules_for

OLD = Platform(kubernetes="1.28")
"""Where sidecars stand beside the main container."""
PODS = Pods(Owner(name="api", namespace=None, labels={}), "api", labels={"name": "api"}, selector={"name": "api"})


OWN_RESTARTS = {"name": "own", "image": "a", "restartPolicy": "OnFailure"}
"""A sidecar that does not always restart, and so stays beside the main container."""


def pod(
    *containers: dict[str, Any], level: PodSecurity = "restricted", platform: Platform | None = None, **fields: Any
) -> Any:
    """Return the spec of the pod with *containers* behind the main one."""
    rules = rules_for(platform or Platform(), epoch=None, pod_security=level, stateful=False)
    main = {"name": "api", "image": "a"}
    template = pod_template(PODS, [main, *containers], rules=rules, spread=None, pod=fields, annotations={})
    return template["spec"]


@pytest.mark.parametrize(
    ("grace", "seconds"), [(0, 0), (1, 0), (2, 1), (3, 1), (9, 4), (10, 5), (11, 5), (30, 5), (3600, 5)]
)
def test_a_container_waits_five_seconds_or_half_of_the_time_it_has(grace: int, seconds: int) -> None:
    assert pre_stop_seconds(grace) == seconds
    hook = {"preStop": {"sleep": {"seconds": seconds}}} if seconds else None
    for container in pod(OWN_RESTARTS, terminationGracePeriodSeconds=grace)["containers"]:
        assert container.get("lifecycle") == hook


def test_sidecars_start_before_the_main_container_and_behind_what_prepares_the_pod() -> None:
    prepares, sidecar = {"name": "a", "image": "a"}, {"name": "b", "image": "b"}
    found = pod(sidecar, OWN_RESTARTS, {**sidecar, "name": "c"}, level="none", initContainers=[prepares])
    native = {"image": "b", "restartPolicy": "Always", "lifecycle": {"preStop": {"sleep": {"seconds": 5}}}}
    # the hooks of all containers run side by side, those of what prepares the pod never
    assert found["initContainers"] == [prepares, {"name": "b", **native}, {"name": "c", **native}]
    assert [each["name"] for each in found["containers"]] == ["api", "own"]


def test_sidecars_run_beside_the_main_container_where_kubernetes_cannot_order_them() -> None:
    sidecar = {"name": "b", "image": "b"}
    found = pod(sidecar, platform=OLD)
    assert "initContainers" not in found
    assert [each["name"] for each in found["containers"]] == ["api", "b"]
    assert all(each["lifecycle"]["preStop"] for each in found["containers"])


@pytest.mark.parametrize(
    ("level", "own", "hardened"),
    [
        ("none", None, None),
        ("none", {"runAsUser": 1}, {"runAsUser": 1}),
        ("baseline", None, {"allowPrivilegeEscalation": False}),
        ("restricted", None, {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}),
        ("restricted", {}, {"allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}}),
        (
            "restricted",
            {"allowPrivilegeEscalation": True, "capabilities": {"drop": []}},
            {"allowPrivilegeEscalation": True, "capabilities": {"drop": []}},
        ),
        (
            "restricted",
            {"capabilities": {"add": ["NET_BIND_SERVICE"]}},
            {"allowPrivilegeEscalation": False, "capabilities": {"add": ["NET_BIND_SERVICE"], "drop": ["ALL"]}},
        ),
        ("restricted", {"privileged": True}, {"privileged": True}),
        (
            "restricted",
            {"privileged": False},
            {"privileged": False, "allowPrivilegeEscalation": False, "capabilities": {"drop": ["ALL"]}},
        ),
        ("baseline", {"capabilities": {"add": ["SYS_ADMIN"]}}, {"capabilities": {"add": ["SYS_ADMIN"]}}),
        (
            "restricted",
            {"capabilities": {"add": ["CAP_SYS_ADMIN"]}},
            {"capabilities": {"add": ["CAP_SYS_ADMIN"], "drop": ["ALL"]}},
        ),
    ],
)
def test_hardening_adds_what_is_not_written(
    level: PodSecurity, own: dict[str, Any] | None, hardened: dict[str, Any] | None
) -> None:
    container = {"name": "b", "image": "b", **({} if own is None else {"securityContext": own})}
    before = repr(container)
    for field in ("containers", "initContainers"):
        found = (
            pod(container, level=level, platform=OLD)
            if field == "containers"
            else pod(level=level, initContainers=[container])
        )
        assert found[field][-1].get("securityContext") == hardened
    assert repr(container) == before


READ_ONLY = Platform(read_only_root_filesystem=True, kubernetes="1.28")


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ([], "tmp"),
        (["data"], "tmp"),
        (["tmp"], "hanzo-tmp"),
        (["tmp", "hanzo-tmp"], "hanzo-tmp-0"),
        (["tmp", "hanzo-tmp", "hanzo-tmp-0"], "hanzo-tmp-1"),
    ],
)
def test_the_volume_for_temporary_files_has_a_free_name(taken: list[str], name: str) -> None:
    volumes = [{"name": each, "emptyDir": {}} for each in taken]
    found = pod(platform=READ_ONLY, volumes=volumes or None)
    assert found["volumes"] == [*volumes, {"name": name, "emptyDir": {}}]
    assert found["containers"][0]["volumeMounts"] == [{"name": name, "mountPath": "/tmp"}]  # noqa: S108


@pytest.mark.parametrize("path", ["/tmp", "/tmp/", "/tmp//"])  # noqa: S108
def test_a_container_with_temporary_files_of_its_own_gets_no_others(path: str) -> None:
    mounts = [{"name": "own", "mountPath": path}]
    found = pod({"name": "b", "image": "b", "volumeMounts": mounts}, platform=READ_ONLY)
    assert found["containers"][1]["volumeMounts"] == mounts
    assert found["containers"][1]["securityContext"]["readOnlyRootFilesystem"] is True


def test_a_directory_below_is_not_enough() -> None:
    mounts = [{"name": "own", "mountPath": "/tmp/cache"}]  # noqa: S108
    found = pod({"name": "b", "image": "b", "volumeMounts": mounts}, platform=READ_ONLY)
    assert found["containers"][1]["volumeMounts"] == [*mounts, {"name": "tmp", "mountPath": "/tmp"}]  # noqa: S108


def test_a_writable_root_filesystem_needs_nothing() -> None:
    own = {"name": "b", "image": "b", "securityContext": {"readOnlyRootFilesystem": False}}
    found = pod(own, platform=READ_ONLY)["containers"][1]
    assert "volumeMounts" not in found
    assert found["securityContext"]["readOnlyRootFilesystem"] is False
