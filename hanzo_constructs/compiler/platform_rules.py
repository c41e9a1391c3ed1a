"""The rules of the platform that are asked of resources."""

from __future__ import annotations

from dataclasses import replace

from ..errors import PlatformError, SpecError
from ..platform_rules.judge import broken_by_resource
from ..spec.rule_kinds import unknown_kind_findings
from .compilation import Compilation

__all__ = ["judged"]


def judged(compilation: Compilation) -> Compilation:
    """Return *compilation* with a warning for each rule of its platform that the resource breaks.

    Raises `SpecError` where one of them is an error, and `PlatformError` where a rule names a kind that is none.
    """
    platform, resource = compilation.rules.platform, compilation.resource
    if unknown := [*unknown_kind_findings(platform)]:
        raise PlatformError(unknown)
    epoch = compilation.rules.epoch.name
    found = broken_by_resource(platform.rules_, resource.kind, compilation.resource_manifest, epoch)
    findings = (*compilation.warnings, *(finding.at("", str(resource)) for finding in found))
    if any(finding.severity == "error" for finding in findings):
        raise SpecError(findings)
    return replace(compilation, warnings=findings)
