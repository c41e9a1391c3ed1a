"""The proof as a validation of cdk8s, for trees whose output JavaScript writes."""

from __future__ import annotations

from typing import Any

from ...errors import SpecError
from ...platform import Platform
from ..lazy.children import ChildObject
from ..lazy.object import Reference
from ..node.cdk import ApiObject, IValidation, jsii
from .links import tree_links
from .proving import Part, part_of, proof_of
from .replicas import scaled_targets, without_scaled_replicas

__all__ = ["SetValidation", "validated_by_proof"]

_ATTRIBUTE = "_set_validation"
"""Attribute of a root that keeps its validation."""


@jsii.implements(IValidation)
class SetValidation:
    """The proof of everything below *root*; JavaScript asks for it before it writes the output."""

    def __init__(self, root: Any) -> None:
        """Validate the tree below *root*."""
        self.root = root
        self.is_paused = False

    def validate(self) -> list[str]:
        """Return one line for each finding."""
        if self.is_paused:
            return []
        try:
            platform = getattr(self.root, "platform", None) or Platform()
            tree_links(self.root).settle(platform)
            found: list[Any] = self.root.node.find_all()
            parts = [_part(each) for each in found if isinstance(each, ApiObject)]
            if targets := scaled_targets(parts):
                parts = [*without_scaled_replicas(parts, targets)]
            findings = proof_of(parts, platform).findings
        except SpecError as error:  # a resource that does not compile with what was declared after it
            findings = error.findings
        return [str(finding) for finding in findings if finding.severity == "error"]


def _part(api_object: ApiObject) -> Part:
    if isinstance(api_object, ChildObject):
        return part_of(api_object, api_object._untouched or api_object.to_json())
    return Part(None, [api_object.to_json()], api_object.node.path)


def validated_by_proof(root: object) -> SetValidation:
    """Make the proof of everything below *root* a validation of it, once."""
    found: SetValidation | None = vars(root).get(_ATTRIBUTE)
    if found is None:
        found = vars(root)[_ATTRIBUTE] = SetValidation(root)
        jsii.invoke(jsii.get(Reference(root), "node"), "addValidation", [found])
    return found
