"""`hzc takeover`: how objects that an operator made become those of who applies them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import click

from ..errors import Finding, ReadError
from .options import OptionsOnce
from .printing import print_data, standard_input, tell

__all__ = ["takeover"]

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9:./_-]*", re.ASCII)


@click.command(cls=OptionsOnce, short_help="Print how objects of an operator are taken over.")
@click.argument("file", metavar="FILE", type=click.Path(allow_dash=True))
@click.option(
    "--group",
    metavar="GROUP",
    default="hanzo.ai",
    show_default=True,
    help="API group of the operator's resources. What belongs to those of others is left alone.",
)
@click.option(
    "--from",
    "givers",
    metavar="MANAGER",
    multiple=True,
    help="Field manager whose fields are taken over; may be given several times. Default: those that made an object "
    "the property of a resource of GROUP.",
)
@click.option(
    "--to",
    "taker",
    metavar="MANAGER",
    default="kubectl",
    show_default=True,
    help="Field manager that applies the output: argocd-controller for Argo CD, kustomize-controller for Flux.",
)
def takeover(file: str, *, group: str, givers: tuple[str, ...], taker: str) -> int:
    """Print the commands after which the objects in FILE belong to who applies the output, and to no operator.

    FILE, or - for the standard input, holds objects as they are in the cluster, which this prints:

    kubectl get --filename DIR --output json --show-managed-fields
    """
    found = _commands(file, group=group, givers=givers, taker=taker)
    print_data(f"{line}\n" for line in found)
    if not found:
        tell(f"nothing to take over: no object has an owner of {group}, or fields of who wrote it or of --from")
    return 0


def _commands(file: str, **who: Any) -> list[str]:
    """Return the commands that take the objects over that kubectl printed to *file*."""
    from ..compiler.takeover import takeover as commands

    name = "<stdin>" if file == "-" else file
    text = standard_input().read() if file == "-" else Path(file).read_bytes()
    bare, found = [], []
    try:
        objects = [item for data in _documents(text) for item in (data["items"] if data["kind"] == "List" else [data])]
        bare = [f"{each['kind']} {each['metadata']['name']}" for each in objects if not _fields(each)]
        if not bare:
            _check_names(objects)
            found = [*commands(objects, **who)]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, ReadError):
        message = "expected objects as `kubectl get --output json --show-managed-fields` prints them"
        raise ReadError([Finding(message, where=name)]) from None
    if bare:
        message = "has no managedFields; kubectl needs --show-managed-fields"
        raise ReadError([Finding(message, "metadata", bare[0], name)])
    return found


def _check_names(objects: list[dict[str, Any]]) -> None:
    """Raise ValueError for what no object of a cluster is called: it might be an option of kubectl, or a second line."""
    for each in objects:
        metadata = each["metadata"]
        words = (each["kind"], each["apiVersion"], metadata["name"], metadata.get("namespace") or "default")
        if not all(_WORD.fullmatch(word) for word in words):
            raise ValueError


def _documents(text: bytes) -> list[Any]:
    """Return what *text* holds; JSON is not bounded, as the objects of a whole cluster are many."""
    import json

    if text.lstrip().startswith(b"{"):
        return [json.loads(text)]
    from ..kube.yaml import load_all

    if not (documents := [document.data for document in load_all(text)]):
        raise ValueError
    return documents


def _fields(each: dict[str, Any]) -> Any:
    return each["metadata"].get("managedFields")
