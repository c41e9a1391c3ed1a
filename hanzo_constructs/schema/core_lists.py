"""By which fields the items of lists in Kubernetes' own types are told apart, as Kubernetes itself has it."""

from __future__ import annotations

from functools import cache

from ..kube.schemas.types import item_keys

__all__ = ["core_list_keys"]


@cache
def core_list_keys(model: str) -> tuple[str, ...]:
    """Return the fields that tell the items of a list of *model*, a module and a class, apart.

    Without any, a list of them is replaced as a whole.
    """
    name = model.rpartition(".")[2]
    return item_keys().get(name, ()) if name else ()
