"""Differences between two sets of CustomResourceDefinitions: names, versions, columns, and the fields of each version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .change import SEVERITIES, Change, Severity
from .fields import field_changes

__all__ = ["compared"]

Definition = Mapping[str, Any]


def compared(old: Iterable[Definition], new: Iterable[Definition]) -> list[Change]:
    """Return what differs between the definitions *old* and *new*: what breaks first, then by name and place."""
    before = {each["metadata"]["name"]: each for each in old}
    after = {each["metadata"]["name"]: each for each in new}
    found = [
        Change("breaking", name, "", "removed", "is gone: with it, every object is deleted")
        for name in before.keys() - after.keys()
    ]
    found += [Change("safe", name, "", "added", "is new") for name in after.keys() - before.keys()]
    for name in before.keys() & after.keys():
        found += _changes(name, before[name]["spec"], after[name]["spec"])
    found += _taken_names(before, after)
    return sorted(
        found,
        key=lambda change: (
            SEVERITIES.index(change.severity),
            change.definition,
            change.place,
            change.check,
            change.message,
        ),
    )


def _changes(name: str, old: Definition, new: Definition) -> Iterator[Change]:
    for field in ("group", "scope"):
        if old.get(field) != new.get(field):
            message = f"was {old.get(field)}, is {new.get(field)}; an API server refuses the change"
            yield Change("breaking", name, "", field, message)
    yield from _names(name, old["names"], new["names"])
    yield from _conversion(name, old.get("conversion", {}), new.get("conversion", {}))
    before = {version["name"]: version for version in old["versions"]}
    after = {version["name"]: version for version in new["versions"]}
    for gone in before.keys() - after.keys():
        message = "is gone; objects that were stored in it must be rewritten first"
        yield Change("breaking", name, gone, "version", message)
    for more in after.keys() - before.keys():
        yield Change("safe", name, more, "version", "is new")
    for version in before.keys() & after.keys():
        yield from _version(name, version, before[version], after[version])
    yield from _across_versions(name, new)


def _names(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for field in ("kind", "plural", "listKind", "singular"):
        if old.get(field) != new.get(field):
            severity: Severity = "risky" if field == "singular" else "breaking"
            yield Change(severity, name, "", field, f"was {old.get(field)}, is {new.get(field)}")
    for field, what in (("shortNames", "short name"), ("categories", "category")):
        before, after = old.get(field, ()), new.get(field, ())
        for gone in [each for each in before if each not in after]:
            yield Change("risky", name, "", field, f"the {what} {gone} is gone; scripts may use it")
        for more in [each for each in after if each not in before]:
            yield Change("safe", name, "", field, f"the {what} {more} is new")


def _conversion(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    before, after = old.get("strategy", "None"), new.get("strategy", "None")
    if before != after:
        message = f"was {before}, is {after}" + (
            ": fields that not every version has are dropped" if after == "None" else ""
        )
        yield Change("breaking" if after == "None" else "risky", name, "", "conversion", message)


def _version(name: str, place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    if old["served"] and not new["served"]:
        yield Change("breaking", name, place, "served", "is served no more")
    elif new["served"] and not old["served"]:
        yield Change("safe", name, place, "served", "is served again")
    if old["storage"] != new["storage"]:
        message = (
            "is what objects are stored in"
            if new["storage"]
            else "is stored no more; stored objects stay in it until they are rewritten"
        )
        yield Change("risky", name, place, "storage", message)
    if bool(old.get("deprecated")) != bool(new.get("deprecated")):
        yield Change(
            "safe", name, place, "deprecated", "is deprecated" if new.get("deprecated") else "is deprecated no more"
        )
    yield from _columns(name, place, old.get("additionalPrinterColumns", ()), new.get("additionalPrinterColumns", ()))
    yield from _subresources(name, place, old.get("subresources", {}), new.get("subresources", {}))
    schemas = (version.get("schema", {}).get("openAPIV3Schema", {}) for version in (old, new))
    for change in field_changes(*schemas):
        at = f"{place}.{change.path}" if change.path else place
        yield Change(change.severity, name, at, change.check, change.message, change.ratchets)


def _columns(
    name: str, place: str, old: Iterable[Mapping[str, Any]], new: Iterable[Mapping[str, Any]]
) -> Iterator[Change]:
    before, after = ({column["name"]: column for column in columns} for columns in (old, new))
    for gone in before.keys() - after.keys():
        yield Change("risky", name, place, "column", f"the column {gone} is gone; scripts may read it")
    for more in after.keys() - before.keys():
        yield Change("safe", name, place, "column", f"the column {more} is new")
    for column in before.keys() & after.keys():
        if before[column] != after[column]:
            yield Change("risky", name, place, "column", f"the column {column} shows something else")


def _subresources(name: str, place: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for gone in old.keys() - new.keys():
        yield Change("breaking", name, place, "subresource", f"the subresource {gone} is gone")
    for more in new.keys() - old.keys():
        status = more == "status"
        message = f"the subresource {more} is new" + ("; who writes the object can write it no more" if status else "")
        yield Change("risky" if status else "safe", name, place, "subresource", message)
    for both in old.keys() & new.keys():
        if old[both] != new[both]:
            yield Change(
                "breaking", name, place, "subresource", f"the subresource {both} reads and writes other fields"
            )


def _across_versions(name: str, new: Definition) -> Iterator[Change]:
    """Yield fields that one served version has and the stored one does not, where no webhook converts."""
    if new.get("conversion", {}).get("strategy", "None") != "None":
        return
    stored = next((version for version in new["versions"] if version["storage"]), None)
    if stored is None:
        return
    for version in new["versions"]:
        if version is stored or not version["served"]:
            continue
        pair = (each.get("schema", {}).get("openAPIV3Schema", {}) for each in (version, stored))
        for change in field_changes(*pair):
            if change.check in ("removed", "type"):
                message = f"{change.message}; {stored['name']} is stored, and nothing converts"
                yield Change("breaking", name, f"{version['name']}.{change.path}", "conversion", message)


def _taken_names(old: Mapping[str, Definition], new: Mapping[str, Definition]) -> Iterator[Change]:
    """Yield short names that two definitions have now: the API server gives such a name to one of them alone."""
    owners: dict[str, list[str]] = {}
    for name, definition in sorted(new.items()):
        for short in definition["spec"]["names"].get("shortNames", ()):
            owners.setdefault(short, []).append(name)
    for short, names in owners.items():
        if len(names) > 1 and not all(_has_short_name(old.get(name), short) for name in names):
            message = f"the short name {short} is that of {names[0]} too; an API server gives it to one of them"
            yield Change("breaking", names[-1], "", "shortNames", message)


def _has_short_name(definition: Definition | None, short: str) -> bool:
    return definition is not None and short in definition["spec"]["names"].get("shortNames", ())
