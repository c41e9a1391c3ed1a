"""Say what the definitions in `crds/` break of the last release: `python -m scripts.check_compat`.

The last release is the highest tag such as v0.1.0 that came before this commit. What breaks fails, unless the version of
pyproject.toml may break things: another major version, or before 1.0 another minor one.
"""
# ruff: noqa: INP001 - a script, not a package

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

__all__ = ["last_release", "may_break"]

_FOLDER = "crds"
_RELEASE = re.compile(r"v(\d+)\.(\d+)\.(\d+)")


def main() -> int:
    """Compare in the working directory, and return the exit status."""
    tag = last_release()
    if tag is None:
        print(f"{_FOLDER}: no release yet, so that nothing can break")
        return 0
    if not _git("ls-tree", tag, "--", f"{_FOLDER}/").strip():
        print(f"{_FOLDER}: {tag} has none, so that nothing can break")
        return 0
    version = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    hzc = Path(sys.executable).with_name("hzc")
    compared = subprocess.run([hzc, "compat", f"{tag}:{_FOLDER}", _FOLDER], check=False)
    if compared.returncode == 1 and may_break(tag, version):
        print(f"{version} may break what {tag} took")
        return 0
    return compared.returncode


def last_release() -> str | None:
    """Return the highest tag of a release among the ancestors of this commit; tags of the commit itself are not asked."""
    names = _git("tag", "--merged", "HEAD", "--no-contains", "HEAD").split()
    releases = [name for name in names if _RELEASE.fullmatch(name)]
    return max(releases, key=_numbers, default=None)


def may_break(tag: str, version: str) -> bool:
    """Tell whether *version* may break what the release *tag* took, by semantic versioning."""
    (old, old_minor, _), (new, new_minor, _) = _numbers(tag), _numbers(f"v{version}")
    return new > old or (new == old == 0 and new_minor > old_minor)


def _numbers(tag: str) -> tuple[int, int, int]:
    found = _RELEASE.match(tag)
    if found is None:
        sys.exit(f"{tag}: is no version such as v0.1.0")
    major, minor, patch = map(int, found.groups())
    return major, minor, patch


def _git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout  # noqa: S607 - any git


if __name__ == "__main__":
    sys.exit(main())
