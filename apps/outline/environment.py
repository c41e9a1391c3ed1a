"""What differs between the environments."""

from dataclasses import dataclass

__all__ = ["ENVIRONMENTS", "Environment"]


@dataclass(frozen=True)
class Environment:
    """One installation."""

    name: str
    host: str
    max_replicas: int
    disk: str
    """Size of the database's disk."""
    pool: str
    """Nodes that it runs on."""


ENVIRONMENTS = (
    Environment("dev", "wiki.dev.example.com", max_replicas=2, disk="5Gi", pool="spot"),
    Environment("prod", "wiki.example.com", max_replicas=8, disk="100Gi", pool="apps"),
)
