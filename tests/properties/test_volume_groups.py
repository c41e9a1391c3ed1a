"""Wherever pods get a group for the files of their volumes, they get it once, and not at every start."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.kube.kinds import WORKLOADS
from tests.golden.cases import VALID, Case

WITH_GROUPS = [case for case in VALID if "fsGroup" in (case.folder / "output.yaml").read_text()]


@pytest.mark.parametrize("case", WITH_GROUPS, ids=lambda case: case.name)
def test_a_group_of_volumes_has_its_policy_in_the_epoch_that_has_one(case: Case) -> None:
    for compilation in case.compilations():
        policy = compilation.rules.epoch.fs_group_change_policy
        for manifest in compilation.manifests:
            for context in security_contexts(manifest) if manifest["kind"] in WORKLOADS else ():
                if "fsGroup" in context:
                    assert ("fsGroupChangePolicy" in context) == (policy is not None)


def security_contexts(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        if isinstance(context := value.get("securityContext"), dict):
            yield context
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from security_contexts(each)
