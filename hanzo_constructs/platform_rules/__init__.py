"""The rules of a company: stated in the platform settings, asked of resources, of the objects that are written, and of all.

What asks them is in `judge`, which is imported where there are rules.
"""

from .rule import PlatformRule, RuleMatch

__all__ = ["PlatformRule", "RuleMatch"]
