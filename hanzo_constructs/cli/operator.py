"""`hzc operator`: the same compiler in a cluster."""

from __future__ import annotations

import gc

import click

from ..errors import HanzoError
from .options import OptionsOnce, platform_with
from .printing import print_data

__all__ = ["operator"]

_IMAGE = "ghcr.io/hanzoai/hanzo-constructs"
_EXTRA = "hzc operator run needs kopf, kubernetes and prometheus-client; pip install 'hanzo-constructs[operator]'"
_SETTINGS = click.option(
    "--platform", "settings", metavar="FILE", type=click.Path(), help="Platform settings. Default: as for compile."
)
_PORT = click.IntRange(0, 65535)


@click.group(short_help="Run the compiler in a cluster, where resources are applied instead of manifests.")
def operator() -> None:
    """Derive in a cluster what `hzc compile` derives from files: the same objects, kept as they should be."""


@operator.command(cls=OptionsOnce, short_help="Run the operator until it is told to stop.")
@click.option(
    "--namespace", "-n", "namespaces", metavar="NAME", multiple=True, help="Namespace to look after; may be repeated."
)
@click.option("--all-namespaces", "-A", is_flag=True, help="Look after the whole cluster.")
@click.option("--context", metavar="NAME", default="", help="Context of the kubeconfig. Default: the current one.")
@click.option("--health-port", type=_PORT, default=8080, show_default=True, help="Port that answers probes.")
@click.option("--metrics-port", type=_PORT, default=9090, show_default=True, help="Port for Prometheus; 0: none.")
@click.option("--host", metavar="ADDRESS", default="0.0.0.0", show_default=True, help="Address of both ports.")  # noqa: S104
@click.option("--priority", type=click.IntRange(0), help="Of several operators the highest works. Default: any.")
@click.option("--standalone", is_flag=True, help="Work whatever other operators do.")
@_SETTINGS
def run(
    namespaces: tuple[str, ...],
    *,
    all_namespaces: bool,
    context: str,
    health_port: int,
    metrics_port: int,
    host: str,
    priority: int | None,
    standalone: bool,
    settings: str | None,
) -> int:
    """Bring the cluster to what its resources say, and keep it there.

    The cluster is the one that the pod runs in, or that of the kubeconfig. Definitions of the kinds must be installed:
    hzc operator manifests prints them with all else. Of several operators one works, and the others stand by.
    """
    if bool(namespaces) == all_namespaces:
        raise click.UsageError("give --namespace, or --all-namespaces for the whole cluster")
    platform = platform_with(settings, None)
    try:
        from ..controller.process import Options, run
    except ModuleNotFoundError as error:
        if error.name not in {"kopf", "kubernetes", "prometheus_client"}:
            raise
        raise HanzoError(_EXTRA) from None
    gc.enable()  # this process goes on for weeks
    run(
        platform,
        Options(namespaces, context, health_port, metrics_port, host, priority, is_alone=standalone),
    )
    return 0


@operator.command(cls=OptionsOnce, short_help="Print all that installs the operator in a cluster.")
@click.option(
    "--namespace", "-n", metavar="NAME", default="hanzo-system", show_default=True, help="Where the operator runs."
)
@click.option(
    "--watch", "watched", metavar="NAME", multiple=True, help="Namespace to look after, if not the whole cluster."
)
@click.option("--image", metavar="IMAGE", help="Image of the operator. Default: that of this version.")
@_SETTINGS
def manifests(namespace: str, *, watched: tuple[str, ...], image: str | None, settings: str | None) -> int:
    """Print the definitions of the kinds, a role with no more than is needed, and the operator's own workload.

    kubectl apply --server-side takes them, in one go.
    """
    from importlib.metadata import version

    from ..controller.manifests import operator_manifests
    from ..kube.yaml import dump

    platform = platform_with(settings, None)
    found = operator_manifests(platform, namespace, image or f"{_IMAGE}:v{version('hanzo-constructs')}", watched)
    print_data(f"---\n{dump(each)}" for each in found)
    return 0
