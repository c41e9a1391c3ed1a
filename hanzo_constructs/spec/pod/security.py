"""Rules for what a pod or a container may do.

Source: Kubernetes' `pkg/apis/core/validation/validation.go`, `ValidateSecurityContext`,
`validatePodSpecSecurityContext` and what they call, `validateWindowsHostProcessPod`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...kube.fields import Path, shown
from ...kube.model import Problem
from ...kube.names import object_name_problem
from ..repeats import repeated
from .paths import descending_path_problem

if TYPE_CHECKING:
    from ...kube.core import (
        AppArmorProfile,
        PodSecurityContext,
        SeccompProfile,
        SecurityContext,
        WindowsSecurityContextOptions,
    )

__all__ = ["is_privileged", "pod_security_problems", "security_problems"]

_LONGEST_PATH = 4095
_LONGEST_CREDENTIALS = 64 * 1024
_LONGEST_USER, _LONGEST_DOMAIN = 104, 255

_LONGEST_SYSCTL = 253
_SYSCTL = re.compile(r"(?:[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9](?:[-_a-z0-9]*[a-z0-9])?", re.ASCII)
_NETBIOS = re.compile(r'[^\\/:*?"<>|.\n][^\\/:*?"<>|\n]{0,14}')
_DNS_LABEL = r"[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
_DNS_NAME = re.compile(rf"{_DNS_LABEL}(?:\.{_DNS_LABEL})*")
_NOT_IN_USERS = re.compile(r'["/\\:;|=,+*?<>@\[\]]')


def is_privileged(context: SecurityContext | None) -> bool:
    """Tell whether a container with *context* may do everything on its node."""
    return context is not None and context.privileged is True


def security_problems(context: SecurityContext, at: Path) -> Iterator[Problem]:
    """Yield what contradicts itself in *context*, and what needs a pod that cannot be declared here."""
    if context.proc_mount == "Unmasked":
        message = "needs hostUsers: false of the pod, which cannot be declared here; leave it out"
        yield Problem((*at, "procMount"), message)
    if context.allow_privilege_escalation is False:
        added = context.capabilities.add if context.capabilities else None
        if context.privileged:
            message = "must not be false beside privileged: true; leave one of them out"
            yield Problem((*at, "allowPrivilegeEscalation"), message)
        if "CAP_SYS_ADMIN" in (added or ()):
            message = "must not be false beside the capability CAP_SYS_ADMIN; leave one of them out"
            yield Problem((*at, "allowPrivilegeEscalation"), message)
    yield from _shared_problems(context, at)


def pod_security_problems(context: PodSecurityContext, at: Path) -> Iterator[Problem]:
    """Yield what contradicts itself in the *context* of a pod, and what kubelets cannot set."""
    yield from _shared_problems(context, at)
    sysctls = context.sysctls or ()
    for index, sysctl in enumerate(sysctls):
        if len(sysctl.name) > _LONGEST_SYSCTL or not _SYSCTL.fullmatch(sysctl.name):
            message = f"must be the name of a kernel parameter such as net.core.somaxconn, got {shown(sysctl.name)}"
            yield Problem((*at, "sysctls", index, "name"), message)
    if len(sysctls) > 1:
        yield from repeated([sysctl.name for sysctl in sysctls], field="name", at=(*at, "sysctls"))


def _shared_problems(context: SecurityContext | PodSecurityContext, at: Path) -> Iterator[Problem]:
    """Yield what is wrong with the fields that pods and containers have alike."""
    if context.run_as_non_root and context.run_as_user == 0:
        yield Problem((*at, "runAsUser"), "must not be 0 beside runAsNonRoot: true, or the container never starts")
    if context.seccomp_profile is not None:
        yield from _seccomp_problems(context.seccomp_profile, (*at, "seccompProfile"))
    if context.app_armor_profile is not None:
        yield from _app_armor_problems(context.app_armor_profile, (*at, "appArmorProfile"))
    if context.windows_options is not None:
        yield from _windows_problems(context.windows_options, (*at, "windowsOptions"))


def _seccomp_problems(profile: SeccompProfile, at: Path) -> Iterator[Problem]:
    path = profile.localhost_profile
    if profile.type != "Localhost":
        if path is not None:
            yield Problem((*at, "localhostProfile"), f"must be left out beside type {profile.type}")
    elif not path:
        yield Problem((*at, "localhostProfile"), "required beside type Localhost")
    elif problem := descending_path_problem(path):
        yield Problem((*at, "localhostProfile"), problem)


def _app_armor_problems(profile: AppArmorProfile, at: Path) -> Iterator[Problem]:
    name = profile.localhost_profile
    if profile.type != "Localhost":
        if name is not None:
            yield Problem((*at, "localhostProfile"), f"must be left out beside type {profile.type}")
    elif not name or not name.strip():
        yield Problem((*at, "localhostProfile"), "required beside type Localhost")
    elif name != name.strip():
        yield Problem((*at, "localhostProfile"), f"must not begin or end with white space, got {shown(name)}")
    elif (size := len(name.encode())) > _LONGEST_PATH:
        yield Problem((*at, "localhostProfile"), f"must have at most {_LONGEST_PATH} bytes, got {size}")


def _windows_problems(options: WindowsSecurityContextOptions, at: Path) -> Iterator[Problem]:
    if options.host_process:
        message = "needs hostNetwork: true, which cannot be declared here; leave it out"
        yield Problem((*at, "hostProcess"), message)
    name, credentials, user = options.gmsa_credential_spec_name, options.gmsa_credential_spec, options.run_as_user_name
    if name is not None and (problem := object_name_problem(name)):
        yield Problem((*at, "gmsaCredentialSpecName"), problem)
    if credentials is not None and not 0 < (size := len(credentials.encode())) <= _LONGEST_CREDENTIALS:
        yield Problem((*at, "gmsaCredentialSpec"), f"must have 1 to {_LONGEST_CREDENTIALS} bytes, got {size}")
    if user is not None and not _is_windows_user(user):
        message = f"must be a user of Windows, or DOMAIN\\user, got {shown(user)}"
        yield Problem((*at, "runAsUserName"), message)


def _is_windows_user(name: str) -> bool:
    """Tell whether *name* is a user, with or without a domain, by the lengths and characters that Windows allows."""
    domain, backslash, user = name.rpartition("\\")
    if backslash and (len(domain) > _LONGEST_DOMAIN or not (_NETBIOS.fullmatch(domain) or _DNS_NAME.fullmatch(domain))):
        return False
    if re.search(r"[\x00-\x1f\x7f]", name) or _NOT_IN_USERS.search(user):
        return False
    return 0 < len(user.encode()) <= _LONGEST_USER and bool(user.strip(". "))
