"""Rules for the claims that are made for a pod and go with it.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidatePersistentVolumeClaimTemplate` and
`ValidatePersistentVolumeClaimSpec`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.names import annotation_problems, dns_label_problem, label_problems, object_name_problem
from ...kube.quantity import quantity_value
from ..selectors import selector_problems

if TYPE_CHECKING:
    from ...kube.core import (
        PersistentVolumeClaimSpec,
        PersistentVolumeClaimTemplate,
        TypedLocalObjectReference,
        TypedObjectReference,
    )

__all__ = ["claim_problems"]

_METADATA = ("annotations", "labels")
"""What a template may say of the claims besides their spec; everything else is the cluster's."""


def claim_problems(template: PersistentVolumeClaimTemplate, at: Path) -> Iterator[Problem]:
    """Yield what keeps a claim of *template* from being made."""
    if (metadata := template.metadata) is not None:
        for name, field in type(metadata).model_fields.items():
            if name not in _METADATA and getattr(metadata, name):
                message = "must be left out: only labels and annotations of the claims can be chosen"
                yield Problem((*at, "metadata", field.alias or name), message)
        for path, message in label_problems(metadata.labels or {}):
            yield Problem((*at, "metadata", "labels", *path), message)
        for path, message in annotation_problems(metadata.annotations or {}):
            yield Problem((*at, "metadata", "annotations", *path), message)
    yield from _spec_problems(template.spec, (*at, "spec"))


def _spec_problems(spec: PersistentVolumeClaimSpec, at: Path) -> Iterator[Problem]:
    modes = spec.access_modes or ()
    if not modes:
        yield Problem((*at, "accessModes"), "required, such as ReadWriteOnce")
    elif "ReadWriteOncePod" in modes and len({*modes}) > 1:
        yield Problem((*at, "accessModes"), f"must have ReadWriteOncePod alone, got {', '.join(modes)}")
    size = (spec.resources.requests or {}).get("storage") if spec.resources else None
    if size is None:
        yield Problem((*at, "resources", "requests", "storage"), "required: the size of the claims, such as 10Gi")
    elif quantity_value(size) <= 0:
        yield Problem((*at, "resources", "requests", "storage"), f"must be more than 0, got {size}")
    if spec.selector is not None:
        yield from selector_problems(spec.selector, (*at, "selector"))
    classes = (
        ("storageClassName", spec.storage_class_name),
        ("volumeAttributesClassName", spec.volume_attributes_class_name),
    )
    for field, name in classes:
        if name and (problem := object_name_problem(name)):
            yield Problem((*at, field), problem)
    yield from _data_problems(spec, at)


def _data_problems(spec: PersistentVolumeClaimSpec, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the data that claims begin with (`validateDataSource`, `validateDataSourceRef`)."""
    source, reference = spec.data_source, spec.data_source_ref
    if source is not None:
        yield from _origin_problems(source, (*at, "dataSource"))
    if reference is None:
        return
    yield from _origin_problems(reference, (*at, "dataSourceRef"))
    if reference.namespace and (problem := dns_label_problem(reference.namespace)):
        yield Problem((*at, "dataSourceRef", "namespace"), problem)
    if source is None:
        return
    if reference.namespace:
        yield Problem((*at, "dataSource"), "must be left out beside a dataSourceRef with a namespace")
    elif (source.api_group, source.kind, source.name) != (reference.api_group, reference.kind, reference.name):
        yield Problem((*at, "dataSource"), "must be the same as dataSourceRef; leave one of them out")


def _origin_problems(origin: TypedLocalObjectReference | TypedObjectReference, at: Path) -> Iterator[Problem]:
    for field, value in (("name", origin.name), ("kind", origin.kind)):
        if not value:
            yield Problem((*at, field), "required")
    if not origin.api_group:
        if origin.kind and origin.kind != "PersistentVolumeClaim":
            yield Problem((*at, "kind"), f"must be PersistentVolumeClaim without an apiGroup, got {shown(origin.kind)}")
    elif problem := object_name_problem(origin.api_group):
        yield Problem((*at, "apiGroup"), problem)
