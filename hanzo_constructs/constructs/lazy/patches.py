"""What a `JsonPatch` of cdk8s says, which JavaScript keeps to itself, and whether it can be applied.

JavaScript applies a patch when the object is written, and does something or other with one that does not fit. So what each
patch says is noted when it is made, and tried in Python where it is added, which is the line that the user has to mend.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from ...errors import Finding, SpecError
from ...kube.json_patch import Operation, PatchError, patched
from ..node.cdk import JsonPatch

__all__ = ["Trial", "operation_of", "tried"]

_NOTED = "_operation"
_MAKERS: dict[str, Callable[..., Operation]] = {
    "add": lambda path, value: Operation("add", path, value),
    "copy": lambda from_, path: Operation("copy", path, source=from_),
    "move": lambda from_, path: Operation("move", path, source=from_),
    "remove": lambda path: Operation("remove", path),
    "replace": lambda path, value: Operation("replace", path, value),
    "test": lambda path, value: Operation("test", path, value),
}


def _noting(name: str, note: Callable[..., Operation]) -> None:
    """Have the patches that `JsonPatch.name` makes say what they are."""
    make = getattr(JsonPatch, name)

    @wraps(make)
    def noted(_: type[JsonPatch], *arguments: Any, **named: Any) -> JsonPatch:
        patch: JsonPatch = make(*arguments, **named)
        vars(patch)[_NOTED] = note(*arguments, **named)
        return patch

    setattr(JsonPatch, name, classmethod(noted))


for _name, _note in _MAKERS.items():
    _noting(_name, _note)


def operation_of(patch: object) -> Operation | None:
    """Return what *patch* says; None where nobody knows."""
    found: Operation | None = vars(patch).get(_NOTED) if isinstance(patch, JsonPatch) else None
    return found


class Trial:
    """Patches of one object, and what it is with them as far as that is known."""

    def __init__(self, document: Any) -> None:
        """Begin with *document*, the object without patches."""
        self.document = document

    def add(self, patches: Iterable[object], rendered: Callable[[], Any], *, subject: str, where: str) -> None:
        """Try *patches*; raises `SpecError` where one cannot be applied, neither here nor to the object as it is *rendered*.

        Nothing is known any more of an object with a patch of which nobody knows what it says.
        """
        operations = [*map(operation_of, patches)]
        known = [each for each in operations if each is not None]
        if self.document is None or len(known) < len(operations):
            self.document = None
            return
        try:
            for each in known:
                self.document = patched(self.document, each)
        except PatchError:
            self.document = rendered()  # with labels, annotations and dependencies that the user added besides
            for each in known:
                self.document = tried(self.document, each, subject=subject, where=where)


def tried(document: Any, operation: Operation, *, subject: str, where: str) -> Any:
    """Return *document* with *operation* applied; raises `SpecError` where that cannot be."""
    try:
        return patched(document, operation)
    except PatchError as error:
        raise SpecError([Finding(f"patch {operation.op}: {error}", operation.path, subject, where)]) from None
