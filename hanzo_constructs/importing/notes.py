"""What there is to say while a document is imported."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from ..errors import Finding
from ..kube.fields import Path, field_path, has_credentials
from ..kube.names import dns_label_problem
from ..kube.yaml import Document
from .imported import Left

__all__ = ["Files", "Notes", "dns_label", "may_be_secret"]

_SECRET = re.compile(
    r"(?i)(passw(or)?d|passphrase|secret|token|credential|private_?key|api_?key|access_?key|auth_?key|encryption_?key|salt"
    r"|(^|_)pass($|_)|(^|_)pwd($|_))"
)
_NO_SECRET = re.compile(r"(?i)(^allow_|_file$|_path$|_ttl$|_expir\w*$|_length$|_enabled$|_algorithm$|_name$|_host$)")
_SWITCHES = {"", "true", "false", "yes", "no", "on", "off", "0", "1", "none", "null"}


class Files(Protocol):
    """The files beside a document."""

    @property
    def directory(self) -> str:
        """The name of the directory; empty where there is none."""
        ...

    def read(self, path: str) -> bytes | None:
        """Return what the file at *path* holds; None where there is none, or it is elsewhere."""

    def names(self, path: str) -> list[str] | None:
        """Return the names of the files in the directory at *path*; None where that is none, or holds directories."""


@dataclass(slots=True)
class Notes:
    """What is left of a *document*, and what else is to be known of it."""

    document: Document
    remainder: list[Left] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def left(self, path: Path, value: Any, why: str, *, is_secret: bool = False) -> None:
        """Note that *value* at *path* is left; of what may be a secret, no value is said."""
        self.remainder.append(Left.of(self.document.where(path), path, value, why, is_secret=is_secret))

    def error(self, path: Path, message: str) -> None:
        """Note that the document is wrong at *path*."""
        self.findings.append(Finding(message, field_path(path), where=self.document.where(path)))

    def told(self, path: Path, message: str) -> None:
        """Note what was chosen because the document does not say it."""
        self.findings.append(Finding(message, field_path(path), where=self.document.where(path), severity="note"))


def may_be_secret(name: str, value: str) -> bool:
    """Tell whether a variable *name* with this *value* may hold a secret: its name says so, or there are credentials in it."""
    if has_credentials(value):
        return True
    return bool(_SECRET.search(name)) and not _NO_SECRET.search(name) and value.lower() not in _SWITCHES


def dns_label(name: str) -> str:
    """Return the name that an object gets for *name*: `my_db.1` gives `my-db-1`; empty where nothing is left of it."""
    label = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:52].rstrip("-")
    label = f"s-{label}" if label[:1].isdigit() else label
    return "" if dns_label_problem(label) else label
