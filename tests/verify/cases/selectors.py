"""Selectors: of pods, of Services, and those that can never be changed."""

from __future__ import annotations

from tests.verify.cases.names import STATEFUL_SET
from tests.verify.pieces import GONE, Case, derived, objects, service

__all__ = ["CASES"]

WEB = "{ports: [{name: http, containerPort: 8080, servicePort: 80}], serviceMonitor: {}}"

OTHER = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: shop}
spec:
  selector: {matchLabels: {app: other}}
  template:
    metadata: {labels: {app: other, app.kubernetes.io/name: api, app.kubernetes.io/instance: api}}
    spec: {containers: [{name: main, image: a:1, ports: [{name: http, containerPort: 8080}]}]}
"""

BACKUP = """
apiVersion: batch/v1
kind: CronJob
metadata: {name: api-backup, namespace: shop}
spec:
  schedule: 0 3 * * *
  jobTemplate:
    spec:
      template:
        metadata: {labels: {app.kubernetes.io/name: api, app.kubernetes.io/instance: api}}
        spec: {containers: [{name: main, image: a:1, ports: [{containerPort: 8080}]}]}
"""

API = "app.kubernetes.io/name=api,app.kubernetes.io/instance=api"

CASES = (
    Case(
        "selector",
        "no pods at all",
        lambda: [
            service("{ports: [{name: http, containerPort: 8080}]}", ("Service", "spec.selector.tier", "web")),
            objects(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: gone}
                spec: {maxUnavailable: 1, selector: {matchExpressions: [{key: tier, operator: In, values: [a, b]}, {key: old, operator: DoesNotExist}]}}
                """
            ),
        ],
        [
            f"api.yaml:1: Service shop/api: spec.selector: {API},tier=web matches the pods of no workload in shop",
            "warning: chart/extra: PodDisruptionBudget gone: spec.selector: tier in (a, b),!old matches the pods of no workload",
        ],
    ),
    Case(
        "selector",
        "an empty one of our own",
        lambda: [
            service("{ports: [{name: http, containerPort: 8080}]}", ("Service", "spec.selector", {})),
            service("{networkPolicy: {}}", ("NetworkPolicy", "spec.podSelector", {}), name="web"),
        ],
        [
            "api.yaml:1: Service shop/api: spec.selector: an empty selector matches the pods of no workload in shop",
            (
                "web.yaml:1: NetworkPolicy shop/web: spec.podSelector: an empty selector matches the pods of Deployment shop/api"
                " (api.yaml:1) too"
            ),
        ],
    ),
    Case(
        "selector",
        "the pods of another workload",
        lambda: [service("{ports: [{name: http, containerPort: 8080}]}"), objects(OTHER)],
        [
            f"api.yaml:1: Service shop/api: spec.selector: {API} matches the pods of Deployment shop/other (chart/extra) too",
            f"api.yaml:1: Deployment shop/api: spec.selector: {API} matches the pods of Deployment shop/other (chart/extra) too",
        ],
    ),
    Case(
        "selector",
        "the pods of a job",
        lambda: [service("{pdb: {}, replicas: 2}"), objects(BACKUP)],
        [
            (
                f"api.yaml:1: Deployment shop/api: spec.selector: {API} matches the pods of CronJob shop/api-backup (chart/extra)"
                " too, which come and go"
            ),
            (
                f"api.yaml:1: PodDisruptionBudget shop/api: spec.selector: {API} matches the pods of CronJob shop/api-backup"
                " (chart/extra) too, which come and go"
            ),
        ],
    ),
    Case(
        "selector",
        "a Service of the user's that sends traffic to workload and job alike",
        lambda: [
            objects(
                OTHER.replace("{app: other, app.kubernetes.io/name: api,", "{app: other, role: x,")
                + "---"
                + BACKUP.replace("{app.kubernetes.io/name: api,", "{app: other,").replace(
                    "api}}\n        spec", "api, x: z}}\n        spec"
                )
                + """---
apiVersion: v1
kind: Service
metadata: {name: other, namespace: shop}
spec: {selector: {app: other}, ports: [{port: 80, targetPort: 8080}]}
"""
            )
        ],
        [
            (
                "warning: chart/extra: Deployment shop/other: spec.selector: app=other matches the pods of CronJob shop/api-backup"
                " (chart/extra) too, which come and go"
            ),
            (
                "warning: chart/extra: Service shop/other: spec.selector: app=other matches the pods of CronJob shop/api-backup"
                " (chart/extra) too, which come and go"
            ),
        ],
    ),
    Case(
        "spread",
        "over pods that are not its own, and over none",
        lambda: [
            service("{replicas: 2, labels: {team: web}}", name="other"),
            service(
                "{replicas: 2}",
                (
                    "Deployment",
                    "spec.template.spec.topologySpreadConstraints[0].labelSelector",
                    {"matchExpressions": [{"key": "team", "operator": "Exists"}]},
                ),
                ("Deployment", "spec.template.spec.topologySpreadConstraints[1].labelSelector", GONE),
            ),
        ],
        [
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.topologySpreadConstraints[0].labelSelector: team does not match"
                " the labels of these pods, so that they are not spread"
            ),
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.topologySpreadConstraints[1].labelSelector: nothing matches"
                " the labels of these pods, so that they are not spread"
            ),
        ],
    ),
    Case(
        "anti-affinity",
        "to pods that there are, to none, and to those of other namespaces",
        lambda: [
            service(
                """
                affinity:
                  podAntiAffinity:
                    requiredDuringSchedulingIgnoredDuringExecution:
                    - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: api}}}
                    - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: x}}, namespaces: [other]}
                    - {topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: x}}, namespaceSelector: {}}
                    preferredDuringSchedulingIgnoredDuringExecution:
                    - weight: 1
                      podAffinityTerm:
                        topologyKey: kubernetes.io/hostname
                        labelSelector: {matchLabels: {app.kubernetes.io/name: api}}
                    - weight: 1
                      podAffinityTerm:
                        topologyKey: kubernetes.io/hostname
                        labelSelector: {matchLabels: {app: web}}
                """
            ),
        ],
        [
            "warning: api.yaml:1: Deployment shop/api: spec.template.spec.affinity.podAntiAffinity."
            f"{place}.labelSelector: app={name} matches the pods of no workload, so that nothing is kept apart"
            for place, name in (
                ("requiredDuringSchedulingIgnoredDuringExecution[0]", "api"),
                ("preferredDuringSchedulingIgnoredDuringExecution[1].podAffinityTerm", "web"),
            )
        ],
    ),
    Case(
        "template-label",
        "a patch of the pods' labels, and an expression",
        lambda: [
            objects(
                """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent}
                spec:
                  selector:
                    matchLabels: {app: agent, tier: node}
                    matchExpressions: [{key: old, operator: DoesNotExist}, {key: zone, operator: NotIn, values: [x]}]
                  template:
                    metadata: {labels: {app: agent, tier: edge, old: "1"}}
                    spec: {containers: [{name: main, image: a:1}]}
                """
            )
        ],
        [
            (
                'chart/extra: DaemonSet agent: spec.selector.matchLabels.tier: must be a label of the pod template, which has "edge",'
                ' got "node"'
            ),
            "chart/extra: DaemonSet agent: spec.selector.matchExpressions[0]: is not met by the labels of the pod template, got !old",
        ],
    ),
    Case(
        "own-pods",
        "a Service and a budget of a workload that mean other pods",
        lambda: [
            derived(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: db, namespace: shop}
                spec: {selector: {app.kubernetes.io/name: db-backup}, ports: [{port: 80}]}
                ---
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: all, namespace: shop}
                spec: {maxUnavailable: 1}
                """
            )
        ],
        [
            (
                "db.yaml:1: Service shop/db: spec.selector: must select pods of its resource"
                " (app.kubernetes.io/name=db,app.kubernetes.io/instance=db), got app.kubernetes.io/name=db-backup"
            ),
            (
                "db.yaml:1: PodDisruptionBudget shop/all: spec.selector.matchLabels: must select pods of its resource"
                " (app.kubernetes.io/name=db,app.kubernetes.io/instance=db), got an empty selector"
            ),
        ],
    ),
    Case(
        "immutable",
        "a workload that the resource does not declare pods for",
        lambda: [derived(STATEFUL_SET.replace("NAME", "other"))],
        [
            "db.yaml:1: StatefulSet shop/other: metadata.name: must be the name of pods that the resource declares, declared are db"
        ],
    ),
    Case(
        "immutable",
        "a selector that a release would change",
        lambda: [
            service(
                "{partOf: shop}",
                ("Deployment", 'spec.selector.matchLabels["app.kubernetes.io/part-of"]', "shop"),
                ("Deployment", 'spec.selector.matchLabels["app.kubernetes.io/name"]', GONE),
            )
        ],
        [
            (
                'api.yaml:1: Deployment shop/api: spec.selector.matchLabels["app.kubernetes.io/name"]: must be "api" for ever: a'
                " selector can never be changed, got null"
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.selector.matchLabels["app.kubernetes.io/part-of"]: must not stand in a'
                " selector, which can never be changed: the label may change with any release"
            ),
        ],
    ),
    Case(
        "immutable",
        "a claim with the version of the day",
        lambda: [
            derived(
                STATEFUL_SET.replace("NAME", "db").replace(
                    "image: a:1}", "image: a:1, volumeMounts: [{name: data, mountPath: /d}]}"
                )
                + "  volumeClaimTemplates: [{metadata: {name: data, labels: {app.kubernetes.io/version: v1}, annotations: {a: b}}}]\n",
                labels={"app.kubernetes.io/version": "v1"},
            )
        ],
        [
            (
                'db.yaml:1: StatefulSet shop/db: spec.volumeClaimTemplates[0].metadata.labels["app.kubernetes.io/version"]: must not'
                " stand in a claim template, which can never be changed: it may change with any release"
            ),
            (
                "db.yaml:1: StatefulSet shop/db: spec.volumeClaimTemplates[0].metadata.annotations.a: must not stand in a claim"
                " template, which can never be changed: it may change with any release"
            ),
        ],
    ),
    Case(
        "monitor",
        "no Service",
        lambda: [service(WEB, ("ServiceMonitor", "spec.selector.matchLabels.tier", "web"))],
        [f"api.yaml:1: ServiceMonitor shop/api: spec.selector: {API},tier=web matches no Service"],
    ),
    Case(
        "monitor",
        "two Services, so that every pod is scraped twice, and a port that one of them lacks",
        lambda: [
            service(WEB),
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: alias, namespace: shop, labels: {app.kubernetes.io/name: api, app.kubernetes.io/instance: api}}
                spec: {type: ExternalName, externalName: a.example.com, ports: [{name: web, port: 80}]}
                """
            ),
        ],
        [
            (
                f"api.yaml:1: ServiceMonitor shop/api: spec.selector: {API} must match one Service, got 2 (Service shop/api"
                " (api.yaml:1), Service shop/alias (chart/extra)): pods would be scraped as often"
            ),
            (
                'api.yaml:1: ServiceMonitor shop/api: spec.endpoints[0].port: "http" is not a port of Service shop/alias'
                " (chart/extra), offered are web"
            ),
        ],
    ),
)
