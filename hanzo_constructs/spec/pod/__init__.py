"""Rules between the fields of a pod's containers, volumes and ports, for every kind that runs pods: a module per concern."""

from __future__ import annotations

from .containers import container_problems
from .environment import argument_problems, command_problems, environment_problems, variable_problems
from .handlers import hook_problems
from .mounts import mount_problems, unmounted_problem, volume_problem, volumes_by_name
from .paths import absolute_path_problem
from .ports import port_problems, sidecar_port_problems
from .probes import probe_problems
from .resolving import alias_problems, dns_problems, is_plain_search
from .resources import Asking, Unasked, amount_problem, limit_problem, measure_problems, request_problems, unasked
from .scheduling import affinity_problems, spread_problems, toleration_problems
from .security import is_privileged, pod_security_problems, security_problems
from .sources import pull_secret_problems
from .volumes import volume_problems

__all__ = [
    "Asking",
    "Unasked",
    "absolute_path_problem",
    "affinity_problems",
    "alias_problems",
    "amount_problem",
    "argument_problems",
    "command_problems",
    "container_problems",
    "dns_problems",
    "environment_problems",
    "hook_problems",
    "is_plain_search",
    "is_privileged",
    "limit_problem",
    "measure_problems",
    "mount_problems",
    "pod_security_problems",
    "port_problems",
    "probe_problems",
    "pull_secret_problems",
    "request_problems",
    "security_problems",
    "sidecar_port_problems",
    "spread_problems",
    "toleration_problems",
    "unasked",
    "unmounted_problem",
    "variable_problems",
    "volume_problem",
    "volume_problems",
    "volumes_by_name",
]
