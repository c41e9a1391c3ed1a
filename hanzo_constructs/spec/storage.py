"""Storage that survives its pod."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Annotated, Literal

from ..kube.core import Volume
from ..kube.model import CheckedModel, Problem
from ..kube.names import StorageClassName
from ..kube.quantity import AMOUNT_FORM, Quantity, quantity_value

__all__ = ["Storage", "claimed_volume", "size_problems"]


class Storage(CheckedModel):
    """A claim for each replica."""

    other_names = {  # noqa: RUF012 - the base says that it is no field
        "storageClass": "storageClassName",
        "class": "storageClassName",
        "capacity": "size",
        "resources": "size",
    }

    size: Annotated[Quantity, AMOUNT_FORM]
    """Size of each claim, such as 20Gi. To change it later takes commands that `hzc show` prints: enlarge each
    PersistentVolumeClaim, delete the StatefulSet with --cascade=orphan, and apply the new size."""
    storage_class_name: StorageClassName | None = None
    """Storage class of the claims; left out, the platform's. An empty string asks for volumes that are there already.
    It cannot be changed later."""
    retention_policy: Literal["Retain", "Delete"] = "Retain"
    """Whether the claims, and the data, stay or go when the StatefulSet is deleted."""

    def problems(self) -> Iterator[Problem]:
        """Refuse sizes that no claim can have."""
        return size_problems(self.size)


def size_problems(written: str) -> Iterator[Problem]:
    """Yield why no claim can have the size that was *written* in the field `size`."""
    size = quantity_value(written)
    if size <= 0:
        yield Problem(("size",), f"must be more than 0, got {written}")
    elif size >= 2**63:
        yield Problem(("size",), f"must be less than 8Ei, got {written}")


@lru_cache(maxsize=64)
def claimed_volume(name: str) -> Volume:
    """Return the volume that the claim template *name* makes: of every store, so that it is not made anew for each."""
    return Volume.model_construct(name=name)
