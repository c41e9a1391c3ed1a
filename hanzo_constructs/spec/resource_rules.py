"""Rules for resources of several kinds: their names, their labels and the names of their containers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..kube.fields import Path, shown
from ..kube.labels import BACKUP_OF, SERVICE_ROLE, TASK, VARIANT
from ..kube.model import Problem
from ..kube.names import LONGEST_CRON_JOB, dns_label_problem, length_problem, service_name_problem

if TYPE_CHECKING:
    from ..kube.core import Container

__all__ = [
    "OWN_PREFIX",
    "below_spec",
    "container_name_problems",
    "one_workload_problem",
    "reserved_label_problems",
    "stateful_name_problems",
    "variant_label_problems",
]

OWN_PREFIX = "hanzo.ai/"
"""Labels of a resource with this prefix reach its children; annotations with it are instructions to us."""


def stateful_name_problems(name: str, *, cron_job: bool) -> Iterable[Problem]:
    """Yield why *name* is too long for a StatefulSet, and for the *cron_job* of a backup where there is one."""
    if dns_label_problem(name):
        return
    if problem := service_name_problem(name):
        yield Problem(("metadata", "name"), problem)
    longest = LONGEST_CRON_JOB - len("-backup")
    if cron_job and len(name) > longest:
        reason = f"the CronJob <name>-backup has at most {LONGEST_CRON_JOB}"
        yield Problem(("metadata", "name"), f"must have at most {longest} characters because {reason}, got {len(name)}")
    elif problem := length_problem("StatefulSet", name):
        yield Problem(("metadata", "name"), problem)


def below_spec(problems: Iterable[Problem]) -> Iterable[Problem]:
    """Yield the *problems* of a spec with their places in the resource."""
    for problem in problems:
        related = ("spec", *problem.related) if problem.related else ()
        yield Problem(("spec", *problem.path), problem.message, related)


def _contradicted(own: dict[str, str], labels: dict[str, str]) -> Iterable[Problem]:
    for key, value in own.items():
        if key.startswith(OWN_PREFIX) and labels.get(key, value) != value:
            message = f"{shown(labels[key])} contradicts metadata.labels ({shown(value)}); leave one of them out"
            yield Problem(("spec", "labels", key), message)


def reserved_label_problems(own: dict[str, str], labels: dict[str, str]) -> Iterable[Problem]:
    """Yield labels by which Services and network policies tell pods and children apart, and contradictions.

    *own* are the labels of the resource itself, *labels* those of its spec.
    """
    for path, written in ((("metadata", "labels"), own), (("spec", "labels"), labels)):
        for key in (SERVICE_ROLE, BACKUP_OF, TASK):
            if key in written:
                yield Problem((*path, key), "is derived and tells the children apart; leave it out")
    yield from _contradicted(own, labels)


def variant_label_problems(own: dict[str, str], labels: dict[str, str]) -> Iterable[Problem]:
    """Yield the label by which the workloads of one resource are told apart; *own* and *labels* as above."""
    for path, written in ((("metadata", "labels"), own), (("spec", "labels"), labels)):
        if VARIANT in written:
            yield Problem(
                (*path, VARIANT), "is derived and tells the pods of both sides of a canary apart; leave it out"
            )


def one_workload_problem(at: Path) -> Problem:
    """Return why what stands *at* a place, which makes workloads that a label tells apart, cannot be beside `adopt.selector`."""
    message = "needs pods that a label of its own tells apart, which adopt.selector has not; leave one of them out"
    return Problem(at, message)


def container_name_problems(name: str, field: str, containers: Sequence[Container]) -> Iterable[Problem]:
    """Yield those of *containers* in the *field* of the spec that have the *name* of the resource, which the main one has."""
    for index, container in enumerate(containers):
        if container.name == name:
            yield Problem(("spec", field, index, "name"), f"{shown(name)} is the main container's name")
