"""Rules between the fields of a pod's containers, volumes and ports, for every kind that runs pods: a module per concern."""

from __future__ import annotations

from .containers import container_problems, hook_problems
from .environment import environment_problems
from .mounts import device_problems, mount_problems, volume_names
from .ports import port_problems
from .probes import probe_problems
from .resources import asks_for, request_problems
from .sources import pull_secret_problems
from .volumes import volume_problems

__all__ = [
    "asks_for",
    "container_problems",
    "device_problems",
    "environment_problems",
    "hook_problems",
    "mount_problems",
    "port_problems",
    "probe_problems",
    "pull_secret_problems",
    "request_problems",
    "volume_names",
    "volume_problems",
]
