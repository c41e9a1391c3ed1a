"""What can go wrong, as one tree; every front end catches `HanzoError` and nothing else.

HanzoError
├── InputError            what the user gave is wrong; carries every finding; exit status 2
│   ├── ReadError         a text is not YAML or JSON that can be trusted
│   ├── PlatformError     the platform settings are wrong
│   ├── SpecError         a resource does not fit its kind
│   ├── ArgumentError     an argument of a call in Python is nothing that the call can take; a TypeError too
│   ├── AbsentError       an object is asked for that is not there; a KeyError and AttributeError too
│   └── ProofError        the children of all resources do not fit together
├── SchemaError           a model cannot be published: a mistake in the model; exit status 1 (in schema/schema_error.py)
├── ClusterError          an API server refuses what the operator asks, or does not answer (in operator/errors.py)
├── OutputError           the output could not be written; exit status 1
└── NodeError             cdk8s finds no Node to run on; exit status 1 (in constructs/node/binary.py)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal, Self

__all__ = [
    "AbsentError",
    "ArgumentError",
    "Finding",
    "HanzoError",
    "InputError",
    "OutputError",
    "PlatformError",
    "ProofError",
    "ReadError",
    "SpecError",
    "system_reason",
]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or, as a warning, doubtful; or, as a note, to be known) and where."""

    message: str
    """What is wrong, what was given, what is allowed; lower case, no final period."""
    path: str = ""
    """Field path in wire names, `spec.ports[1].name`; empty when the whole document is meant."""
    subject: str = ""
    """The object, `Service default/api`; empty when it is not known."""
    where: str = ""
    """`file:line` or construct path; empty when it is not known."""
    severity: Literal["error", "warning", "note"] = "error"
    """A note is worth knowing and nothing to mend."""

    def at(self, where: str, subject: str = "") -> Finding:
        """Return the finding with *where* and *subject* filled in where they were empty."""
        return replace(self, where=self.where or where, subject=self.subject or subject)

    def __str__(self) -> str:
        """Join what is known: `file:line: subject: path: message`."""
        return ": ".join(part for part in (self.where, self.subject, self.path, self.message) if part)


class HanzoError(Exception):
    """Anything this library raises on purpose."""


class InputError(HanzoError):
    """The input is wrong; `findings` holds everything found, in the order of the input."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Raise all of *findings* at once; the text has one line for each."""
        self.findings: tuple[Finding, ...] = tuple(findings)
        super().__init__("\n".join(map(str, self.findings)))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Finding, ...]], dict[str, object]]:
        """Pickle and copy the findings, of which `args` holds only the text: a pool of processes pickles errors."""
        return type(self), (self.findings,), self.__dict__


class ReadError(InputError):
    """A text is not YAML or JSON that can be trusted."""


class PlatformError(InputError):
    """The platform settings are wrong."""


class SpecError(InputError):
    """A resource does not fit its kind."""


class ArgumentError(InputError, TypeError):
    """An argument of a call in Python is nothing that the call can take."""


class AbsentError(InputError, KeyError, AttributeError):
    """An object that is asked for by key or attribute is not there."""

    __str__ = Exception.__str__  # a KeyError would quote the text


class ProofError(InputError):
    """The children of all resources, taken together, do not fit."""


class OutputError(HanzoError):
    """The output could not be written; what stood there before is untouched."""


def system_reason(error: OSError) -> str:
    """Return what the operating system says, written as our messages are: `no such file or directory`."""
    return (error.strerror or str(error)).lower()
