"""The text of `hanzo.yaml` while one types: the platform that it says, or what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..errors import Finding, PlatformError
from ..kube.fields import parsed_path
from ..platform import Platform
from ..settings import platform_in
from .diagnostics import Diagnostic, diagnostic_of
from .entries import Entry
from .pieces import File
from .working_set import Found

__all__ = ["of_rules", "settings_in"]

_RULE = re.compile(r"rule ([^\s:]+)")


def settings_in(name: str, text: str | bytes) -> tuple[Platform | None, list[Diagnostic]]:
    """Return the platform that *text* of the file *name* says, None where it is wrong, and what is wrong with it."""
    try:
        return platform_in(text, name), []
    except PlatformError as error:
        findings = error.findings
    file = File(name, text)
    piece = file.pieces[0]
    declared = next(((each, each.declarations[0]) for each in file.pieces if each.declarations), None)
    found = []
    for finding in findings:
        if declared and finding.path:
            entry = Entry(0, file, *declared)
            found.append(Found(finding, file, declared[0], entry, parsed_path(finding.path)))
        else:
            found.append(Found(finding, file, piece, None))
    return None, [diagnostic_of(each) for each in found]


def of_rules(name: str, text: str | bytes, findings: Iterable[Finding]) -> list[Diagnostic]:
    """Return what rules say of the whole set, shown at their names in *text* of the settings file *name*."""
    file = File(name, text)
    shown = []
    for finding in findings:
        rule = _RULE.match(finding.message)
        named = rf"name:[ \t]*[\"']?{re.escape(rule[1])}\b" if rule else "$^"
        line = next((number for number, each in enumerate(file.text.lines) if re.search(named, each)), 0)
        found = Found(finding, file, file.pieces[0], None)
        shown.append(Diagnostic(file.text.content(line), finding.severity, finding.message, found))
    return shown
