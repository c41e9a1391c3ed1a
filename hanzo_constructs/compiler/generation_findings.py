"""Warnings and errors about the image of a Datastore, by what is known of it: its data, its user, its mounts."""

from __future__ import annotations

from collections.abc import Iterator

from ..children.container import waits_by_shell
from ..errors import Finding
from ..kube.fields import shown
from ..kube.paths import clean_path, is_within
from ..platform import Rules, Severity
from ..spec.datastore import Datastore
from ..spec.engines.choosing import runs_as
from ..spec.image import image_reference
from .engine import claim_path, main_user, must_not_be_root, used_image

__all__ = ["generation_findings"]


def generation_findings(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield what an image is taken for, what would lose its data or hide them, and a user that the kubelet refuses."""
    if rules.epoch.image_facts:
        yield from _assumed(datastore, rules)
    yield from _lost_data(datastore, rules)
    yield from _hidden_data(datastore, rules)
    yield from _misplaced_data(datastore, rules)
    yield from _nameless_user(datastore, rules)
    yield from _hook_without_shell(datastore, rules)


def _assumed(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield what is assumed of an image that is not known for certain."""
    chosen = datastore.chosen
    generation, doubt = chosen.generation, chosen.doubt
    if doubt and not chosen.is_likely:
        message = (
            f"{image_reference(used_image(datastore, rules))} is taken for {generation.name}, with its data in"
            f" {generation.data_path}: {doubt}; say what it is with engine: {{generation: <name>}} or"
            " {dataPath: <directory>}"
        )
        yield Finding(message, "spec.image", severity="warning")


def _lost_data(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield an image whose data are not on the claim, so that every restart loses them."""
    spec, chosen = datastore.spec, datastore.chosen
    generation, path = chosen.generation, claim_path(datastore, rules)
    mounts = [path, *(clean_path(each.mount_path) for each in spec.volume_mounts if each.name == spec.claim)]
    told = [
        clean_path(each.value)
        for each in spec.env
        if each.name in generation.environment and each.value and "$(" not in each.value
    ]
    places = told or [generation.data_path]
    if all(any(is_within(place, mount) for mount in mounts) for place in places):
        return
    name = image_reference(used_image(datastore, rules))
    if not generation.keeps_data:
        message = (
            f"{name} keeps no data of its own, and this disk stays empty: it is a proxy to PostgreSQL, whose disk and"
            " backup count"
        )
        yield Finding(message, "spec.storage", severity="warning")
    elif not told:  # where a variable says it, that is where it is reported
        unsure = (chosen.doubt, spec.volume_mounts, spec.command, spec.args, generation.environment and spec.env_from)
        severity: Severity = "warning" if any(unsure) else "error"
        message = (
            f"{name} keeps its data in {generation.data_path}, but epoch {rules.epoch.name} mounts the disk at {path}:"
            f" every restart loses them; write engine: {{dataPath: {generation.data_path}}}, or move to epoch 2026"
        )
        yield Finding(message, "spec.storage", severity=severity)


def _hidden_data(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield mounts at or above the claim, and over what the engine keeps below it."""
    spec, data = datastore.spec, claim_path(datastore, rules)
    below = [place for place in spec.kept_in(datastore.generation).values() if is_within(place, data)]
    for index, mount in enumerate(spec.volume_mounts):
        path, at = clean_path(mount.mount_path), f"spec.volumeMounts[{index}].mountPath"
        if path == data:
            message = f"{shown(mount.mount_path)} is where the engine's data is mounted; choose another path"
            yield Finding(message, at)
            continue
        hidden = [data] if is_within(data, path) else [each for each in below if is_within(each, path)]
        if hidden and (mount.name != spec.claim or hidden == [data]):
            message = f"{shown(mount.mount_path)} would hide the engine's data in {hidden[0]}; choose another path"
            yield Finding(message, at)


def _misplaced_data(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield variables that lead the engine to keep its data elsewhere than on the claim."""
    spec, data = datastore.spec, claim_path(datastore, rules)
    mounts = [clean_path(mount.mount_path) for mount in spec.volume_mounts if mount.name == spec.claim]
    kept = spec.kept_in(datastore.generation)
    for index, variable in enumerate(spec.env):
        place = kept.get(variable.name)
        if place and not any(is_within(place, mount) for mount in (data, *mounts)):
            message = f"{shown(variable.value)} is not in {data}, where the claim is mounted: the data goes elsewhere"
            yield Finding(message, f"spec.env[{index}].value", severity="warning")


def _nameless_user(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield a user whom the kubelet cannot tell from root, where the container must not be root."""
    chosen = datastore.chosen
    user = chosen.generation.user
    if not chosen.is_known or isinstance(user, int) or not must_not_be_root(datastore, rules):
        return
    if main_user(datastore, rules) is None:
        number = runs_as(chosen.generation, used_image(datastore, rules))
        who = f"names its user {user}, not a number" if user else "starts as root"
        message = (
            f"{image_reference(used_image(datastore, rules))} {who}, which the kubelet refuses beside runAsNonRoot: true;"
            f" write containerSecurityContext: {{runAsUser: {number or '<number>'}}}"
        )
        yield Finding(message, "spec.image", severity="warning")


def _hook_without_shell(datastore: Datastore, rules: Rules) -> Iterator[Finding]:
    """Yield a derived hook that the image has no shell for, so that its pods stop without waiting."""
    hooks, chosen = datastore.spec.lifecycle, datastore.chosen
    waits = waits_by_shell(rules) and (hooks is None or hooks.pre_stop is None)
    if waits and chosen.is_known and "sh" not in chosen.generation.programs:
        message = (
            f"{image_reference(used_image(datastore, rules))} has no shell, by which the derived preStop waits: it fails, and"
            " the pod stops at once; write lifecycle: {preStop: {sleep: {seconds: 5}}} where every cluster is 1.30 or later"
        )
        yield Finding(message, "spec.lifecycle", severity="warning")
