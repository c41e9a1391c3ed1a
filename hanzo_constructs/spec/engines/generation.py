"""What is known of an image of an engine: facts with their sources, so that what is derived for it fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Credentials", "Exporter", "Generation", "Images", "Metrics", "Source", "Version", "version_of"]

Version = tuple[int, ...]

_VERSION = re.compile(r"v?(\d{1,4}(?:\.\d{1,6}){0,3})(?=\Z|[-_+])")
_OF_POSTGRESQL = re.compile(r"(?:\A|[-_])pg(\d{1,2})(?![0-9])")
_RELEASE = re.compile(r"RELEASE\.(\d{4})-(\d\d)-(\d\d)T")


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: a file of a public repository at a commit."""

    repository: str
    """Owner and name on GitHub."""
    commit: str
    path: str
    read: str
    """The day it was read, as 2026-11-28."""


@dataclass(frozen=True, slots=True)
class Images:
    """Images of one repository whose tags name versions from one up to another."""

    repository: str
    """With its registry; that of Docker Hub is left out, as `postgres`."""
    tags: str = ""
    """What stands in their tags, such as `alpine`."""
    since: Version = ()
    """The first version, such as (18,)."""
    before: Version | None = None
    """The first version that is not meant any more; None: none."""
    untold: bool = False
    """Whether a tag that tells no version (none, latest, a commit) is taken for one of these, which is said then."""
    doubt: str = ""
    """Why an image of these versions may be another one, which is said then; empty: it is known."""


@dataclass(frozen=True, slots=True)
class Credentials:
    """How an engine gets a user or a password, as its image's entry point and its manual say."""

    variables: tuple[str, ...]
    """Variables that the image makes credentials of, or with which somebody says that none are wanted."""
    missing: str
    """What a server is like that has none."""
    remedy: str
    """What to write, so that it has some."""
    options: tuple[str, ...] = ()
    """What stands in the arguments where they name credentials, or a file with some."""
    in_files: bool = False
    """Whether a file that is mounted may hold them."""
    asks: tuple[str, ...] | None = None
    """Variables that make the server ask for credentials; where they are None, all of the above do. Beside these only
    the arguments or a file do, so that a password in a variable alone protects nothing."""
    asking: str = ""
    """What to write, so that the server asks for the password that a variable holds."""
    required: tuple[tuple[str, ...], ...] = ()
    """Variables without which the server does not start or serves nobody: one of each group."""


@dataclass(frozen=True, slots=True)
class Exporter:
    """A public program that makes metrics of what an engine says of itself."""

    image: str
    port: int
    hint: str
    """How it is told where the engine is, in words."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Where an image serves metrics for Prometheus by itself."""

    port: int
    path: str
    variables: Mapping[str, str] = field(default_factory=dict)
    """Variables without which it refuses Prometheus, and their values."""
    args: tuple[str, ...] = ()
    """Arguments without which it serves none."""


@dataclass(frozen=True, slots=True, eq=False)
class Generation:
    """Images of an engine that behave alike.

    Where a text says so, `{name}` stands for the container port of that name.
    """

    name: str
    """As users write it in `engine.generation`."""
    images: tuple[Images, ...]
    """What is known, or taken, to be of this generation."""
    data_path: str
    """Directory below which the image keeps its data: the claim is mounted there."""
    sources: tuple[Source, ...]
    credentials: Credentials
    """How a password gets in, and what becomes of a server without one."""
    user: int | str | None = None
    """User whom the image names, by number or by name; None: it starts as root."""
    runs_as: int | None = None
    """Number of a user that the image can be started as, which is mostly the one that its entry point turns to."""
    alpine_runs_as: int | None = None
    """The same for an image whose tag says that it is one of Alpine; None: no difference."""
    group: int = 65532
    """Group that the files of the claim may belong to, so that the server can write them."""
    volumes: tuple[str, ...] = ()
    """Further volumes of the image: what they hold is lost at every restart."""
    keeps_data: bool = True
    """Whether there are data at all: a proxy keeps them in another server."""
    entry_point: tuple[str, ...] = ()
    """The entry point of the image."""
    listens: tuple[int, ...] = ()
    """Ports that the image listens on beside those of the engine."""
    programs: tuple[str, ...] = ()
    """Programs in the image that probes, hooks and dumps may call; without `sh` it has no shell."""
    saves_itself: bool = False
    """Whether a job with this image can take a backup: it has a shell, what `Engine.dump` calls (`Engine.tools`), and
    a program that uploads."""
    readiness: Mapping[str, Any] | None = None
    """Handler of the readiness probe, `{name}` in a command; None: the primary port accepts connections. It succeeds
    only where the engine answers queries, not while it loads, refuses the password or has lost its primary."""
    ready_when: str = ""
    """What the readiness means in words, where the handler does not say it by itself."""
    metrics: Metrics | None = None
    """Where the image serves metrics; None: nowhere."""
    exporter: Exporter | None = None
    """What makes metrics where the image serves none."""
    args: tuple[str, ...] = ()
    """Arguments without which the image does not serve, `{name}` in them; the user's command or args replace them."""
    port_args: tuple[str, ...] = ()
    """Arguments that tell the image other ports than its own, `{name}` in them; the user's command or args replace
    them."""
    port_variables: Mapping[str, str] = field(default_factory=dict)
    """Variables that tell the image another port than its own, and their values with `{name}`."""
    environment: Mapping[str, str] = field(default_factory=dict)
    """Variables set unless the user sets them: directories below the data directory."""
    scratch: tuple[str, ...] = ()
    """Directories the server writes to beside the data and /tmp; a read-only root filesystem needs volumes there."""
    note: str = ""
    """What else has to be known of it, in words."""


def version_of(tag: str | None) -> Version | None:
    """Return the version that *tag* names: (16, 4) for `16.4-alpine`, (2025, 9, 7) for a release of MinIO.

    An extension of PostgreSQL is of the version of that: (16,) for `0.8.0-pg16`.

    None for `latest`, a commit, the name of a distribution or none at all.
    """
    if tag is None:
        return None
    if found := _RELEASE.match(tag):
        return tuple(map(int, found.groups()))
    if found := _OF_POSTGRESQL.search(tag):
        return (int(found[1]),)
    if found := _VERSION.match(tag):
        return tuple(map(int, found[1].split(".")))
    return None
