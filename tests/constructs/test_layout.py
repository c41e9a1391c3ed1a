"""What HanzoApp writes: the files of cdk8s, without its traps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from cdk8s import ApiObject, ApiObjectMetadata, App, Chart, YamlOutputType
from constructs import Construct

from hanzo_constructs import HanzoApp, HanzoChart, OutputError, Platform, ProofError, ServiceConstruct
from hanzo_constructs.kube.yaml import dump_all, load_all
from hanzo_constructs.output.listing import LIST_NAME
from tests.constructs.samples import SMALL, config_map, full

pytestmark = pytest.mark.node

TYPES = list(YamlOutputType)


def ours(outdir: Path, output_type: YamlOutputType = YamlOutputType.FILE_PER_CHART) -> HanzoApp:
    return HanzoApp(outdir=outdir, yaml_output_type=output_type, platform=Platform())


def files(outdir: Path) -> dict[str, list[Any]]:
    """Return the documents in each file, by its path."""
    paths = [path for path in sorted(outdir.rglob("*")) if path.is_file() and path.name != LIST_NAME]
    return {str(path.relative_to(outdir)): [each.data for each in load_all(path.read_bytes())] for path in paths}


def fill(app: App, chart_class: type[Chart] = HanzoChart) -> list[Chart]:
    charts = [chart_class(app, name, namespace="shop") for name in ("shop", "Wörld.Shop", "empty")]
    ServiceConstruct(charts[0], "api", full("api"))
    ServiceConstruct(charts[0], "web", SMALL)
    ServiceConstruct(charts[1], "search", SMALL)
    return charts


@pytest.mark.parametrize("output_type", [YamlOutputType.FILE_PER_APP, YamlOutputType.FILE_PER_CHART])
@pytest.mark.parametrize("touch", [False, True])
def test_the_files_are_those_of_a_plain_app(tmp_path: Path, output_type: YamlOutputType, touch: bool) -> None:  # noqa: FBT001
    app = ours(tmp_path / "ours", output_type)
    plain = App(outdir=str(tmp_path / "plain"), yaml_output_type=output_type)
    for each, chart_class in ((app, HanzoChart), (plain, Chart)):
        charts = fill(each, chart_class)
        if touch:
            config_map(charts[0], "settings", namespace="shop")
        each.synth()
    assert files(tmp_path / "ours") == files(tmp_path / "plain")


@pytest.mark.parametrize("folder", ["", "shop/"])
def test_files_of_single_objects_have_the_namespace_in_their_name(tmp_path: Path, folder: str) -> None:
    app = ours(
        tmp_path, YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE if folder else YamlOutputType.FILE_PER_RESOURCE
    )
    chart = HanzoChart(app, "shop")
    for namespace in ("a", "b", None):
        ServiceConstruct(chart, f"api-{namespace}", SMALL, name="api", namespace=namespace)
    app.synth()
    places = {
        f"{folder}{kind}.{place}.k8s.yaml": kind
        for kind in ("Deployment", "Service")
        for place in ("a.api", "b.api", "api")
    }
    assert {name: [each["kind"] for each in documents] for name, documents in files(tmp_path).items()} == {
        name: [kind] for name, kind in places.items()
    }


def test_objects_that_would_share_a_file_both_stand_in_it(tmp_path: Path) -> None:
    app = ours(tmp_path, YamlOutputType.FILE_PER_RESOURCE)
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "api", SMALL)
    ApiObject(chart, "a", api_version="example.com/v1", kind="Deployment", metadata=ApiObjectMetadata(name="api"))
    app.synth()
    assert [each["apiVersion"] for each in files(tmp_path)["Deployment.api.k8s.yaml"]] == ["apps/v1", "example.com/v1"]


@pytest.mark.parametrize("output_type", TYPES)
@pytest.mark.parametrize("touched", ["nothing", "a child", "a stranger", "everything"])
def test_no_object_is_lost_whatever_was_touched(tmp_path: Path, output_type: YamlOutputType, touched: str) -> None:
    untouched, app = ours(tmp_path / "untouched", output_type), ours(tmp_path / "touched", output_type)
    fill(untouched)
    chart, *_ = fill(app)
    match touched:
        case "a child":
            assert ApiObject.of(chart.node.find_child("web")).kind == "Deployment"
        case "a stranger":
            config_map(untouched._members["shop"], "settings")  # type: ignore[arg-type]
            config_map(chart, "settings")
        case "everything":
            assert app.node.find_all()
    for each in (untouched, app):
        each.synth()
    texts = [
        {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*.yaml"))}
        for root in (tmp_path / "untouched", tmp_path / "touched")
    ]
    assert texts[0] == texts[1]
    count = sum(map(len, files(tmp_path / "touched").values()))
    assert count == len(app.manifests) == 8 + 2 + 2 + (touched == "a stranger")


@pytest.mark.parametrize("output_type", TYPES)
def test_every_document_begins_with_a_separator(tmp_path: Path, output_type: YamlOutputType) -> None:
    """`cdk8s synth --stdout` and `cat` put one file after the other without one."""
    app = ours(tmp_path, output_type)
    fill(app)
    app.synth()
    joined = "".join(path.read_text() for path in sorted(tmp_path.rglob("*.yaml")))
    documents = [each.data for each in load_all(joined)]
    assert len(documents) == len(app.manifests)
    assert all(each in documents for each in app.manifests)


def test_the_text_is_what_hzc_would_write() -> None:
    app = HanzoApp(platform=Platform())
    fill(app)
    assert app.synth_yaml() == "---\n" + dump_all(app.manifests)


@pytest.mark.parametrize("output_type", TYPES)
def test_an_app_without_charts_writes_nothing(tmp_path: Path, output_type: YamlOutputType) -> None:
    ours(tmp_path / "dist", output_type).synth()
    assert list((tmp_path / "dist").iterdir()) == []


def test_charts_that_depend_on_each_other_are_numbered_as_in_cdk8s(tmp_path: Path) -> None:
    app, plain = ours(tmp_path / "ours"), App(outdir=str(tmp_path / "plain"))
    for each, chart_class in ((app, HanzoChart), (plain, Chart)):
        first, second, _ = fill(each, chart_class)
        first.add_dependency(second)
        each.synth()
    names = [path.name for path in sorted((tmp_path / "ours").iterdir())]
    assert names[2].startswith("0001-shop")
    assert files(tmp_path / "ours") == files(tmp_path / "plain")


def test_charts_in_charts_and_plain_charts_are_written_too(tmp_path: Path) -> None:
    app, plain = ours(tmp_path / "ours"), App(outdir=str(tmp_path / "plain"))
    for each, chart_class in ((app, HanzoChart), (plain, Chart)):
        outer = chart_class(each, "outer")
        ServiceConstruct(outer, "before", SMALL)
        inner = Chart(outer, "inner")
        ServiceConstruct(inner, "api", SMALL)
        config_map(inner, "settings")
        ServiceConstruct(outer, "after", SMALL)
        ServiceConstruct(Chart(Construct(each, "group"), "plain"), "web", SMALL)
        each.synth()
    assert files(tmp_path / "ours") == files(tmp_path / "plain")
    assert len(files(tmp_path / "ours")) == 3


def test_a_chart_that_renders_itself_is_asked(tmp_path: Path) -> None:
    class Signed(HanzoChart):
        def to_json(self) -> list[Any]:
            return [{**each, "status": {"signed": True}} for each in super().to_json()]

    app = ours(tmp_path)
    ServiceConstruct(Signed(app, "shop"), "api", SMALL)
    app.synth()
    assert [each["status"]["signed"] for each in files(tmp_path)["shop.k8s.yaml"]] == [True, True]


def test_the_output_directory_is_that_of_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CDK8S_OUTDIR", str(tmp_path / "there"))
    app = HanzoApp(platform=Platform(), output_file_extension=".yml")
    HanzoChart(app, "shop")
    app.synth()
    assert list(files(tmp_path / "there")) == ["shop.yml"]


def test_validation_plugins_of_the_command_line_are_told_the_paths(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CDK8S_RECORD_CONSTRUCT_METADATA", "true")
    app = ours(tmp_path)
    fill(app)
    app.synth()
    told = json.loads((tmp_path / "construct-metadata.json").read_text())
    assert told["version"] == "1.0.0"
    assert told["resources"]["api-secrets"] == {"path": "shop/api/KMSSecret-api-secrets"}


# -- all or nothing --


def test_what_stood_there_stays_when_the_set_does_not_fit(tmp_path: Path) -> None:
    app = ours(tmp_path)
    (tmp_path / "shop.k8s.yaml").write_text("before")
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "api", SMALL)
    ServiceConstruct(chart, "other", SMALL, name="api")
    with pytest.raises(ProofError):
        app.synth()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("shop.k8s.yaml", "before")]


def test_what_stood_there_stays_when_one_file_cannot_be_written(tmp_path: Path) -> None:
    app = ours(tmp_path)
    ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)
    app.synth()
    before = (tmp_path / "shop.k8s.yaml").read_text()
    (tmp_path / "empty.k8s.yaml").mkdir()
    app = ours(tmp_path)
    fill(app)
    with pytest.raises(OutputError, match=r"empty\.k8s\.yaml: is not a file; remove it"):
        app.synth()
    assert (tmp_path / "shop.k8s.yaml").read_text() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [LIST_NAME, "empty.k8s.yaml", "shop.k8s.yaml"]


@pytest.mark.parametrize("output_type", TYPES)
def test_files_that_are_not_needed_any_more_are_removed(
    tmp_path: Path, output_type: YamlOutputType, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after, fresh = (ours(tmp_path / name, output_type) for name in ("dist", "dist", "fresh"))
    for each in (before, after, fresh):
        ServiceConstruct(HanzoChart(each, "stays"), "api", SMALL)
    ServiceConstruct(HanzoChart(before, "goes"), "web", SMALL)
    ServiceConstruct(HanzoChart(after, "comes"), "search", SMALL)
    ServiceConstruct(HanzoChart(fresh, "comes"), "search", SMALL)
    before.synth()
    (tmp_path / "dist" / "mine.yaml").write_text("mine")
    after.synth()
    fresh.synth()
    (tmp_path / "fresh" / "mine.yaml").write_text("mine")
    assert sorted(path.relative_to(tmp_path / "dist") for path in (tmp_path / "dist").rglob("*")) == sorted(
        path.relative_to(tmp_path / "fresh") for path in (tmp_path / "fresh").rglob("*")
    )
    assert after.change is not None
    assert [(each.kind, each.name) for each in after.change.gone] == [("Service", "web"), ("Deployment", "web")]
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.splitlines()[1:] == ["  kubectl delete services/web", "  kubectl delete deployments.apps/web"]
    assert fresh.change is not None
    assert not fresh.change.gone


@pytest.mark.parametrize("output_type", TYPES)
def test_another_layout_of_the_same_objects_leaves_none_of_the_old_files(
    tmp_path: Path, output_type: YamlOutputType
) -> None:
    for each in (*TYPES, output_type):
        app = ours(tmp_path / "dist", each)
        fill(app)
        app.synth()
        assert app.change is not None
        assert not app.change.gone
    alone = ours(tmp_path / "alone", output_type)
    fill(alone)
    alone.synth()
    assert files(tmp_path / "dist") == files(tmp_path / "alone")


@pytest.mark.parametrize("content", ["", "mine", "---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: mine\n"])
def test_a_file_of_somebody_else_is_not_replaced(tmp_path: Path, content: str) -> None:
    (tmp_path / "shop.k8s.yaml").write_text(content)
    app = ours(tmp_path)
    fill(app)
    message = r"shop\.k8s\.yaml: was not written by an earlier run; move it or choose another directory"
    with pytest.raises(OutputError, match=message):
        app.synth()
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("shop.k8s.yaml", content)]


def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "shop").symlink_to("../elsewhere")
    app = ours(tmp_path / "dist", YamlOutputType.FOLDER_PER_CHART_FILE_PER_RESOURCE)
    fill(app)
    with pytest.raises(OutputError, match="dist/shop: is not a directory, or a symbolic link to one; remove it"):
        app.synth()
    assert not list((tmp_path / "elsewhere").iterdir())


def test_the_path_of_an_output_directory_holds_no_nul() -> None:
    with pytest.raises(OutputError, match="the path of the output directory holds the character NUL"):
        ours(Path("a\0b")).synth()


def test_other_files_are_left_alone(tmp_path: Path) -> None:
    app = ours(tmp_path)
    (tmp_path / "mine.yaml").write_text("mine")
    fill(app)
    app.synth()
    app.synth()
    assert (tmp_path / "mine.yaml").read_text() == "mine"
    assert len(files(tmp_path)) == 4


def test_an_output_directory_that_is_a_file_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "dist").write_text("")
    with pytest.raises(OutputError, match="dist: is not a directory"):
        ours(tmp_path / "dist").synth()
