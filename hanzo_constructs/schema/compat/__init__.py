"""What a new version of CustomResourceDefinitions breaks: for stored objects, for new ones, and for programs that read them."""

from .change import Change as Change
from .change import Severity as Severity
from .definitions import compared as compared

__all__ = ["Change", "Severity", "compared"]
