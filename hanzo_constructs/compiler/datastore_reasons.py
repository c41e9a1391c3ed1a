"""Why the children of a Datastore are what they are, where it depends on the engine or on what else is written.

What the engine needs stands before what the user wrote, so that places in the children and fields are not in step.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from ..children.origin import Origin, Origins
from ..platform import Rules
from ..spec.backup import BACKUP_VARIABLES
from ..spec.resource import Datastore
from .engine import claim_group, derived_variables, directory_defaults, first_port, main_user, probed_port

__all__ = ["datastore_origins", "engine_port_origin"]

_MAIN = "spec.template.spec.containers[0]"
_DEFAULTS = Origin(rule="engine_settings")
_JOB = "spec.jobTemplate.spec.template.spec.containers[0]"


def _of_engine(why: str) -> Origin:
    return Origin("spec.type", why=f"{why} of the engine that the kind fixes")


def datastore_origins(datastore: Datastore, rules: Rules) -> Mapping[str, Origins]:
    """Return what is different for the children of *datastore*, by their kind or id."""
    ports = list(_ports(datastore))
    return {
        "StatefulSet": _in_stateful_set(datastore, ports, rules),
        "ConfigMap": {"data": _DEFAULTS},
        "CronJob": _in_cron_job(datastore, ports, rules),
        "ServiceMonitor": {
            "spec.endpoints[0].path": Origin(
                "spec.serviceMonitor.metricsPath", why="where the image has its metrics, or most programs theirs"
            )
        },
        "Service": {
            'metadata.labels["hanzo.ai/service"]': Origin(why="tells the Services of one resource apart"),
            **{
                f"spec.ports[{number}].{part}": _part(port, *fields)
                for number, port in enumerate(ports)
                for part, fields in (
                    ("name", ("name",)),
                    ("port", ("servicePort", "containerPort")),
                    ("targetPort", ("containerPort",)),
                    ("protocol", ("protocol",)),
                    ("appProtocol", ("appProtocol",)),
                )
            },
        },
        "Service-headless": {
            f"spec.ports[{number}].port": _part(port, "containerPort") for number, port in enumerate(ports)
        },
        **{
            f"Service-alias-{alias}": {"metadata.name": Origin(f"spec.serviceAliases[{index}]")}
            for index, alias in enumerate(datastore.spec.service_aliases)
        },
    }


def engine_port_origin(datastore: Datastore, number: int, *fields: str) -> Origin:
    """Return the origin of what the *fields* of the port of that *number* decide."""
    return _part([*_ports(datastore)][number], *fields)


class _Port(NamedTuple):
    """Where a port comes from."""

    field: str
    """The user's, as `spec.ports[1]`; empty when it is the engine's."""
    named: bool
    """Whether the engine has a port of that name."""


def _ports(datastore: Datastore) -> Iterator[_Port]:
    engine = datastore.engine
    numbers = {port.name: index for index, port in enumerate(datastore.spec.ports)}
    names = {port.name for port in engine.ports}
    for port in datastore.spec.all_ports(engine):
        own = numbers.get(port.name)
        yield _Port("" if own is None else f"spec.ports[{own}]", port.name in names)


def _part(port: _Port, *fields: str) -> Origin:
    """Return the origin of what the *fields* of *port* decide."""
    if fields == ("appProtocol",):
        return Origin(f"{port.field}.appProtocol" if port.field else (), rule="engine_protocol")
    if port.named and fields == ("name",):
        return _of_engine("a port")
    if port.field:
        return Origin(tuple(f"{port.field}.{field}" for field in fields))
    return Origin(why="every engine speaks TCP") if fields == ("protocol",) else _of_engine("a port")


def _in_stateful_set(datastore: Datastore, ports: list[_Port], rules: Rules) -> Origins:
    spec = datastore.spec
    needed = derived_variables(datastore, rules)
    probe = f"{_MAIN}.readinessProbe"
    asked = _of_engine("the readiness") if datastore.generation.readiness is None else Origin(rule="engine_readiness")
    return {
        "spec.serviceName": Origin("metadata.name"),
        f"{_MAIN}.image": Origin(("spec.image", "spec.type"), why="the image of the engine that the kind fixes"),
        f"{_MAIN}.args": Origin("spec.args") if spec.args is not None else _of_engine("the arguments"),
        **_container_ports(datastore, ports, rules),
        **_shifted(f"{_MAIN}.env", "spec.env", by=len(needed), count=len(spec.env)),
        **{f"{_MAIN}.env[{number}]": _of_engine("a variable") for number in range(len(needed))},
        **_env_from(_MAIN, datastore, defaults=bool(directory_defaults(datastore, rules))),
        f"{_MAIN}.volumeMounts[0].name": Origin(why="the volume of the data"),
        f"{_MAIN}.volumeMounts[0].mountPath": _of_claim_path(datastore),
        **_of_user(datastore, rules),
        **_shifted(f"{_MAIN}.volumeMounts", "spec.volumeMounts", by=1, count=len(spec.volume_mounts)),
        probe: asked,
        f"{probe}.httpGet.path": asked,
        f"{probe}.httpGet.port": asked,
        f"{probe}.initialDelaySeconds": Origin(rule="engine_readiness"),
        f"{probe}.periodSeconds": Origin(why="often enough that a server that is ready need not wait"),
    }


def _of_claim_path(datastore: Datastore) -> Origin:
    """Return the origin of where the claim is mounted: what is known of the image, or where it has always been."""
    if datastore.spec.engine is not None:
        return Origin(("spec.engine.dataPath", "spec.engine.generation"))
    if datastore.generation.data_path == datastore.engine.operator_directory:
        return _of_engine("the data directory")
    return Origin(rule="image_facts")


def _of_user(datastore: Datastore, rules: Rules) -> Origins:
    """Return the origins of group and user where nobody writes them."""
    found: dict[str, Origin] = {}
    if claim_group(datastore, rules) is not None:
        found["spec.template.spec.securityContext.fsGroup"] = Origin(rule="store_group")
    if main_user(datastore, rules) is not None:
        found[f"{_MAIN}.securityContext.runAsUser"] = Origin(rule="store_group")
    return found


def _container_ports(datastore: Datastore, ports: list[_Port], rules: Rules) -> Origins:
    """Return the origins of the ports of the container: every one, or the one that the old operator named."""
    if rules.epoch.engine_ports:
        asked = {f"{_MAIN}.ports[{len(ports)}]": Origin(rule="engine_ports")} if probed_port(datastore) else {}
        return asked | {
            f"{_MAIN}.ports[{number}].{part}": _part(port, part)
            for number, port in enumerate(ports)
            for part in ("name", "containerPort", "protocol")
        }
    first = first_port(datastore.spec, datastore.engine, rules)
    written = next((index for index, port in enumerate(datastore.spec.ports) if port == first), None)
    number = _of_engine("a port") if written is None else Origin(f"spec.ports[{written}].containerPort")
    return {
        f"{_MAIN}.ports[0]": Origin(rule="engine_ports"),
        f"{_MAIN}.ports[0].containerPort": number,
        f"{_MAIN}.ports[0].protocol": Origin(why="every engine speaks TCP"),
        f"{_MAIN}.readinessProbe.tcpSocket.port": number,
    }


def _in_cron_job(datastore: Datastore, ports: list[_Port], rules: Rules) -> Origins:
    spec, engine = datastore.spec, datastore.engine
    names = [port.name for port in spec.all_ports(engine)]
    port = _part(ports[names.index(engine.dump_port)], "servicePort", "containerPort")
    fixed = len(BACKUP_VARIABLES)
    own = spec.backup is not None and spec.backup.image is not None
    image = {f"{_JOB}.image": Origin(setting="backup_image")} if rules.platform.backup_image and not own else {}
    return {
        **image,
        f"{_JOB}.env[{BACKUP_VARIABLES.index('BACKUP_PORT')}].value": port,
        **_shifted(f"{_JOB}.env", "spec.env", by=fixed, count=len(spec.env)),
        **_env_from(_JOB, datastore),
    }


def _env_from(container: str, datastore: Datastore, *, defaults: bool = False) -> Origins:
    spec = datastore.spec
    first = [Origin("spec.credentialsSecret")] if spec.credentials_secret else []
    if defaults:
        first.append(_DEFAULTS)
    places = {f"{container}.envFrom[{number}]": origin for number, origin in enumerate(first)}
    return {**places, **_shifted(f"{container}.envFrom", "spec.envFrom", by=len(first), count=len(spec.env_from))}


def _shifted(place: str, field: str, *, by: int, count: int) -> Origins:
    """Return the origins of a list that begins with *by* entries of the platform's, before *count* of the user's."""
    return {f"{place}[{index + by}]": Origin(f"{field}[{index}]") for index in range(count)}
