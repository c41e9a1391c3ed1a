"""The files of a repository of one's own: the app, its tests, the settings, and what runs the checks on each change."""

from __future__ import annotations

from ..platform import Platform
from ..spec.kind import Kind
from .resource import Section, resource_sections
from .texts import python_text, yaml_text

__all__ = ["project_files"]

_SETTINGS = """\
# Settings of the platform, which all resources share; those that are commented out have these values anyway.
namespace: default
#epoch: "2026"
#kubernetes: "1.30"
#ingressClassName: ingress
#clusterIssuer: letsencrypt-prod
#storageClassName: do-block-storage
"""

_IGNORED = """\
.venv/
__pycache__/
.pytest_cache/
"""

_GENERATED = """\
manifests/** linguist-generated text eol=lf
"""

_JOB = """\
name: CI
on:
  push:
    branches: [main]
  pull_request:
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
    - uses: actions/checkout@v7
    - uses: actions/setup-python@v7
      with:
        python-version: "3.13"
"""

_YAML_JOB = f"""\
{_JOB}\
    - run: pip install hanzo-constructs
    # What is in manifests/ is what was reviewed: a change of a resource comes with its objects.
    - run: hzc check --strict resources -o manifests
"""

_PYTHON_JOB = f"""\
{_JOB}\
    - run: pip install '.[test]'
    - run: pytest
"""

_CDK8S = """\
language: python
app: python main.py
output: dist
"""

_YAML_README = """\
# {name}

Resources stand in `resources/`, what they become in `manifests/`. After a change:

```sh
hzc compile --strict resources -o manifests
```

Commit both: a review shows what changes in the cluster.
"""

_PYTHON_README = """\
# {name}

`main.py` declares what is deployed. After a change:

```sh
pip install '.[test]'       # once
python main.py              # writes dist/
pytest --snapshot-update    # writes what the tests compare with
```

Commit the snapshots: a review shows what changes in the cluster.
"""

_PYPROJECT = """\
[project]
name = "{name}"
version = "0"
requires-python = ">=3.11"
dependencies = ["hanzo-constructs[node]"]

[project.optional-dependencies]
test = ["hanzo-constructs[node,testing]"]

[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[tool.setuptools]
py-modules = ["main"]

[tool.pytest]
minversion = "9"
"""

_TESTS = '''\
"""What is deployed is what was reviewed: the snapshots beside this file say it."""

import pytest

from hanzo_constructs import HanzoApp
from hanzo_constructs.testing import manifests
from main import build


@pytest.fixture
def app():
    app = HanzoApp()
    build(app)
    return app


def test_what_is_written(app, manifest_snapshot):
    assert manifests(app) == manifest_snapshot
'''


def project_files(kind: Kind, name: str, platform: Platform, *, python: bool) -> dict[str, str]:
    """Return the files of a project with one resource of *kind*, by their paths: a program in Python, or documents."""
    sections = resource_sections(kind, name, platform)
    return _python_project(kind, name, sections) if python else _yaml_project(kind, name, sections)


def _yaml_project(kind: Kind, name: str, sections: list[Section]) -> dict[str, str]:
    platform = Platform(namespace="default")
    return {
        ".gitattributes": _GENERATED,
        ".github/workflows/ci.yml": _YAML_JOB,
        ".gitignore": _IGNORED,
        "README.md": _YAML_README.format(name=name),
        "hanzo.yaml": _SETTINGS,
        f"resources/{name}.yaml": yaml_text(kind, name, sections, platform),
    }


def _python_project(kind: Kind, name: str, sections: list[Section]) -> dict[str, str]:
    return {
        ".github/workflows/ci.yml": _PYTHON_JOB,
        ".gitignore": f"{_IGNORED}dist/\n",
        "README.md": _PYTHON_README.format(name=name),
        "cdk8s.yaml": _CDK8S,
        "hanzo.yaml": _SETTINGS,
        "main.py": python_text(kind, name, sections),
        "pyproject.toml": _PYPROJECT.format(name=name),
        "test_main.py": _TESTS,
    }
