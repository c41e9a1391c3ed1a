"""Another package adds a kind by an entry point, and it is a kind as those of this package are."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import HanzoApp, HanzoChart, Platform
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.constructs.kinds.facades import construct_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.schema.lint import lint
from hanzo_constructs.spec import installed
from hanzo_constructs.spec.kinds import KINDS, kind_named, kind_names, parse
from tests.kinds.packages import install

METADATA = {"name": "hello", "namespace": "shop"}
DOCUMENT = {"apiVersion": "hanzo.ai/v1", "kind": "Banner", "metadata": METADATA, "spec": {"text": "hi"}}
FILE = """\
apiVersion: hanzo.ai/v1
kind: Banner
metadata: {name: hello, namespace: shop}
spec: {text: hi}
"""

Install = Callable[..., None]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Install packages for this test alone."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))

    def forget() -> None:
        installed.installed_kind.cache_clear()
        installed._entries.cache_clear()
        for module in ("acme_kinds", "acme_constructs"):
            sys.modules.pop(module, None)

    def installing(name: str, **kinds: str) -> None:
        install(folder, name, **kinds)
        forget()

    yield installing
    forget()


def refusal(document: Any) -> str:
    with pytest.raises(SpecError) as refused:
        parse(document)
    return str(refused.value)


def test_a_kind_of_another_package_compiles(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:BANNER")
    (child,) = compile_resource(parse(DOCUMENT)).children
    assert child.requested_by == "spec.text"
    assert child.manifest["metadata"]["labels"]["app.kubernetes.io/name"] == "hello"
    assert child.manifest["data"] == {"text": "hi"}
    assert kind_names() == (*KINDS, "Banner")


def test_its_mistakes_are_told_as_those_of_every_kind(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:BANNER")
    wrong = {**DOCUMENT, "apiVersion": "hanzo.ai/v2", "spec": {"txt": "hi"}}
    found = refusal(wrong)
    assert 'Banner shop/hello: apiVersion: must be hanzo.ai/v1, got "hanzo.ai/v2"' in found
    assert "spec.txt: unknown field, did you mean text?" in found
    assert "did you mean Banner?" in refusal({**DOCUMENT, "kind": "Baner"})


def test_it_is_held_against_the_conventions_as_every_kind(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:BANNER")
    banner = kind_named("Banner")
    column, text = map(str, lint(banner))
    assert column == "L31 Banner.spec.image.repository: is no field, and the column Image shows it"
    assert text == "L20 BannerSpec.text: is required, and may be empty"
    spec = banner.model.model_fields["spec"].annotation
    spec.lint_waivers = {"L20 text": "An empty banner is a banner."}  # type: ignore[union-attr]  # a model
    assert [*map(str, lint(banner))] == [column]


def test_a_facade_of_another_package(package: Install) -> None:
    package("acme-kinds", Search="acme_kinds:SEARCH")
    spec = {"image": {"repository": "ghcr.io/acme/search", "tag": "v1"}}
    found = compile_resource(parse({**DOCUMENT, "kind": "Search", "spec": spec}))
    assert [child.id for child in found.children] == ["Deployment"]
    assert str(found.resource) == "Search shop/hello"


@pytest.mark.node
def test_its_construct_is_found_by_its_name(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:BANNER", Search="acme_kinds:SEARCH")
    app = HanzoApp(platform=Platform(namespace="shop"))
    chart = HanzoChart(app, "shop")
    construct_of("Banner")(chart, "hello", {"text": "hi"})
    construct_of("Search")(chart, "search", {"image": "ghcr.io/acme/search:v1"})
    assert [manifest["kind"] for manifest in app.manifests] == ["ConfigMap", "Deployment"]


@pytest.mark.node
def test_a_construct_that_is_not_there_is_an_error(package: Install) -> None:
    package("acme-kinds", Silent="acme_kinds:NO_CONSTRUCT")
    with pytest.raises(SpecError, match="acme_constructs:Nothing cannot be loaded: AttributeError"):
        construct_of("Silent")


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (
            "acme_missing:KIND",
            "acme_missing:KIND cannot be loaded: ModuleNotFoundError: No module named 'acme_missing'",
        ),
        ("acme_kinds:NOTHING", "acme_kinds:NOTHING cannot be loaded: AttributeError"),
        (
            "acme_kinds:NO_COMPILER",
            "acme_kinds:NO_COMPILER cannot be loaded: SpecError: kind: acme_kinds:NOTHING cannot",
        ),
        ("acme_kinds:Banner", "acme_kinds:Banner must be a Kind, got ModelMetaclass"),
        ("acme_kinds:SEARCH", "acme_kinds:SEARCH must be the kind Banner with a Resource as its model"),
    ],
)
def test_an_entry_point_that_cannot_be_used_is_an_error_that_names_the_package(
    package: Install, place: str, reason: str
) -> None:
    package("acme-kinds", Banner=place)
    found = refusal(DOCUMENT)
    assert found.startswith(f"kind: Banner is added by the package acme-kinds 1.2, whose entry point {place} ")
    assert reason in found


def test_a_compiler_that_is_none_is_an_error(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:NO_CLASS")
    with pytest.raises(SpecError, match=r"Banner.*acme_kinds:children must be a Compiler, got function"):
        compile_resource(parse(DOCUMENT))


def test_a_kind_of_two_packages_is_an_error_that_names_both(package: Install) -> None:
    package("acme-kinds", Banner="acme_kinds:BANNER")
    package("other-kinds", Banner="acme_kinds:BANNER")
    assert "Banner is added by the package " in (found := refusal(DOCUMENT))
    assert "acme-kinds 1.2" in found
    assert "other-kinds 1.2" in found


def test_a_kind_of_this_package_is_taken(package: Install) -> None:
    package("acme-kinds", Service="acme_kinds:BANNER")
    with pytest.raises(SpecError, match=r"Service is added by the package acme-kinds 1\.2, and is a kind of hanzo-con"):
        kind_names()
    with pytest.raises(SpecError, match="acme-kinds"):
        kind_named("Banner")


def hzc_with(kind: str, folder: Path, *arguments: str) -> str:
    """Return what hzc prints of a file with a Banner, which a package in *folder* adds as its *kind*."""
    site = folder / "site"
    if not site.exists():
        install(site, "acme-kinds", Banner=f"acme_kinds:{kind}")
        (folder / "banner.yaml").write_text(FILE)
    run = subprocess.run(
        [Path(sys.executable).with_name("hzc"), *arguments, "banner.yaml"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(site)},
        capture_output=True,
        text=True,
        check=True,
    )
    return run.stdout


@pytest.mark.processes
def test_the_command_line_takes_it(tmp_path: Path) -> None:
    assert "text: hi" in hzc_with("BANNER", tmp_path, "compile")
    assert "Banner shop/hello" in hzc_with("BANNER", tmp_path, "validate")
    assert "ConfigMap  hello  spec.text" in hzc_with("BANNER", tmp_path, "show")
    assert "managedBy of the platform" in hzc_with("BANNER", tmp_path, "show", "--why")


def test_a_resource_without_children_is_shown(tmp_path: Path) -> None:
    assert "Banner shop/hello (banner.yaml:1)" in hzc_with("EMPTY", tmp_path, "show", "--why")


def test_nothing_is_looked_through_for_a_kind_of_this_package() -> None:
    program = (
        "import sys\nfrom hanzo_constructs.compiler import compile_resource\n"
        "from hanzo_constructs.spec import installed\nfrom hanzo_constructs.spec.kinds import parse\n"
        "compile_resource(parse({'apiVersion': 'hanzo.ai/v1', 'kind': 'Service', 'metadata': {'name': 'api'},"
        " 'spec': {'image': {'repository': 'a/b', 'tag': 'v1'}}}))\n"
        "print(installed._entries.cache_info().misses, 'hanzo_constructs.compiler.datastore' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout == "0 False\n"
