"""How a new version of a Lattice workload takes the place of the old one: at once, or by a canary beside it."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal

from pydantic import Field

from ..kube.core.scalars import Positive32
from ..kube.fields import listed, shown
from ..kube.model import CheckedModel, Problem
from ..kube.model import Mapping as Entries
from .canary import Weight
from .image import Image
from .lattice_containers import LatticeContainer, digest_problems

__all__ = ["LatticeCanary", "LatticeCanaryContainer", "LatticeDeploy", "canary_problems"]

_BY_HAND = "weight: it changes when you write another one; no controller raises it by itself"


class LatticeCanaryContainer(CheckedModel):
    """What a container is in the pods of the canary; all else is as in the others."""

    other_names = dict.fromkeys(
        ("command", "args", "variables", "files", "resources", "volumes"),
        "an image that does without; a canary differs in its images alone, the rest is written when it is promoted",
    )

    image: Image
    """Its image, with its digest."""

    def problems(self) -> Iterator[Problem]:
        """Refuse images that may change."""
        return digest_problems(self.image)


class LatticeCanary(CheckedModel):
    """Pods of a new version beside the others, which get a share of the requests that come by the Gateway."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "interval": _BY_HAND,
        "maxWeight": _BY_HAND,
        "stepWeight": _BY_HAND,
        "threshold": "alerts on the Services of both sides; no controller takes the canary back by itself",
        "image": "containers, by name",
    }

    weight: Weight
    """Percentage of the requests that the canary answers; at 0 it runs without traffic, at 100 the others do."""
    replicas: Positive32 | None = None
    """Number of its pods; left out, its share of replicas, and one at least."""
    containers: Annotated[Entries[LatticeCanaryContainer], Field(min_length=1)]
    """The containers that are another version, by name."""


class LatticeDeploy(CheckedModel):
    """How a new version takes the place of the old one."""

    strategy: Literal["rolling", "canary"] = "rolling"
    """rolling starts each new pod before it stops an old one; canary runs new pods beside the old ones."""
    canary: LatticeCanary | None = None
    """The new version, for strategy canary."""

    def problems(self) -> Iterator[Problem]:
        """Refuse a canary that nobody asks for, and none where there is to be one."""
        if self.strategy == "canary" and self.canary is None:
            yield Problem(("canary",), "required because strategy is canary")
        elif self.strategy != "canary" and self.canary is not None:
            yield Problem(("canary",), "has no effect without strategy: canary; write that, or leave it out")


def canary_problems(canary: LatticeCanary, containers: Mapping[str, LatticeContainer]) -> Iterator[Problem]:
    """Yield what is wrong with *canary* beside the *containers* of its workload."""
    for name in canary.containers:
        at = ("deploy", "canary", "containers", name)
        if name not in containers:
            yield Problem(at, f"{shown(name)} is no container of the workload; there are {listed([*containers])}")
