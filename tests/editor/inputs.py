"""Texts of one service, with what a test wants to be different."""

from __future__ import annotations

__all__ = ["SERVICE", "service"]


def service(name: str = "api", *fields: str) -> str:
    """Return a service that is right, with *fields*, which are lines of its spec."""
    lines = [
        "apiVersion: hanzo.ai/v1",
        "kind: Service",
        "metadata:",
        f"  name: {name}",
        "  namespace: shop",
        "spec:",
        "  image: ghcr.io/acme/api:v1.0.0",
        *(f"  {field}" for field in fields),
    ]
    return "\n".join([*lines, ""])


SERVICE = service()
