"""What is left out is not what is written with the default: so nobody may fill defaults in (decision 29)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.errors import SpecError
from hanzo_constructs.kube.fields import Path
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.service import ServiceSpec
from hanzo_constructs.spec.short_forms import path_as_written
from tests.golden.cases import VALID, Case
from tests.golden.every import each_of

IMAGE = {"repository": "ghcr.io/hanzoai/api", "tag": "v1.2.0"}
CLAIM = {"name": "files", "persistentVolumeClaim": {"claimName": "files"}}
MOUNT = {"name": "files", "mountPath": "/files"}


def compiled(epoch: str = "2026", **spec: Any) -> Compilation:
    metadata = {"name": "api", "namespace": "shop"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": "Service", "metadata": metadata, "spec": {"image": IMAGE, **spec}}
    return compile_resource(parse(document), Platform(epoch=epoch))


def test_replicas_that_a_server_filled_in_contradict_the_autoscaler() -> None:
    scaled: dict[str, Any] = {"autoscaling": {"maxReplicas": 3}, "resources": {"requests": {"cpu": "100m"}}}
    default = ServiceSpec.model_fields["replicas"].default
    assert not compiled(**scaled).warnings
    with pytest.raises(SpecError, match="has no effect beside autoscaling"):
        compiled(**scaled, replicas=default)
    assert [each.path for each in compiled("2025", **scaled, replicas=default).warnings] == ["spec.replicas"]


def test_a_strategy_that_a_server_filled_in_silences_a_warning() -> None:
    held: dict[str, Any] = {"volumes": [CLAIM], "volumeMounts": [MOUNT]}
    default = ServiceSpec.model_fields["strategy"].default
    assert [each.path for each in compiled(**held).warnings] == ["spec.strategy"]
    assert not compiled(**held, strategy=default).warnings


@each_of(VALID)
def test_a_resource_for_operators_holds_nothing_that_nobody_wrote(case: Case) -> None:
    for document in case.documents:
        written = compile_resource(parse(document, case.platform), case.platform).resource_manifest["spec"]
        found = {path_as_written(place, document["spec"]) for place in places(written)}
        wrote = {*places(document["spec"])}
        named = {(*place, "name") for place in wrote if len(place) > 1}  # a key of a mapping by name is the name
        assert found <= wrote | named


def places(value: Any, at: Path = ()) -> Iterator[Path]:
    """Yield the place of each value in *value*."""
    yield at
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from places(item, (*at, step))
