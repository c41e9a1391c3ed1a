"""Room for the dump of a backup until it is uploaded: a disk of its own, or a share of that of the node."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..errors import Finding
from ..kube.manifest import present
from ..kube.model import written
from ..kube.quantity import quantity_value
from ..platform import Rules
from ..spec.backup import Backup
from ..spec.datastore import Datastore
from ..spec.engines.engine import Engine

__all__ = ["DISK_GROUP", "backup_resources", "backup_volume", "room_findings", "writes_dump"]

DISK_GROUP = 65532
"""Group that a disk of its own belongs to: a new disk is root's, and the image may run as anybody."""
_REQUEST, _LIMIT = "10Gi", "50Gi"
"""What the job asks of the disk of the node, and what it may take, where the data may be as large."""
_SMALL_REQUEST, _SMALL_LIMIT = "100Mi", "1Gi"
"""The same for an engine that uploads by itself."""
_DISK = "ephemeral-storage"


def writes_dump(engine: Engine) -> bool:
    """Tell whether a backup of *engine* writes a dump to a disk before it is uploaded."""
    return "gzip" in engine.dump


def backup_volume(datastore: Datastore, backup: Backup, rules: Rules) -> dict[str, Any]:
    """Return the source of the volume that the dump is written to."""
    if (disk := backup.volume) is not None:
        claim = {
            "accessModes": ["ReadWriteOnce"],
            "storageClassName": disk.storage_class_name or rules.platform.storage_class_name,
            "resources": {"requests": {"storage": disk.size}},
        }
        return {"ephemeral": {"volumeClaimTemplate": {"spec": claim}}}
    limit = _least(datastore, _LIMIT) if writes_dump(datastore.engine) else _SMALL_LIMIT
    return {"emptyDir": {"sizeLimit": limit} if rules.epoch.backup_room else {}}


def backup_resources(datastore: Datastore, backup: Backup, rules: Rules) -> dict[str, Any]:
    """Return the resources of the job, with a request for the disk of the node where the dump lies there."""
    resources: dict[str, Any] = written(backup, {"resources"}).get("resources") or {
        "requests": {"cpu": "100m", "memory": "128Mi"},
        "limits": {"cpu": "500m", "memory": "512Mi"},
    }
    requests, limits = resources.get("requests") or {}, resources.get("limits") or {}
    if backup.volume or not rules.epoch.backup_room or _DISK in requests or _DISK in limits:
        return resources
    request = _least(datastore, _REQUEST) if writes_dump(datastore.engine) else _SMALL_REQUEST
    return present({"requests": {**requests, _DISK: request}, "limits": resources.get("limits")})


def room_findings(datastore: Datastore, backup: Backup, rules: Rules) -> Iterator[Finding]:
    """Yield a dump for which the disk of the node may be too small."""
    size = datastore.spec.storage.size
    if backup.volume or not rules.epoch.backup_room or not writes_dump(datastore.engine):
        return
    if quantity_value(size) > quantity_value(_LIMIT):
        message = (
            f"a dump of up to {size} lies on the disk of the node until it is uploaded, where the job may take"
            f" {_LIMIT}; give it a disk of its own with volume"
        )
        yield Finding(message, "spec.backup", severity="warning")


def _least(datastore: Datastore, most: str) -> str:
    """Return the size of the datastore's own disk, which no dump should exceed, or *most* if that is less."""
    size = datastore.spec.storage.size
    return size if quantity_value(size) < quantity_value(most) else most
