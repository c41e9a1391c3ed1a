"""What a server refuses in objects of the user's own, and in what overlays and patches make of derived ones."""

from __future__ import annotations

from tests.verify.pieces import Case, objects, service

__all__ = ["CASES", "HIDDEN"]

HIDDEN = "hunter2hunter2"
POD = "{metadata: {labels: {app: own}}, spec: {containers: [{name: own, image: 'a:v1'}]}}"
DEPLOYMENT = f"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: own, namespace: shop}}, spec: {{selector: {{matchLabels: {{app: own}}}}, template: {POD}, MORE}}}}"
CONFIG_MAP = "{apiVersion: v1, kind: ConfigMap, metadata: {name: own, namespace: shop, MORE}}"
CLAIM = "{apiVersion: v1, kind: PersistentVolumeClaim, metadata: {name: own, namespace: shop}, spec: SPEC}"
OPAQUE = "{apiVersion: v1, kind: Secret, metadata: {name: own, namespace: shop, annotations: {NOTE}}, type: TYPE, stringData: {DATA}}"
DAEMON_SET = """
apiVersion: apps/v1
kind: DaemonSet
metadata: {name: NAME, namespace: shop}
spec:
  selector: {matchLabels: {app: NAME}}
  template:
    metadata: {labels: {app: NAME}}
    spec: {nodeSelector: NODES, containers: [{name: own, image: "a:v1", ports: [{containerPort: 80, hostPort: 9100}]}]}
"""
NODE_PORT = "{apiVersion: v1, kind: Service, metadata: {name: NAME, namespace: other}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}"
OWN_SERVICE = (
    "{apiVersion: v1, kind: Service, metadata: {name: NAME, namespace: other}, spec: {ports: [{port: 80}], MORE}}"
)
CHOOSE = "a cluster refuses the second of them; choose another, or leave it out to be given one"
FILLED = (
    "for all who read the file; have the Secret filled in the cluster (kmsSecrets, an ExternalSecret, a SealedSecret), or say that"
    " they are none with the annotation hanzo.ai/secret-values: placeholder"
)
UNFIT = "a cluster refuses the pods: remove these fields"


def secret(said: str, data: str, note: str = "hanzo.ai/secret-values: placeholder") -> str:
    return OPAQUE.replace("TYPE", said).replace("DATA", data).replace("NOTE", note)


CASES = (
    Case(
        "amount",
        "counts, seconds and ports out of range",
        lambda: [
            service("{}", ("Deployment", "spec.minReadySeconds", -1)),
            objects(DEPLOYMENT.replace("MORE", "replicas: -1")),
            objects(NODE_PORT.replace("NAME", "far").replace("30080", "99999")),
            objects(NODE_PORT.replace("NAME", "low").replace("30080", "8080")),
        ],
        [
            "api.yaml:1: Deployment shop/api: spec.minReadySeconds: must be at least 0, got -1",
            "chart/extra: Deployment shop/own: spec.replicas: must be at least 0, got -1",
            "chart/extra: Service other/far: spec.ports[0].nodePort: must be a port from 1 to 65535, got 99999",
            (
                "warning: chart/extra: Service other/low: spec.ports[0].nodePort: is outside of 30000-32767, what a cluster gives where"
                " nobody set its service-node-port-range, got 8080"
            ),
        ],
    ),
    Case(
        "metadata",
        "finalizers and owners that no server takes",
        lambda: [
            service("{}", ("Deployment", "metadata.finalizers", ["guard"])),
            *(
                objects(CONFIG_MAP.replace("MORE", more))
                for more in (
                    "finalizers: [bad thing]",
                    "finalizers: [orphan, foregroundDeletion, example.com/guard]",
                    "ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: '', uid: '1'}]",
                    "ownerReferences: [{apiVersion: v1, kind: A, name: a, uid: '1', controller: true}, {apiVersion: v1, kind: A, name: b, uid: '2', controller: true}]",
                )
            ),
        ],
        [
            (
                "api.yaml:1: Deployment shop/api: metadata.finalizers[0]: must be domain/name, or one of foregroundDeletion, kubernetes,"
                ' orphan, got "guard"'
            ),
            (
                "chart/extra: ConfigMap shop/own: metadata.finalizers[0]: must be [prefix/]name with at most 63 letters, digits, '-', '_'"
                " and '.' as name, got \"bad thing\""
            ),
            "chart/extra: ConfigMap shop/own: metadata.finalizers: must not have both of foregroundDeletion and orphan",
            "chart/extra: ConfigMap shop/own: metadata.ownerReferences[0].name: must not be empty",
            (
                "chart/extra: ConfigMap shop/own: metadata.ownerReferences[1].controller: is used twice (also"
                " metadata.ownerReferences[0]): an object has one controller"
            ),
        ],
    ),
    Case(
        "operating-system",
        "fields of another one",
        lambda: [
            service("{}", ("Deployment", "spec.template.spec.os", {"name": "windows"})),
            service(
                "{}",
                ("Deployment", "spec.template.spec.os", {"name": "linux"}),
                ("Deployment", "spec.template.spec.securityContext.windowsOptions", {"runAsUserName": "own"}),
                name="web",
            ),
        ],
        [
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.os.name: is windows, which has no securityContext.seccompProfile,"
                f" containers[0].securityContext.allowPrivilegeEscalation, containers[0].securityContext.capabilities; {UNFIT}"
            ),
            (
                "web.yaml:1: Deployment shop/web: spec.template.spec.os.name: is linux, which has no"
                f" securityContext.windowsOptions; {UNFIT}"
            ),
        ],
    ),
    Case(
        "persistent-claim",
        "without modes or a size",
        lambda: (
            [
                objects(CLAIM.replace("SPEC", spec))
                for spec in (
                    "{}",
                    "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 0}}}",
                    "{accessModes: [ReadWriteOncePod, ReadSometimes], resources: {requests: {storage: 1Gi}}}",
                )
            ]
            + [
                objects(
                    """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db}
                spec:
                  serviceName: db
                  selector: {matchLabels: {app: db}}
                  volumeClaimTemplates:
                  - metadata: {name: data}
                    spec: {accessModes: [ReadSometimes], resources: {requests: {storage: 1Gi}}}
                  template:
                    metadata: {labels: {app: db}}
                    spec: {containers: [{name: c, image: a:1, volumeMounts: [{name: data, mountPath: /data}]}]}
                """
                )
            ]
        ),
        [
            (
                "chart/extra: PersistentVolumeClaim shop/own: spec.accessModes: required: one or more of ReadOnlyMany, ReadWriteMany,"
                " ReadWriteOnce, ReadWriteOncePod"
            ),
            (
                "chart/extra: PersistentVolumeClaim shop/own: spec.resources.requests.storage: required: the size of the claim,"
                " such as 10Gi"
            ),
            "chart/extra: PersistentVolumeClaim shop/own: spec.resources.requests.storage: must be more than nothing, got 0",
            (
                "chart/extra: PersistentVolumeClaim shop/own: spec.accessModes[1]: must be one of ReadOnlyMany, ReadWriteMany,"
                ' ReadWriteOnce, ReadWriteOncePod, got "ReadSometimes"'
            ),
            "chart/extra: PersistentVolumeClaim shop/own: spec.accessModes: must be ReadWriteOncePod alone, or without it",
            (
                "chart/extra: StatefulSet db: spec.volumeClaimTemplates[0].spec.accessModes[0]: must be one of ReadOnlyMany,"
                ' ReadWriteMany, ReadWriteOnce, ReadWriteOncePod, got "ReadSometimes"'
            ),
        ],
    ),
    Case(
        "secret-type",
        "without the keys of its type",
        lambda: [
            objects(secret("kubernetes.io/tls", "'tls.crt': ''")),
            objects(secret("kubernetes.io/ssh-auth", "ssh-privatekey: ''")),
            objects(secret("kubernetes.io/basic-auth", "name: a")),
            objects(secret("kubernetes.io/dockerconfigjson", f"'.dockerconfigjson': {HIDDEN}")),
            objects(secret("kubernetes.io/service-account-token", "")),
        ],
        [
            'chart/extra: Secret shop/own: data["tls.key"]: required: type kubernetes.io/tls has it',
            "chart/extra: Secret shop/own: stringData.ssh-privatekey: must not be empty",
            (
                "chart/extra: Secret shop/own: data: must have username or password: type kubernetes.io/basic-auth has one of them"
            ),
            'chart/extra: Secret shop/own: stringData[".dockerconfigjson"]: must be a mapping in JSON (not shown here)',
            (
                'chart/extra: Secret shop/own: metadata.annotations["kubernetes.io/service-account.name"]: required: type'
                " kubernetes.io/service-account-token has it"
            ),
        ],
    ),
    Case(
        "secret-value",
        "once for each Secret, and not for placeholders and empty values",
        lambda: [
            objects(secret("Opaque", f"password: {HIDDEN}, user: {HIDDEN}, empty: ''", "")),
            objects(secret("Opaque", f"password: {HIDDEN}")),
            objects(secret("Opaque", "password: ''", "")),
        ],
        [f"warning: chart/extra: Secret shop/own: stringData: has the values of password, user {FILLED}"],
    ),
    Case(
        "contention",
        "what one object alone can have",
        lambda: [
            service(
                "{service: {type: NodePort}, ports: [{name: http, containerPort: 8080, nodePort: 30080}]}",
            ),
            objects(NODE_PORT.replace("NAME", "own")),
            *(
                objects(OWN_SERVICE.replace("NAME", f"{name}-{number}").replace("MORE", more))
                for name, more in (("inside", "clusterIP: 10.96.7.7"), ("outside", "externalIPs: [203.0.113.7]"))
                for number in (1, 2)
            ),
            *(objects(DAEMON_SET.replace("NAME", name).replace("NODES", "{}")) for name in ("exporter", "other")),
            objects(DAEMON_SET.replace("NAME", "elsewhere").replace("NODES", "{kubernetes.io/arch: arm64}")),
        ],
        [
            f"chart/extra: Service other/own: spec.ports[0].nodePort: 30080 is asked for by Service shop/api (api.yaml:1) too, and {CHOOSE}",
            (
                "chart/extra: Service other/inside-2: spec.clusterIP: 10.96.7.7 is asked for by Service other/inside-1 (chart/extra) too,"
                " and a cluster refuses the second of them; leave it out to be given one"
            ),
            (
                "warning: chart/extra: Service other/outside-2: spec.externalIPs[0]: 203.0.113.7:80/TCP is asked for by Service"
                " other/outside-1 (chart/extra) too, and one of them gets no traffic; choose another port or address"
            ),
            (
                "warning: chart/extra: DaemonSet shop/other: spec.template.spec.containers[0].ports[0].hostPort: 9100/TCP is asked for by"
                " DaemonSet shop/exporter (chart/extra) too, and a node can run the pods of one of them only; choose another port, or"
                " other nodes"
            ),
        ],
    ),
)
