"""Resources on a server and the operator that looks after them, without the controllers of a cluster: tests do what these do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from hanzo_constructs import Platform, SpecError
from hanzo_constructs.compiler import Compilation, compile_resource
from hanzo_constructs.compiler.links import links_of
from hanzo_constructs.operator import ObjectRef, Outcome, Reconciler, ref_of
from hanzo_constructs.operator.differences import differences
from hanzo_constructs.operator.ownership import APPLIED_ANNOTATION, is_kept
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.verify import prove
from tests.cluster.client import Client
from tests.cluster.recording import RecordingServer

__all__ = ["Operated", "compiled", "manifest_of", "said"]

Manifest = dict[str, Any]

_DROPPED = ("clusterTrustBundle", "updateStrategy.rollingUpdate.maxUnavailable")
"""Fields that a server leaves out while the feature behind them is off."""
_NOW = "2026-11-28T12:00:00Z"
_ROUNDS = 6
_LONG_AGO = "2026-01-01T00:00:00Z"
_ENDED = {
    "startTime": _LONG_AGO,
    "completionTime": _LONG_AGO,
    "conditions": [
        {"type": kind, "status": "True", "lastProbeTime": _LONG_AGO, "lastTransitionTime": _LONG_AGO}
        for kind in ("SuccessCriteriaMet", "Complete")
    ],
}


def manifest_of(ref: ObjectRef) -> Manifest:
    """Return what *ref* names, with nothing in it."""
    metadata = {"name": ref.name, **({"namespace": ref.namespace} if ref.namespace else {})}
    return {"apiVersion": ref.api_version, "kind": ref.kind, "metadata": metadata}


def compiled(documents: Iterable[Any], platform: Platform) -> list[Compilation]:
    """Compile *documents* as one set, of the namespace `default` unless they say another; raises what is wrong with them."""
    placed = [{**each, "metadata": {"namespace": "default", **each["metadata"]}} for each in documents]
    resources = [parse(each, platform) for each in placed]
    links, _ = links_of(resources, platform)
    compilations = [compile_resource(each, platform, links=links) for each in resources]
    if errors := [each for each in prove(compilations).findings if each.severity == "error"]:
        raise SpecError(errors)
    return compilations


def said(status: Any) -> str:
    """Return what conditions of *status* say that is wrong with what is derived and applied."""
    wrong = [
        each for each in status["conditions"] if each["status"] != "True" and each["type"] in {"Compiled", "Applied"}
    ]
    return "; ".join(f"{each['type']} {each['reason']}: {each['message']}" for each in wrong)


class Operated:
    """A set of resources on a server, and their operator."""

    def __init__(self, client: Client, server: RecordingServer, platform: Platform) -> None:
        self.client, self.server, self.platform = client, server, platform
        self.reconciler = Reconciler(server, platform)
        self._resources: list[Manifest] = []
        self._applied: dict[ObjectRef, None] = {}

    def declare(self, compilations: Sequence[Compilation]) -> str:
        """Store the resources, and return why one is refused."""
        resources = []
        for compilation in compilations:
            manifest = compilation.resource_manifest
            place = manifest["metadata"].get("namespace", "default")
            self.client.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": place}})
            resources.append({**manifest, "metadata": {**manifest["metadata"], "namespace": place}})
        for each in resources:
            if refusal := self.client.apply(each, dry_run=True).message:
                return refusal
        for each in resources:
            assert not self.client.apply(each).message
        self._resources = resources
        return ""

    def settle(self) -> None:
        """Reconcile until nothing is left to do; what goes is let go, and Jobs end."""
        outcomes: list[Outcome] = []
        for _ in range(_ROUNDS):
            stored = [self.client.get(each).body for each in self._resources]
            self.reconciler.learn(stored)
            outcomes = [self.reconciler.reconcile(each, _NOW) for each in stored]
            for outcome in outcomes:
                self._applied |= dict.fromkeys(outcome.applied)
            acted = [self._act(ref) for ref in self._applied]
            if not any(acted) and not any(each.retry or each.applied or each.deleted for each in outcomes):
                break
        problems = [text for each in outcomes if (text := said(each.status))]
        assert not problems, problems
        assert not [each.retry for each in outcomes if each.retry]

    def check(self, compilations: Sequence[Compilation]) -> dict[ObjectRef, tuple[str, str]]:
        """See that the children are what was compiled; return of each what was applied, and in which version it is stored."""
        found = {}
        for resource, compilation in zip(self._resources, compilations, strict=True):
            place, uid = resource["metadata"]["namespace"], self.client.get(resource).body["metadata"]["uid"]
            wanted = {
                ref_of({**each, "metadata": {**each["metadata"], "namespace": place}}): each
                for each in compilation.manifests
            }
            owned = {ref_of(each): each for each in self.server.list_owned(ref_of(resource), uid)}
            assert [ref for ref, each in owned.items() if ref not in wanted and not is_kept(each)] == []
            for ref, manifest in wanted.items():
                lacking = {*differences(manifest, owned[ref])}
                lacking = {each for each in lacking if not each.endswith(_DROPPED)}
                assert not lacking, f"{ref}: {lacking}"
                metadata = owned[ref]["metadata"]
                found[ref] = (metadata["annotations"][APPLIED_ANNOTATION], metadata["resourceVersion"])
        return found

    def remove(self) -> None:
        """Remove everything; nothing does it by itself here."""
        for ref in self._applied:
            manifest = manifest_of(ref)
            self.client.delete(manifest)
            if ref.kind == "PersistentVolumeClaim":
                self.client.patch(manifest, {"metadata": {"finalizers": None}})
        for each in self._resources:
            self.client.delete(each)

    def _act(self, ref: ObjectRef) -> bool:
        """Do what controllers do with a child; tell whether there was anything to do."""
        live = self.client.get(manifest_of(ref))
        if live.status == 404:
            return False
        if "deletionTimestamp" in live.body["metadata"]:
            assert not self.client.patch(live.body, {"metadata": {"finalizers": None}}).message
            return True
        if (
            ref.kind == "Job"
            and not live.body.get("status", {}).get("conditions")
            and not live.body["spec"].get("suspend")
        ):
            assert not self.client.patch(live.body, {"status": _ENDED}, part="/status").message
            return True
        return False
