"""JSON patches, applied strictly."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from hanzo_constructs.kube.json_patch import Operation, PatchError, patched

OBJECT = {"spec": {"replicas": 1, "containers": [{"name": "a"}, {"name": "b"}], "empty": [], "a/b": {"c~d": 1}}}

RIGHT: tuple[tuple[Operation, dict[str, Any]], ...] = (
    (Operation("add", "/spec/x", {"y": []}), {"x": {"y": []}}),
    (Operation("add", "/spec/replicas", 2), {"replicas": 2}),
    (Operation("add", "/spec/containers/1", 7), {"containers": [{"name": "a"}, 7, {"name": "b"}]}),
    (Operation("add", "/spec/containers/-", 7), {"containers": [{"name": "a"}, {"name": "b"}, 7]}),
    (Operation("add", "/spec/containers/2", 7), {"containers": [{"name": "a"}, {"name": "b"}, 7]}),
    (Operation("remove", "/spec/containers/0"), {"containers": [{"name": "b"}]}),
    (Operation("replace", "/spec/containers/0/name", "c"), {"containers": [{"name": "c"}, {"name": "b"}]}),
    (Operation("replace", "/spec/a~1b/c~0d", 2), {"a/b": {"c~d": 2}}),
    (Operation("copy", "/spec/x", source="/spec/containers/0"), {"x": {"name": "a"}}),
    (Operation("test", "/spec/replicas", 1), {}),
)


@pytest.mark.parametrize(("operation", "changed"), RIGHT)
def test_what_fits_is_applied_to_a_copy(operation: Operation, changed: dict[str, Any]) -> None:
    before = copy.deepcopy(OBJECT)
    assert patched(OBJECT, operation) == {"spec": {**OBJECT["spec"], **changed}}
    assert before == OBJECT


def test_what_moves_is_gone_where_it_was() -> None:
    found = patched(OBJECT, Operation("move", "/spec/x", source="/spec/replicas"))
    assert found["spec"]["x"] == 1
    assert "replicas" not in found["spec"]


WRONG = (
    (Operation("add", "spec/x", 1), 'must begin with a slash, such as /spec/replicas, got "spec/x"'),
    (Operation("add", "", 1), 'must begin with a slash, such as /spec/replicas, got ""'),
    (Operation("add", "/spec/a~b", 1), 'must have 0 (for ~) or 1 (for /) behind each ~, got "/spec/a~b"'),
    (Operation("add", "/spec/x/y", 1), 'there is no /spec/x; add that as a whole: JsonPatch.add("/spec/x", {"y": ...})'),
    (Operation("add", "/spec/x/-", 1), 'there is no /spec/x; add that as a whole: JsonPatch.add("/spec/x", [...])'),
    (
        Operation("add", "/spec/container/0", 1),
        'there is no /spec/container, did you mean /spec/containers? else add that as a whole: JsonPatch.add("/spec/container", [...])',
    ),
    (Operation("remove", "/spec/x/y"), "there is no /spec/x"),
    (Operation("add", "/spec/replicas/x", 1), "/spec/replicas is an integer, which has nothing below it"),
    (Operation("add", "/spec/containers/3", 1), '/spec/containers is a list of 2; write 0 to 2, or - for the end, got "3"'),
    (Operation("add", "/spec/containers/01", 1), '/spec/containers is a list of 2; write 0 to 2, or - for the end, got "01"'),
    (Operation("add", "/spec/containers/x", 1), '/spec/containers is a list of 2; write 0 to 2, or - for the end, got "x"'),
    (Operation("add", "/spec/containers/x/y", 1), '/spec/containers is a list of 2; write 0 to 1, got "x"'),
    (Operation("remove", "/spec/containers/-"), '/spec/containers is a list of 2; write 0 to 1, got "-"'),
    (Operation("remove", "/spec/empty/0"), '/spec/empty is a list of 0; write nothing, got "0"'),
    (Operation("replace", "/spec/empty/1", 1), '/spec/empty is a list of 0; write nothing, got "1"'),
    (Operation("remove", "/spec/replica"), "there is nothing to remove, did you mean /spec/replicas?"),
    (Operation("replace", "/x", 1), "there is nothing to replace, the object has spec"),
    (Operation("copy", "/spec/x", source="/spec/y"), "there is nothing to copy, /spec has replicas, containers, empty, a/b"),
    (Operation("move", "/spec/x", source="/spec/y"), "there is nothing to move, /spec has replicas, containers, empty, a/b"),
    (Operation("move", "/spec/containers/0", source="/spec/containers"), "/spec/containers cannot be moved into itself"),
    (Operation("test", "/spec/replicas", 2), "is not what the patch expects there, so that nothing is patched"),
    (Operation("test", "/spec/replicas", value=True), "is not what the patch expects there, so that nothing is patched"),
    (Operation("test", "/spec/x", 2), "there is nothing to test, /spec has replicas, containers, empty, a/b"),
    (Operation("merge", "/spec/x"), 'must be one of add, remove, replace, move, copy, test, got "merge"'),
)  # fmt: skip


@pytest.mark.parametrize(("operation", "message"), WRONG)
def test_what_does_not_fit_says_what_to_write(operation: Operation, message: str) -> None:
    with pytest.raises(PatchError) as caught:
        patched(OBJECT, operation)
    assert str(caught.value) == message
