"""The set-level proof: the children of all resources, taken together, fit; every finding is reported at once.

Each promise is a row of the table in `table`, kept by one small function in `checks`. A check sees either one object
while it passes by, or the index of all objects; no manifest is kept.
"""

from .collectors.scaling import scaled_by
from .compiled import Compiled
from .external import External, Use, needs_lines
from .proof import Proof
from .prover import Prover, prove
from .table import CHECKS, Check

__all__ = ["CHECKS", "Check", "Compiled", "External", "Proof", "Prover", "Use", "needs_lines", "prove", "scaled_by"]
