"""Rules that every kind with labels of its own shares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from ..kube.labels import COMPONENT, INSTANCE, NAME, PART_OF
from ..kube.model import Problem
from ..kube.names import annotation_problems, label_problems

__all__ = ["Labelled", "labelling_problems"]


class Labelled(Protocol):
    """A spec that labels its children."""

    @property
    def labels(self) -> dict[str, str]:
        """Labels of every child and of the pods."""
        ...

    @property
    def annotations(self) -> dict[str, str]:
        """Annotations added to the pods."""
        ...

    @property
    def part_of(self) -> str | None:
        """The label app.kubernetes.io/part-of."""
        ...

    @property
    def component(self) -> str | None:
        """The label app.kubernetes.io/component."""
        ...


def labelling_problems(spec: Labelled) -> Iterator[Problem]:
    """Yield labels and annotations the API server refuses, and those that another field decides."""
    for path, message in label_problems(spec.labels):
        yield Problem(("labels", *path), message)
    for path, message in annotation_problems(spec.annotations):
        yield Problem(("annotations", *path), message)
    for key in (NAME, INSTANCE):
        if key in spec.labels:
            yield Problem(("labels", key), "belongs to the selector and is derived from metadata.name; leave it out")
    for key, field, value in ((PART_OF, "partOf", spec.part_of), (COMPONENT, "component", spec.component)):
        if value is not None and key in spec.labels:
            yield Problem(("labels", key), f"is {field} ({value}); leave one of them out")
