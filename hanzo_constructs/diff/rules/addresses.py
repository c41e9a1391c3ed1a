"""Blocks of IP addresses, and which of them lie in others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

__all__ = ["Block", "within"]


class Block(NamedTuple):
    """Addresses from a network, without those of some networks in it."""

    network: Any
    excepted: tuple[Any, ...] = ()

    @classmethod
    def of(cls, cidr: str, excepted: Iterable[str] = ()) -> Block:
        """Return the block of *cidr* (`10.0.0.0/8`); a ValueError where one is no network."""
        from ipaddress import ip_network  # of use for the few changes that name addresses

        return cls(ip_network(cidr, strict=False), tuple(ip_network(each, strict=False) for each in excepted))


def within(narrow: Block, wide: Block) -> bool:
    """Tell whether each address of *narrow* is one of *wide*."""
    if not _is_in(narrow.network, wide.network):
        return False
    left_out = [each for each in wide.excepted if _is_in(each, narrow.network) or _is_in(narrow.network, each)]
    return all(any(_is_in(each, own) for own in narrow.excepted) for each in left_out)


def _is_in(narrow: Any, wide: Any) -> bool:
    return bool(narrow.version == wide.version and narrow.subnet_of(wide))
