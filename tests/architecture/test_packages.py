"""What is published: a wheel with the package and nothing else, and a source distribution that gives the same wheel."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = {
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "hanzo_constructs").rglob("*")
    if path.is_file() and path.suffix != ".pyc"
}


def build(target: str, source: Path, out: Path) -> Path:
    """Build *target* (sdist, wheel) of the project in *source*, with the builder that is installed."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out)]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (built,) = out.iterdir()
    return built


def unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write the files of *archive* below *folder*; not every Python 3.11 has `extractall` with a filter."""
    for member in archive:
        if content := archive.extractfile(member):
            path = folder / member.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.read())


def test_the_source_distribution_gives_the_wheel(tmp_path: Path) -> None:
    with tarfile.open(build("sdist", ROOT, tmp_path / "sdist")) as archive:
        unpack(archive, tmp_path / "unpacked")
    (source,) = (tmp_path / "unpacked").iterdir()
    held = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    about = {"CHANGELOG.md", "LICENSE", "README.md", "pyproject.toml", "PKG-INFO", ".gitignore"}
    assert held == PACKAGE | about  # no tests: they need the apps, the scripts and the lock files
    with zipfile.ZipFile(build("wheel", source, tmp_path / "wheel")) as wheel:
        assert {name for name in wheel.namelist() if ".dist-info/" not in name} == PACKAGE
