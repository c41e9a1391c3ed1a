"""How much the functions of one evaluation may produce, and what the last of them refused.

The engine bounds the steps of an evaluation, but not the texts that come of them, and it swallows what a function raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sized
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from .errors import CelError

__all__ = ["Meter", "metered", "metering"]

_MOST = 2**22
"""Characters and items that the functions of one evaluation produce at most."""


class Meter:
    """What the functions of one evaluation have done so far."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.produced = 0
        self.problem = ""
        """What the last function that refused its arguments said."""

    @property
    def is_spent(self) -> bool:
        """Whether the functions have produced more than they may."""
        return self.produced > _MOST

    def take(self, amount: int) -> None:
        """Count *amount* characters or items that are about to be made; raises `CelError` where that is too much."""
        self.produced += amount
        if self.is_spent:
            raise CelError(f"would make more than {_MOST:,} characters and items of lists")


_METER: ContextVar[Meter] = ContextVar("meter")


@contextmanager
def metering() -> Iterator[Meter]:
    """Meter the functions of an evaluation."""
    meter = Meter()
    token = _METER.set(meter)
    try:
        yield meter
    finally:
        _METER.reset(token)


def metered(name: str, function: Callable[..., Any], size: Callable[..., int] | None = None) -> Callable[..., Any]:
    """Return *function*, which expressions call *name*, as the engine calls it: what it makes is counted.

    *size* says of its arguments how much it will make, where that may be more than they are.
    """

    def counted(*arguments: Any) -> Any:
        meter = _METER.get()
        try:
            meter.take(size(*arguments) if size else sum(len(each) for each in arguments if isinstance(each, Sized)))
            return function(*arguments)
        except CelError as error:
            meter.problem = f"{name}: {error}"
        except (ArithmeticError, TypeError, ValueError):
            meter.problem = f"{name}: cannot take these arguments"
        raise CelError(meter.problem)

    return counted
