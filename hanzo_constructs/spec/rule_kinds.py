"""The kinds of resources that rules of a platform name: only here is it known which there are."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Finding
from ..kube.fields import field_path, listed, suggestion
from ..platform import Platform
from .kinds import GROUPS, kind_names

__all__ = ["unknown_kind_findings"]


def unknown_kind_findings(platform: Platform) -> Iterator[Finding]:
    """Yield the kinds in the rules of *platform* that are none of their sort, so that nothing would ever be asked."""
    for index, rule in enumerate(platform.rules_):
        for place, kind in enumerate(rule.match.resources):
            if kind != "*" and kind not in (known := kind_names()):
                near = suggestion(kind, known)
                hint = f"did you mean {near}?" if near else f"known are {listed(known)}"
                path = field_path(("rules", index, "match", "resources", place))
                yield Finding(f"is no kind of resources, {hint}", path)
        for place, name in enumerate(rule.match.objects):
            if name.rpartition("/")[0] in {platform.api_group, *GROUPS}:
                path = field_path(("rules", index, "match", "objects", place))
                yield Finding("is a kind of resources, not of what is written of them; name it in resources", path)
