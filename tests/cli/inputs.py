"""Resources that the tests of the command line use."""

from __future__ import annotations

__all__ = ["DOUBTFUL", "WRONG", "service"]


def service(name: str, namespace: str | None = "shop", **spec: str) -> str:
    """Return the YAML of a service; *spec* adds fields of one line."""
    placed = f"  namespace: {namespace}\n" if namespace else ""
    fields = "".join(f"  {field}: {value}\n" for field, value in spec.items())
    return (
        f"apiVersion: hanzo.ai/v1\nkind: Service\nmetadata:\n  name: {name}\n{placed}spec:\n"
        f"  image:\n    repository: ghcr.io/hanzoai/{name}\n    tag: v1.2.3\n{fields}"
    )


DOUBTFUL = service("doubtful").replace("v1.2.3", "latest")
"""Compiles with a warning."""

WRONG = service("wrong", replicas="many")
"""Does not compile."""
