"""What an API server refuses, as errors by the words of Kubernetes, and how they are read off its answers.

ClusterError            a request to the API server failed
├── NotFound            there is no such object, or no such kind
├── AlreadyExists       an object of that name is there
├── Conflict            other managers own fields with other values, or the object is another one by now
├── Forbidden           the operator may not do that, or the namespace is terminating
├── Invalid             the object is refused for what is in it, or by a webhook, a policy or a quota
├── NoCluster           nothing says where the API server is
└── Unavailable         no answer, or a server in trouble: nobody knows whether it took effect
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from ..errors import HanzoError
from .refusals import denial_of, is_admission, without_values

__all__ = [
    "AlreadyExists",
    "ClusterError",
    "Conflict",
    "FieldConflict",
    "Forbidden",
    "Invalid",
    "NoCluster",
    "NotFound",
    "Unavailable",
    "error_of",
]

_MANAGER = re.compile(
    r'^conflict with "(?P<manager>[^"]*)"(?: with subresource "(?P<part>[^"]*)")?(?P<update> using )?'
)
"""How the server names a manager, from `printManager` in `k8s.io/apimachinery/pkg/util/managedfields/internal/conflict.go`
(kubernetes v1.36.3): the words `using VERSION` stand behind one that updated, and not behind one that applied."""
_UNTYPED = ("failed to create typed patch object", "failed to convert new object")
"""How server-side apply refuses a field that the schema does not have, a value of another type, and an amount that is none:
with the code 500."""


class ClusterError(HanzoError):
    """A request to the API server failed."""


class NotFound(ClusterError):  # noqa: N818  # as the API server says it
    """There is no such object; or no such kind, where the request was to apply one."""


class AlreadyExists(ClusterError):  # noqa: N818  # likewise
    """An object of that name is there already."""


class FieldConflict(NamedTuple):
    """A field that somebody else owns with another value."""

    manager: str
    """Name of the field manager: `kubectl-edit`."""
    field: str
    """As the server writes it: `.spec.template.spec.containers[name="api"].image`."""
    operation: Literal["Apply", "Update"] = "Apply"
    """How the manager came by it: by server-side apply, or by any other request."""
    subresource: str = ""
    """`scale` for who changed only that."""


class Conflict(ClusterError):  # noqa: N818  # likewise
    """Other managers own fields with other values (`fields`), or a precondition does not hold (no fields)."""

    def __init__(self, message: str, fields: Iterable[FieldConflict] = ()) -> None:
        """Hold what the server says, and the *fields* that are in conflict."""
        super().__init__(message)
        self.fields = tuple(fields)

    @property
    def managers(self) -> tuple[str, ...]:
        """The names of the other managers, each once, in the order of the fields."""
        return tuple(dict.fromkeys(each.manager for each in self.fields))


class Forbidden(ClusterError):  # noqa: N818  # likewise
    """The operator may not do that; *is_terminating* where the reason is that the namespace is on its way out."""

    def __init__(self, message: str, *, is_terminating: bool = False) -> None:
        """Hold what the server says."""
        super().__init__(message)
        self.is_terminating = is_terminating


class Invalid(ClusterError):  # noqa: N818  # likewise
    """The object is refused: for a field that cannot change, an unknown field, a wrong value; or by a webhook or a quota."""

    def __init__(self, message: str, why: str = "") -> None:
        """Hold what the server says without any value; *why* is what a webhook says, which may quote some."""
        super().__init__(message)
        self.why = why


class NoCluster(ClusterError):  # noqa: N818  # likewise
    """Nothing says where the API server is: no pod around the program, and no kubeconfig."""


class Unavailable(ClusterError):  # noqa: N818  # likewise
    """There was no answer, or the server is in trouble; the request may have taken effect all the same."""


def error_of(code: int, status: Mapping[str, Any]) -> ClusterError:
    """Return the error that an answer of the API server means: its HTTP *code*, 400 or more, and its metav1.Status."""
    message, causes = str(status.get("message", "")), (status.get("details") or {}).get("causes") or ()
    if denial := denial_of(message):
        return Invalid(denial.said, denial.why)
    if code == 404:
        return NotFound(message)
    if code == 409 or any(each.get("field") == "metadata.uid" for each in causes):
        # an apply of an object that is another one by now changes its uid, which is 422
        fields = [_field_conflict(each) for each in causes if "field" in each and code == 409]
        return AlreadyExists(message) if status.get("reason") == "AlreadyExists" else Conflict(message, fields)
    if code in {401, 403}:
        return _forbidden(message, is_terminating=any(each.get("reason") == "NamespaceTerminating" for each in causes))
    if code in {400, 413, 415, 422} or message.startswith(_UNTYPED):
        return Invalid(without_values(message))
    return Unavailable(without_values(message) or f"HTTP status {code}")


def _forbidden(message: str, *, is_terminating: bool) -> Forbidden | Invalid:
    if is_admission(message) and not is_terminating:
        return Invalid(without_values(message))
    return Forbidden(message, is_terminating=is_terminating)


def _field_conflict(cause: Mapping[str, Any]) -> FieldConflict:
    matched = _MANAGER.match(cause.get("message", ""))
    if matched is None:
        return FieldConflict(cause.get("message", ""), cause["field"])
    operation: Literal["Apply", "Update"] = "Update" if matched["update"] else "Apply"
    return FieldConflict(matched["manager"], cause["field"], operation, matched["part"] or "")
