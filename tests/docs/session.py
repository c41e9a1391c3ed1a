"""A page as one session: its files, its Python code and its commands, in the order in which a reader meets them."""

from __future__ import annotations

import io
import re
import tomllib
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from hanzo_constructs import Compilation, Platform, compile_resource, load_platform, parse, prove
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.kube.yaml import load_all
from tests.docs.console import commands, fits, run_command
from tests.docs.other_languages import OTHER_LANGUAGES, problem_in
from tests.docs.pages import ROOT, Block, Page


def _resource(kind: str, name: str, spec: dict[str, Any]) -> dict[str, Any]:
    return {
        "apiVersion": "hanzo.ai/v1",
        "kind": kind,
        "metadata": {"name": name, "namespace": "shop"},
        "spec": spec,
    }


SERVICE = _resource(
    "Service",
    "api",
    {
        "image": {"repository": "ghcr.io/hanzoai/api", "tag": "v1.4.0"},
        "ports": [{"name": "http", "containerPort": 8080}],
        "resources": {"requests": {"cpu": "100m", "memory": "128Mi"}},
    },
)
# What a fragment on the page of another kind is put over, so that it can be compiled; elsewhere it is SERVICE.
BASES = {
    "docs/kinds/datastore.md": _resource(
        "Datastore",
        "orders",
        {"type": "postgresql", "storage": {"size": "20Gi"}, "credentialsSecret": "orders-credentials"},
    ),
    "docs/kinds/stateful.md": _resource(
        "Stateful",
        "queue",
        {
            "image": {"repository": "docker.io/library/rabbitmq", "tag": "4.1.4"},
            "storage": {"size": "10Gi", "mountPath": "/var/lib/rabbitmq"},
        },
    ),
    "docs/kinds/base.md": _resource(
        "Base",
        "notes",
        {"image": {"repository": "ghcr.io/hanzoai/notes", "tag": "v0.3.0"}, "storage": {"size": "5Gi"}},
    ),
    "docs/kinds/gateway.md": _resource(
        "Gateway", "gateway", {"image": {"repository": "ghcr.io/hanzoai/gateway", "tag": "v2.1.0"}}
    ),
}


class Session:
    """Does what the blocks of a page say, in the working directory *here*; `wrong` holds what they do not do."""

    def __init__(self, page: Page, here: Path) -> None:
        self.page, self.here = page, here
        self.wrong: list[str] = []
        self.corrected: dict[Block, str] = {}
        """What the text of a block would have to be."""
        self._namespace: dict[str, Any] = {"__name__": "docs"}
        self._printed: str | None = None
        self._compiled: Compilation | None = None

    def run(self) -> None:
        """Run the whole page."""
        for block in self.page.blocks:
            if self._printed and block.language != "text":
                self._complain(block, f"the page does not show what the code before prints: {self._printed}")
                self._printed = None
            self._run(block)
        if self._printed:
            self.wrong.append(f"{self.page.name}: the page does not show what its last code prints: {self._printed}")

    def _run(self, block: Block) -> None:
        if block.file_name:
            self._write(block)
        elif block.language == "python":
            self._execute(block)
        elif block.language == "text":
            self._compare(block)
        elif block.language == "console":
            self._type(block)
        elif block.language == "yaml":
            self._read(block)
        elif block.language == "sh":
            self._look_up(block)
        elif block.language in OTHER_LANGUAGES:
            if problem := problem_in(block.language, block.text):
                self._complain(block, f"cannot be read: {problem}")
        elif (block.language, self.page.name) != ("", "docs/architecture.md"):  # the drawing there
            self._complain(block, f"nobody checks a block of {block.language or 'no language'}")

    def _write(self, block: Block) -> None:
        path = self.here / block.file_name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block.text, encoding="utf-8")
        if path.name in {"hanzo.yaml", "pyproject.toml"}:
            load_platform(path)
        elif path.suffix == ".py":
            compile(block.text, block.where, "exec")
        elif path.suffix == ".yaml":
            load_all(path.read_bytes(), name=block.where)
        elif path.suffix == ".sh":
            ran = run_command(f"sh -n {path.name}", path.parent)
            if ran.status:
                self._complain(block, f"is no script: {ran.output}")
        else:
            self._complain(block, f"nobody checks {path.name}")

    def _execute(self, block: Block) -> None:
        code = compile("\n" * (block.line - 1) + block.text, self.page.name, "exec")
        printed = io.StringIO()
        with redirect_stdout(printed):
            exec(code, self._namespace)  # noqa: S102 - that is what the page is for
        self._printed = printed.getvalue() or None

    def _compare(self, block: Block) -> None:
        if block.text.startswith("$ kubectl "):
            return  # a cluster says it: tests/cluster/test_operator_process.py compares these
        if self._printed is None:
            self._complain(block, "shows what no code before it prints")
        elif not fits(block.text, self._printed):
            self._complain(block, f"shows\n{block.text}where the code prints\n{self._printed}")
            self.corrected[block] = self._printed
        self._printed = None

    def _type(self, block: Block) -> None:
        text = ""
        for command in commands(block.text):
            ran = run_command(command.line, self.here)
            shown = command.shown
            if not fits(command.output, ran.output):
                self._complain(block, f"shows\n{shown}where the command prints\n{ran.output}")
                shown = f"$ {command.line}\n{ran.output}"
            fails = re.search(r"^(?:error|fail)\b|^FAILED", ran.output, re.MULTILINE)
            if "$?" not in command.line and (ran.status != 0) is not bool(fails):
                self._complain(block, f"{command.line}: exit status {ran.status}")
            text += shown
        self.corrected[block] = text

    def _read(self, block: Block) -> None:
        """Compile the documents of *block* as one set, or compare it with a child of the last one compiled."""
        documents = [document.data for document in load_all(block.text, name=block.where)]
        if block.child:
            assert self._compiled, "the comment names a child of the fragment before"
            (shown,) = documents
            (whole,) = [child.manifest for child in self._compiled.children if child.id == block.child]
            if missing := list(_differences(shown, whole, "")):
                self._complain(block, f"is no part of the {block.child}: {missing}")
            return
        base = BASES.get(self.page.name, SERVICE)
        resources = [parse(_over(base, document)) for document in documents]
        links, contradictions = links_of(resources, Platform())
        compilations = [compile_resource(resource, links=links) for resource in resources]
        self._compiled = compilations[-1]
        warnings = [warning for each in compilations for warning in each.warnings]
        if findings := [*contradictions, *warnings, *prove(compilations).findings]:
            self._complain(block, f"is doubted: {findings}")

    def _look_up(self, block: Block) -> None:
        for line in block.text.splitlines():
            words = line.partition("#")[0].split()
            if words[:2] == ["pip", "install"] and len(words) == 3:
                extras = set(re.findall(r"\w+", (re.search(r"\[(.*)\]", words[2]) or [""])[0]))
                known = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
                right = extras <= known.keys() and words[2].strip("'").partition("[")[0] == "."
            elif words[0] == "make" and len(words) == 2:
                right = words[1] in make_targets()
            else:
                right = False
            if not right:
                self._complain(block, f"is not known: {line}")

    def _complain(self, block: Block, message: str) -> None:
        self.wrong.append(f"{block.where}: {message}")


def make_targets() -> set[str]:
    """Return what `make` can be asked for by name."""
    found = re.search(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert found
    return set(found[1].split())


def corrected(page: Page, texts: dict[Block, str]) -> str:
    """Return the text of *page* with the blocks in *texts* replaced."""
    lines = page.text.splitlines(keepends=True)
    for block, text in sorted(texts.items(), key=lambda each: -each[0].line):
        lines[block.line - 1 : block.line - 1 + block.text.count("\n")] = [text]
    return "".join(lines)


def _over(base: Any, fragment: Any) -> Any:
    if isinstance(base, dict) and isinstance(fragment, dict):
        if fragment.get("kind") and fragment.get("apiVersion"):
            return fragment
        return {**base, **{key: _over(base.get(key), value) for key, value in fragment.items()}}
    return fragment


def _differences(shown: Any, whole: Any, path: str) -> Iterator[str]:
    """Yield where *whole* does not have what *shown* has; mappings may be shown in part."""
    if isinstance(shown, dict) and isinstance(whole, dict):
        for key, value in shown.items():
            yield from _differences(value, whole.get(key), f"{path}.{key}")
    elif isinstance(shown, list) and isinstance(whole, list) and len(shown) == len(whole):
        for index, (one, other) in enumerate(zip(shown, whole, strict=True)):
            yield from _differences(one, other, f"{path}[{index}]")
    elif shown != whole:
        yield f"{path}: {shown!r}, is {whole!r}"
