"""Where a model comes from: a reference is parsed once, into one of the forms below.

The forms, and how each is written, are those that KServe's storage initializer and model cars made common
(kserve/kserve, `python/storage/kserve_storage/kserve_storage.py` and `pkg/webhook/admission/pod`).
"""

from __future__ import annotations

import re
from typing import Annotated, NamedTuple

from pydantic import AfterValidator

from ...kube.fields import discreet, shown
from ...kube.images import digest_problem, image_parts, repository_problem, tag_problem
from ...kube.names import object_name_problem

__all__ = ["SCHEMES", "ClaimModel", "HubModel", "ImageModel", "Model", "ModelRef", "NamedModel", "StoreModel", "parsed"]

MODEL_FOLDER = "/models"
"""Where images hold their model, unless the reference says otherwise: the convention of KServe's model cars."""
_HUB = re.compile(r"(?P<name>[\w.-]+/[\w.-]+)(?::(?P<revision>[\w./-]+))?\Z", re.ASCII)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\Z")
_WORD = re.compile(r"[!-~]+\Z")


class NamedModel(NamedTuple):
    """A name that the engine knows, or finds in the registry that it is set up for."""

    name: str


class HubModel(NamedTuple):
    """A model of the Hugging Face hub: `hf://organisation/name`, and `:revision` behind it."""

    name: str
    revision: str | None


class StoreModel(NamedTuple):
    """What lies below a prefix of a bucket: `s3://bucket/prefix`."""

    bucket: str
    prefix: str


class ImageModel(NamedTuple):
    """A folder of an image: `oci://ghcr.io/acme/model:v1`, and `//folder` behind it where it is not /models."""

    reference: str
    folder: str


class ClaimModel(NamedTuple):
    """A folder of a claim that exists: `pvc://claim/folder`."""

    claim: str
    folder: str


Model = NamedModel | HubModel | StoreModel | ImageModel | ClaimModel


def parsed(reference: str) -> Model:
    """Return where *reference* leads; raises ValueError that says what is wrong with it, and how it is written."""
    if not _WORD.match(reference):
        raise ValueError(f"must be a reference without spaces, such as hf://acme/llama, got {shown(reference)}")
    scheme, separator, rest = reference.partition("://")
    if not separator:
        if reference.startswith("-"):
            raise ValueError(f"must not begin with '-', or the engine takes it for an option, got {shown(reference)}")
        return NamedModel(reference)
    if (parse := _PARSERS.get(scheme)) is None:
        known = ", ".join(f"{each}://" for each in _PARSERS)
        raise ValueError(f"must be a name that the engine knows, or begin with {known}, got {discreet(reference)}")
    if not rest:
        raise ValueError(f"must name a model behind {scheme}://, got {shown(reference)}")
    return parse(rest, reference)


def _hub(rest: str, reference: str) -> Model:
    if not (found := _HUB.match(rest)):
        raise ValueError(f"must be hf://<organisation>/<model>, with :<revision> if need be, got {discreet(reference)}")
    return HubModel(found["name"], found["revision"])


def _store(rest: str, reference: str) -> Model:
    bucket, _, prefix = rest.partition("/")
    if not _BUCKET.match(bucket) or not prefix.strip("/") or _leaves(prefix):
        raise ValueError(f"must be s3://<bucket>/<prefix of the files>, got {discreet(reference)}")
    return StoreModel(bucket, prefix.strip("/"))


def _image(rest: str, reference: str) -> Model:
    image, separator, folder = rest.partition("//")
    repository, tag, digest = image_parts(image)
    problem = repository_problem(repository) or (tag_problem(tag) if tag else "")
    if problem or (digest is not None and digest_problem(digest)) or _leaves(folder):
        raise ValueError(f"must be oci://<image>, with //<folder> in it if need be, got {discreet(reference)}")
    return ImageModel(image, f"/{folder.strip('/')}" if separator else MODEL_FOLDER)


def _claim(rest: str, reference: str) -> Model:
    claim, _, folder = rest.partition("/")
    if object_name_problem(claim) or _leaves(folder):
        raise ValueError(f"must be pvc://<claim>/<folder of the files>, got {discreet(reference)}")
    return ClaimModel(claim, folder.strip("/"))


def _leaves(folder: str) -> bool:
    return any(part in (".", "..") for part in folder.split("/"))


_PARSERS = {"hf": _hub, "s3": _store, "oci": _image, "pvc": _claim}
SCHEMES = tuple(_PARSERS)
"""What stands before `://` in references to models, beside names without it."""


def _checked(reference: str) -> str:
    parsed(reference)
    return reference


ModelRef = Annotated[str, AfterValidator(_checked)]
"""A reference to a model, kept as written."""
