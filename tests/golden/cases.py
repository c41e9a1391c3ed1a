"""The golden cases: folders that hold resources and what they compile to, or the exact text of what is wrong.

`input.yaml` holds one or more resources, `platform.yaml` the platform where it is not the default; `output.yaml` the
children as they are emitted, or `error.txt` every error; `warnings.txt` every warning, where there is one.
"""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from zlib import crc32

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import Links, links_of
from hanzo_constructs.errors import Finding, SpecError
from hanzo_constructs.kube.model import parse_as
from hanzo_constructs.kube.yaml import dump_all, load_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove

__all__ = ["CASES", "ERRORS", "FILES", "SAMPLE", "VALID", "Case"]

FOLDER = Path(__file__).parent
FILES = ("output.yaml", "error.txt", "warnings.txt")
"""What compiling leaves of a case, where it leaves something."""


@dataclass(frozen=True)
class Case:
    folder: Path

    @property
    def name(self) -> str:
        return self.folder.relative_to(FOLDER).as_posix()

    @property
    def documents(self) -> list[Any]:
        """A fresh copy of the resources as data, whatever they are."""
        documents: list[Any] = pickle.loads(self._documents)  # noqa: S301 - written below
        return documents

    @cached_property
    def _documents(self) -> bytes:
        """The resources as they are read, once in a process."""
        return pickle.dumps([document.data for document in load_all((self.folder / "input.yaml").read_bytes())])

    @cached_property
    def platform(self) -> Platform:
        file = self.folder / "platform.yaml"
        return parse_as(Platform, load_all(file.read_bytes())[0].data) if file.exists() else Platform()

    @property
    def stored(self) -> dict[str, str]:
        """The text of each of `FILES` that is there."""
        files = {name: self.folder / name for name in FILES}
        return {name: file.read_bytes().decode() for name, file in files.items() if file.exists()}

    @property
    def fails(self) -> bool:
        return (self.folder / "error.txt").exists()

    def compilations(self) -> list[Compilation]:
        """Compile every resource; raises what compiling raises."""
        platform, (links, _) = self.platform, self.links
        return [compile_resource(parse(document, platform), platform, links=links) for document in self.documents]

    @cached_property
    def compiled(self) -> tuple[Compilation, ...]:
        """What `compilations` returns, once in a process: to look at, and not to change."""
        return tuple(self.compilations())

    @cached_property
    def links(self) -> tuple[Links, tuple[Finding, ...]]:
        """What the resources that are right have to do with each other, and what is contradictory about it."""
        resources = []
        for document in self.documents:
            with suppress(SpecError):
                resources.append(parse(document, self.platform))
        return links_of(resources, self.platform)

    def results(self) -> dict[str, str]:
        """Compile and prove everything; return the content of each of `FILES` that this case should have."""
        platform = self.platform
        compilations: list[Compilation] = []
        links, contradictions = self.links
        findings = [*contradictions]
        for document in self.documents:
            try:
                compilation = compile_resource(parse(document, platform), platform, links=links)
            except SpecError as error:
                findings += error.findings
            else:
                compilations.append(compilation)
                findings += compilation.warnings
        findings += prove(compilations).findings
        errors = [str(finding) for finding in findings if finding.severity == "error"]
        warnings = [str(finding) for finding in findings if finding.severity == "warning"]
        children = [child for compilation in compilations for child in compilation.manifests]
        return {
            **({} if errors else {"output.yaml": dump_all(children)}),
            **({"error.txt": "\n".join(errors) + "\n"} if errors else {}),
            **({"warnings.txt": "\n".join(warnings) + "\n"} if warnings else {}),
        }


_EVERY = 20
CASES = [Case(file.parent) for file in sorted(FOLDER.glob("*/*/input.yaml"))]
VALID = [case for case in CASES if not case.fails]
ERRORS = [case for case in CASES if case.fails]
SAMPLE = [case for case in VALID if "everything" in case.name or crc32(case.name.encode()) % _EVERY == 0]
"""The richest and one of twenty others, for what takes long. Which ones is said by their names: another case adds itself
and changes nothing else."""
