"""The scalar types of the core models: numbers with the bounds the API server checks, and what one type cannot say."""

from __future__ import annotations

import re
from typing import Annotated, Any

from annotated_types import Ge, Le
from pydantic import GetJsonSchemaHandler
from pydantic_core import CoreSchema

from ..fields import shown, type_shown
from ..scalar import INT_OR_STRING, Scalar

__all__ = [
    "DirectoryMode",
    "FileMode",
    "HostPort",
    "Id",
    "Int32",
    "Int64",
    "IntOrString",
    "NonNegative32",
    "NonNegative64",
    "Octet",
    "Port",
    "PortOrName",
    "Positive32",
    "Positive64",
    "RequestedLifetime",
    "Time",
    "TokenLifetime",
    "Weight",
]


class _Format:
    """The width of an integer as Kubernetes publishes it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the format; the bounds of the width itself go without saying."""
        published = {**handler(schema), "format": self.name}
        implied = {"minimum": _LEAST[self.name], "maximum": _MOST[self.name]}
        return {key: value for key, value in published.items() if key not in implied or implied[key] != value}


_LEAST = {"int32": -(2**31), "int64": -(2**63)}
_MOST = {"int32": 2**31 - 1, "int64": 2**63 - 1}
_INT32, _INT64 = _Format("int32"), _Format("int64")

Int32 = Annotated[int, Ge(_LEAST["int32"]), Le(_MOST["int32"]), _INT32]
Int64 = Annotated[int, Ge(_LEAST["int64"]), Le(_MOST["int64"]), _INT64]
NonNegative32 = Annotated[int, Ge(0), Le(_MOST["int32"]), _INT32]
NonNegative64 = Annotated[int, Ge(0), Le(_MOST["int64"]), _INT64]
Positive32 = Annotated[int, Ge(1), Le(_MOST["int32"]), _INT32]
Positive64 = Annotated[int, Ge(1), Le(_MOST["int64"]), _INT64]

Port = Annotated[int, Ge(1), Le(65535), _INT32]
HostPort = Annotated[int, Ge(0), Le(65535), _INT32]
"""A port of the node; 0 means none, as Kubernetes has it."""
Weight = Annotated[int, Ge(1), Le(100), _INT32]
Octet = Annotated[int, Ge(0), Le(255), _INT32]
"""A disk partition or a logical unit number."""
FileMode = Annotated[int, Ge(0), Le(0o777), _INT32]
DirectoryMode = Annotated[int, Ge(0), Le(0o1777), _INT32]
Id = Annotated[int, Ge(0), Le(2**31 - 1), _INT64]
"""A user or group id."""
TokenLifetime = Annotated[int, Ge(600), Le(2**32), _INT64]
"""Seconds; the API server issues no token for less than ten minutes."""
RequestedLifetime = Annotated[int, Ge(3600), Le(7_862_400), _INT32]
"""Seconds a certificate may be asked for: an hour to 91 days."""


def _integer_or_string(value: object) -> int | str:
    if isinstance(value, str):
        if not value.isascii() and any("\ud800" <= character <= "\udfff" for character in value):
            raise ValueError("must be valid Unicode")
        return value
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError(f"expected an integer or a string, got {type_shown(value)}")
    return _within(value, _LEAST["int32"], _MOST["int32"])


def _port_or_name(value: object) -> int | str:
    value = _integer_or_string(value)
    return value if isinstance(value, str) else _within(value, 1, 65535)


def _within(value: int, least: int, most: int) -> int:
    if value < least:
        raise ValueError(f"must be at least {least}, got {shown(value)}")
    if value > most:
        raise ValueError(f"must be at most {most}, got {shown(value)}")
    return value


_RFC3339 = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)\Z",
    re.ASCII,
)


def _time(value: object) -> str:
    if isinstance(value, str) and _RFC3339.match(value):
        return value
    raise ValueError(f"must be a time such as 2026-01-31T08:00:00Z, got {shown(value)}")


IntOrString = Annotated[int | str, Scalar(_integer_or_string, INT_OR_STRING)]
"""A number (of 32 bits) or a string, kept as written."""
PortOrName = Annotated[int | str, Scalar(_port_or_name, {**INT_OR_STRING, "minimum": 1, "maximum": 65535})]
"""The number of a port or its name."""
Time = Annotated[str, Scalar(_time, {"type": "string", "format": "date-time"})]
"""A moment, by RFC 3339."""
