"""From a resource to the owner of its children and to its pods: names, labels, selector."""

from __future__ import annotations

from ..kube.labels import VERSION, recommended_labels, selector_labels
from ..kube.owner import Adopted, Owner, Pods
from ..platform import Rules
from ..spec.adopt import NOTHING_ADOPTED, Adopt
from ..spec.resource import OWN_PREFIX, Resource

__all__ = ["pods_of"]


def pods_of(resource: Resource, rules: Rules, *, version: str | None) -> Pods:
    """Return the pods of *resource*, which run *version* of its image, and with them the owner of its children."""
    metadata, spec = resource.metadata, resource.spec
    name = metadata.name
    labels = recommended_labels(
        name,
        component=spec.component or (resource.own_component if rules.epoch.component_by_kind else None),
        part_of=spec.part_of,
        version=version,
        managed_by=rules.platform.managed_by,
    )
    labels |= {key: value for key, value in metadata.labels.items() if key.startswith(OWN_PREFIX)}
    labels |= spec.labels
    adopted: Adopt = spec.adopt or NOTHING_ADOPTED
    pod_labels = resource.own_selector | {
        key: value for key, value in labels.items() if key not in selector_labels(name)
    }
    if not rules.epoch.version_label_on_pods and VERSION not in spec.labels:
        pod_labels.pop(VERSION, None)  # the new image restarts the pods already
    if adopted.selector:
        pod_labels |= {key: value for key, value in spec.labels.items() if key in pod_labels} | adopted.selector
    owner = Owner(
        name,
        metadata.namespace or rules.platform.namespace,
        labels,
        adopted.names,
        resource.service_name,
        resource.selector,
    )
    known = _adopted(spec.adopt) if spec.adopt else Adopted()
    if (container := resource.container_name) != name:
        known = known._replace(container=container)
    return Pods(owner, name, pod_labels, resource.selector, known)


def _adopted(adopt: Adopt) -> Adopted:
    """Return what the workload has already of what *adopt* says."""
    return Adopted(
        adopt.name,
        adopt.container,
        adopt.service_name,
        adopt.pod_management_policy,
        adopt.claim_name,
        adopt.claim_labels,
        adopt.without_storage_class,
    )
