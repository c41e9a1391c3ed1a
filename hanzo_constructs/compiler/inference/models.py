"""How a model reaches the engine: by name, or as files that are mounted or fetched before it starts."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from ...kube.expansion import escaped
from ...platform import Rules
from ...spec.image import ImageSpec, image_reference
from ...spec.inference.blocks import CACHE_FOLDER
from ...spec.inference.model_ref import ClaimModel, HubModel, ImageModel, NamedModel, StoreModel, parsed
from ...spec.inference.spec import MODEL_MOUNT, InferenceServiceSpec
from ...spec.short_forms import image_of

__all__ = ["LOADER_IMAGE", "Placed", "image_volumes", "loader_image", "placed"]

LOADER_IMAGE = "docker.io/amazon/aws-cli:2.27.0"
"""Image with the AWS command line (aws/aws-cli, docker/README.md): its entry point is `aws`."""
_LOADER = "model"
_VOLUME = "model"
_IMAGE_VOLUMES = "ImageVolume"
_IMAGE_VOLUMES_SINCE, _IMAGE_VOLUMES_ON_SINCE = 31, 35
"""Kubernetes 1.31 knows volumes of images, 1.35 enables them."""


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a model is for the engine, and what brings it there."""

    model: str
    """Its name, or the folder of its files."""
    revision: str | None = None
    volumes: tuple[dict[str, Any], ...] = ()
    mounts: tuple[dict[str, Any], ...] = ()
    loader: dict[str, Any] | None = None
    """The init container that fetches it."""


def image_volumes(rules: Rules) -> bool:
    """Tell whether images can be mounted on every cluster of the platform."""
    platform = rules.platform
    minor = platform.kubernetes_minor
    gated = _IMAGE_VOLUMES in platform.feature_gates and minor >= _IMAGE_VOLUMES_SINCE
    return gated or minor >= _IMAGE_VOLUMES_ON_SINCE


def loader_image(spec: InferenceServiceSpec) -> ImageSpec:
    """Return the image that fetches models from s3://."""
    return spec.loader_image or ImageSpec.model_validate(image_of(LOADER_IMAGE))


def placed(reference: str, spec: InferenceServiceSpec, wrote: dict[str, Any], rules: Rules) -> Placed:
    """Return where the model of *reference* is, in pods of *spec*, of which the user *wrote* that in wire names."""
    match parsed(reference):
        case NamedModel(name):
            return Placed(name)
        case HubModel(name, revision):
            return Placed(name, revision)
        case StoreModel(bucket, prefix):
            return _fetched(f"s3://{bucket}/{prefix}", f"{bucket}/{prefix}", spec, wrote)
        case ImageModel(image, folder):
            return _mounted(image, folder) if image_volumes(rules) else _copied(image, folder)
        case ClaimModel(claim, folder):
            source = {"persistentVolumeClaim": {"claimName": claim, "readOnly": True}}
            return Placed(
                f"{MODEL_MOUNT}/{folder}".rstrip("/"),
                volumes=({"name": _VOLUME, **source},),
                mounts=(_mount(read_only=True),),
            )


def _mount(*, read_only: bool) -> dict[str, Any]:
    return {"name": _VOLUME, "mountPath": MODEL_MOUNT, **({"readOnly": True} if read_only else {})}


def _mounted(image: str, folder: str) -> Placed:
    volume = {"name": _VOLUME, "image": {"reference": image, "pullPolicy": "IfNotPresent"}}
    return Placed(f"{MODEL_MOUNT}{folder}".rstrip("/"), volumes=(volume,), mounts=(_mount(read_only=True),))


def _copied(image: str, folder: str) -> Placed:
    """Return the model in *folder* of *image* copied by the image itself, which must hold the program cp for that."""
    loader = {
        "name": _LOADER,
        "image": image,
        "command": ["cp", "-r", escaped(f"{folder.rstrip('/')}/."), MODEL_MOUNT],
        "volumeMounts": [_mount(read_only=False)],
    }
    volume = {"name": _VOLUME, "emptyDir": {}}
    return Placed(MODEL_MOUNT, volumes=(volume,), mounts=(_mount(read_only=True),), loader=loader)


def _fetched(url: str, folder: str, spec: InferenceServiceSpec, wrote: dict[str, Any]) -> Placed:
    """Return the model below *url* fetched into the *folder* of the cache, or into the pod; variables hold credentials."""
    place = f"{CACHE_FOLDER}/s3/{folder}" if spec.cache else MODEL_MOUNT
    mount = {"name": "cache", "mountPath": CACHE_FOLDER} if spec.cache else _mount(read_only=False)
    image = loader_image(spec)
    loader = {
        "name": _LOADER,
        "image": image_reference(image),
        **({"imagePullPolicy": image.pull_policy} if image.pull_policy else {}),
        "args": ["s3", "sync", "--no-progress", escaped(url), escaped(place)],
        **{field: deepcopy(wrote[field]) for field in ("env", "envFrom") if wrote.get(field)},
        "volumeMounts": [mount],
    }
    if spec.cache:
        return Placed(place, loader=loader)
    return Placed(place, volumes=({"name": _VOLUME, "emptyDir": {}},), mounts=(_mount(read_only=True),), loader=loader)
