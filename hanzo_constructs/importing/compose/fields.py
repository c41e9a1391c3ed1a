"""Fields of a service, and what each is in a pod; what has no meaning there is named with the reason."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from ...kube.expansion import escaped
from ...kube.fields import Path
from ..notes import Notes
from .services import Service
from .words import bytes_of, is_true, seconds, text_of, whole, words

__all__ = ["MEANINGLESS", "QUIET", "commands", "container_security", "probe", "remaining", "resources"]

QUIET = frozenset(
    (
        *("image", "environment", "env_file", "ports", "expose", "volumes", "tmpfs", "secrets", "configs", "command"),
        *(
            "entrypoint",
            "depends_on",
            "links",
            "healthcheck",
            "deploy",
            "user",
            "profiles",
            "container_name",
            "hostname",
        ),
        *(
            "mem_limit",
            "mem_reservation",
            "cpus",
            "cpu_count",
            "scale",
            "cap_add",
            "cap_drop",
            "privileged",
            "read_only",
        ),
        *("stop_grace_period", "extra_hosts", "pull_policy", "working_dir", "security_opt", "shm_size", "group_add"),
        *("restart", "networks", "build", "stdin_open", "tty", "init", "attach", "logging", "labels", "annotations"),
    )
)
"""Fields that are read elsewhere, or that say nothing of what runs: a terminal, logs, labels of Docker."""

MEANINGLESS: Mapping[str, str] = {
    "network_mode": "a pod has a network of its own",
    "devices": "pods get devices from device plugins; ask for them in resources",
    "pid": "a pod has processes of its own",
    "ipc": "a pod has shared memory of its own; mount an emptyDir of medium Memory at /dev/shm",
    "extends": "other services are not read into this one; write its fields here",
    "platform": "nodes say what they run; choose them with nodeSelector",
    "ulimits": "limits of processes are those of the node",
    "sysctls": "a cluster must allow them; write securityContext.sysctls",
    "develop": "is for the machine of a developer",
    "dns": "write dnsConfig",
    "stop_signal": "is that of the image",
    "mac_address": "a pod gets its own",
    "runtime": "choose a runtime class with an overlay",
    "gpus": "ask for them in resources",
    "userns_mode": "a cluster decides it",
    "cgroup_parent": "a cluster decides it",
}
"""Fields that nothing in a pod stands for, with what to do instead."""

_CURL = re.compile(r"https?://(?:localhost|127\.0\.0\.1|0\.0\.0\.0)(?::(\d+))?(/[\w./-]*)?\Z")
_TOOLS = {"curl", "wget"}
_NOISE = re.compile(r"(\|\|\s*exit\s*\d*|2?>&?\s*\S+)")


def commands(service: Service, notes: Notes) -> dict[str, Any]:
    """Return command and args: the entry point and the command of compose."""
    found = {}
    for field, name in (("entrypoint", "command"), ("command", "args")):
        value = service.body.get(field)
        if value in (None, "", []):
            continue
        split = words(value)
        if split is None:
            notes.left(("services", service.key, field), value, "is no command that can be split into words")
        else:
            found[name] = [escaped(each) for each in split]
    return found


def probe(service: Service, notes: Notes) -> dict[str, Any] | None:
    """Return the readiness probe of a health check: by HTTP where it does nothing but ask a URL of its own."""
    check = service.body.get("healthcheck")
    at = ("services", service.key, "healthcheck")
    if not isinstance(check, dict) or is_true(check.get("disable")):
        return None
    test = check.get("test")
    command = _check_command(test)
    if command is None:
        if test not in (None, ["NONE"]):
            notes.left((*at, "test"), test, "is no command that can be read")
        return None
    found = _http(command, service) or {"exec": {"command": command}}
    fields = (("interval", "periodSeconds"), ("timeout", "timeoutSeconds"), ("start_period", "initialDelaySeconds"))
    for field, name in fields:
        if (value := check.get(field)) is None:
            continue
        if (number := seconds(value)) is None:
            notes.left((*at, field), value, "is no duration such as 30s")
        else:
            found[name] = number if field == "start_period" else max(1, number)
    if (retries := check.get("retries")) is not None:
        if number := whole(retries):
            found["failureThreshold"] = number
        else:
            notes.left((*at, "retries"), retries, "is no number of attempts")
    return found


def _check_command(test: Any) -> list[str] | None:
    if isinstance(test, str):
        return ["sh", "-c", test]
    if isinstance(test, list) and len(test) > 1:
        rest = [text_of(each) for each in test[1:]]
        return {"CMD": rest, "CMD-SHELL": ["sh", "-c", " ".join(rest)]}.get(text_of(test[0]))
    return None


def _http(command: list[str], service: Service) -> dict[str, Any] | None:
    """Return the probe by HTTP that *command* is, if it is one of a port that is declared."""
    try:
        split = shlex.split(_NOISE.sub("", command[2])) if command[:2] == ["sh", "-c"] else command
    except (ValueError, IndexError):
        return None
    if not split or split[0].rpartition("/")[2] not in _TOOLS:
        return None
    urls = [matched for each in split[1:] if (matched := _CURL.match(each))]
    others = [each for each in split[1:] if not each.startswith("-") and not _CURL.match(each) and each != "/dev/null"]
    if len(urls) != 1 or others or urls[0][0].startswith("https"):
        return None
    number = int(urls[0][1] or 80)
    if number not in {port.target for port in service.ports}:
        return None
    return {"path": urls[0][2] or "/", "port": number}


def resources(service: Service, notes: Notes) -> dict[str, Any]:
    """Return requests and limits, from `deploy` or from the older fields beside it."""
    body, at = service.body, ("services", service.key)
    deploy = body.get("deploy")
    written = deploy.get("resources") if isinstance(deploy, dict) else None
    written = written if isinstance(written, dict) else {}
    found: dict[str, Any] = {}
    older = {"limits": ("cpus", "mem_limit"), "reservations": ("", "mem_reservation")}
    for field, name in (("reservations", "requests"), ("limits", "limits")):
        amounts = written.get(field)
        amounts = dict(amounts) if isinstance(amounts, dict) else {}
        cpu, memory = (body.get(each) for each in older[field])
        amounts = {"cpus": cpu, "memory": memory} | amounts
        here = {}
        if amounts["cpus"] not in (None, "", 0):
            here["cpu"] = text_of(amounts["cpus"])
        if amounts["memory"] not in (None, "", 0):
            if (quantity := bytes_of(amounts["memory"])) is None:
                notes.left((*at, "deploy", "resources", field, "memory"), amounts["memory"], "is no amount of bytes")
            else:
                here["memory"] = quantity
        for other in amounts.keys() - {"cpus", "memory"}:
            notes.left((*at, "deploy", "resources", field, other), amounts[other], "ask for it in resources.limits")
        if here:
            found[name] = here
    return found


def container_security(service: Service, notes: Notes) -> dict[str, Any]:
    """Return the security context of the container."""
    body, at = service.body, ("services", service.key)
    found: dict[str, Any] = {}
    if user := text_of(body.get("user")):
        ids = user.split(":")
        if all(each.isdecimal() for each in ids) and len(ids) <= 2:
            found |= dict(zip(("runAsUser", "runAsGroup"), map(int, ids), strict=False))
        else:
            notes.left((*at, "user"), user, "is a name, which a cluster cannot look up; write its number")
    capabilities = {}
    for field, name in (("cap_add", "add"), ("cap_drop", "drop")):
        if isinstance(body.get(field), list):
            capabilities[name] = [text_of(each).upper().removeprefix("CAP_") for each in body[field]]
    found |= {"capabilities": capabilities} if capabilities else {}
    found |= {"privileged": True} if is_true(body.get("privileged")) else {}
    found |= {"readOnlyRootFilesystem": True} if is_true(body.get("read_only")) else {}
    for index, option in enumerate(body.get("security_opt") or ()):
        if text_of(option).replace("=", ":") in {"no-new-privileges", "no-new-privileges:true"}:
            found["allowPrivilegeEscalation"] = False
        else:
            notes.left((*at, "security_opt", index), option, "write containerSecurityContext")
    return found


def remaining(service: Service, notes: Notes, handled: Callable[[str], bool]) -> None:
    """Note every field that nobody has read."""
    at: Path = ("services", service.key)
    for field, value in service.body.items():
        if handled(field) or field in QUIET or field.startswith("x-"):
            continue
        notes.left((*at, field), value, MEANINGLESS.get(field, "has no counterpart in a resource"))
