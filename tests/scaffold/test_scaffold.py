"""What a scaffold writes compiles as it stands, without a warning, and with each of its comments uncommented."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hanzo_constructs import HanzoApp
from hanzo_constructs.cli.app import run
from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.errors import Finding, SpecError
from hanzo_constructs.kube.yaml import load_all
from hanzo_constructs.platform import Platform
from hanzo_constructs.scaffold import Section, project_files, python_text, resource_sections, yaml_text
from hanzo_constructs.spec.kinds import KINDS, parse
from hanzo_constructs.verify import prove
from tests.cli.conftest import Run, here, hzc

__all__ = ["here", "hzc"]  # fixtures of the command line

_PLATFORM = Platform()


@cache
def _sections(kind: str) -> list[Section]:
    return resource_sections(KINDS[kind], "api", _PLATFORM)


def _spec(kind: str, *fields: str) -> dict[str, Any]:
    """Return the spec that is written, and with it the examples of *fields*."""
    return {each.field: each.value for each in _sections(kind) if each.is_written or each.field in fields}


def _uncommented(text: str, fields: set[str], indent: int) -> str:
    """Return *text* with the comments of *fields* as code; a comment that is text has a space behind its mark."""
    lines, mark, is_wanted = [], " " * indent + "#", False
    for line in text.splitlines():
        if not line.startswith(mark) or (line.startswith(f"{mark} ") and not is_wanted):
            is_wanted = False
            lines.append(line)
            continue
        code = line.removeprefix(mark)
        if found := re.match(r'"?(\w+)"?:', code):
            is_wanted = found[1] in fields
        lines.append(" " * indent + code if is_wanted else line)
    return "\n".join(lines)


def _findings(document: dict[str, Any]) -> Iterator[Finding]:
    try:
        compilation = compile_resource(parse(document, _PLATFORM), _PLATFORM)
    except SpecError as error:
        yield from error.findings
        return
    yield from compilation.warnings
    yield from (finding for finding in prove([compilation]).findings if finding.severity != "note")


def _declared(program: str) -> Any:
    """Return the spec in *program*: the third argument of its construct."""
    calls = [node for node in ast.walk(ast.parse(program)) if isinstance(node, ast.Call) and len(node.args) == 3]
    (call,) = calls
    return ast.literal_eval(call.args[2])


@pytest.mark.parametrize("kind", KINDS)
def test_it_compiles_as_it_stands_without_a_warning(kind: str) -> None:
    (document,) = load_all(yaml_text(KINDS[kind], "api", _sections(kind), _PLATFORM))
    assert document.data["spec"] == _spec(kind)
    assert [*map(str, _findings(document.data))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_section(kind: str) -> None:
    """But for those that no example can be given for."""
    model: Any = KINDS[kind].model.model_fields["spec"].annotation
    fields = {field.alias or name for name, field in model.model_fields.items()}
    without = fields - {section.field for section in _sections(kind)}
    assert without <= {"engine", "serviceMonitor", "backup", "type", "canary", "loaderImage"}
    assert all(section.doc for section in _sections(kind))


@pytest.mark.parametrize("kind", KINDS)
def test_each_comment_compiles_once_it_is_uncommented(kind: str) -> None:
    sections = _sections(kind)
    whole, program = yaml_text(KINDS[kind], "api", sections, _PLATFORM), python_text(KINDS[kind], "api", sections)
    for section in sections:
        fields = {section.field, section.needs}
        (document,) = load_all(_uncommented(whole, fields, 2))
        assert document.data["spec"] == _spec(kind, *fields), section.field
        errors = [str(each) for each in _findings(document.data) if each.severity == "error"]
        assert not errors, section.field
        assert _declared(_uncommented(program, fields, 12)) == _spec(kind, *fields), section.field


def test_a_name_that_no_resource_can_have(hzc: Run) -> None:
    ran = hzc("init", "SQL", "../orders", "--project")
    assert (ran.status, ran.stdout) == (2, "")
    assert "metadata.name: must be lower-case letters" in ran.stderr
    assert hzc("init", "Servce", "api").stderr == 'error: kind: unknown kind "Servce", did you mean Service?\n'


def test_a_resource_that_says_its_schema(hzc: Run) -> None:
    plain, ran = hzc("init", "Service", "api"), hzc("init", "Service", "api", "--schema", "../schemas/all.json")
    assert ran.stdout == f"# yaml-language-server: $schema=../schemas/all.json\n{plain.stdout}"


@pytest.mark.parametrize("option", ["--python", "--project"])
def test_a_schema_is_for_what_is_printed_as_yaml(hzc: Run, option: str) -> None:
    ran = hzc("init", "Service", "api", "--schema", "all.json", option)
    assert (ran.status, ran.stdout) == (2, "")
    assert "--schema is for a resource in YAML that is printed" in ran.stderr


@pytest.mark.parametrize("path", ["", "a\nb"])
def test_a_schema_that_is_no_path(hzc: Run, path: str) -> None:
    ran = hzc("init", "Service", "api", "--schema", path)
    assert (ran.status, ran.stdout) == (2, "")
    assert "must be a path or a URL on one line" in ran.stderr


def test_nothing_that_is_there_is_touched(hzc: Run, here: Path) -> None:
    (here / "hanzo.yaml").write_text("namespace: shop\n")
    ran = hzc("init", "SQL", "orders", "--project")
    assert (ran.status, ran.stderr) == (1, "error: hanzo.yaml is there already; nothing written\n")
    assert [path.name for path in here.iterdir()] == ["hanzo.yaml"]


def test_a_file_that_cannot_be_written_leaves_nothing(hzc: Run, here: Path) -> None:
    (here / "resources").write_text("")
    ran = hzc("init", "SQL", "orders", "--project")
    assert ran.status == 1
    assert ran.stderr.startswith("error: resources/orders.yaml: cannot be written: ")
    assert [path.name for path in here.iterdir() if path.is_file()] == ["resources"]


def test_a_project_of_documents(hzc: Run, here: Path) -> None:
    assert hzc("init", "sql", "orders", "--project").status == 0
    ran = hzc("compile", "--strict", "resources", "-o", "manifests")
    assert (ran.status, ran.stderr) == (0, "")
    assert {path.relative_to(here).as_posix() for path in here.rglob("*") if path.is_file()} >= {
        ".github/workflows/ci.yml",
        "manifests/sql.default.orders.yaml",
    }


@pytest.mark.node
@pytest.mark.parametrize("kind", KINDS)
def test_a_program_declares_what_the_document_does(kind: str) -> None:
    program = python_text(KINDS[kind], "api", _sections(kind))
    names: dict[str, Any] = {"__name__": "program"}
    exec(compile(program, "main.py", "exec"), names)  # noqa: S102 - what a user runs
    app = HanzoApp(platform=_PLATFORM)
    names["build"](app)
    (document,) = load_all(yaml_text(KINDS[kind], "api", _sections(kind), _PLATFORM))
    compilation = compile_resource(parse(document.data, _PLATFORM), _PLATFORM)
    (chart,) = app.charts
    assert chart.to_json() == compilation.manifests


@pytest.mark.node
@pytest.mark.processes
def test_a_project_in_python_passes_its_own_tests(here: Path) -> None:
    assert run(["init", "Service", "api", "--project", "--python"]) == 0
    for arguments in (["--snapshot-update"], []):
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
        ran = subprocess.run(command, cwd=here, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stdout + ran.stderr
    assert (here / "__snapshots__").is_dir()


def test_the_files_of_a_project_are_no_riddle() -> None:
    for python in (False, True):
        files = project_files(KINDS["Service"], "api", _PLATFORM, python=python)
        assert {"README.md", "hanzo.yaml", ".gitignore", ".github/workflows/ci.yml"} <= set(files)
        assert (".gitattributes" in files) is not python
        for name, text in files.items():
            assert text.endswith("\n"), name
            if name.endswith((".yaml", ".yml")) and "workflows" not in name:
                load_all(text)
