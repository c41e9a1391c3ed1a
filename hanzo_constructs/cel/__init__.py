"""Expressions of CEL, as Kubernetes has them: compiled, held within bounds, and evaluated by a package that is optional."""

from .errors import CelError
from .expression import Expression, compiled

__all__ = ["CelError", "Expression", "compiled"]
