"""Why the children of a resource are what they are: causes found by compiling it again with one thing changed."""

from .cause import Cause
from .deciding import DecidingFields, first_places
from .known_causes import KnownCauses
from .reasons import Reason, reasons

__all__ = ["Cause", "DecidingFields", "KnownCauses", "Reason", "first_places", "reasons"]
