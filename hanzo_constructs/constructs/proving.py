"""The set proof for cdk8s: over what is really written, patches and the user's own objects included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from ..kube.manifest import Manifest
from ..verify import Proof, Prover
from .cdk import ApiObject, IConstruct, IValidation, jsii
from .crossing import Reference
from .objects import ChildObject

if TYPE_CHECKING:
    from .construct import ResourceConstruct

__all__ = ["Document", "SetValidation", "proof_of", "watch_over"]


class Document(NamedTuple):
    """An object as it is written."""

    manifest: Manifest
    owner: ResourceConstruct | None
    """The construct it belongs to; None: it is the user's own."""
    where: str = ""
    """Where the user's own object stands, as far as that is known."""


def proof_of(documents: Iterable[Document]) -> Proof:
    """Prove that *documents* fit together."""
    prover = Prover()
    # A construct is proven as a whole, at the place of its first object.
    groups: dict[ResourceConstruct | int, list[Document]] = {}
    for index, document in enumerate(documents):
        groups.setdefault(index if document.owner is None else document.owner, []).append(document)
    for owner, group in groups.items():
        manifests = [document.manifest for document in group]
        if isinstance(owner, int):
            prover.add_objects(manifests, group[0].where)
        elif owner._is_as_compiled(manifests):
            prover.add(owner.compilation, owner._where)
        else:
            prover.add(owner.compilation, owner._where, manifests)
    return prover.proof()


@jsii.implements(IValidation)
class SetValidation:
    """The proof of everything below *root*, asked for by JavaScript where it writes the output itself."""

    def __init__(self, root: IConstruct) -> None:
        self.root = root
        self.asleep = False

    def validate(self) -> list[str]:
        """Return one line for each finding."""
        if self.asleep:
            return []
        found: list[Any] = self.root.node.find_all()
        documents = (_document(each) for each in found if isinstance(each, ApiObject))
        return [str(finding) for finding in proof_of(documents).findings if finding.severity == "error"]


def _document(api_object: ApiObject) -> Document:
    if isinstance(api_object, ChildObject):
        return Document(api_object._untouched or api_object.to_json(), api_object._owner)
    return Document(api_object.to_json(), None, api_object.node.path)


_validations: dict[str, SetValidation] = {}


def watch_over(root: IConstruct) -> SetValidation:
    """Make the proof of everything below *root* a part of its validation, once."""
    reference = Reference(root)
    key = reference.__jsii_ref__.ref
    if key not in _validations:
        validation = _validations[key] = SetValidation(root)
        jsii.invoke(jsii.get(reference, "node"), "addValidation", [validation])
    return _validations[key]
