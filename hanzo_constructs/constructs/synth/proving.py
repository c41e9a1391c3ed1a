"""The proof of the set in an app: over what is really written, with patches and the user's own objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, cast

from ...errors import Finding
from ...kube.hosts import NamedHost
from ...kube.manifest import Manifest
from ...kube.owner import Owner, Pods
from ...platform import Platform, Rules
from ...spec.pod import Unasked
from ...spec.secrets import KeyNeed
from ...verify import Proof, Prover
from ..lazy.children import ChildObject
from ..lazy.packed import PackedCompilation
from ..lazy.resource import LazyResource

__all__ = ["Part", "part_of", "proof_of"]


class Part(NamedTuple):
    """Objects that are written one after the other."""

    owner: LazyResource | None
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
    overlaid: Mapping[tuple[str, str], Manifest]
    is_scaled_from_outside: bool
    sidecar_ports: Sequence[tuple[int, str]]
    hosts: Sequence[tuple[str, NamedHost]]
    key_needs: Sequence[KeyNeed]
    unmet: Sequence[Finding]
    unasked: Sequence[Unasked]
    packed: PackedCompilation

    @property
    def resource_manifest(self) -> Manifest:
        """The resource as an operator would get it; made when it is asked for."""
        return self.packed.compilation.resource_manifest


def part_of(child: ChildObject, rendered: Manifest) -> Part:
    """Return *child* as it is *rendered*."""
    return Part(cast("LazyResource", child._owner), [rendered])


def proof_of(parts: Iterable[Part], platform: Platform) -> Proof:
    """Prove that *parts* fit together; the parts of a construct as a whole, at the place of the first.

    The rules of the *platform* are asked of the user's own objects and of the set.
    """
    prover = Prover(platform=platform)
    groups: dict[LazyResource | int, list[Part]] = {}
    for index, part in enumerate(parts):
        groups.setdefault(index if part.owner is None else part.owner, []).append(part)
    for owner, group in groups.items():
        if isinstance(owner, int):
            prover.add_objects(group[0].manifests, group[0].where)
            continue
        packed = owner._packed
        compiled = _Compiled(
            packed.subject,
            packed.rules,
            packed.owner,
            packed.pods,
            list(packed.manifests.values()),
            packed.chosen_names,
            packed.overlaid,
            packed.is_scaled_from_outside,
            packed.sidecar_ports,
            packed.hosts,
            packed.key_needs,
            packed.unmet,
            packed.unasked,
            packed,
        )
        if owner._is_for_operators or (not owner._chart_labels and group[0].rendered is None):
            prover.add(compiled, owner._where)
        else:
            prover.add(compiled, owner._where, [manifest for part in group for manifest in part.manifests])
    return prover.proof()
