"""References to images, as container runtimes read them: repository, tag, digest.

Source: `reference/regexp.go` and `normalize.go` of distribution/reference, which kubelets parse images with.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from .fields import has_credentials, shown
from .published import text

__all__ = [
    "CREDENTIALS",
    "DIGEST_FORM",
    "REPOSITORY_FORM",
    "TAG_FORM",
    "ImageReference",
    "digest_problem",
    "image_parts",
    "image_problem",
    "repository_problem",
    "tag_problem",
]

_HOST_LABEL = r"(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])"
_REGISTRY = re.compile(rf"{_HOST_LABEL}(?:\.{_HOST_LABEL})*(?::\d{{1,5}})?\Z", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\Z", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z", re.ASCII)
_LONGEST_REPOSITORY = 255
CREDENTIALS = "must not contain a user or password (not shown here); name the Secret with them in imagePullSecrets"


@lru_cache(maxsize=1024)
def repository_problem(repository: str) -> str:
    """Say why *repository* is not the registry and path of an image."""
    if has_credentials(repository):
        return CREDENTIALS
    names = repository.split("/")
    if "@" in repository or ":" in names[-1]:
        return f"must not contain the tag or digest, got {shown(repository)}; use tag and digest"
    # without a dot, a colon or capitals the first part is no registry, but a name on the default one
    if len(names) > 1 and (names[0] == "localhost" or re.search(r"[.:A-Z]", names[0])):
        registry, *names = names
        if not _REGISTRY.match(registry):
            names = []
    if not names or not all(map(_NAME.match, names)) or len(repository) > _LONGEST_REPOSITORY:
        return f"must be a registry path such as ghcr.io/hanzoai/example, got {shown(repository)}"
    return ""


def tag_problem(tag: str) -> str:
    """Say why *tag* is not the tag of an image."""
    return "" if _TAG.match(tag) else f"must be at most 128 letters, digits, '_', '.' and '-', got {shown(tag)}"


def digest_problem(digest: str) -> str:
    """Say why *digest* is not the digest of an image."""
    return "" if _DIGEST.match(digest) else f"must be sha256: and 64 hexadecimal digits, got {shown(digest)}"


@lru_cache(maxsize=1024)
def image_problem(reference: str) -> str:
    """Say why *reference* is not `repository[:tag][@digest]`."""
    if has_credentials(reference):
        return CREDENTIALS
    repository, tag, digest = image_parts(reference)
    right = not repository_problem(repository) and (tag is None or not tag_problem(tag))
    if right and (digest is None or not digest_problem(digest)):
        return ""
    return f"must be an image such as ghcr.io/hanzoai/example:v1.2.3, got {shown(reference)}"


def image_parts(reference: str) -> tuple[str, str | None, str | None]:
    """Split *reference* into repository, tag and digest; a registry's port is no tag."""
    name, at, after = reference.partition("@")
    digest = after if at else None
    head, colon, tag = name.rpartition(":")
    if colon and "/" not in tag:
        return head, tag, digest
    return name, None, digest


def _checked(value: str) -> str:
    if problem := image_problem(value):
        raise ValueError(problem)
    return value


_LABEL_FORM = "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?"
_REGISTRY_FORM = rf"{_LABEL_FORM}(\.{_LABEL_FORM})*(:[0-9]{{1,5}})?"
_NAME_FORM = r"[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*"
# a first part with a dot is a registry, unless it is the only one
_FIRST_FORM = f"({_REGISTRY_FORM}|[a-z0-9]+((_|__|-+)[a-z0-9]+)*)"
REPOSITORY_FORM = text(f"({_NAME_FORM}|{_FIRST_FORM}(/{_NAME_FORM})+)", most=_LONGEST_REPOSITORY)
TAG_FORM = text("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", most=128)
DIGEST_FORM = text("sha256:[0-9a-f]{64}", most=71)
ImageReference = Annotated[str, AfterValidator(_checked), text(r"[^\s@]+(@sha256:[0-9a-f]{64})?", most=456)]
"""An image with tag and digest in one text: `ghcr.io/hanzoai/example:v1.2.3`."""
