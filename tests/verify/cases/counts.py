"""Routes and counts: Ingresses, autoscalers, disruption budgets."""

from __future__ import annotations

from functools import partial

from tests.verify.pieces import GONE, Case, Piece, compiled, objects, service

__all__ = ["CASES"]

WEB = "{ports: [{name: http, containerPort: 8080}], ingress: {hosts: [api.example.com]}}"
SCALED = "{autoscaling: {minReplicas: 1, maxReplicas: 3}, resources: {requests: {cpu: 1}}"

SCALER = """
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: mine, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}, minReplicas: 2, maxReplicas: 4}
"""

BUDGET = """
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: mine, namespace: shop}
spec: {minAvailable: 100%, selector: {matchLabels: {app.kubernetes.io/instance: api}}}
"""

BUS = "type: nats, image: {repository: nats, tag: 2.10-alpine}, storage: {size: 1Gi}"

JOB = """
apiVersion: batch/v1
kind: Job
metadata: {name: clean, namespace: shop}
spec:
  template:
    spec:
      restartPolicy: Never
      containers: [{name: clean, image: a, volumeMounts: [{name: v, mountPath: /v}]}]
      volumes: [{name: v, persistentVolumeClaim: {claimName: state}}]
"""

CRON_JOB = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: nightly, namespace: shop}
spec:
  schedule: "SCHEDULE"
  jobTemplate: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: main, image: a}]}}}}
"""


PLAIN = "strategy: Recreate"
SHOP = "securityContext: {seLinuxOptions: {level: 's0:c1,c2'}}"
RECURSIVE = ("Deployment", "spec.template.spec.securityContext.seLinuxChangePolicy", "Recursive")
SIDECAR = (
    "sidecars: [{name: s, image: a:1, securityContext: {seLinuxOptions: {type: container_t}},"
    " volumeMounts: [{name: state, mountPath: /s}]}]"
)


def _mounted(claim: str, fields: str = "strategy: RollingUpdate") -> str:
    """Return a spec with *fields* that mounts *claim*."""
    volume = f"{{name: state, persistentVolumeClaim: {{claimName: {claim}}}}}"
    return f"{{{fields}, volumes: [{volume}], volumeMounts: [{{name: state, mountPath: /state}}]}}"


def _claim(name: str, modes: str = "ReadWriteOnce") -> Piece:
    return objects(f"""
        apiVersion: v1
        kind: PersistentVolumeClaim
        metadata: {{name: {name}, namespace: shop}}
        spec: {{accessModes: [{modes}]}}
        """)


def _measured_beside(field: str) -> list[Piece]:
    """Return a workload that is scaled by its use of processors, beside the *field* of a LimitRange."""
    default = f"""
        apiVersion: v1
        kind: LimitRange
        metadata: {{name: defaults, namespace: shop}}
        spec: {{limits: [{{type: Container, {field}: {{cpu: 100m}}}}]}}
        """
    return [service("{autoscaling: {maxReplicas: 3}}"), objects(default)]


CASES = (
    Case(
        "ingress",
        "hosts, paths and class",
        lambda: [
            service(
                WEB,
                ("Ingress", "spec.rules[0].host", "Api.example.com"),
                ("Ingress", "spec.rules[0].http.paths[0].path", "/a/../b"),
                ("Ingress", "spec.tls[0].hosts[0]", "10.0.0.1"),
                ("Ingress", "metadata.annotations", {"kubernetes.io/ingress.class": "nginx"}),
            ),
            objects(
                """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: mine}
                spec:
                  rules:
                    - http:
                        paths:
                          - {path: "*", pathType: ImplementationSpecific, backend: {resource: {kind: Bucket, name: a}}}
                          - {path: /, pathType: Exact, backend: {resource: {kind: Bucket, name: a}}}
                """
            ),
        ],
        [
            (
                'api.yaml:1: Ingress shop/api: metadata.annotations["kubernetes.io/ingress.class"]: must not be given beside'
                " spec.ingressClassName; leave one of them out"
            ),
            'api.yaml:1: Ingress shop/api: spec.rules[0].host: must be a lower-case DNS name, or *. before one, got "Api.example.com"',
            (
                "api.yaml:1: Ingress shop/api: spec.rules[0].http.paths[0].path: must not contain //, /./, /../ or %2f, got"
                ' "/a/../b"'
            ),
            "api.yaml:1: Ingress shop/api: spec.tls[0].hosts[0]: must be a DNS name, got an IP address",
            'chart/extra: Ingress mine: spec.rules[0].http.paths[0].path: must begin with a slash, got "*"',
        ],
    ),
    Case(
        "contested-route",
        "one host, two resources",
        lambda: [service(WEB), service(WEB, name="web")],
        [
            (
                'warning: web.yaml:1: Ingress shop/web: spec.rules[0].http.paths[0].path: "api.example.com/" is served by Ingress'
                " shop/api (api.yaml:1) too; only one of them will answer"
            )
        ],
    ),
    Case(
        "autoscaler-bounds",
        "the wrong way round",
        lambda: [service(SCALED + "}", ("HorizontalPodAutoscaler", "spec.minReplicas", 5))],
        ["api.yaml:1: HorizontalPodAutoscaler shop/api: spec: minReplicas must not exceed maxReplicas (3), got 5"],
    ),
    Case(
        "budget-bounds",
        "both of them",
        lambda: [service("{replicas: 3, pdb: {}}", ("PodDisruptionBudget", "spec.minAvailable", 1))],
        ["api.yaml:1: PodDisruptionBudget shop/api: spec: must have minAvailable or maxUnavailable, got both"],
    ),
    Case(
        "replicas",
        "written although an autoscaler owns them",
        lambda: [service("{replicas: 2}"), objects(SCALER)],
        [
            (
                "api.yaml:1: Deployment shop/api: spec.replicas: must be left out because HorizontalPodAutoscaler shop/mine"
                " (chart/extra) owns the count, got 2; leave replicas out of the spec and write autoscaling: {external: true}"
            )
        ],
    ),
    Case(
        "replicas",
        "owned by nobody: perhaps on purpose",
        lambda: [service("{}", ("Deployment", "spec.replicas", GONE))],
        [
            "warning: api.yaml:1: Deployment shop/api: spec.replicas: required because no autoscaler in the set owns the count"
        ],
    ),
    Case(
        "replicas",
        "of the user's: a warning",
        lambda: [
            objects(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: api, namespace: shop}
                spec:
                  replicas: 0
                  selector: {matchLabels: {app: api}}
                  template:
                    metadata: {labels: {app: api}}
                    spec: {containers: [{name: api, image: a:1, resources: {requests: {cpu: 1}}}]}
                """
            ),
            objects(SCALER),
        ],
        [
            (
                "warning: chart/extra: Deployment shop/api: spec.replicas: must be left out because HorizontalPodAutoscaler"
                " shop/mine (chart/extra) owns the count, got 0"
            )
        ],
    ),
    Case(
        "rival-scaler",
        "two autoscalers",
        lambda: [service(SCALED + "}"), objects(SCALER)],
        [
            (
                "chart/extra: HorizontalPodAutoscaler shop/mine: spec.scaleTargetRef: HorizontalPodAutoscaler shop/api (api.yaml:1)"
                " scales it too; the two would fight over the count"
            )
        ],
    ),
    Case(
        "measure",
        "by the metrics of an autoscaler, by its default, and by KEDA's triggers",
        lambda: [
            service("{resources: {requests: {cpu: 1}}}"),
            service(
                "{resources: {requests: {memory: 0}, limits: {cpu: 1}}, sidecars: [{name: s, image: a:1}]}", name="web"
            ),
            objects(
                """
                apiVersion: autoscaling/v2
                kind: HorizontalPodAutoscaler
                metadata: {name: api, namespace: shop}
                spec:
                  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: api}
                  maxReplicas: 3
                  metrics:
                  - {type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 80}}}
                  - {type: Resource, resource: {name: memory, target: {type: Utilization, averageUtilization: 80}}}
                  - {type: Resource, resource: {name: memory, target: {type: AverageValue, averageValue: 1Gi}}}
                ---
                apiVersion: autoscaling/v1
                kind: HorizontalPodAutoscaler
                metadata: {name: web, namespace: shop}
                spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 3}
                ---
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: keda, namespace: shop}
                spec:
                  scaleTargetRef: {name: api}
                  triggers: [{type: memory}, {type: memory, metricType: AverageValue}, {type: kafka}, {type: cpu}]
                """
            ),
        ],
        [
            (
                f"warning: chart/extra: {scaler}: spec.scaleTargetRef: measures {resource} use against the request, but not every"
                f" container of Deployment shop/{name} ({name}.yaml:1) asks for {resource}, so that it never scales unless the"
                f" namespace has a default; write resources.requests.{resource} there"
            )
            for scaler, name, resource in (
                ("HorizontalPodAutoscaler shop/api", "api", "memory"),
                ("HorizontalPodAutoscaler shop/web", "web", "cpu"),
                ("ScaledObject shop/keda", "api", "memory"),
            )
        ],
    ),
    Case(
        "measure",
        "a request of a resource's own autoscaler, which a LimitRange of the namespace may bring",
        lambda: [
            service("{autoscaling: {maxReplicas: 3, targetCpuUtilization: 70, targetMemoryUtilization: 70}}"),
            compiled(
                "InferenceService",
                "chat",
                "{modelRef: hf://a/b, healthCheck: {path: /health, interval: 10s, timeout: 2s}, minReplicas: 1, maxReplicas: 2,"
                " autoscaling: {metric: cpu, target: 70}}",
            ),
            objects(
                """
                apiVersion: v1
                kind: LimitRange
                metadata: {name: defaults, namespace: shop}
                spec:
                  limits:
                  - {type: Pod, max: {cpu: 2}}
                  - {type: Container, max: {memory: 1Gi}}
                ---
                apiVersion: v1
                kind: LimitRange
                metadata: {name: defaults, namespace: elsewhere}
                spec: {limits: [{type: Container, default: {cpu: 1}}]}
                """
            ),
        ],
        [
            f"warning: {where}.yaml:1: {kind} shop/{where}: {field}: autoscaling measures cpu use against it; write one, unless"
            " a LimitRange of the namespace does"
            for where, kind, field in (
                ("api", "Service", "spec.resources.requests.cpu"),
                ("chat", "InferenceService", "spec.resources.cpu"),
            )
        ],
    ),
    *(
        Case(
            "measure",
            f"nothing, where the namespace has a {field}",
            partial(_measured_beside, field),
            [],
        )
        for field in ("defaultRequest", "default", "min", "max")
    ),
    Case(
        "budget",
        "never lets a pod go: of the user's, and by patch",
        lambda: [
            service("{replicas: 2}"),
            objects(BUDGET),
            service(
                "{replicas: 3, pdb: {maxUnavailable: 1}}", ("PodDisruptionBudget", "spec.maxUnavailable", 0), name="web"
            ),
            service(SCALED + ", pdb: {minAvailable: 1}}", ("Deployment", "metadata.labels.x", "y"), name="job"),
        ],
        [
            (
                'warning: chart/extra: PodDisruptionBudget shop/mine: spec.minAvailable: "100%" never lets one of 2 pods go, so that'
                " node drains wait for ever; allow one to be missing"
            ),
            (
                "warning: web.yaml:1: PodDisruptionBudget shop/web: spec.maxUnavailable: 0 never lets one of 3 pods go, so that node"
                " drains wait for ever; allow one to be missing"
            ),
            (
                "warning: job.yaml:1: PodDisruptionBudget shop/job: spec.minAvailable: 1 never lets one of 1 pods go, so that node"
                " drains wait for ever; allow one to be missing"
            ),
        ],
    ),
    Case(
        "one-budget",
        "two for the same pods",
        lambda: [service("{replicas: 2, pdb: {maxUnavailable: 1}}"), objects(BUDGET.replace("100%", "50%"))],
        [
            (
                "warning: chart/extra: PodDisruptionBudget shop/mine: spec.selector: covers the pods of Deployment shop/api, as"
                " PodDisruptionBudget shop/api (api.yaml:1) does; pods with two budgets are never evicted"
            )
        ],
    ),
    Case(
        "claim",
        "mounted by a second pod, at a rollout, by count, or by an autoscaler",
        lambda: [
            service(_mounted("rolling"), name="rolling"),
            service(_mounted("several", "replicas: 2, strategy: Recreate"), name="several"),
            service(_mounted("scaled", "strategy: Recreate, autoscaling: {external: true}"), name="scaled"),
            service(_mounted("one", "strategy: Recreate"), name="one"),
            service(_mounted("shared", "replicas: 2, rollout: {maxSurge: 0}"), name="shared"),
            compiled("Datastore", "bus", _mounted("bus", BUS + ", replicas: 3")),
            *(_claim(name) for name in ("rolling", "several", "scaled", "one", "bus")),
            _claim("shared", "ReadWriteOnce, ReadWriteMany"),
            objects("""
                apiVersion: keda.sh/v1alpha1
                kind: ScaledObject
                metadata: {name: scaled, namespace: shop}
                spec: {scaleTargetRef: {name: scaled}}
                """),
        ],
        [
            f"{where}.yaml:1: {what} shop/{where}: spec.template.spec.volumes[0].persistentVolumeClaim: one node at a time can"
            f" mount PersistentVolumeClaim shop/{where} (chart/extra), but {reason}"
            for what, where, reason in (
                (
                    "Deployment",
                    "rolling",
                    "a rollout starts the new pod before the old one stops and never ends; write strategy: Recreate",
                ),
                ("Deployment", "several", "there are 2 replicas; write 1, or use a claim that is ReadWriteMany"),
                (
                    "Deployment",
                    "scaled",
                    "an autoscaler starts up to 100 pods; use a claim that is ReadWriteMany",
                ),
                ("StatefulSet", "bus", "there are 3 replicas; write 1, or use a claim that is ReadWriteMany"),
            )
        ],
    ),
    Case(
        "se-linux",
        "labels of two pods, of two containers, and of a Datastore's own claim",
        lambda: [
            service(_mounted("shared", f"{PLAIN}, {SHOP}"), name="a"),
            service(_mounted("shared", f"{PLAIN}, {SHOP}"), name="same"),
            service(_mounted("shared", PLAIN), name="b"),
            service(_mounted("by-file", f"{PLAIN}, {SHOP}"), RECURSIVE, name="c"),
            service(_mounted("by-file", PLAIN), RECURSIVE, name="d"),
            service(_mounted("inside", f"{PLAIN}, {SIDECAR}"), name="e"),
            compiled("Datastore", "bus", f"{{{BUS}, {SHOP}}}"),
            service(_mounted("data-bus-0", f"{PLAIN}, replicas: 0"), name="f"),
            *(_claim(name, "ReadWriteMany") for name in ("shared", "by-file", "inside")),
        ],
        [
            f"{name}.yaml:1: Deployment shop/{name}: spec.template.spec.volumes[0].persistentVolumeClaim: {who} mounts the claim"
            f" {claim} with other seLinuxOptions, so that since Kubernetes 1.37 only one of them starts; write the same, or"
            ", from 1.33 on, seLinuxChangePolicy: Recursive in the securityContext of both pods"
            for name, who, claim in (
                ("b", "Deployment shop/a (a.yaml:1)", "shared"),
                ("e", "another container", "inside"),
                ("f", "StatefulSet shop/bus (bus.yaml:1)", "data-bus-0"),
            )
        ],
    ),
    Case(
        "claim",
        "mounted by two workloads, one of which may be a job, unless they say where they run",
        lambda: [
            service(_mounted("state", "strategy: Recreate, replicas: 0"), name="asleep"),
            service(_mounted("state", "strategy: Recreate"), name="first"),
            service(_mounted("state", "strategy: Recreate"), name="second"),
            service(
                _mounted("state", "strategy: Recreate"),
                ("Deployment", "spec.template.spec.affinity", {"podAffinity": {}}),
                name="beside",
            ),
            _claim("state"),
            objects(JOB.replace("state", "of-jobs").replace("clean", "check")),
            objects(JOB.replace("state", "of-jobs").replace("clean", "tidy")),
            _claim("of-jobs"),
            objects(JOB),
        ],
        [
            f"warning: {where}: spec.template.spec.volumes[0].persistentVolumeClaim: one node at a time can mount"
            " PersistentVolumeClaim shop/state (chart/extra), but Deployment shop/first (first.yaml:1) mounts it too; use a"
            " claim that is ReadWriteMany, or keep the pods of both on one node"
            for where in ("second.yaml:1: Deployment shop/second", "chart/extra: Job shop/clean")
        ],
    ),
    Case(
        "claim",
        "of the pods of a datastore",
        lambda: [
            service(_mounted("data-bus-0", "strategy: Recreate"), name="reader"),
            service(_mounted("data-bus-1", "strategy: Recreate"), name="left-over"),
            service(_mounted("data-bus-x", "strategy: Recreate"), name="other"),
            compiled("Datastore", "bus", f"{{{BUS}}}"),
        ],
        [
            (
                "warning: reader.yaml:1: Deployment shop/reader: spec.template.spec.volumes[0].persistentVolumeClaim: one node at"
                " a time can mount the claim data-bus-0, but StatefulSet shop/bus (bus.yaml:1) mounts it too; use a claim that"
                " is ReadWriteMany, or keep the pods of both on one node"
            ),
        ],
    ),
    Case(
        "claim",
        "mounted by a pod of every node",
        lambda: [
            objects("""
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: own, namespace: shop}
                spec:
                  selector: {matchLabels: {app: own}}
                  template:
                    metadata: {labels: {app: own}}
                    spec:
                      containers: [{name: own, image: a, volumeMounts: [{name: state, mountPath: /state}]}]
                      volumes: [{name: state, persistentVolumeClaim: {claimName: state}}]
                """),
            _claim("state"),
        ],
        [
            (
                "warning: chart/extra: DaemonSet shop/own: spec.template.spec.volumes[0].persistentVolumeClaim: one node at a time"
                " can mount PersistentVolumeClaim shop/state (chart/extra), but a DaemonSet runs a pod on every node; use a claim"
                " that is ReadWriteMany"
            ),
        ],
    ),
    Case(
        "claim",
        "of a workload of the user's own",
        lambda: [
            objects("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: own, namespace: shop}
                spec:
                  selector: {matchLabels: {app: own}}
                  template:
                    metadata: {labels: {app: own}}
                    spec:
                      containers: [{name: own, image: a, volumeMounts: [{name: state, mountPath: /state}]}]
                      volumes: [{name: state, persistentVolumeClaim: {claimName: state}}]
                """),
            objects("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: state, namespace: shop}
                spec: {accessModes: [ReadWriteOncePod]}
                """),
        ],
        [
            (
                "warning: chart/extra: Deployment shop/own: spec.template.spec.volumes[0].persistentVolumeClaim: one node at a time"
                " can mount PersistentVolumeClaim shop/state (chart/extra), but a rollout starts the new pod before"
                " the old one stops and never ends; write strategy: Recreate"
            ),
        ],
    ),
    Case(
        "job",
        "that never ends, or never begins",
        lambda: [
            objects(JOB.replace("Never", "Always")),
            objects(JOB.replace("restartPolicy: Never", "dnsPolicy: Default")),
            objects(JOB),
            *(objects(CRON_JOB.replace("SCHEDULE", each)) for each in ("every day", "@dayly", "0 25 * * *")),
            *(
                objects(CRON_JOB.replace("SCHEDULE", each))
                for each in ("@daily", "@every 1h", "0 3 31 2 *", "0 3 * * 1-5")
            ),
        ],
        [
            'chart/extra: Job shop/clean: spec.template.spec.restartPolicy: must be OnFailure or Never in a job, got "Always"',
            (
                "chart/extra: Job shop/clean: spec.template.spec.restartPolicy: must be OnFailure or Never in a job;"
                " left out, it is Always"
            ),
            *(
                "chart/extra: CronJob shop/nightly: spec.schedule: must be five cron fields (minute hour day-of-month month"
                f' day-of-week), got "{each}"'
                for each in ("every day", "@dayly")
            ),
            (
                "chart/extra: CronJob shop/nightly: spec.schedule: the hour must be 0 to 23, *, a range, a step or a list of"
                ' them, got "25"'
            ),
        ],
    ),
)
