"""What is compared with a Service is right, and is judged as the promise says. Nothing is timed."""

from __future__ import annotations

import pytest

from benchmarks.bars import bars
from benchmarks.kinds import RESOURCES, compiled


@pytest.mark.parametrize("kind", RESOURCES)
def test_resources_compile_and_fit_together_without_a_word(kind: str) -> None:
    documents = [RESOURCES[kind](index) for index in range(20)]
    assert documents == [RESOURCES[kind](index) for index in reversed(range(20))][::-1]
    objects, findings = compiled(documents)
    assert findings == []
    assert len(objects) > 5 * len(documents)
    names = [each["metadata"]["name"] for each in objects if each["kind"] == "Deployment"]
    assert any(name.endswith("-canary") for name in names)


@pytest.mark.parametrize(("own", "kept"), [(0.013, True), (0.0131, False), (None, None)])
def test_an_object_costs_at_most_three_tenths_more_than_one_of_a_service(own: float | None, kept: bool | None) -> None:  # noqa: FBT001 - a case
    costs = {kind: (0.01, own) for kind in RESOURCES if own is not None}
    judged = {bar.promise: bar.kept for bar in bars([], None, costs)}
    assert [
        judged[f"{kind}: an object costs at most 1.3 times one of a Service, of processor time"] for kind in RESOURCES
    ] == [kept] * 2
