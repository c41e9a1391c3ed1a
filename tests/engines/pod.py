"""The container of a compiled Datastore as a process of this machine: what a kubelet and a container runtime do of it.

Its root file system is that of this machine under a layer of its own, so that the programs are those installed here and
what is written beside the claim is gone when the container is. The claim is mounted where the manifest says, belongs to
the group that it says, and the ports are those of a network with nothing else in it.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import re
import socket
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanzo_constructs import Platform, compile_resource, parse

__all__ = ["CAPABLE", "Pod", "compiled", "network"]

CAPABLE = os.geteuid() == 0 and Path("/proc/sys/kernel").exists()
"""Whether namespaces can be made here."""
_NEWNET = 0x40000000
_MOUNTS = """\
set -e
mount -t tmpfs -o mode=755 layers "$1/layers"
mkdir -p "$1/layers/upper" "$1/layers/work"
mount -t overlay -o "lowerdir=/,upperdir=$1/layers/upper,workdir=$1/layers/work" root "$1/root"
for each in dev proc; do mount --rbind "/$each" "$1/root/$each"; done
rm -rf "$1/root$2"
mkdir -p "$1/root$2" "$1/root/tmp"
mount --bind "$1/claim" "$1/root$2"
echo image:x:999:999::/: >> "$1/root/etc/passwd"
echo ready
exec sleep infinity
"""


@contextmanager
def network() -> Iterator[None]:
    """Have this process, and those that it starts, in a network with nothing but a loopback device until the block ends."""
    libc = ctypes.CDLL(None, use_errno=True)
    with Path("/proc/thread-self/ns/net").open("rb") as before:
        assert libc.unshare(_NEWNET) == 0, os.strerror(ctypes.get_errno())
        try:
            with socket.socket() as any_socket:
                up = struct.pack("16sh", b"lo", 0x1 | 0x40)
                fcntl.ioctl(any_socket, 0x8914, up + bytes(14))
            yield
        finally:
            assert libc.setns(before.fileno(), _NEWNET) == 0


def compiled(engine: str, image: str, epoch: int, **spec: Any) -> dict[str, Any]:
    """Return the pod of a Datastore as a StatefulSet has it."""
    platform = Platform(namespace="shop", epoch=str(epoch))
    repository, _, tag = image.partition(":")
    whole = {
        "type": engine,
        "image": {"repository": repository, "tag": tag},
        "storage": {"size": "1Gi"},
        "credentialsSecret": "credentials",
        **spec,
    }
    metadata = {"name": "db", "namespace": "shop"}
    resource = parse({"apiVersion": "hanzo.ai/v1", "kind": "Datastore", "metadata": metadata, "spec": whole}, platform)
    (found,) = [child.manifest for child in compile_resource(resource, platform).children if child.id == "StatefulSet"]
    pod: dict[str, Any] = found["spec"]["template"]["spec"]
    return pod


@dataclass
class Pod:
    """A pod with one container, whose image is an entry point: a shell script before the arguments."""

    spec: Mapping[str, Any]
    entry_point: str
    place: Path
    secret: Mapping[str, str]
    image_environment: Mapping[str, str] = field(default_factory=dict)
    working_directory: str = "/"
    path: str = os.environ["PATH"]
    _holder: subprocess.Popen[str] | None = None
    _server: subprocess.Popen[bytes] | None = None

    @property
    def container(self) -> dict[str, Any]:
        found: dict[str, Any] = self.spec["containers"][0]
        return found

    @property
    def claim(self) -> str:
        """Where the claim is mounted."""
        (path,) = [each["mountPath"] for each in self.container["volumeMounts"] if each["name"] == "data"]
        return str(path)

    @property
    def environment(self) -> dict[str, str]:
        secrets = {"credentials": self.secret}
        found = {"PATH": self.path, "HOME": "/", **self.image_environment}
        for source in self.container.get("envFrom", ()):
            found |= secrets[source["secretRef"]["name"]]
        return found | {each["name"]: each["value"] for each in self.container.get("env", ())}

    @property
    def args(self) -> list[str]:
        """The arguments, with variables as Kubernetes replaces them."""
        known = self.environment
        return [re.sub(r"\$\((\w+)\)", lambda name: known[name[1]], each) for each in self.container.get("args", ())]

    @contextmanager
    def running(self, *more: str) -> Iterator[None]:
        """Run the container, with *more* arguments, until the block ends; all but the claim is new, and lost then."""
        try:
            self._mount()
            with (self.place / "log").open("ab") as log:
                words = [*self._inside(), "/bin/sh", "-euc", self.entry_point, "entry-point", *self.args, *more]
                self._server = subprocess.Popen(
                    words, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
                )
            yield
        finally:
            self._stop()

    def _mount(self) -> None:
        for name in ("layers", "root", "claim"):
            (self.place / name).mkdir(exist_ok=True)
        group = self.spec.get("securityContext", {}).get("fsGroup")
        if group is not None and (self.place / "claim").stat().st_gid != group:
            os.chown(self.place / "claim", -1, group)
            (self.place / "claim").chmod(0o2775)
        self._holder = subprocess.Popen(
            [
                "/usr/bin/unshare",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "sh",
                "-c",
                _MOUNTS,
                "mounts",
                self.place,
                self.claim,
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._holder.stdout
        assert self._holder.stdout.readline() == "ready\n"

    def _inside(self) -> list[str]:
        """Return the words before a command that is run in the container."""
        assert self._holder
        children = Path(f"/proc/{self._holder.pid}/task/{self._holder.pid}/children").read_text().split()
        words = ["nsenter", "-t", children[0], "-m", "-p", "chroot"]
        context = {**self.spec.get("securityContext", {}), **self.container.get("securityContext", {})}
        groups = [str(context["fsGroup"])] if "fsGroup" in context else []
        user, group = context.get("runAsUser", 0), context.get("runAsGroup", 0)
        who = [f"--userspec={user}:{group}", f"--groups={','.join(groups)}"]
        return [*words, *who, str(self.place / "root"), "/usr/bin/env", "-C", self.working_directory]

    def run(self, *words: str, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run a command in the container, to its end."""
        return subprocess.run(
            [*self._inside(), *words],
            env={**self.environment, **environment},
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )

    def probe(self, **environment: str) -> bool:
        """Tell whether the handler of the readiness probe succeeds."""
        handler = self.container["readinessProbe"]
        ports = {each.get("name"): each["containerPort"] for each in self.container["ports"]}
        if "exec" in handler:
            return self.run(*handler["exec"]["command"], **environment).returncode == 0
        action = handler.get("httpGet") or handler["tcpSocket"]
        port = ports.get(action["port"], action["port"])
        if "tcpSocket" in handler:
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
                return True
            return False
        url = f"http://127.0.0.1:{port}{action['path']}"
        return subprocess.run(["/usr/bin/curl", "-sf", "-m", "5", "-o", "/dev/null", url], check=False).returncode == 0

    def wait(self, seconds: float = 60) -> None:
        """Wait until the readiness probe succeeds."""
        until = time.monotonic() + seconds
        while not self.probe():
            assert self._server
            assert self._server.poll() is None, (self.place / "log").read_text()
            assert time.monotonic() < until, (self.place / "log").read_text()
            time.sleep(0.2)

    @property
    def log(self) -> str:
        return (self.place / "log").read_text()

    def _stop(self) -> None:
        """End the server as a kubelet does, and the root file system with it."""
        if self._server and self._server.poll() is None:
            for child in _descendants(self._server.pid):
                with suppress(ProcessLookupError):
                    os.kill(child, 15)
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(10)
        if self._holder:
            self._holder.kill()
            self._holder.wait()
            assert self._holder.stdout
            self._holder.stdout.close()
        if self._server:
            self._server.wait(10)


def _descendants(process: int) -> list[int]:
    """Return the process that a chain of programs, each waiting for the next, has become."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(children[0])] if children else [process]
