"""Epochs in which one rule is different: what a rule decides is what changes with it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest

from hanzo_constructs import platform
from hanzo_constructs.platform import EPOCHS, Epoch

__all__ = ["RULES", "other_values", "with_rule"]

RULES = [field.name for field in dataclasses.fields(Epoch) if field.name != "name"]


def other_values(rule: str, value: object) -> list[Any]:
    """Return what *rule* could say instead of *value*."""
    return [other for other in _choices(get_type_hints(Epoch)[rule]) if other != value]


@contextmanager
def with_rule(rule: str, value: Any) -> Iterator[None]:
    """Let *rule* say *value* in every epoch."""
    with pytest.MonkeyPatch.context() as patch:
        changed: dict[str, Epoch] = {
            name: dataclasses.replace(epoch, **{rule: value}) for name, epoch in EPOCHS.items()
        }
        patch.setattr(platform, "EPOCHS", MappingProxyType(changed))
        yield


def _choices(hint: Any) -> list[Any]:
    if get_origin(hint) is Literal:
        return list(get_args(hint))
    if get_origin(hint) in (Union, UnionType):
        return [choice for part in get_args(hint) for choice in _choices(part)]
    known: dict[Any, list[Any]] = {bool: [True, False], int: [7, 8], type(None): [None]}
    return known[hint]
