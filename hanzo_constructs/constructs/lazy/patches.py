"""JSON patches of cdk8s, and whether they can be applied.

JavaScript applies a patch when the object is written, keeps to itself what it says, and does something or other with one
that does not fit. So what each patch says is noted when it is made, and the line of the user's when it is added to an
object. When the object is written, and everything else has been added to it, all its patches are tried here first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from typing import Any, NamedTuple

from jsii.errors import JavaScriptError

from ...errors import Finding, SpecError
from ...kube.json_patch import Operation, PatchError, patched
from ..node.caller import caller
from ..node.cdk import ApiObject, JsonPatch, jsii
from .arguments import call_error, check_argument
from .object import LazyObject, Reference

__all__ = ["NotedPatch", "blamed_on_a_patch", "noted_patches", "try_patches", "with_patches"]

_OPERATION = "_operation"
"""Attribute of a patch that says what it does."""
_PATCHES = "_noted_patches"
"""Attribute of an object that keeps its patches."""
_UNPATCHED = "_before_patches"
"""Attribute of an object that is not ours: what it was before its first patch."""
_MAKERS: dict[str, Callable[..., Operation]] = {
    "add": lambda path, value: Operation("add", path, value),
    "copy": lambda from_, path: Operation("copy", path, source=from_),
    "move": lambda from_, path: Operation("move", path, source=from_),
    "remove": lambda path: Operation("remove", path),
    "replace": lambda path, value: Operation("replace", path, value),
    "test": lambda path, value: Operation("test", path, value),
}


class NotedPatch(NamedTuple):
    """A patch that was added to an object."""

    patch: JsonPatch
    operation: Operation | None
    """What it says; None where nobody knows."""
    line: str
    """The line of the user's code that added it."""


def noted_patches(api_object: ApiObject) -> list[NotedPatch]:
    """Return the patches that were added to *api_object*, in order."""
    found: list[NotedPatch] = vars(api_object).setdefault(_PATCHES, [])
    return found


def try_patches(document: Any, patches: Sequence[NotedPatch], *, subject: str, path: str) -> None:
    """Raise `SpecError` where one of *patches* cannot be applied to *document*, which the others in front have changed."""
    for index, each in enumerate(patches):
        if each.operation is None:
            return  # nobody knows what it makes of the document
        try:
            document = patched(document, each.operation)
        except PatchError as error:
            later = patches[index + 1 :]
            hint = "; a later patch makes it fit, so add this one behind" if _fits(document, later, each) else ""
            message = f"patch {each.operation.op}: {error}{hint}"
            where = f"{path} ({each.line})" if path else each.line
            raise SpecError([Finding(message, each.operation.path, subject, where)]) from None


def with_patches(document: Any, patches: Sequence[NotedPatch]) -> Any:
    """Return *document* with *patches* applied to it; None where one cannot be, or where nobody knows what it says."""
    for each in patches:
        if each.operation is None:
            return None
        try:
            document = patched(document, each.operation)
        except PatchError:
            return None
    return document


def blamed_on_a_patch(error: RuntimeError, objects: Iterable[Any]) -> None:
    """Raise `SpecError` where JavaScript's *error* comes of a patch of one of *objects*, which are not ours."""
    if isinstance(error.__cause__, JavaScriptError):
        for each in objects:
            if isinstance(each, ApiObject) and vars(each).get(_UNPATCHED):
                _try_patches_of(each)


def _fits(document: Any, later: Sequence[NotedPatch], patch: NotedPatch) -> bool:
    """Tell whether *patch* can be applied once those that come *later* are."""
    for each in (*later, patch):
        try:
            document = patched(document, each.operation) if each.operation else document
        except PatchError:
            if each is patch:
                return False
    return True


def _try_patches_of(api_object: ApiObject) -> None:
    metadata = jsii.invoke(jsii.get(Reference(api_object), "metadata"), "toJson")
    document = {**vars(api_object)[_UNPATCHED], "metadata": metadata}
    subject = f"{document.get('kind')} {api_object.name}"
    try_patches(document, noted_patches(api_object), subject=subject, path=api_object.node.path)


def _note_operations(name: str, operation: Callable[..., Operation]) -> None:
    """Have the patches that `JsonPatch.name` makes say what they are."""
    make = getattr(JsonPatch, name)

    @wraps(make)
    def made(_: type[JsonPatch], *arguments: Any, **named: Any) -> JsonPatch:
        try:
            noted = operation(*arguments, **named)
        except TypeError:
            raise call_error(make, arguments, named, name=f"JsonPatch.{name}") from None
        for part, pointer in (("from_", noted.source), ("path", noted.path)):
            check_argument(part, pointer, str, "a pointer, such as /spec/replicas")
        patch: JsonPatch = make(*arguments, **named)
        vars(patch)[_OPERATION] = noted
        return patch

    setattr(JsonPatch, name, classmethod(made))


def _note_patches() -> None:
    """Have every object note the patches that are added to it, and try them when Python has it written."""
    add, write = ApiObject.add_json_patch, ApiObject.to_json

    @wraps(add)
    def add_noted(self: ApiObject, *ops: JsonPatch) -> None:
        line = str(caller())
        for each in ops:
            expected = "patches, such as JsonPatch.add(path, value) makes"
            check_argument("ops", each, JsonPatch, expected, where=self._here if isinstance(self, LazyObject) else line)
        noted = noted_patches(self)
        keeps_patches = getattr(self, "_keeps_patches", None)
        if not isinstance(self, LazyObject) and not noted:
            vars(self)[_UNPATCHED] = _written_so_far(self)
        noted += [NotedPatch(each, vars(each).get(_OPERATION), line) for each in ops]
        if keeps_patches:
            keeps_patches()
        else:
            add(self, *ops)

    @wraps(write)
    def write_tried(self: ApiObject) -> Any:
        if check := getattr(self, "check_patches", None):
            check()
        try:
            return write(self)
        except RuntimeError as error:
            blamed_on_a_patch(error, [self])
            raise

    ApiObject.add_json_patch = add_noted  # type: ignore[method-assign]
    ApiObject.to_json = write_tried  # type: ignore[method-assign]


def _written_so_far(api_object: ApiObject) -> Any:
    """Return *api_object* as it would be written by now; None where that cannot be said yet."""
    try:
        return jsii.invoke(Reference(api_object), "toJson")
    except RuntimeError:  # a value that is computed later
        return None


for _name, _operation in _MAKERS.items():
    _note_operations(_name, _operation)
_note_patches()
