"""Changes as teams make them, and what each does."""

from __future__ import annotations

from typing import NamedTuple

from hanzo_constructs.diff import Effect
from tests.diff import objects as o
from tests.diff.objects import Manifest, changed, workload

__all__ = ["CASES", "Case"]


class Case(NamedTuple):
    """A change of one object, or of a set where more than that one matter."""

    name: str
    old: tuple[Manifest, ...]
    new: tuple[Manifest, ...]
    effects: set[Effect]
    """All that follows for the first object that changes."""
    says: str
    """A part of what is said."""
    command: str = ""
    """The end of the last command."""


def _one(
    name: str, manifest: Manifest, changes: dict[str, object], effects: set[Effect], says: str, command: str = ""
) -> Case:
    return Case(name, (manifest,), (changed(manifest, changes),), effects, says, command)


E = Effect
POD = "spec.template.spec"
MAIN = f"{POD}.containers.0"
RECREATED = workload("Deployment", strategy={"type": "Recreate"})
CONFIGURED = changed(o.DEPLOYMENT, {f"{MAIN}.envFrom": [{"configMapRef": {"name": "api"}}]})
MOUNTED = changed(o.DEPLOYMENT, {f"{POD}.volumes": [{"name": "config", "configMap": {"name": "api"}}]})
RANGED = changed(o.SERVICE, {"spec.type": "LoadBalancer", "spec.loadBalancerSourceRanges": ["10.0.0.0/8"]})
BLOCK = changed(
    o.NETWORK_POLICY, {"spec.ingress.0.from.0": {"ipBlock": {"cidr": "10.0.0.0/8", "except": ["10.2.0.0/16"]}}}
)
DELETING = changed(
    o.DATABASE, {"spec.persistentVolumeClaimRetentionPolicy": {"whenScaled": "Delete", "whenDeleted": "Retain"}}
)

CASES = (
    # data
    Case("a database goes", (o.DATABASE,), (), {E.DATA, E.STOPS}, "its claims stay, and nothing uses them any more"),
    _one("a database is renamed", o.DATABASE, {"metadata.name": "db"}, {E.DATA, E.STOPS}, "start with empty claims"),
    Case("a claim goes", (o.CLAIM,), (), {E.DATA}, "the data of the old claim go"),
    _one("a claim is renamed", o.CLAIM, {"metadata.name": "b"}, {E.DATA}, "was PersistentVolumeClaim default/api"),
    _one("claims are deleted with it", o.DATABASE, {"spec.persistentVolumeClaimRetentionPolicy": {"whenDeleted": "Delete"}}, {E.DATA}, "deleted when it is deleted"),
    _one("claims are deleted when it shrinks", o.DATABASE, {"spec.persistentVolumeClaimRetentionPolicy": {"whenScaled": "Delete"}}, {E.DATA}, "deleted when it is scaled down"),
    _one("fewer pods, and their claims go", DELETING, {"spec.replicas": 1}, {E.DATA, E.SCALES}, "the claims of the pods that go are deleted"),
    _one("a disk shrinks", o.DATABASE, {"spec.volumeClaimTemplates.0.spec.resources.requests.storage": "500Mi"}, {E.DATA, E.REFUSED}, "is to shrink", "delete statefulset api --cascade=orphan"),
    _one("a disk grows", o.DATABASE, {"spec.volumeClaimTemplates.0.spec.resources.requests.storage": "2Gi"}, {E.REFUSED, E.APPLIES}, "the claim data grows", "delete statefulset api --cascade=orphan"),
    _one("a disk is of another class", o.DATABASE, {"spec.volumeClaimTemplates.0.spec.storageClassName": "slow"}, {E.DATA, E.REFUSED}, "of another storage class"),
    _one("a disk goes", o.DATABASE, {"spec.volumeClaimTemplates": None}, {E.DATA, E.REFUSED}, "the claim data is gone from it"),
    _one("a size is spelled otherwise", o.DATABASE, {"spec.volumeClaimTemplates.0.spec.resources.requests.storage": "1024Mi"}, {E.NONE}, "nothing in the cluster follows"),
    _one("a claim shrinks", o.CLAIM, {"spec.resources.requests.storage": "500Mi"}, {E.DATA}, "is to shrink"),
    _one("a claim grows", o.CLAIM, {"spec.resources.requests.storage": "2Gi"}, {E.APPLIES}, "grows"),
    _one("a claim is of another class", o.CLAIM, {"spec.storageClassName": "slow"}, {E.DATA, E.REFUSED}, "spec.storageClassName of a PersistentVolumeClaim cannot be changed"),
    _one("another major version", o.DATABASE, {f"{MAIN}.image": "postgres:17.2"}, {E.DATA, E.RESTARTS}, "PostgreSQL does not start on the data"),
    _one("an older version", o.DATABASE, {f"{MAIN}.image": "postgres:16.2"}, {E.DATA, E.RESTARTS}, "an older version of postgresql"),
    _one("another engine", o.DATABASE, {f"{MAIN}.image": "mysql:8.4"}, {E.DATA, E.RESTARTS}, "MySQL is to start on the data of postgresql"),
    _one("a minor version", o.DATABASE, {f"{MAIN}.image": "postgres:16.9"}, {E.RESTARTS}, "one after the other"),
    Case("a namespace goes", (o.NAMESPACE,), (), {E.DATA}, "all objects in it"),
    # refused
    _one("another selector", o.DEPLOYMENT, {"spec.selector.matchLabels.tier": "web", "spec.template.metadata.labels.tier": "web"}, {E.REFUSED, E.RESTARTS}, "spec.selector of a Deployment cannot be changed", "delete deployment api"),
    _one("another service name", o.DATABASE, {"spec.serviceName": "db"}, {E.REFUSED}, "spec.serviceName of a StatefulSet", "delete statefulset api --cascade=orphan"),
    _one("pods start together", o.DATABASE, {"spec.podManagementPolicy": "Parallel"}, {E.REFUSED}, "spec.podManagementPolicy"),
    _one("what was the default is written", o.DATABASE, {"spec.podManagementPolicy": "OrderedReady"}, {E.APPLIES}, "without a restart"),
    _one("a job runs something else", o.JOB, {f"{MAIN}.image": "ghcr.io/acme/api:2.0"}, {E.REFUSED}, "spec.template of a Job", "delete job api"),
    _one("a service without an address", o.SERVICE, {"spec.clusterIP": "None"}, {E.REFUSED}, "spec.clusterIP of a Service", "delete service api"),
    _one("a role for others", o.BINDING, {"roleRef.name": "admin"}, {E.REFUSED, E.ACCESS}, "roleRef of a RoleBinding", "delete rolebinding api"),
    _one("a secret of another type", o.SECRET, {"type": "example.com/token"}, {E.REFUSED}, "type of a Secret", "delete secret api"),
    _one("a fixed ConfigMap", changed(o.CONFIG, {"immutable": True}), {"data.level": "debug"}, {E.REFUSED}, "give it another name"),
    _one("a class of other disks", o.CLASS, {"provisioner": "other.example.com"}, {E.REFUSED}, "provisioner of a StorageClass", "delete storageclass api"),
    _one("a pod that is changed", o.POD, {"spec.containers.0.env.0.value": "debug"}, {E.REFUSED}, "cannot be changed but for its images"),
    _one("a pod with another image", o.POD, {"spec.containers.0.image": "ghcr.io/acme/api:2.0"}, {E.RESTARTS}, "in the same pod"),
    _one("a headless service is to have an address", changed(o.SERVICE, {"spec.clusterIP": "None"}), {"spec.clusterIP": None}, {E.NONE}, "stays without an address", "delete service api"),
    # pods
    _one("another image", o.DEPLOYMENT, {f"{MAIN}.image": "ghcr.io/acme/api:2.0"}, {E.RESTARTS}, "its pods are replaced"),
    _one("variables in another order", o.DEPLOYMENT, {f"{MAIN}.env": [{"name": "MODE", "value": "web"}, {"name": "LOG", "value": "info"}]}, {E.RESTARTS}, "only the order"),
    _one("all pods stop first", RECREATED, {f"{MAIN}.image": "ghcr.io/acme/api:2.0"}, {E.DOWNTIME}, "strategy Recreate"),
    _one("the only pod stops first", workload("Deployment", replicas=1, strategy={"rollingUpdate": {"maxSurge": 0, "maxUnavailable": 1}}), {f"{MAIN}.image": "b:2"}, {E.DOWNTIME}, "maxSurge 0"),
    _one("the only pod may be unavailable", workload("Deployment", strategy={"rollingUpdate": {"maxUnavailable": 1}}), {f"{MAIN}.image": "b:2"}, {E.DOWNTIME}, "maxUnavailable 1 of 1"),
    _one("all pods may be unavailable", workload("Deployment", replicas=3, strategy={"rollingUpdate": {"maxUnavailable": "100%"}}), {f"{MAIN}.image": "b:2"}, {E.DOWNTIME}, "maxUnavailable 100% of 3"),
    _one("one of three may be unavailable", workload("Deployment", replicas=3, strategy={"rollingUpdate": {"maxUnavailable": 1}}), {f"{MAIN}.image": "b:2"}, {E.RESTARTS}, "its pods are replaced"),
    _one("a schedule is suspended", o.CRON, {"spec.suspend": True}, {E.STOPS}, "no run starts any more"),
    _one("a job is suspended", o.JOB, {"spec.suspend": True}, {E.STOPS}, "its pods stop until"),
    _one("the only pod of a store", changed(o.DATABASE, {"spec.replicas": 1}), {f"{MAIN}.image": "postgres:16.9"}, {E.DOWNTIME}, "its only pod"),
    _one("pods that wait for somebody", changed(o.DATABASE, {"spec.updateStrategy": {"type": "OnDelete"}}), {f"{MAIN}.image": "postgres:16.9"}, {E.APPLIES}, "OnDelete"),
    _one("pods behind a partition", changed(o.DATABASE, {"spec.updateStrategy": {"rollingUpdate": {"partition": 2}}}), {f"{MAIN}.image": "postgres:16.9"}, {E.NONE}, "partition is 2"),
    _one("node by node", o.DAEMON, {f"{MAIN}.image": "b:2"}, {E.RESTARTS}, "node by node"),
    _one("the next run", o.CRON, {"spec.jobTemplate.spec.template.spec.containers.0.image": "b:2"}, {E.APPLIES}, "the next run"),
    _one("nothing runs", changed(o.DEPLOYMENT, {"spec.replicas": 0}), {f"{MAIN}.image": "b:2"}, {E.NONE}, "no pod runs"),
    Case("a deployment goes", (o.DEPLOYMENT,), (), {E.STOPS}, "its pods stop"),
    Case("a schedule goes", (o.CRON,), (), {E.STOPS}, "runs no more"),
    _one("a deployment is renamed", o.DEPLOYMENT, {"metadata.name": "web"}, {E.STOPS}, "was Deployment default/api"),
    Case("a deployment comes", (), (o.DEPLOYMENT,), {E.NEW}, "is new"),
    # what clients reach
    _one("another host", o.INGRESS, {"spec.rules.0.host": "www.example.com"}, {E.SURFACE}, "not reached any more: api.example.com/"),
    Case("a host moves", (o.INGRESS,), (changed(o.INGRESS, {"metadata.name": "b", "spec.ingressClassName": "x", "spec.tls": None, "metadata.labels.app": "b"}),), {E.APPLIES}, "is removed"),
    _one("without TLS", o.INGRESS, {"spec.tls": None}, {E.SURFACE}, "without TLS"),
    _one("one host without TLS", changed(o.INGRESS, {"spec.rules.1": {"host": "b.example.com"}, "spec.tls.1": {"hosts": ["b.example.com"], "secretName": "b"}}), {"spec.tls.1": None}, {E.SURFACE}, "without TLS from now on: b.example.com"),
    _one("another class", changed(o.INGRESS, {"spec.ingressClassName": "internal"}), {"spec.ingressClassName": "public"}, {E.SURFACE}, "by the ingress class public, and was by internal"),
    _one("the class in another place", changed(o.INGRESS, {"metadata.annotations": {"kubernetes.io/ingress.class": "public"}}), {"metadata.annotations": {}, "spec.ingressClassName": "public"}, {E.APPLIES}, "without a restart"),
    _one("clients are not asked", changed(o.INGRESS, {"metadata.annotations": {"nginx.ingress.kubernetes.io/auth-url": "https://sso.example.com"}}), {"metadata.annotations": {}}, {E.ACCESS}, "auth-url kept out"),
    _one("another listener", o.GATEWAY, {"spec.listeners.0.port": 8443}, {E.SURFACE}, "does not listen any more on HTTPS api.example.com:443"),
    _one("a version is not served", o.DEFINITION, {"spec.versions.0.served": False}, {E.SURFACE}, "does not serve v1alpha1 any more"),
    _one("another path of a route", o.ROUTE, {"spec.rules.0.matches.0.path.value": "/v2"}, {E.SURFACE}, "reached from now on: api.example.com/v2"),
    _one("another port", o.SERVICE, {"spec.ports.0.port": 8080}, {E.SURFACE}, "does not listen any more on 80"),
    _one("other pods", o.SERVICE, {"spec.selector.app": "web"}, {E.SURFACE}, "leads to other pods"),
    _one("open outside", o.SERVICE, {"spec.type": "LoadBalancer"}, {E.SURFACE}, "outside of the cluster (LoadBalancer)"),
    Case("open outside at once", (), (changed(o.SERVICE, {"spec.type": "NodePort"}),), {E.SURFACE, E.NEW}, "outside of the cluster (NodePort)"),
    _one("another port of the nodes", changed(o.SERVICE, {"spec.type": "NodePort", "spec.ports.0.nodePort": 30001}), {"spec.ports.0.nodePort": 30002}, {E.SURFACE}, "from 30001 to 30002"),
    _one("at an address outside", o.SERVICE, {"spec.externalIPs": ["203.0.113.7"]}, {E.SURFACE}, "is reached at 203.0.113.7"),
    _one("for everybody outside", RANGED, {"spec.loadBalancerSourceRanges": None}, {E.ACCESS}, "lets in 0.0.0.0/0 through its load balancer"),
    _one("for fewer outside", RANGED, {"spec.loadBalancerSourceRanges": ["10.1.0.0/16"]}, {E.APPLIES}, "without a restart"),
    _one("closed outside", changed(o.SERVICE, {"spec.type": "NodePort"}), {"spec.type": "ClusterIP"}, {E.SURFACE}, "it was a NodePort"),
    Case("a service goes", (o.SERVICE,), (), {E.SURFACE}, "leads nowhere"),
    _one("a service is renamed", o.SERVICE, {"metadata.name": "web"}, {E.SURFACE}, "do not find it any more"),
    # access
    _one("another peer", o.NETWORK_POLICY, {"spec.ingress.0.from.1": {"ipBlock": {"cidr": "10.0.0.0/8"}}}, {E.ACCESS}, "lets in 10.0.0.0/8 on 8080"),
    _one("another port for peers", o.NETWORK_POLICY, {"spec.ingress.0.ports.1": {"port": 53, "protocol": "UDP"}}, {E.ACCESS}, "lets in pods app=web on 53/UDP"),
    _one("everybody", o.NETWORK_POLICY, {"spec.ingress": [{}]}, {E.ACCESS}, "lets in everybody on any port"),
    _one("fewer peers", o.NETWORK_POLICY, {"spec.ingress": []}, {E.APPLIES}, "without a restart"),
    _one("one port of all", changed(o.NETWORK_POLICY, {"spec.ingress.0.ports": None}), {"spec.ingress.0.ports": [{"port": 80}]}, {E.APPLIES}, "without a restart"),
    _one("fewer pods of all", changed(o.NETWORK_POLICY, {"spec.ingress.0.from": [{"podSelector": {}}]}), {"spec.ingress.0.from": [{"podSelector": {"matchLabels": {"app": "web"}}}]}, {E.APPLIES}, "without a restart"),
    _one("pods of all namespaces", changed(o.NETWORK_POLICY, {"spec.ingress.0.from": [{"podSelector": {}}]}), {"spec.ingress.0.from": [{"namespaceSelector": {}}]}, {E.ACCESS}, "lets in namespaces of any kind on 8080"),
    _one("fewer addresses", BLOCK, {"spec.ingress.0.from.0.ipBlock": {"cidr": "10.1.0.0/16"}}, {E.APPLIES}, "without a restart"),
    _one("addresses that were left out", BLOCK, {"spec.ingress.0.from.0.ipBlock.except": None}, {E.ACCESS}, "lets in 10.0.0.0/8 on 8080"),
    _one("a port of a range", changed(o.NETWORK_POLICY, {"spec.ingress.0.ports": [{"port": 8000, "endPort": 9000}]}), {"spec.ingress.0.ports": [{"port": 8080}]}, {E.APPLIES}, "without a restart"),
    _one("more ports of a range", changed(o.NETWORK_POLICY, {"spec.ingress.0.ports": [{"port": 8000, "endPort": 9000}]}), {"spec.ingress.0.ports": [{"port": 8000, "endPort": 9001}]}, {E.ACCESS}, "on 8000-9001"),
    _one("more pods are guarded", o.NETWORK_POLICY, {"spec.podSelector": {}}, {E.APPLIES}, "without a restart"),
    _one("other pods are guarded", o.NETWORK_POLICY, {"spec.podSelector.matchLabels.app": "b"}, {E.ACCESS}, "selects other pods"),
    _one("way out is free", changed(o.NETWORK_POLICY, {"spec.policyTypes": ["Ingress", "Egress"]}), {"spec.policyTypes": ["Ingress"]}, {E.ACCESS}, "does not restrict egress"),
    Case("a policy goes", (o.NETWORK_POLICY,), (), {E.ACCESS}, "open to all"),
    _one("more of the API", o.ROLE, {"rules.0.verbs": ["get", "delete"]}, {E.ACCESS}, "allows delete configmaps"),
    _one("less than all", changed(o.ROLE, {"rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]}), {"rules": [{"apiGroups": [""], "resources": ["pods/log"], "verbs": ["get"], "resourceNames": ["a"]}]}, {E.APPLIES}, "without a restart"),
    _one("all instead of one", changed(o.ROLE, {"rules.0.resourceNames": ["a"]}), {"rules.0.resourceNames": None}, {E.ACCESS}, "allows get configmaps"),
    _one("another role", o.BINDING, {"roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "cluster-admin"}}, {E.REFUSED, E.ACCESS}, "another role: ClusterRole cluster-admin"),
    Case("nothing is refused any more", (o.WEBHOOK,), (), {E.ACCESS}, "what it refused is admitted"),
    _one("for others too", o.BINDING, {"subjects.1": {"kind": "User", "name": "eve"}}, {E.ACCESS}, "User eve"),
    _one("a token", o.ACCOUNT, {"automountServiceAccountToken": True}, {E.ACCESS}, "token of the API"),
    _one("a lower level", changed(o.NAMESPACE, {"metadata.labels": {"pod-security.kubernetes.io/enforce": "restricted"}}), {"metadata.labels": {"pod-security.kubernetes.io/enforce": "baseline"}}, {E.ACCESS}, "level baseline"),
    _one("privileged", o.DEPLOYMENT, {f"{MAIN}.securityContext": {"privileged": True, "runAsNonRoot": True}}, {E.ACCESS, E.RESTARTS}, "api is privileged"),
    _one("as root", o.DEPLOYMENT, {f"{MAIN}.securityContext.runAsUser": 0}, {E.ACCESS, E.RESTARTS}, "api may run as root"),
    _one("a capability", o.DEPLOYMENT, {f"{MAIN}.securityContext.capabilities.add": ["NET_ADMIN"]}, {E.ACCESS, E.RESTARTS}, "NET_ADMIN"),
    _one("all capabilities", o.DEPLOYMENT, {f"{MAIN}.securityContext.capabilities": {}}, {E.ACCESS, E.RESTARTS}, "keeps the capabilities"),
    _one("escalation", o.DEPLOYMENT, {f"{MAIN}.securityContext.allowPrivilegeEscalation": True}, {E.ACCESS, E.RESTARTS}, "gain privileges"),
    _one("a writable root", o.DEPLOYMENT, {f"{MAIN}.securityContext.readOnlyRootFilesystem": False}, {E.ACCESS, E.RESTARTS}, "write to its root"),
    _one("unconfined", o.DEPLOYMENT, {f"{MAIN}.securityContext.seccompProfile": {"type": "Unconfined"}}, {E.ACCESS, E.RESTARTS}, "seccomp"),
    _one("the network of the node", o.DEPLOYMENT, {f"{POD}.hostNetwork": True}, {E.ACCESS, E.RESTARTS}, "hostNetwork"),
    _one("files of the node", o.DEPLOYMENT, {f"{POD}.volumes": [{"name": "n", "hostPath": {"path": "/var/log"}}]}, {E.ACCESS, E.RESTARTS}, "sees /var/log of the node"),
    Case("new and privileged", (), (changed(o.DEPLOYMENT, {f"{MAIN}.securityContext": {"privileged": True, "runAsNonRoot": True}}),), {E.ACCESS, E.NEW}, "api is privileged"),
    # scale
    _one("more pods", o.DEPLOYMENT, {"spec.replicas": 5}, {E.SCALES}, "from 3 to 5 pods"),
    _one("no pods", o.DEPLOYMENT, {"spec.replicas": 0}, {E.STOPS}, "all pods stop (3 before)"),
    Case("over an autoscaler", (changed(o.DEPLOYMENT, {"spec.replicas": None}), o.HPA), (o.DEPLOYMENT, o.HPA), {E.COUNT}, "set to 3 pods"),
    Case("left to an autoscaler", (o.DEPLOYMENT,), (changed(o.DEPLOYMENT, {"spec.replicas": None}), o.HPA), {E.COUNT}, "all pods but one would stop", "--filename -"),
    Case("an autoscaler comes", (o.DEPLOYMENT,), (o.DEPLOYMENT, o.HPA), {E.COUNT, E.NEW}, "Deployment default/api is applied, it is set to 3 pods"),
    Case("an autoscaler comes to what has no number", (changed(o.DEPLOYMENT, {"spec.replicas": None}),), (changed(o.DEPLOYMENT, {"spec.replicas": None}), o.HPA), {E.NEW}, "is new"),
    _one("other bounds", o.HPA, {"spec.maxReplicas": 9}, {E.SCALES}, "maxReplicas from 5 to 9"),
    _one("another target", o.HPA, {"spec.scaleTargetRef.name": "web"}, {E.SCALES}, "another workload"),
    Case("no autoscaler", (o.HPA,), (), {E.SCALES}, "stays as it is"),
    # the rest
    Case("variables change", (o.CONFIG, CONFIGURED), (changed(o.CONFIG, {"data.level": "debug"}), CONFIGURED), {E.APPLIES}, "Deployment default/api: read as variables when pods start"),
    Case("files change", (o.CONFIG, MOUNTED), (changed(o.CONFIG, {"data.level": "debug"}), MOUNTED), {E.APPLIES}, "within about a minute"),
    Case("what is read goes", (o.CONFIG, CONFIGURED), (CONFIGURED,), {E.APPLIES}, "Deployment default/api names it"),
    _one("nobody reads it", o.CONFIG, {"data.level": "debug"}, {E.APPLIES}, "without a restart"),
    _one("another budget", o.PDB, {"spec.minAvailable": 2}, {E.APPLIES}, "when nodes are emptied"),
    Case("no budget", (o.PDB,), (), {E.APPLIES}, "all pods may stop at once"),
    _one("another version label", o.SERVICE, {"metadata.labels": {"app": "api", "app.kubernetes.io/version": "2"}}, {E.NONE}, "nothing in the cluster"),
    _one("another label", o.SERVICE, {"metadata.labels.tier": "web"}, {E.APPLIES}, "selectors and controllers"),
    _one("a note for a controller", o.INGRESS, {"metadata.annotations": {"nginx.ingress.kubernetes.io/proxy-body-size": "1m"}}, {E.APPLIES}, "selectors and controllers"),
)  # fmt: skip
