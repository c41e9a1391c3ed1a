"""The modules of the package, found on disk: nothing is imported to list them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "hanzo_constructs"


@dataclass(frozen=True)
class Source:
    path: Path

    @property
    def name(self) -> str:
        """The dotted name, as it is imported."""
        parts = self.path.relative_to(ROOT).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @property
    def starts_node(self) -> bool:
        """Whether it may import cdk8s: the constructs and the testing kit for them."""
        return self.path.relative_to(PACKAGE).parts[0] in {"constructs", "testing"}

    @property
    def generated(self) -> bool:
        return (PACKAGE / "kube" / "core") in self.path.parents


SOURCES = [Source(path) for path in sorted(PACKAGE.rglob("*.py"))]
