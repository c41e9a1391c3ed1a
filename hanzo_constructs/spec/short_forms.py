"""Short forms that a document and Python code may write, and the long ones that they stand for.

An image is its reference, variables and ports are mappings by name. What the API server stores is the long form
(`hzc compile --mode resources`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from pydantic_core import PydanticCustomError

from ..errors import Finding
from ..kube.core import EnvVarSource
from ..kube.expansion import in_order_of_references
from ..kube.fields import Path, field_path, has_credentials, parsed_path, type_shown
from ..kube.images import CREDENTIALS, image_parts
from ..kube.problem import Problem

__all__ = ["as_written", "containers_of", "image_of", "path_as_written", "ports_of", "variables_of"]

T = TypeVar("T")

_WHOLE = {"value", "valueFrom", "value_from"}
"""Keys that tell a variable from its source."""

Listed = Callable[[object, object], dict[str, Any] | Problem]
"""Make the item of a list from a name and what is written for it; a problem's path is within that."""


def image_of(value: object) -> object:
    """Return the repository, the tag and the digest of a *value* that is a reference; other values as they are."""
    if not isinstance(value, str):
        return value
    if has_credentials(value):
        raise ValueError(CREDENTIALS)
    repository, tag, digest = image_parts(value)
    # an empty tag or digest is kept, so that `example:` and `example@` are refused
    parts = {"repository": repository, "tag": tag, "digest": digest}
    return {name: part for name, part in parts.items() if part is not None}


def variables_of(value: object) -> object:
    """Return the list of variables that the mapping *value* stands for; other values as they are.

    A mapping has no order for many tools, so that each variable is put behind those that its text refers to.
    """
    return _items(value, _variable) if isinstance(value, dict) else value


def ports_of(value: object) -> object:
    """Return the list of ports that the mapping *value* stands for, in its order; other values as they are."""
    return _items(value, _port) if isinstance(value, dict) else value


def containers_of(value: object) -> object:
    """Return the containers of the list *value* with their variables and ports in long form."""
    if not isinstance(value, list | tuple):
        return value
    problems: list[Problem] = []
    containers = [_container(each, index, problems) for index, each in enumerate(value)]
    return _unless(problems, containers)


def _container(container: object, index: int, problems: list[Problem]) -> object:
    if not isinstance(container, dict):
        return container
    long = container
    for field, item in (("env", _variable), ("ports", _port)):
        if isinstance(short := container.get(field), dict):
            items, found = _listed(short, item)
            problems += [Problem((index, field, *each.path), each.message) for each in found]
            long = {**long, field: items}
    return long


def _items(short: dict[Any, Any], item: Listed) -> list[dict[str, Any]]:
    items, problems = _listed(short, item)
    return _unless(problems, items)


def _unless(problems: list[Problem], value: T) -> T:
    if problems:
        raise PydanticCustomError("problems", "rules between fields", {"problems": problems})
    return value


def _listed(short: dict[Any, Any], item: Listed) -> tuple[list[dict[str, Any]], list[Problem]]:
    made = [item(name, short[name]) for name in _in_order(short)]
    return [each for each in made if not isinstance(each, Problem)], [
        each for each in made if isinstance(each, Problem)
    ]


def _in_order(short: dict[Any, Any]) -> list[Any]:
    texts = {name: content.get("value") if isinstance(content, dict) else content for name, content in short.items()}
    return in_order_of_references(texts)


def _variable(name: object, content: object) -> dict[str, Any] | Problem:
    """Return the variable *name*: a string is its value, a mapping or a source is where the value comes from."""
    if not isinstance(name, str):
        return _no_name(name)
    if isinstance(content, str):
        return {"name": name, "value": content}
    if isinstance(content, EnvVarSource):
        return {"name": name, "valueFrom": content}
    if isinstance(content, dict):
        return {"name": name, **content} if content.keys() & _WHOLE else {"name": name, "valueFrom": content}
    hint = "; quote it" if isinstance(content, bool | int | float) else ""
    return Problem((name,), f"expected a string or a source such as secretKeyRef, got {type_shown(content)}{hint}")


def _port(name: object, content: object) -> dict[str, Any] | Problem:
    """Return the port *name*: an integer is the port of the container, a mapping holds the other fields."""
    if not isinstance(name, str):
        return _no_name(name)
    if isinstance(content, int) and not isinstance(content, bool):
        return {"name": name, "containerPort": content}
    if isinstance(content, dict):
        return {"name": name, **content}
    hint = "; leave the quotes out" if isinstance(content, str) and content.isdecimal() else ""
    return Problem((name,), f"expected an integer or a mapping with containerPort, got {type_shown(content)}{hint}")


def _no_name(name: object) -> Problem:
    hint = "; quote it" if name is None or isinstance(name, bool | int | float) else ""
    return Problem((), f"expected a string as key, got {type_shown(name)}{hint}")


def as_written(finding: Finding, document: Any) -> Finding:
    """Return *finding* with its path as it is in the *document* (`path_as_written`)."""
    path = parsed_path(finding.path)
    written = path_as_written(path, document)
    return finding if written == path else replace(finding, path=field_path(written))


def path_as_written(path: Path, document: Any) -> Path:
    """Return where the field at *path* of a resource stands in the *document* that it was made of.

    The paths of findings are those of the long forms: `spec.env[0].value` is `spec.env.LOG_LEVEL` where that is a
    mapping, and `spec.image.tag` is `spec.image` where that is a reference.
    """
    found: list[str | int] = []
    for at, step in enumerate(path):
        if isinstance(document, str | int):
            break  # a short form, of which the rest of the path is a part
        name: str | int = step
        if isinstance(document, dict) and isinstance(step, int) and step < len(document):
            name = _in_order(document)[step]
        elif step == "valueFrom" and isinstance(document, dict) and not document.keys() & _WHOLE:
            continue  # the source itself is written for the variable
        found.append(name)
        try:
            document = document[name]
        except (LookupError, TypeError):
            return (*found, *path[at + 1 :])
    return tuple(found)
