"""The recommended labels and their keys.

https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/
"""

from __future__ import annotations

from typing import Annotated

from .names import LABEL_VALUE_FORM, label_value_problem

__all__ = [
    "BACKUP_OF",
    "COMPONENT",
    "INSTANCE",
    "MANAGED_BY",
    "NAME",
    "NAMESPACE",
    "OF_A_RELEASE",
    "PART_OF",
    "SERVICE_ROLE",
    "SET_BY_THE_CLUSTER",
    "TASK",
    "VARIANT",
    "VERSION",
    "LabelText",
    "backup_selector",
    "job_selector",
    "recommended_labels",
    "selector_labels",
]

NAME = "app.kubernetes.io/name"
INSTANCE = "app.kubernetes.io/instance"
COMPONENT = "app.kubernetes.io/component"
PART_OF = "app.kubernetes.io/part-of"
VERSION = "app.kubernetes.io/version"
MANAGED_BY = "app.kubernetes.io/managed-by"
NAMESPACE = "kubernetes.io/metadata.name"
"""Label that every namespace carries, with its name."""
SERVICE_ROLE = "hanzo.ai/service"
"""Tells the Services of one resource apart: `client`, `headless`, or `alias` for further ones."""
BACKUP_OF = "hanzo.ai/backup-of"
"""Marks the pods that save a resource; they carry no label that a selector of it asks for."""
TASK = "hanzo.ai/task"
"""Marks the pods of a job with the name of its resource; no selector of pods that stay asks for their labels."""

VARIANT = "hanzo.ai/variant"
"""Tells the workloads of one resource apart: the two sides of a canary, and the models of an InferenceService."""
OF_A_RELEASE = frozenset((VERSION, "helm.sh/chart"))
"""Labels that usually change with every release, so that no selector should ask for them."""
SET_BY_THE_CLUSTER = frozenset(
    (
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
        "batch.kubernetes.io/job-name",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "pod-template-generation",
        "pod-template-hash",
        "statefulset.kubernetes.io/pod-name",
    )
)
"""Labels that controllers put on pods, with a value for each revision or pod.

https://kubernetes.io/docs/reference/labels-annotations-taints/
"""

LabelText = Annotated[str, LABEL_VALUE_FORM]
"""The value of a label in a mapping, whose rule says what is wrong with it."""


def selector_labels(name: str) -> dict[str, str]:
    """Return the two labels that select the pods of *name*; they never change, in no epoch."""
    return {NAME: name, INSTANCE: name}


def backup_selector(name: str) -> dict[str, str]:
    """Return the labels by which policies know the pods that save *name*: no others carry both, which users may not."""
    return {NAME: f"{name}-backup", BACKUP_OF: name}


def job_selector(name: str) -> dict[str, str]:
    """Return the two labels that tell the pods of the job *name* from all others; they never change either."""
    return {NAME: name, TASK: name}


def recommended_labels(
    name: str, *, component: str | None, part_of: str | None, version: str | None, managed_by: str
) -> dict[str, str]:
    """Return the recommended labels of *name*; empty ones, and a version no label can hold, are left out."""
    labels = selector_labels(name)
    if component:
        labels[COMPONENT] = component
    if part_of:
        labels[PART_OF] = part_of
    if version and not label_value_problem(version):
        labels[VERSION] = version
    if managed_by:
        labels[MANAGED_BY] = managed_by
    return labels
