"""Rules for how a pod resolves names: its hosts file and its resolver.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateHostAliases` and `validatePodDNSConfig`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ...kube.cidrs import address_problem
from ...kube.fields import shown
from ...kube.model import Problem
from ...kube.names import object_name_problem
from ..repeats import repeated

if TYPE_CHECKING:
    from ...kube.core import HostAlias, PodDNSConfig

__all__ = ["alias_problems", "dns_problems", "is_plain_search"]

_MOST_SERVERS = 3
_MOST_SEARCHES = 32
_LONGEST_SEARCHES = 2048
"""Bytes of all of them, with a space between each two."""
_LONGEST_NAME = 253
_LABEL = r"_?[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?"
_SEARCH = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\Z", re.ASCII)


def alias_problems(aliases: Sequence[HostAlias]) -> Iterator[Problem]:
    """Yield addresses that are none, names that nobody can ask for, and an address that comes twice.

    Server-side apply refuses the last: the list goes by the addresses.
    """
    for index, alias in enumerate(aliases):
        if problem := address_problem(alias.ip):
            yield Problem(("hostAliases", index, "ip"), problem)
        for number, name in enumerate(alias.hostnames or ()):
            if problem := object_name_problem(name):
                yield Problem(("hostAliases", index, "hostnames", number), problem)
    if len(aliases) > 1:
        yield from repeated([alias.ip for alias in aliases], field="ip", at=("hostAliases",))


def dns_problems(config: PodDNSConfig | None, policy: str | None) -> Iterator[Problem]:
    """Yield what is wrong with the *config* of a resolver, and one that is left without servers by the *policy*."""
    servers = (config.nameservers if config else None) or ()
    if policy == "None" and not servers:
        yield Problem(("dnsConfig", "nameservers"), "required beside dnsPolicy None: at least one address")
    if config is None:
        return
    if len(servers) > _MOST_SERVERS:
        yield Problem(("dnsConfig", "nameservers"), f"must have at most {_MOST_SERVERS} entries, got {len(servers)}")
    for index, server in enumerate(servers):
        if problem := address_problem(server):
            yield Problem(("dnsConfig", "nameservers", index), problem)
    yield from _search_problems(config.searches or ())
    for index, option in enumerate(config.options or ()):
        if not option.name:
            yield Problem(("dnsConfig", "options", index, "name"), "required")


def _search_problems(searches: Sequence[str]) -> Iterator[Problem]:
    if len(searches) > _MOST_SEARCHES:
        yield Problem(("dnsConfig", "searches"), f"must have at most {_MOST_SEARCHES} entries, got {len(searches)}")
    elif (size := len(" ".join(searches).encode())) > _LONGEST_SEARCHES:
        yield Problem(("dnsConfig", "searches"), f"must have at most {_LONGEST_SEARCHES} bytes in all, got {size}")
    for index, search in enumerate(searches):
        name = search.removesuffix(".")
        if search != "." and (len(name) > _LONGEST_NAME or not _SEARCH.match(name)):
            message = f"must be a DNS name of at most {_LONGEST_NAME} characters, got {shown(search)}"
            yield Problem(("dnsConfig", "searches", index), message)


def is_plain_search(search: str) -> bool:
    """Tell whether *search* is a domain that every cluster takes: neither the root nor with an underscore."""
    return not object_name_problem(search.removesuffix("."))
