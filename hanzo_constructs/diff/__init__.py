"""What changes from one set of Kubernetes objects to another, and what each change does to what runs."""

from .changes import FieldChange as FieldChange
from .changes import ObjectChange as ObjectChange
from .compare import Difference as Difference
from .compare import difference as difference
from .consequence import Consequence as Consequence
from .consequence import Effect as Effect
from .consequence import Sets as Sets
from .rules import RULES as RULES
from .rules import Rule as Rule

__all__ = ["RULES", "Consequence", "Difference", "Effect", "FieldChange", "ObjectChange", "Rule", "Sets", "difference"]
