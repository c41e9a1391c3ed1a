"""Differences between two structural schemas, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from .change import Severity

__all__ = ["FieldChange", "field_changes"]

Schema = Mapping[str, Any]


class FieldChange(NamedTuple):
    """A difference between two schemas."""

    severity: Severity
    path: str
    check: str
    message: str
    ratchets: bool = False


_UPPER = ("maximum", "maxLength", "maxItems", "maxProperties")
_LOWER = ("minimum", "minLength", "minItems", "minProperties")
_KEEPS = "x-kubernetes-preserve-unknown-fields"
_EITHER = "x-kubernetes-int-or-string"
_LIST, _KEYS, _MAP = "x-kubernetes-list-type", "x-kubernetes-list-map-keys", "x-kubernetes-map-type"


def field_changes(old: Schema, new: Schema, path: str = "") -> Iterator[FieldChange]:
    """Yield what differs between the schemas *old* and *new* of the field at *path*, and of all fields below it."""
    before, after = _kind(old), _kind(new)
    if before != after:
        wider = {before, after} == {"integer or string", "string"} and after == "integer or string"
        message = f"was {before}, is {after}"
        yield FieldChange("risky" if wider else "breaking", path, "type", message)
        if not wider:
            return
    yield from _values(old, new, path)
    yield from _bounds(old, new, path)
    yield from _defaults(old, new, path)
    yield from _texts(old, new, path)
    yield from _merging(old, new, path)
    yield from _rules(old, new, path)
    yield from _members(old, new, path)
    for key, step in (("items", "[]"), ("additionalProperties", "[]")):
        one, other = old.get(key), new.get(key)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from field_changes(one, other, f"{path}{step}")


def _kind(schema: Schema) -> str:
    """Return what *schema* takes, in words."""
    if schema.get(_EITHER):
        return "integer or string"
    if schema.get("type") == "object":
        return "mapping of any keys" if isinstance(schema.get("additionalProperties"), dict) else "object"
    kind: str = schema.get("type", "anything")
    return kind


def _values(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    before, after = old.get("enum"), new.get("enum")
    if before is None and after is None:
        return
    if after is None:
        yield FieldChange("safe", path, "enum", "takes any value")
    elif before is None:
        yield FieldChange("breaking", path, "enum", f"took any value, takes {_listed(after)} alone", ratchets=True)
    else:
        if gone := [value for value in before if value not in after]:
            yield FieldChange("breaking", path, "enum", f"{_listed(gone)} is taken no more", ratchets=True)
        if more := [value for value in after if value not in before]:
            message = f"{_listed(more)} is taken too; programs that read it may not know"
            yield FieldChange("risky", path, "enum", message)


def _bounds(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    for words, is_upper in ((_UPPER, True), (_LOWER, False)):
        for word in words:
            before, after = old.get(word), new.get(word)
            if before == after:
                continue
            if after is None:
                yield FieldChange("safe", path, word, f"was {before}, is free")
            elif before is None:
                yield FieldChange("breaking", path, word, f"was free, is {after}", ratchets=True)
            else:
                narrow = after < before if is_upper else after > before
                severity: Severity = "breaking" if narrow else "safe"
                yield FieldChange(severity, path, word, f"was {before}, is {after}", ratchets=narrow)
    if bool(old.get("nullable")) != bool(new.get("nullable")):
        is_taken = bool(new.get("nullable"))
        message = "null is taken, and stored" if is_taken else "null is taken no more"
        yield FieldChange("risky" if is_taken else "breaking", path, "nullable", message)


def _defaults(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    before, after = old.get("default"), new.get("default")
    if before == after:
        return
    if "default" not in old:
        message = f"{_shown(after)} is written into objects that leave it out"
        yield FieldChange("risky", path, "default", message)
    elif "default" not in new:
        yield FieldChange("breaking", path, "default", f"was {_shown(before)}, there is none")
    else:
        message = f"was {_shown(before)}, is {_shown(after)}: objects that leave it out mean something else"
        yield FieldChange("breaking", path, "default", message)


def _texts(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    before, after = old.get("pattern"), new.get("pattern")
    if before != after:
        if after is None:
            yield FieldChange("safe", path, "pattern", f"was {before}, is free")
        else:
            message = f"was {before or 'free'}, is {after}; no program can tell which texts that leaves out"
            yield FieldChange("breaking", path, "pattern", message, ratchets=True)
    before, after = old.get("format"), new.get("format")
    if before != after:
        wider = after is None or (before, after) == ("int32", "int64")
        message = f"was {before or 'none'}, is {after or 'none'}"
        yield FieldChange("risky" if wider else "breaking", path, "format", message, ratchets=not wider)
    if old.get("description") != new.get("description"):
        yield FieldChange("safe", path, "description", "says something else")


def _merging(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    for word, what in ((_LIST, "list type"), (_MAP, "map type")):
        before, after = old.get(word, _default_merge(word)), new.get(word, _default_merge(word))
        if before != after and (word in old or word in new):
            loose = after == "atomic"
            message = f"{what} was {before}, is {after}: " + (
                "server-side apply replaces it as a whole, and takes it from other owners"
                if loose
                else "items that come twice are refused"
            )
            yield FieldChange("risky" if loose else "breaking", path, _name(word), message)
    if old.get(_KEYS) != new.get(_KEYS) and old.get(_LIST) == new.get(_LIST):
        message = f"items were told apart by {_listed(old.get(_KEYS, ()))}, are by {_listed(new.get(_KEYS, ()))}"
        yield FieldChange("breaking", path, "list-map-keys", message)
    if bool(old.get(_KEEPS)) != bool(new.get(_KEEPS)):
        if new.get(_KEEPS):
            yield FieldChange("safe", path, "preserve-unknown-fields", "unknown fields are kept")
        else:
            message = "unknown fields, which were kept, are dropped from objects when they are next written"
            yield FieldChange("breaking", path, "preserve-unknown-fields", message)


def _default_merge(word: str) -> str:
    return "atomic" if word == _LIST else "granular"


def _name(word: str) -> str:
    return word.removeprefix("x-kubernetes-")


def _rules(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    before = {each["rule"]: each for each in old.get("x-kubernetes-validations", ())}
    after = {each["rule"]: each for each in new.get("x-kubernetes-validations", ())}
    for rule in after.keys() - before.keys():
        yield FieldChange("breaking", path, "rule", f"must hold: {rule}", ratchets=True)
    for rule in before.keys() - after.keys():
        yield FieldChange("safe", path, "rule", f"need not hold any more: {rule}")
    for rule in before.keys() & after.keys():
        if before[rule] != after[rule]:
            yield FieldChange("safe", path, "rule", f"says something else where it does not hold: {rule}")


def _members(old: Schema, new: Schema, path: str) -> Iterator[FieldChange]:
    before, after = old.get("properties", {}), new.get("properties", {})
    open_before, open_after = bool(old.get(_KEEPS)), bool(new.get(_KEEPS))
    for name in sorted(before.keys() - after.keys()):
        message = "is known no more, and is dropped from objects when they are next written"
        kept = "is known no more; it is kept unchecked"
        yield FieldChange(
            "risky" if open_after else "breaking", _below(path, name), "removed", kept if open_after else message
        )
    for name in sorted(after.keys() - before.keys()):
        message = "is new; objects may have kept something else there" if open_before else "is new"
        yield FieldChange("risky" if open_before else "safe", _below(path, name), "added", message)
    needed, needed_now = set(old.get("required", ())), set(new.get("required", ()))
    for name in sorted(needed_now - needed):
        message = "must be written: objects without it are refused, those too that are stored"
        yield FieldChange("breaking", _below(path, name), "required", message)
    for name in sorted(needed - needed_now):
        message = "may be left out; programs that read it may not know"
        yield FieldChange("risky" if name in after else "safe", _below(path, name), "required", message)
    for name in sorted(before.keys() & after.keys()):
        yield from field_changes(before[name], after[name], _below(path, name))


def _below(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _listed(values: Any) -> str:
    return ", ".join(map(str, values)) or "nothing"


def _shown(value: object) -> str:
    return '""' if value == "" else str(value)
