"""What is raised where a model cannot be published."""

from __future__ import annotations

from ..errors import HanzoError

__all__ = ["SchemaError"]


class SchemaError(HanzoError):
    """A model has a form that no structural schema can say: a mistake in the model or in the passes."""
