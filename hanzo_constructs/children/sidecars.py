"""Sidecars: among the init containers where Kubernetes can, so that they start before the main container and stop after it.

Source: https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..platform import Rules
from .container import waits_by_shell

__all__ = ["are_native", "is_native", "may_wait", "with_sidecars"]

_NATIVE_SINCE = 29
"""Kubernetes 1.29 lets init containers go on running (SidecarContainers)."""

_Containers = list[dict[str, Any]]


def are_native(rules: Rules) -> bool:
    """Tell whether sidecars that say nothing else are init containers that go on running."""
    return rules.epoch.native_sidecars and rules.platform.kubernetes_minor >= _NATIVE_SINCE


def is_native(restart_policy: str | None, rules: Rules) -> bool:
    """Tell whether a sidecar of that *restart_policy*, None where it says none, is an init container that goes on running.

    Init containers that go on running always restart, so that one with another policy stays beside the main container.
    """
    return are_native(rules) and restart_policy in {None, "Always"}


def may_wait(sidecar: dict[str, Any], rules: Rules) -> bool:
    """Tell whether *sidecar* gets a preStop hook that waits: where Kubernetes stops it last, one that needs no shell."""
    return not (waits_by_shell(rules) and is_native(sidecar.get("restartPolicy"), rules))


def with_sidecars(
    inits: _Containers | None, containers: Sequence[dict[str, Any]], rules: Rules
) -> tuple[_Containers | None, _Containers]:
    """Return the init containers and the containers of a pod, given those before its sidecars are put in their place.

    The first of *containers* is the main one, the others are sidecars. They stand behind the *inits* of the user's:
    these run before anything else in every epoch, and what they prepare may be for a sidecar.
    """
    main, *sidecars = containers
    native = [each for each in sidecars if is_native(each.get("restartPolicy"), rules)]
    if not native:
        return inits, [*containers]
    plain = [each for each in sidecars if not is_native(each.get("restartPolicy"), rules)]
    return [*(inits or ()), *({**each, "restartPolicy": "Always"} for each in native)], [main, *plain]
