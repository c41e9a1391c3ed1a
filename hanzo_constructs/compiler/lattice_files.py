"""The files and variables of a Lattice workload: what is plain, and what a template of the secret operator fills."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ..children.external_secret import template_text
from ..kube.expansion import escaped
from ..kube.names import data_key_problem
from ..spec.lattice_containers import LatticeContainer
from ..spec.lattice_rules import OWN_NAMES
from ..spec.placeholders import Piece, Reference, rendered
from .lattice_values import LatticeValues

__all__ = ["FILES", "SECRET_FILES", "VARIABLES", "Texts"]

FILES, SECRET_FILES, VARIABLES = OWN_NAMES
"""What stands behind the name of the resource in the names of the objects with texts; volumes have the first two."""
_NOT_IN_KEYS = re.compile(r"[^-._a-zA-Z0-9]+")
_LONGEST_KEY = 200


@dataclass(slots=True)
class Texts:
    """The texts of the containers of a workload, by the keys of the objects that hold them."""

    values: LatticeValues
    name: str
    plain: dict[str, str] = field(default_factory=dict)
    """Files without secrets."""
    files: dict[str, str] = field(default_factory=dict)
    """Templates of files with secrets."""
    variables: dict[str, str] = field(default_factory=dict)
    """Templates of variables that a secret is a part of."""
    asked: dict[str, Reference] = field(default_factory=dict)
    """The secrets that templates read, by what they call them."""

    @property
    def read(self) -> dict[str, str]:
        """What the containers read when they start, of which every change must restart them."""
        parts = ((FILES, self.plain), (SECRET_FILES, self.files), (VARIABLES, self.variables))
        return {f"{part}/{key}": text for part, texts in parts for key, text in texts.items()}

    def env(self, name: str, container: LatticeContainer) -> Iterator[dict[str, Any]]:
        """Yield the variables of the *container* of that *name*, and note the templates of those that need one."""
        for variable, pieces in ((place[1], pieces) for place, pieces in container.texts if place[0] == VARIABLES):
            secrets = [piece for piece in pieces if isinstance(piece, Reference) and self.values.variable(piece)]
            if not secrets:
                yield {"name": variable, "value": escaped(rendered(pieces, self.values.text))}
            elif len(pieces) == 1:
                source = {"name": self.values.secret(secrets[0].name), "key": secrets[0].key}
                yield {"name": variable, "valueFrom": {"secretKeyRef": source}}
            else:
                key = _key(f"{name}.{variable}", self.variables)
                self.variables[key] = self._template(pieces)
                source = {"name": f"{self.name}-{VARIABLES}", "key": key}
                yield {"name": variable, "valueFrom": {"secretKeyRef": source}}

    def mounts(self, name: str, container: LatticeContainer) -> Iterator[dict[str, Any]]:
        """Yield where the *container* of that *name* sees its files, and note their texts."""
        for path, pieces in ((place[1], pieces) for place, pieces in container.texts if place[0] == FILES):
            is_secret = any(isinstance(piece, Reference) and self.values.variable(piece) for piece in pieces)
            texts, volume = (self.files, SECRET_FILES) if is_secret else (self.plain, FILES)
            key = _key(f"{name}.{path.strip('/').replace('/', '_')}", texts)
            texts[key] = self._template(pieces) if is_secret else rendered(pieces, self.values.text)
            yield {"name": volume, "mountPath": path, "subPath": key, "readOnly": True}

    def _template(self, pieces: tuple[Piece, ...]) -> str:
        for piece in pieces:
            if isinstance(piece, Reference) and (variable := self.values.variable(piece)):
                self.asked[variable] = piece
        return template_text(pieces, self.values.variable, self.values.text)


def _key(wanted: str, taken: dict[str, str]) -> str:
    """Return a key of a Secret or a ConfigMap like *wanted* that is not among those *taken*."""
    key = _NOT_IN_KEYS.sub("-", wanted)[:_LONGEST_KEY]
    key = "text" if data_key_problem(key) else key
    return next(
        each for each in (key, *(f"{key}-{number}" for number in range(2, len(taken) + 3))) if each not in taken
    )
