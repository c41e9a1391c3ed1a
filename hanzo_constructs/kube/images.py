"""References to images, as container runtimes read them: repository, tag, digest.

Source: `reference/regexp.go` and `normalize.go` of distribution/reference, which kubelets parse images with.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated

from pydantic import AfterValidator

from .fields import shown

__all__ = ["ImageReference", "digest_problem", "image_parts", "image_problem", "repository_problem", "tag_problem"]

_HOST_LABEL = r"(?:[A-Za-z0-9]|[A-Za-z0-9][A-Za-z0-9-]*[A-Za-z0-9])"
_REGISTRY = re.compile(rf"{_HOST_LABEL}(?:\.{_HOST_LABEL})*(?::\d{{1,5}})?\Z", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*\Z", re.ASCII)
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}\Z", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}\Z", re.ASCII)
_LONGEST_REPOSITORY = 255


@lru_cache(maxsize=4096)
def repository_problem(repository: str) -> str:
    """Say why *repository* is not the registry and path of an image."""
    names = repository.split("/")
    if "@" in repository:
        what = shown(repository) if "@sha256:" in repository else "something before '@' (not shown here)"
        return f"must not contain the tag or digest, got {what}; use tag and digest"
    if ":" in names[-1]:
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
    if _DIGEST.match(digest):
        return ""
    # what stands behind a password is no digest, but may have the rest of the password in it
    what = shown(digest) if digest.startswith("sha256:") or not digest else "something else (not shown here)"
    return f"must be sha256: and 64 hexadecimal digits, got {what}"


@lru_cache(maxsize=4096)
def image_problem(reference: str) -> str:
    """Say why *reference* is not `repository[:tag][@digest]`."""
    repository, tag, digest = image_parts(reference)
    right = not repository_problem(repository) and (tag is None or not tag_problem(tag))
    if right and (digest is None or not digest_problem(digest)):
        return ""
    # before '@' there may be a password, and messages end in logs
    what = (
        "something with '@' (not shown here)" if "@" in reference and "@sha256:" not in reference else shown(reference)
    )
    return f"must be an image such as ghcr.io/hanzoai/example:v1.2.3, got {what}"


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


ImageReference = Annotated[str, AfterValidator(_checked)]
"""An image with tag and digest in one text: `ghcr.io/hanzoai/example:v1.2.3`."""
