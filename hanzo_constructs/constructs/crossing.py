"""How children can wait in Python until somebody looks, without anybody being able to tell.

Whatever JavaScript gets to see of a Python object it sees by way of the attribute `__jsii_ref__`: jsii reads it whenever
the object is the target or an argument of a call. Here that attribute is a property, so an object notices that it is
about to cross, and can make real what has waited before the call is sent. Our own calls pass a `Reference` instead and
stay unnoticed.
"""

from __future__ import annotations

import sys
from types import CodeType, FrameType
from typing import Any, TypeVar

from ..errors import Finding, SpecError
from .cdk import jsii

__all__ = ["Crossing", "Reference", "Unhurried", "is_scope_of_creation"]

T = TypeVar("T")

_CREATE: CodeType | None = getattr(getattr(jsii.create, "__func__", None), "__code__", None)
"""The method of jsii's kernel that makes objects; in a jsii where it cannot be found, nothing counts as making one."""

_TAKEN = "There is already a Construct with name"


class Unhurried(jsii.JSIIMeta):
    """Make objects whose JavaScript half may come later; jsii itself asks for it as soon as `__init__` is done."""

    # Pyright takes the signature of the metaclass for that of every class made by it: Any here would be Any there.
    def __call__(cls: type[T], *args: Any, **kwargs: Any) -> T:  # noqa: N805 - ruff does not know that jsii's is a metaclass
        """Make an instance; `jsii.create` registers it when its JavaScript half is made."""
        return type.__call__(cls, *args, **kwargs)  # type: ignore[no-any-return]


class Reference:
    """Stands for *construct* in a call of our own: using the construct itself would be noticed as a crossing."""

    __jsii_type__ = "constructs.Construct"
    __slots__ = ("__jsii_ref__",)

    def __init__(self, construct: Any) -> None:
        self.__jsii_ref__ = construct._reference if isinstance(construct, Crossing) else construct.__jsii_ref__


class Crossing:
    """Something that notices when JavaScript is about to see it, as long as it waits."""

    _reference: Any = None
    _where: str = ""
    """The path in the tree, and the line of the user's code."""
    _waits: bool = False
    """Whether there is something that waits, and nobody can look at it without being noticed."""

    @property
    def __jsii_ref__(self) -> Any:
        """What jsii knows the object by."""
        if self._waits:
            self._crossed()
        return self._reference

    @__jsii_ref__.setter
    def __jsii_ref__(self, reference: Any) -> None:
        self._reference = reference

    def _crossed(self) -> None:
        """Make real what has waited; called before JavaScript sees the object."""
        raise NotImplementedError

    def _create(self, *arguments: Any) -> None:
        """Make the JavaScript half with the *arguments* of its constructor; raises `SpecError` where the id is taken."""
        waits, self._waits = self._waits, False
        try:
            jsii.create(type(self), self, list(arguments))
        except RuntimeError as error:
            message = str(error).partition("\n")[0]
            if not message.startswith(_TAKEN):
                raise
            raise SpecError([Finding(f"id: {message[:1].lower()}{message[1:]}", where=self._where)]) from None
        finally:
            self._waits = waits


def is_scope_of_creation(construct: object) -> bool:
    """Tell whether jsii wants *construct* as the scope of something being created, and for nothing else.

    A constructor registers itself with its scope and asks it for defaults; it does not look at its siblings. Whatever
    cannot be recognised counts as something else, which is slower and never wrong.
    """
    if _CREATE is None:
        return False
    frame: FrameType | None = sys._getframe(1)  # the documented way to look at one's callers
    while frame is not None:
        code = frame.f_code
        if code.co_filename == _CREATE.co_filename and code.co_varnames[:1] == ("self",):
            if code is not _CREATE:
                return False
            match frame.f_locals.get("args"):
                case [scope, str(), *_]:
                    return scope is construct
                case _:
                    return False
        frame = frame.f_back
    return False
