"""`hzc crds` and `hzc schema`: what is published of the kinds, for clusters and for editors."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .kinds import all_kinds, kind_meant, kind_of_any_version
from .options import OptionsOnce, platform_with
from .printing import counted, print_data, print_line, safe, tell

if TYPE_CHECKING:
    from ..platform import Platform
    from ..spec.kind import Kind

__all__ = ["crds", "schema_command"]

_STDOUT = "-"
_KINDS = click.argument("kinds", nargs=-1, metavar="[KIND]...")
_OUTPUT = click.option(
    "--output",
    "-o",
    metavar="DIR|-",
    default=_STDOUT,
    show_default=True,
    type=click.Path(allow_dash=True),
    help="Directory to write to, or - for the standard output.",
)
_GROUP = click.option(
    "--api-group", metavar="GROUP", help="API group of the kinds. Default: apiGroup of the platform settings."
)
_SETTINGS = click.option(
    "--platform", "settings", metavar="FILE", type=click.Path(), help="Platform settings. Default: as for compile."
)


@click.command(cls=OptionsOnce, short_help="Print or write the CustomResourceDefinitions of the kinds.")
@_KINDS
@click.option(
    "--policies",
    is_flag=True,
    help="Print the rules of the platform settings as ValidatingAdmissionPolicies, in place of definitions.",
)
@_GROUP
@_OUTPUT
@_SETTINGS
def crds(kinds: tuple[str, ...], *, policies: bool, api_group: str | None, output: str, settings: str | None) -> int:
    """Print the CustomResourceDefinition of each KIND, or of all kinds.

    KIND is the name of a kind, its plural or its short name; HanzoService, HanzoDatastore, HanzoGateway and BaseApp of
    v1alpha1, which are deprecated, are printed only by name. In DIR each definition gets a file; files that an earlier
    run wrote and that are not needed any more are removed, and what was applied stays in the cluster.
    """
    from ..kube.yaml import dump
    from ..schema.crd import custom_resource_definition

    platform = _platform(settings, api_group)
    if policies:
        _write(_policy_texts(kinds, platform), output)
        return 0
    chosen = [*dict.fromkeys(map(kind_of_any_version, kinds))] if kinds else all_kinds()
    definitions = [custom_resource_definition(kind, platform) for kind in chosen]
    texts = {f"{each['metadata']['name']}.yaml": f"---\n{dump(each)}" for each in definitions}
    _write(texts, output)
    return 0


@click.command("schema", cls=OptionsOnce, short_help="Print or write JSON Schemas for editors.")
@_KINDS
@click.option(
    "--kustomize", is_flag=True, help="Write what Kustomize must know of the kinds to DIR, in place of schemas."
)
@_GROUP
@_OUTPUT
@_SETTINGS
def schema_command(
    kinds: tuple[str, ...], *, kustomize: bool, api_group: str | None, output: str, settings: str | None
) -> int:
    """Print one JSON Schema for resources of each KIND, or of all kinds.

    KIND is the name of a kind, its plural or its short name. Into DIR go a schema for each kind, as
    {group}/{kind}_{version}.json, all.json for resources of all of them, and hanzo.json for platform settings. An editor
    finds the schema by the first line of a file: # yaml-language-server: $schema=schemas/all.json

    With --kustomize, DIR becomes a component of Kustomize, for components of a kustomization: it says in which fields
    images and names of other objects stand, and by which field the items of a list are told apart.
    """
    from ..schema.json_schema import kind_schema, kinds_schema, settings_schema

    platform, chosen = _platform(settings, api_group), _chosen(kinds)
    if kustomize:
        if output == _STDOUT:
            raise click.UsageError("--kustomize needs --output DIR, because it writes several files")
        _write(_kustomize_texts(chosen, platform), output)
        return 0
    if output == _STDOUT:
        print_data([_json(kind_schema(chosen[0], platform) if len(chosen) == 1 else kinds_schema(chosen, platform))])
        return 0
    texts = {_catalog_name(kind, platform): _json(kind_schema(kind, platform)) for kind in chosen}
    texts |= {"all.json": _json(kinds_schema(chosen, platform)), "hanzo.json": _json(settings_schema())}
    _write(texts, output)
    return 0


def _policy_texts(kinds: tuple[str, ...], platform: Platform) -> dict[str, str]:
    """Return the files of the policies of *platform*; say on the standard error which rules no cluster can ask."""
    from ..kube.yaml import dump_all
    from ..schema.policies import SINCE, admission_policies

    if kinds:
        raise click.UsageError("--policies takes no KIND: a rule says itself what it is asked of")
    if platform.kubernetes_minor < SINCE:
        message = f"--policies needs Kubernetes 1.{SINCE}, and the setting kubernetes is {platform.kubernetes}"
        raise click.UsageError(message)
    found = admission_policies(platform)
    for name, reason in found.left_out:
        print_line(safe(f"note: rule {name}: left out: {reason}"))
    if not found.manifests:
        print_line("note: there is no policy: the platform settings state no rule that a cluster can ask")
    pairs = [*zip(found.manifests[::2], found.manifests[1::2], strict=True)]
    return {f"{pair[0]['metadata']['name']}.policy.yaml": f"---\n{dump_all(pair)}" for pair in pairs}


def _kustomize_texts(kinds: list[Kind], platform: Platform) -> dict[str, str]:
    from ..kube.yaml import dump
    from ..schema.kustomize import component, configuration, merge_schema

    return {
        "kustomization.yaml": f"---\n{dump(component('configuration.yaml', 'openapi.json'))}",
        "configuration.yaml": f"---\n{dump(configuration(kinds, platform))}",
        "openapi.json": _json(merge_schema(kinds, platform)),
    }


def _catalog_name(kind: Kind, platform: Platform) -> str:
    """Return the file of the schema of *kind* in the layout of catalogs that editors and kubeconform read."""
    group, _, version = kind.api_version(platform).partition("/")
    return f"{group}/{kind.name.lower()}_{version}.json"


def _platform(settings: str | None, api_group: str | None) -> Platform:
    from ..kube.names import object_name_problem

    platform = platform_with(settings, None)
    if api_group is None:
        return platform
    problem = object_name_problem(api_group)
    if problem or "." not in api_group:
        raise click.BadParameter(
            problem or f"must be a DNS name with a dot, got {api_group}", param_hint="'--api-group'"
        )
    return platform.model_copy(update={"api_group": api_group})


def _chosen(names: tuple[str, ...]) -> list[Kind]:
    """Return the kinds that are meant by *names*, each of them once; all kinds where there are none."""
    return [*dict.fromkeys(map(kind_meant, names))] if names else all_kinds()


def _json(schema: Mapping[str, object]) -> str:
    import json

    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _write(texts: Mapping[str, str], output: str) -> None:
    if not output:  # the text of an unset variable
        raise click.UsageError("--output must name a directory, and the name is empty")
    if output == _STDOUT:
        print_data(texts.values())
        return
    from ..output.directory import write_directory

    change = write_directory(Path(output), texts)
    for name in change.removed:
        print_line(safe(f"note: {output}/{name}: removed; what was applied from it stays in the cluster"))
    tell(
        f"{output}: {counted(len(change.written), 'file')} written, "
        f"{len(change.unchanged)} unchanged, {len(change.removed)} removed"
    )
