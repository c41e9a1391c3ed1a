"""Whether an object says what another says: every value that somebody wrote arrives, whatever is added.

Values are compared as an API server reads them: quantities by their amount, what is Kubernetes' own default as absent, the
items of lists with a merge key by it, in any order.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hanzo_constructs.kube.quantity import quantity_value

__all__ = ["Missing", "missing"]

Missing = tuple[tuple[str | int, ...], Any]
"""The place of a value that did not arrive, with the keys of items in place of indexes, and the value."""

_DEFAULTS: dict[str, tuple[Any, ...]] = {
    "allocateLoadBalancerNodePorts": (True,),
    "apiVersion": ("v1",),  # of a fieldRef
    "automountServiceAccountToken": (True,),
    "concurrencyPolicy": ("Allow",),
    "defaultMode": (420,),
    "divisor": ("0", 0),
    "dnsPolicy": ("ClusterFirst",),
    "enableServiceLinks": (True,),
    "externalTrafficPolicy": ("Cluster",),
    "failureThreshold": (3,),
    "hostIPC": (False,),
    "hostNetwork": (False,),
    "hostPID": (False,),
    "initialDelaySeconds": (0,),
    "internalTrafficPolicy": ("Cluster",),
    "ipFamilyPolicy": ("SingleStack",),
    "maxSurge": ("25%",),
    "maxUnavailable": ("25%",),
    "minReadySeconds": (0,),
    "nodePort": (0,),
    "optional": (False,),
    "partition": (0,),
    "paused": (False,),
    "periodSeconds": (10,),
    "podManagementPolicy": ("OrderedReady",),
    "privileged": (False,),
    "progressDeadlineSeconds": (600,),
    "protocol": ("TCP",),
    "publishNotReadyAddresses": (False,),
    "readOnly": (False,),
    "replicas": (1,),
    "restartPolicy": ("Always",),
    "revisionHistoryLimit": (10,),
    "schedulerName": ("default-scheduler",),
    "scheme": ("HTTP",),
    "sessionAffinity": ("None",),
    "shareProcessNamespace": (False,),
    "stdin": (False,),
    "successThreshold": (1,),
    "terminationGracePeriodSeconds": (30,),
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "timeoutSeconds": (1,),
    "tty": (False,),
    "type": ("ClusterIP", "RollingUpdate", ""),
    "volumeMode": ("Filesystem",),
}
"""What an API server writes into a field that is left out; a field that nobody has to write may be left out by us too."""
_KEYS = {
    "containers": ("name",),
    "env": ("name",),
    "ephemeralContainers": ("name",),
    "hostAliases": ("ip",),
    "imagePullSecrets": ("name",),
    "initContainers": ("name",),
    "volumeClaimTemplates": ("metadata", "name"),
    "volumeDevices": ("devicePath",),
    "volumeMounts": ("mountPath",),
    "volumes": ("name",),
}
"""How items of a list are told apart: the way to their key."""
_QUANTITIES = {"requests", "limits", "storage", "sizeLimit", "divisor", "averageValue"}


def missing(wanted: Any, got: Any, at: tuple[str | int, ...] = ()) -> Iterator[Missing]:
    """Yield what of *wanted* does not stand in *got* with the same value."""
    if isinstance(wanted, dict):
        if not wanted and got is None:
            return
        for key, value in wanted.items():
            if value is None or ((not isinstance(got, dict) or key not in got) and _is_default(str(key), value)):
                continue
            yield from missing(value, got.get(key) if isinstance(got, dict) else None, (*at, str(key)))
    elif isinstance(wanted, list) and wanted and isinstance(wanted[0], dict):
        yield from _items(wanted, got if isinstance(got, list) else [], at)
    elif not _same(wanted, got, at) and wanted not in ([], ""):
        yield at, wanted


def _items(wanted: list[Any], got: list[Any], at: tuple[str | int, ...]) -> Iterator[Missing]:
    field = str(at[-1]) if at else ""
    if field == "ports":
        yield from _ports(wanted, got, at)
        return
    if (key := _KEYS.get(field)) is None:
        if len(wanted) > len(got) or any(list(missing(*pair)) for pair in zip(wanted, got, strict=False)):
            yield at, wanted
        return
    known = {_key(item, key): item for item in got if isinstance(item, dict)}
    for item in wanted:
        name = _key(item, key)
        if name not in known:
            yield (*at, str(name)), item
        else:
            yield from missing(item, known[name], (*at, str(name)))


def _ports(wanted: list[Any], got: list[Any], at: tuple[str | int, ...]) -> Iterator[Missing]:
    """Compare ports of a container (containerPort) or of a Service (port), which have names that nobody may need."""
    number = "port" if "port" in wanted[0] else "containerPort"
    known = {(item.get(number), item.get("protocol", "TCP")): item for item in got}
    for item in wanted:
        key = (item.get(number), item.get("protocol", "TCP"))
        if key not in known:
            yield (*at, str(key[0])), item
            continue
        rest = {name: value for name, value in item.items() if name != "targetPort"}
        yield from missing(rest, known[key], (*at, str(key[0])))


def _key(item: dict[str, Any], way: tuple[str, ...]) -> Any:
    found: Any = item
    for step in way:
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _is_default(field: str, value: Any) -> bool:
    return value in _DEFAULTS.get(field, ()) or value in ({}, [], "")


def _same(wanted: Any, got: Any, at: tuple[str | int, ...]) -> bool:
    if wanted == got and isinstance(wanted, bool) == isinstance(got, bool):
        return True
    if isinstance(wanted, list) and isinstance(got, list):
        return sorted(map(str, wanted)) == sorted(map(str, got)) and "command" not in at and "args" not in at
    if _QUANTITIES & {str(step) for step in at[-2:]} and isinstance(wanted, str | int | float) and got is not None:
        try:
            return quantity_value(str(wanted)) == quantity_value(str(got))
        except (ValueError, ArithmeticError):
            return False
    return str(wanted) == str(got) and not isinstance(wanted, bool | dict | list)
