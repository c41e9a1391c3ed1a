"""The entry of an app's program: findings and nothing else."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsii
import pytest
from cdk8s import App, Chart
from constructs import IValidation

from hanzo_constructs import HanzoApp, HanzoChart, Platform, PlatformError, ServiceConstruct, main
from hanzo_constructs.output.rendering import RENDER_INTO
from tests.constructs.samples import SMALL, config_map

pytestmark = pytest.mark.processes

HERE = "tests/constructs/test_run.py"


@pytest.fixture(autouse=True)
def output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CDK8S_OUTDIR", str(tmp_path))
    return tmp_path


def failed(source: Any, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Return what is printed when *source* fails as it should."""
    with pytest.raises(SystemExit) as ended:
        main(source)
    assert ended.value.code == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err.splitlines()


def test_a_function_that_fills_an_app(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        ServiceConstruct(HanzoChart(app, "shop"), "api", SMALL)

    main(build, platform=Platform(namespace="shop"))
    assert "namespace: shop" in (output / "shop.k8s.yaml").read_text()
    assert capsys.readouterr() == ("", "")


@pytest.mark.node
@pytest.mark.parametrize("app_class", [HanzoApp, App])
def test_an_app_that_is_filled_already(output: Path, app_class: type[App]) -> None:
    app = app_class(outdir=str(output))
    ServiceConstruct(Chart(app, "shop"), "api", SMALL)
    main(app)
    assert (output / "shop.k8s.yaml").exists()


def test_what_is_wrong_in_a_resource(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        ServiceConstruct(HanzoChart(app, "shop"), "api", {"imag": "ghcr.io/hanzoai/api:v1"})  # type: ignore[arg-type]

    place = f"shop/api ({HERE}:{build.__code__.co_firstlineno + 1}): Service api: "
    assert failed(build, capsys) == [
        f"error: {place}spec.image: required",
        f"error: {place}spec.imag: unknown field, did you mean image?",
    ]
    assert not list(output.iterdir())


def test_what_is_wrong_with_the_set(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        chart = HanzoChart(app, "shop")
        for name in ("one", "two"):
            ServiceConstruct(chart, name, {**SMALL, "image": "ghcr.io/hanzoai/api:latest"}, name="api")

    lines = failed(build, capsys)
    assert len(lines) == 2
    assert all(line.startswith(f"error: shop/two ({HERE}:") for line in lines)
    assert not list(output.iterdir())


@pytest.mark.node
def test_what_is_wrong_with_the_set_of_a_plain_app(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    app = App(outdir=str(output))
    chart = Chart(app, "shop")
    for name in ("one", "two"):
        ServiceConstruct(chart, name, SMALL, name="api")
    lines = failed(app, capsys)
    assert len(lines) == 2
    assert all(line.startswith(f"error: shop/two ({HERE}:") for line in lines)


@jsii.implements(IValidation)
class Complaint:
    def validate(self) -> list[str]:
        return ["is too short"]


@pytest.mark.node
def test_what_validations_of_the_user_say(capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        HanzoChart(app, "shop").node.add_validation(Complaint())

    assert failed(build, capsys) == ["error: shop: is too short"]


@pytest.mark.node
def test_what_javascript_says(capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        chart = HanzoChart(app, "shop")
        config_map(chart, "settings")
        config_map(chart, "settings")

    assert failed(build, capsys) == ["error: There is already a Construct with name 'settings' in Chart [shop]"]


def test_what_the_disk_says(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (output / "shop.k8s.yaml").mkdir()
    lines = failed(lambda app: HanzoChart(app, "shop"), capsys)
    assert lines == [f"error: {output}/shop.k8s.yaml: is not a file; remove it"]


def test_what_is_gone_from_the_output_is_printed(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp, *names: str) -> None:
        chart = HanzoChart(app, "shop", namespace="shop")
        for name in names:
            ServiceConstruct(chart, name, SMALL)

    main(lambda app: build(app, "api", "web"))
    main(lambda app: build(app, "web"))
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "".join(
        [
            f"note: {output}: 2 objects are gone from the output; what was applied stays in the cluster, ",
            "until you delete what nothing needs any more:\n",
            "  kubectl delete services/api --namespace shop\n",
            "  kubectl delete deployments.apps/api --namespace shop\n",
        ]
    )
    main(lambda app: build(app, "web"))
    assert capsys.readouterr() == ("", "")


def test_warnings_are_printed_and_the_output_is_written(output: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def build(app: HanzoApp) -> None:
        ServiceConstruct(HanzoChart(app, "shop"), "api", {"image": "ghcr.io/hanzoai/api:latest"})

    main(build)
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"warning: shop/api ({HERE}:")
    assert (output / "shop.k8s.yaml").exists()


def test_mistakes_in_the_program_keep_their_traceback() -> None:
    def build(app: HanzoApp) -> None:
        raise RuntimeError(f"{app.outdir}: a mistake")

    with pytest.raises(RuntimeError, match="a mistake"):
        main(build)


def test_the_platform_of_an_app_is_its_own() -> None:
    with pytest.raises(TypeError, match="platform: an app that is made already has its own"):
        main(HanzoApp(), platform=Platform())


PROGRAM = """
import sys
from hanzo_constructs import HanzoApp, HanzoChart, ServiceConstruct, main

def build(app):
    chart = HanzoChart(app, "shop")
    ServiceConstruct(chart, "api", {"image": "ghcr.io/hanzoai/api:v1", "replicas": sys.argv[1]})

main(build, takes_arguments=True)
"""


def test_a_program_without_node_renders_and_fails_in_plain_words(output: Path) -> None:
    """Nothing here needs JavaScript, so nothing starts it: there is no Node on this machine."""
    (output / "app.py").write_text(PROGRAM.replace("sys.argv[1]", "eval(sys.argv[1])"))

    def run(replicas: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "app.py", replicas]
        env = {"PATH": "", "JSII_NODE": "/no/such/node", "CDK8S_OUTDIR": "dist"}
        return subprocess.run(command, cwd=output, env=env, capture_output=True, text=True, check=False)

    good, bad = run("2"), run("'two'")
    assert (good.returncode, good.stdout, good.stderr) == (0, "", "")
    assert "replicas: 2" in (output / "dist" / "shop.k8s.yaml").read_text()
    place = "shop/api (app.py:7): Service api: "
    message = f"error: {place}spec.replicas: expected an integer, got a string\n"
    assert (bad.returncode, bad.stdout, bad.stderr) == (1, "", message)


def test_a_program_gets_no_arguments_that_it_does_not_read(output: Path) -> None:
    argument = "--password=hunter2"
    program = "from hanzo_constructs import HanzoChart, main\n\nmain(lambda app: HanzoChart(app, 'shop'){})\n"
    (output / "app.py").write_text(program.format(""))
    (output / "own.py").write_text(program.format(", takes_arguments=True"))

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=output,
            env={"PATH": "", "CDK8S_OUTDIR": "dist", "PYTHONPATH": "."},
            capture_output=True,
            text=True,
            check=False,
        )

    said = f"unknown argument {argument.partition('=')[0]}; this program reads --check, --strict and --help"
    message = f"error: app.py: {said} (one that reads others says so: main(..., takes_arguments=True))\n"
    for command in (["app.py"], [str(output / "app.py")], ["-m", "app"]):
        ran = run(*command, argument)
        assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", message)
        assert not (output / "dist").exists()
    assert run("app.py").returncode == 0
    assert run("own.py", argument).returncode == 0
    # Whoever imports the program has arguments of its own.
    assert run("-c", "import app", argument).returncode == 0


def test_a_program_says_how_it_is_used(output: Path) -> None:
    program = '"""The shop.\n\nMore."""\nfrom hanzo_constructs import main\n\nmain(lambda app: 1 / 0)\n'
    (output / "app.py").write_text(program)
    for command in (["app.py"], ["-m", "app"]):
        ran = subprocess.run(
            [sys.executable, *command, "--help"], cwd=output, capture_output=True, text=True, check=True
        )
        assert ran.stdout.startswith(f"Usage: python {' '.join(command)} [OPTIONS]\n\nThe shop.\n\nWrites ")
        assert "--check " in ran.stdout
        assert ran.stderr == ""


@pytest.fixture
def as_program(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Call `main` as if this module were a program with arguments."""

    def call(source: Any, *arguments: str) -> None:
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", [__file__, *arguments])
            main(source)

    return call


def ended(status: int, call: Callable[..., None], *arguments: Any) -> None:
    with pytest.raises(SystemExit) as raised:
        call(*arguments)
    assert raised.value.code == status


def one_service(tag: str, **spec: Any) -> Callable[[HanzoApp], object]:
    spec["image"] = f"ghcr.io/hanzoai/api:{tag}"
    return lambda app: ServiceConstruct(HanzoChart(app, "shop", namespace="shop"), "api", spec)  # type: ignore[arg-type]


def test_a_check_compares_and_writes_nothing(
    output: Path, capsys: pytest.CaptureFixture[str], as_program: Callable[..., None]
) -> None:
    ended(1, as_program, one_service("v1"), "--check")
    assert not list(output.iterdir())
    printed = capsys.readouterr()
    assert printed.out == f"missing   {output}/.hzc-files\nmissing   {output}/shop.k8s.yaml\n"
    assert printed.err.startswith(f"error: {output}: 2 missing; to write it anew: python ")
    main(one_service("v1"))
    as_program(one_service("v1"), "--check", "--strict")
    assert capsys.readouterr() == ("", "")
    ended(1, as_program, one_service("v2"), "--check")
    assert capsys.readouterr().out == f"stale     {output}/shop.k8s.yaml\n"
    assert "api:v1" in (output / "shop.k8s.yaml").read_text()


def test_warnings_are_errors_where_that_is_wanted(
    output: Path, capsys: pytest.CaptureFixture[str], as_program: Callable[..., None]
) -> None:
    main(one_service("v1"))
    for arguments, done in ((["--strict"], "written"), (["--strict", "--check"], "compared")):
        ended(1, as_program, one_service("latest"), *arguments)
        lines = capsys.readouterr().err.splitlines()
        assert lines[0].startswith("warning: shop/api (")
        assert lines[1:] == [f"error: 1 warning, and --strict takes them for errors; nothing {done}"]
        assert "api:v1" in (output / "shop.k8s.yaml").read_text()


@pytest.mark.node
def test_a_plain_app_is_neither_checked_nor_strict(
    output: Path, capsys: pytest.CaptureFixture[str], as_program: Callable[..., None]
) -> None:
    for argument in ("--check", "--strict"):
        ended(2, as_program, App(outdir=str(output)), argument)
        assert "--check and --strict need a HanzoApp; a plain App" in capsys.readouterr().err


def test_what_is_needed_from_outside_is_printed(
    output: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build = one_service("v1", envFrom=[{"secretRef": {"name": "api"}}])
    main(build)
    assert capsys.readouterr() == ("", "needs Secret shop/api\n")
    (output / "records").mkdir()
    monkeypatch.setenv(RENDER_INTO, str(output / "records"))
    main(one_service("v2"))
    assert capsys.readouterr() == ("", "")
    assert "api:v1" in (output / "shop.k8s.yaml").read_text()
    (record,) = (output / "records").iterdir()
    assert json.loads(record.read_text())["directory"] == str(output)


def test_files_of_charts_that_are_gone_go_too_and_those_of_others_stay(output: Path) -> None:
    (output / "mine.yaml").write_text("mine")
    main(lambda app: (one_service("v1")(app), HanzoChart(app, "old")))
    assert (output / "old.k8s.yaml").exists()
    main(one_service("v1"))
    assert sorted(path.name for path in output.iterdir()) == [".hzc-files", "mine.yaml", "shop.k8s.yaml"]


def test_settings_that_cannot_be_read_are_an_error(
    output: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(output)
    (output / "hanzo.yaml").symlink_to("../nowhere/hanzo.yaml")
    lines = failed(lambda app: HanzoChart(app, "shop"), capsys)
    assert lines == [f"error: {output}/hanzo.yaml: is a symbolic link that leads nowhere; mend or remove it"]
    (output / "hanzo.yaml").unlink()
    (output / "hanzo.yaml").mkdir()
    lines = failed(lambda app: HanzoChart(app, "shop"), capsys)
    assert lines == [f"error: {output}/hanzo.yaml: is a directory, so that it cannot hold settings; rename it"]
    with pytest.raises(PlatformError, match="cannot be read: is a directory"):
        HanzoApp(platform="hanzo.yaml")
    with pytest.raises(PlatformError, match="the path of settings holds the character NUL"):
        HanzoApp(platform="a\0b")
