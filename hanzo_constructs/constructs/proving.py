"""The set proof for cdk8s: over what is really written, patches and the user's own objects included."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from ..errors import SpecError
from ..kube.hosts import NamedHost
from ..kube.manifest import Manifest
from ..kube.owner import Owner, Pods
from ..platform import Platform, Rules
from ..spec.secrets import KeyNeed
from ..verify import Proof, Prover
from .cdk import ApiObject, IConstruct, IValidation, jsii
from .counts import scaled_targets, with_counts_left_out
from .crossing import Reference
from .linked import linked_set
from .objects import ChildObject
from .own_objects import own_objects

if TYPE_CHECKING:
    from .construct import ResourceConstruct

__all__ = ["Part", "SetValidation", "proof_of", "watch_over"]


_VALIDATION = "_set_validation"
"""Attribute of a root that keeps its validation."""


class Part(NamedTuple):
    """Objects that are written one after the other."""

    owner: ResourceConstruct[Any] | None
    """The construct they belong to; None: they are the user's own."""
    rendered: Sequence[Manifest] | None = None
    """None: all that the construct wants to have written."""
    where: str = ""
    """Where the user's own objects stand, as far as that is known."""

    @property
    def manifests(self) -> Sequence[Manifest]:
        """The objects, in order; unpacked each time, so that a fleet need not be in memory at once."""
        if self.rendered is None and self.owner is not None:
            return self.owner.manifests
        return self.rendered or ()


class _Compiled(NamedTuple):
    """A compilation as far as the proof looks at it."""

    resource: str
    rules: Rules
    owner: Owner
    pods: Sequence[Pods]
    manifests: Sequence[Manifest]
    chosen_names: Mapping[tuple[str, str], str]
    is_scaled_from_outside: bool
    hosts: Sequence[tuple[str, NamedHost]]
    key_needs: Sequence[KeyNeed]


def proof_of(parts: Iterable[Part]) -> Proof:
    """Prove that *parts* fit together; the parts of a construct as a whole, at the place of the first."""
    prover = Prover()
    groups: dict[ResourceConstruct[Any] | int, list[Part]] = {}
    for index, part in enumerate(parts):
        groups.setdefault(index if part.owner is None else part.owner, []).append(part)
    for owner, group in groups.items():
        if isinstance(owner, int):
            prover.add_objects(group[0].manifests, group[0].where)
            continue
        kept = owner._kept
        compiled = _Compiled(
            kept.subject,
            kept.rules,
            kept.owner,
            kept.pods,
            list(kept.manifests.values()),
            kept.chosen_names,
            kept.is_scaled_from_outside,
            kept.hosts,
            kept.key_needs,
        )
        if owner._is_for_operators or (owner._is_written_as_compiled and group[0].rendered is None):
            prover.add(compiled, owner._where)
        else:
            prover.add(compiled, owner._where, [manifest for part in group for manifest in part.manifests])
    return prover.proof()


@jsii.implements(IValidation)
class SetValidation:
    """The proof of everything below *root*, asked for by JavaScript where it writes the output itself."""

    def __init__(self, root: IConstruct) -> None:
        """Watch over *root*."""
        self.root = root
        self.asleep = False

    def validate(self) -> list[str]:
        """Return one line for each finding."""
        if self.asleep:
            return []
        try:
            linked_set(self.root).settle(own_objects(self.root), getattr(self.root, "platform", None) or Platform())
            found: list[Any] = self.root.node.find_all()
            parts = [_part(each) for each in found if isinstance(each, ApiObject)]
            if targets := scaled_targets(parts):
                parts = [*with_counts_left_out(parts, targets)]
            findings = proof_of(parts).findings
        except SpecError as error:  # of what was declared later
            findings = error.findings
        return [str(finding) for finding in findings if finding.severity == "error"]


def _part(api_object: ApiObject) -> Part:
    if isinstance(api_object, ChildObject):
        return Part(api_object._owner, [api_object._untouched or api_object.to_json()])
    return Part(None, [api_object.to_json()], api_object.node.path)


def watch_over(root: IConstruct) -> SetValidation:
    """Make the proof of everything below *root* a part of its validation, once."""
    found: SetValidation | None = vars(root).get(_VALIDATION)
    if found is None:
        found = vars(root)[_VALIDATION] = SetValidation(root)
        jsii.invoke(jsii.get(Reference(root), "node"), "addValidation", [found])
    return found
