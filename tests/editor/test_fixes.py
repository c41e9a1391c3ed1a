"""What mends a finding with one edit: tried on every golden case that is refused or doubted."""

from __future__ import annotations

from collections import Counter

import pytest

from hanzo_constructs.editor import Text, WorkingSet
from hanzo_constructs.editor.diagnostics import diagnostic_of
from hanzo_constructs.editor.edits import applied
from hanzo_constructs.editor.fixes import Fix, fixes
from hanzo_constructs.editor.working_set import Found
from hanzo_constructs.platform import Platform
from tests.editor.inputs import SERVICE, service
from tests.golden.cases import CASES


def found_in(text: str, platform: Platform | None = None) -> list[Found]:
    working = WorkingSet(platform)
    working.update("a.yaml", text)
    return working.found()


def mended(text: str, fix: Fix) -> str:
    whole = Text(text)
    return applied(whole.lines, fix.edit, whole.line_end)


def only(text: str, title: str) -> str:
    """Return *text* mended by the fix of its only finding that has that *title*."""
    (found,) = found_in(text)
    titles = {fix.title: fix for fix in fixes(diagnostic_of(found))}
    assert title in titles, titles.keys()
    return mended(text, titles[title])


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("wrong", "title", "right"),
    [
        (service("api", "replica: 2"), "Change to replicas", service("api", "replicas: 2")),
        (service("api", "replica: 2"), "Remove replica", SERVICE),
        (service("api", "strategy: Recreat"), "Change to Recreate", service("api", "strategy: Recreate")),
        (SERVICE.replace("Service", "Servise"), "Change to Service", SERVICE),
        (service("api", "env: {A: 1, B: b}"), "Quote it", service("api", 'env: {A: "1", B: b}')),
        (service("api", "ports: {http: '80'}"), "Leave the quotes out", service("api", "ports: {http: 80}")),
        (service("api", "pdb: {enabled: true}"), "Remove enabled", service("api", "pdb: {}")),
        (service("api", "pdb:", "  enabled: true"), "Remove enabled", service("api", "pdb: {}")),
        (
            service("api", "pdb:", "  enabled: true", "  maxUnavailable: 1"),
            "Remove enabled",
            service("api", "pdb:", "  maxUnavailable: 1"),
        ),
        (
            service("api", "pdb: {minAvailable: 1, enabled: true}", "replicas: 2"),
            "Remove enabled",
            service("api", "pdb: {minAvailable: 1}", "replicas: 2"),
        ),
        (
            service("api", "ports:", "- nam: a", "  containerPort: 80", "  name: b"),
            "Remove nam",
            service("api", "ports:", "- containerPort: 80", "  name: b"),
        ),
        (service("api", "pdb: {enabled: false}", "replicas: 2"), "Remove pdb", service("api", "replicas: 2")),
    ],
)
def test_mistakes_and_what_mends_them(wrong: str, title: str, right: str, line_end: str) -> None:
    before = f"# before\n---\n{wrong}".replace("\n", line_end)
    assert only(before, title) == f"# before\n---\n{right}".replace("\n", line_end)


def test_tabs() -> None:
    assert only(SERVICE.replace("  image", "\timage"), "Indent with spaces") == SERVICE


def test_what_says_no_single_edit_gets_none() -> None:
    for text in (service("api", "replicas: two"), "a: {\n", "- 1\n", SERVICE.replace("image: ", "imagePullSecrets: ")):
        for found in found_in(text):
            assert not [fix for fix in fixes(diagnostic_of(found)) if fix.is_certain], found.finding.message


def said(found: list[Found]) -> Counter[tuple[str, str, str]]:
    return Counter((each.finding.subject, each.finding.path, each.finding.message) for each in found)


@pytest.mark.thorough
def test_every_fix_of_every_golden_case_mends_what_it_is_for() -> None:
    tried, useless = set[tuple[str, str]](), list[str]()
    for case in CASES:
        if not {"error.txt", "warnings.txt"} & case.stored.keys():
            continue
        text = (case.folder / "input.yaml").read_bytes().decode()
        before = found_in(text, case.platform)
        for found in before:
            one = (found.finding.subject, found.finding.path, found.finding.message)
            for fix in fixes(diagnostic_of(found)):
                if (found.finding.message, fix.title) in tried:
                    continue
                tried.add((found.finding.message, fix.title))
                after = said(found_in(mended(text, fix), case.platform))
                is_broken = any("not valid YAML" in message for *_, message in after)
                if is_broken or after[one] >= said(before)[one]:
                    useless.append(f"{case.name}: {found.finding}: {fix.title}")
    assert useless == []
    assert len(tried) > 60
