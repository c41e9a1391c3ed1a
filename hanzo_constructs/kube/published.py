"""What a schema says of a value beyond its type: the form of a text, and the short form that a person may write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema

__all__ = [
    "ABSOLUTE_PATH",
    "BY_NAME",
    "EITHER",
    "FIELDS_BY_NAME",
    "MERGED_WHOLE",
    "MOUNT_PATH",
    "PRESENCE",
    "SHORT_FORM",
    "UNIQUE",
    "UNIQUE_ITEMS",
    "UNSTORED",
    "ByName",
    "Published",
    "by_name",
    "fields_by_name",
    "short",
    "text",
]

PRESENCE = "x-presence-matters"
"""Keyword of a value that an API server must not write by itself."""
SHORT_FORM = "x-short-form"
"""Keyword that holds the schema of what may be written in place of the value."""
BY_NAME = "x-by-name"
"""Keyword of a list that may be written as a mapping of names to items without their name; its value is a `ByName`, as a
dict."""
FIELDS_BY_NAME = "x-fields-by-name"
"""Keyword of a list whose items have such lists in fields: a `ByName` by field."""


EITHER = "x-either"
"""Keyword that holds alternatives, one of which the fields of an object must fit: what `anyOf` means for values."""
UNIQUE = "x-unique"
"""Keyword of a list in which nothing may come twice."""


class ByName(NamedTuple):
    """What may stand for an item in a mapping by name, beside the item without its name."""

    value: dict[str, Any]
    """The schema of a plain value."""
    field: str = ""
    """The field of the item whose value may stand there by itself."""


@dataclass(frozen=True, eq=False)
class Published:
    """Metadata for `Annotated`: what a schema says of a value beyond its type. No value is checked by it.

    What is published never refuses what the model takes; it may take what the model refuses with a better message.
    """

    json_schema: dict[str, Any]

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add it to what the type itself says."""
        return {**handler(schema), **self.json_schema}


UNSTORED = Published({PRESENCE: True})
"""Says that to write the default means something else than to leave the field out, so that no API server may store it."""


UNIQUE_ITEMS = Published({UNIQUE: True})
"""Says of a list of plain values that nothing comes twice in it."""


MERGED_WHOLE = Published({"x-kubernetes-list-type": "atomic"})
"""Says of a list of which an empty one means something else than none that server-side apply takes it as a whole.

Of a list with keys it keeps no owner while there is nothing in it: who applies the resource without the field leaves it empty.
"""


def text(pattern: str, *, most: int | None = None, least: int | None = None) -> Published:
    """Return what is published of a text that *pattern*, in the syntax of RE2, matches from beginning to end.

    It has at *least* and at *most* that many characters.
    """
    bounds = {"minLength": least, "maxLength": most}
    return Published({"pattern": f"^{pattern}$", **{key: value for key, value in bounds.items() if value is not None}})


ABSOLUTE_PATH = Published({"pattern": "^/"})
"""What is published of a path that begins with a slash."""
MOUNT_PATH = text("/[^:]*")
"""What is published of a path of a container where something is mounted."""


def short(schema: dict[str, Any]) -> Published:
    """Return what is published of a value in whose place what *schema* says may be written."""
    return Published({SHORT_FORM: schema})


def by_name(short: ByName) -> Published:
    """Return what is published of a list that may be a mapping by the names of its items."""
    return Published({BY_NAME: short._asdict()})


def fields_by_name(fields: dict[str, ByName]) -> Published:
    """Return what is published of a list in whose items *fields* may be mappings by name."""
    return Published({FIELDS_BY_NAME: {name: each._asdict() for name, each in fields.items()}})
