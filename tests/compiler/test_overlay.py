"""What an overlay may decide: nothing that a field decides, and that holds for fields that come later too."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.child import Child
from hanzo_constructs.compiler.overlay_fields import block_of
from hanzo_constructs.compiler.overlay_rules import rules_of_child
from hanzo_constructs.errors import SpecError
from hanzo_constructs.explain.as_written import as_written, written_at
from hanzo_constructs.explain.causes import causes
from hanzo_constructs.kube.fields import Path, field_path
from hanzo_constructs.kube.places import Place
from hanzo_constructs.kube.schemas import FOREIGN, item_key, kind_type, type_below
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.kinds import KINDS, parse
from tests.golden.cases import VALID
from tests.properties.rich import NEWEST, rich

COMPILED = [kind for kind in KINDS if KINDS[kind].compiled_as == kind]
FREE = ("metadata.labels", "spec.template.metadata.labels", "spec.jobTemplate.spec.template.metadata.labels")
"""Places in which several have their say, key by key."""
AS_A_WHOLE = {
    "ConfigMap": "data",  # texts made of many fields, and hashed in the pods
    "ServiceMonitor": "spec.endpoints",  # a list that is replaced, proven afterwards
}
"""By kind, what an overlay replaces although fields have their say in it."""


def place_of(child: Child, path: Path) -> Place:
    """Return the place that a value at *path* in *child* has for an overlay."""
    found = kind_type(child.manifest["apiVersion"], child.manifest["kind"]) or FOREIGN
    value: Any = child.manifest
    place: list[str] = []
    for step in path:
        if isinstance(step, int):
            if found.keys is None:
                break
            key = item_key(value[step], found.keys)
            place[-1] = f"{place[-1]}[{','.join(map(str, key))}]"
            found = found.of_items
        else:
            place.append(step)
            found = type_below(found, step)
        value = value[step]
    return tuple(place)


def is_free(child: Child, path: Path) -> bool:
    kind, text = child.manifest["kind"], field_path(path)
    return text.startswith((*FREE, AS_A_WHOLE.get(kind, "nothing")))


@pytest.mark.thorough
@pytest.mark.parametrize("kind", COMPILED)
def test_what_a_field_decides_an_overlay_does_not(kind: str) -> None:
    resource = parse(rich(kind), NEWEST)
    compilation = compile_resource(resource, NEWEST)
    wrote = as_written(compilation)
    open_to_both = []
    for (number, path), own in causes(compilation).items():
        child = compilation.children[number]
        if path[:2] in {("metadata", "name"), ("metadata", "namespace")} or is_free(child, path):
            continue
        value: Any = child.manifest
        for step in path:
            value = value[step]
        copied = [cause.name for cause in own if cause.source == "field" and written_at(cause.name, wrote) == value]
        of_backup = child.pods is not None and child.pods != compilation.pods[0]
        if of_backup and not any(name[1] == "backup" for name in copied):
            continue  # what holds for the pods of the store holds for these too, unless an overlay says otherwise
        if copied and all(name[0] == "spec" for name in copied):
            place = place_of(child, path)
            if ".ports[" in field_path(path) and path[-1] == "name" and "containers" in path:
                continue  # a Service leads to the number; what the container calls it is nobody's else
            if not rules_of_child(child, resource, compilation.pods[0]).refusal(place, value):
                open_to_both.append(f"{child.id}: {'.'.join(place)} is {field_path(copied[0])}")
    assert not open_to_both, "add rows to hanzo_constructs/compiler/overlay_fields.py"


def test_an_id_that_is_not_derived_says_which_block_would_derive_it() -> None:
    for case in VALID:
        for compilation in case.compiled:
            for child in compilation.children:
                field = child.requested_by.removeprefix("spec.")
                if child.requested_by != "always" and child.id == child.manifest["kind"] != "Service":
                    assert block_of(child.id, type(compilation.resource.spec)), f"{child.id}: {field}"


def service(overlay: dict[str, Any], **spec: Any) -> dict[str, Any]:
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": "Service",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"image": {"repository": "acme/web", "tag": "v1"}, "overlay": overlay, **spec},
    }


def compiled(document: dict[str, Any], platform: Platform | None = None) -> Compilation:
    platform = platform or Platform()
    return compile_resource(parse(document, platform), platform)


def template(spec: dict[Any, Any]) -> dict[str, Any]:
    return {"Deployment": {"spec": {"template": {"spec": spec}}}}


def of_kind(compilation: Compilation, kind: str) -> dict[str, Any]:
    return next(each for each in compilation.manifests if each["kind"] == kind)


def test_null_removes_what_is_derived_and_not_what_is_written() -> None:
    ports = [{"name": "http", "containerPort": 8080}]
    removal = template({"containers": [{"name": "web", "readinessProbe": None, "lifecycle": None}]})
    (container,) = of_kind(compiled(service(removal, ports=ports)), "Deployment")["spec"]["template"]["spec"][
        "containers"
    ]
    assert not {"readinessProbe", "lifecycle"} & container.keys()
    with pytest.raises(SpecError, match=r"readinessProbe: is decided by spec\.readinessProbe; write it there"):
        compiled(service(removal, ports=ports, readinessProbe={"port": "http"}))
    with pytest.raises(SpecError, match=r"is decided by spec\.rollout\.maxSurge; write it there"):
        compiled(service({"Deployment": {"spec": {"strategy": {"rollingUpdate": None}}}}, rollout={"maxSurge": 2}))


def test_python_gives_what_a_document_gives() -> None:
    given = template({"readinessGates": ({"conditionType": "a.b/c"},)})
    document = template({"readinessGates": [{"conditionType": "a.b/c"}]})
    assert compiled(service(given)).manifests == compiled(service(document)).manifests


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (template({1: 2}), "spec.overlay.Deployment.spec.template.spec: expected a string as key, got an integer"),
        (template({"hostname": {"a"}}), "spec.overlay.Deployment.spec.template.spec.hostname: expected plain data, got a Python set"),
    ],
)  # fmt: skip
def test_what_is_no_plain_data_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(SpecError) as caught:
        compiled(service(given))
    assert str(caught.value) == f"Service shop/web: {message}"


def test_what_is_laid_over_is_not_changed() -> None:
    overlay = {"Deployment": {"metadata": {"annotations": {"a": "b"}}}}
    compilation = compiled(service(overlay))
    of_kind(compilation, "Deployment")["metadata"]["annotations"]["a"] = "c"
    assert overlay == {"Deployment": {"metadata": {"annotations": {"a": "b"}}}}
    (derived,) = compilation.overlaid.values()
    assert "annotations" not in derived["metadata"]


@pytest.mark.parametrize("setting", ["denied", 1, {"a": "b"}, [1], None])
def test_a_setting_that_opens_nothing_known_is_refused(setting: object) -> None:
    with pytest.raises(Exception, match="overlay: must be allow, deny or a list of places, got"):
        Platform(overlay=setting)  # type: ignore[arg-type]


def test_a_place_that_no_kind_has_is_refused() -> None:
    with pytest.raises(Exception, match=r'overlay\[0\]: has no "replcas", did you mean replicas\?'):
        Platform(overlay=("Deployment.spec.replcas",))
