"""Objects of jsii that exist in Python before they exist in JavaScript.

jsii reads the attribute `__jsii_ref__` of a Python object whenever the object is the target or an argument of a call to
JavaScript. Here the attribute is a property: when it is read, a lazy object first creates whatever JavaScript could see
of it. Calls of this package pass a `Reference` instead, which creates nothing.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from ...errors import Finding, SpecError
from ..node.caller import caller
from ..node.cdk import jsii
from .arguments import call_error, judge_inherited_calls

__all__ = ["DeferredMeta", "LazyObject", "Reference"]

T = TypeVar("T")

_ID_TAKEN = "There is already a Construct with name"
"""How the message of JavaScript begins where an id is used twice."""


class DeferredMeta(jsii.JSIIMeta):
    """Metaclass of classes whose `__init__` need not create the object in JavaScript; that of jsii demands it."""

    def __init__(self, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **named: Any) -> None:
        """Have the arguments judged that the methods of cdk8s take."""
        super().__init__(name, bases, namespace, **named)
        judge_inherited_calls(self)

    # Pyright takes the signature of the metaclass for that of every class made by it: Any here would be Any there.
    def __call__(cls: type[T], *args: Any, **kwargs: Any) -> T:  # noqa: N805 - ruff does not know that jsii's is a metaclass
        """Make an instance; `jsii.create` registers it when it creates the object in JavaScript."""
        try:
            return type.__call__(cls, *args, **kwargs)  # type: ignore[no-any-return]
        except TypeError:
            make: Callable[..., None] = cls.__init__
            if make.__module__.partition(".")[0] != __name__.partition(".")[0] or _fits(make, args, kwargs):
                raise
            raise call_error(partial(make, None), args, kwargs, _advice_of(cls), name=cls.__name__) from None


def _fits(make: Callable[..., None], args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
    """Tell whether *make* can be called so, whatever it does then."""
    try:
        inspect.signature(make).bind(None, *args, **kwargs)
    except TypeError:
        return False
    return True


def _advice_of(cls: type) -> Callable[[str], str]:
    advice: Callable[[str], str] = getattr(cls, "_advice", lambda _: "")
    return advice


class Reference:
    """A construct as the target or argument of a call by this package, without the notice that `__jsii_ref__` gives."""

    __jsii_type__ = "constructs.Construct"
    __slots__ = ("__jsii_ref__",)

    def __init__(self, construct: Any) -> None:
        """Refer to *construct*, which exists in JavaScript."""
        self.__jsii_ref__ = construct._reference if isinstance(construct, LazyObject) else construct.__jsii_ref__


class LazyObject:
    """An object that notices when JavaScript is about to see it."""

    _reference: Any = None
    """What jsii knows the object by; None as long as it does not exist in JavaScript."""
    _where: str = ""
    """The path in the tree, and the line of the user's code."""
    _is_lazy: bool = False
    """Whether there is something that has yet to be created before JavaScript may see the object."""

    @property
    def _here(self) -> str:
        """The path in the tree, and the line of the user's code that calls by now."""
        path = self._where.partition(" (")[0]
        return f"{path} ({caller()})" if path else str(caller())

    @property
    def __jsii_ref__(self) -> Any:
        """What jsii knows the object by; jsii reads it before each call that the object is part of."""
        if self._is_lazy:
            self._before_access()
        return self._reference

    @__jsii_ref__.setter
    def __jsii_ref__(self, reference: Any) -> None:
        self._reference = reference

    def _before_access(self) -> None:
        """Create what JavaScript could see of the object."""
        raise NotImplementedError  # each subclass has its own

    def _create(self, *arguments: Any) -> None:
        """Call the constructor in JavaScript with *arguments*; raises `SpecError` where the id is taken."""
        was_lazy, self._is_lazy = self._is_lazy, False
        try:
            jsii.create(type(self), self, list(arguments))
        except RuntimeError as error:
            message = str(error).partition("\n")[0]
            if not message.startswith(_ID_TAKEN):
                raise
            raise SpecError([Finding(f"id: {message[:1].lower()}{message[1:]}", where=self._where)]) from None
        finally:
            self._is_lazy = was_lazy
