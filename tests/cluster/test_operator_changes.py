"""What a change of a resource becomes through the operator: another epoch, and each optional block taken out and put back."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs import SpecError
from hanzo_constructs.compiler import Compilation
from tests.cluster.client import Client
from tests.cluster.operated import Operated, compiled
from tests.cluster.recording import RecordingServer
from tests.cluster.test_operator_cases import OURS, server
from tests.golden.cases import Case

__all__ = ["server"]

pytestmark = [pytest.mark.slow, pytest.mark.cluster]


def in_epoch(case: Case, epoch: str) -> list[Compilation]:
    documents = case.documents
    for each in documents:
        metadata = each["metadata"]
        metadata["annotations"] = {**(metadata.get("annotations") or {}), "hanzo.ai/epoch": epoch}
    return compiled(documents, case.platform)


@pytest.mark.parametrize("case", OURS, ids=lambda case: case.name)
def test_from_one_epoch_to_the_other_and_back(case: Case, server: RecordingServer, client: Client) -> None:
    try:
        epochs = {each: in_epoch(case, each) for each in ("2025", "2026")}
    except SpecError:
        pytest.skip("one of the epochs refuses it")
    place = Operated(client, server, case.platform)
    try:
        for epoch in ("2025", "2026", "2025"):
            assert not place.declare(epochs[epoch])
            place.settle()
            place.check(epochs[epoch])
    finally:
        place.remove()


Block = tuple[int, str]
"""Which document, and which field of its spec."""


def blocks() -> Iterator[tuple[Case, list[Block]]]:
    """Yield cases with the fields to take out of them: each field of each kind once, from where most others are beside it."""
    found: dict[tuple[str, str, str], tuple[int, str, int]] = {}
    for case in OURS:
        for index, document in enumerate(case.documents):
            spec = document.get("spec") or {}
            for field in spec.keys() - {"adopt"}:  # without it, nothing of what runs would be selected: that is refused
                key = (document["kind"], str(spec.get("type", "")), field)
                found[key] = max(found.get(key, (0, "", 0)), (len(spec), case.name, index))
    chosen: dict[str, list[Block]] = {}
    for (_, _, field), (_, name, index) in found.items():
        chosen.setdefault(name, []).append((index, field))
    for case in OURS:
        if case.name in chosen:
            yield case, chosen[case.name]


BLOCKS = [*blocks()]


def without(case: Case, index: int, field: str) -> list[Compilation] | None:
    """Return what the set is without the *field* of a document; None where it must be there."""
    documents: list[Any] = case.documents
    del documents[index]["spec"][field]
    try:
        return compiled(documents, case.platform)
    except SpecError:
        return None


@pytest.mark.parametrize(("case", "fields"), BLOCKS, ids=[case.name for case, _ in BLOCKS])
def test_each_block_is_taken_out_and_put_back(
    case: Case, fields: list[Block], server: RecordingServer, client: Client
) -> None:
    place, whole = Operated(client, server, case.platform), compiled(case.documents, case.platform)
    try:
        assert not place.declare(whole)
        place.settle()
        before = place.check(whole)
        for index, field in fields:
            rest = without(case, index, field)
            if rest is None or place.declare(rest):
                continue
            for wanted in (rest, whole):
                assert not place.declare(wanted)
                place.settle()
                after = place.check(wanted)
                same = {ref for ref in before.keys() & after.keys() if before[ref][0] == after[ref][0]}
                assert {ref: before[ref] for ref in same} == {ref: after[ref] for ref in same}, field
                before = after
    finally:
        place.remove()
