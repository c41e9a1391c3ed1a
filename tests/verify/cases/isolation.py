"""Network policies of the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from tests.verify.pieces import Case, Piece, compiled, objects, service

__all__ = ["CASES", "LET_THROUGH"]

DENIED = """
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {name: deny, namespace: shop}
spec: {podSelector: {}, policyTypes: [Ingress, Egress]}
"""
CALLER = "{env: [{name: URL, value: http://db.shop.svc:5432}]}"
STORE = "{storage: {size: 1Gi}, insecure: true}"
OWN = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: db, namespace: shop}
spec:
  selector: {matchLabels: {app: db}}
  template:
    metadata: {labels: {app: db}}
    spec: {containers: [{name: main, image: a:1, ports: [{name: sql, containerPort: 5432}]}]}
---
apiVersion: v1
kind: Service
metadata: {name: db, namespace: shop}
spec: {selector: {app: db}, ports: [{name: sql, port: 5432, targetPort: sql}]}
"""
OWN_CALLER = """
apiVersion: batch/v1
kind: Job
metadata: {name: load, namespace: shop}
spec:
  template:
    metadata: {labels: {app: load}}
    spec:
      restartPolicy: Never
      containers: [{name: main, image: a:1, args: ["--to", "http://db.shop.svc:5432"]}]
"""


def policy(spec: str) -> Piece:
    """Return a policy of the user's own with that *spec*."""
    head = "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: deny, namespace: shop}\n"
    return objects(f"{head}spec: {spec}\n", "chart/policy")


def sql(spec: str = STORE) -> Piece:
    """Return a database called db."""
    return compiled("SQL", "db", spec)


_TO = "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].env[0].value: connects to Service shop/db"
_KEPT_OUT = f"{_TO}, whose pods NetworkPolicy shop/deny (chart/policy) isolates"
_KEPT_IN = (
    f"{_TO}, but NetworkPolicy shop/deny (chart/policy) lets its pods connect to nobody there; "
    "write networkPolicy: {policyTypes: [Egress]} in Service shop/api, whose policy lets them"
)
_OPEN = "write networkPolicy: {} in SQL shop/db, whose policy lets in who is declared to need it"
_OPEN_OWN = "write a rule of ingress that lets in who needs them"
ALL = "podSelector: {}, policyTypes: [Ingress, Egress]"

CASES = (
    Case(
        "isolation",
        "of everybody, in both directions",
        lambda: [service(CALLER), sql(), policy(f"{{{ALL}}}")],
        [_KEPT_IN, f"{_KEPT_OUT}; {_OPEN}"],
    ),
    Case(
        "isolation",
        "of everybody, but DNS",
        lambda: [service(CALLER), sql(), policy(f"{{{ALL}, egress: [{{ports: [{{port: 53, protocol: UDP}}]}}]}}")],
        [_KEPT_IN, f"{_KEPT_OUT}; {_OPEN}"],
    ),
    Case(
        "isolation",
        "of who connects, which no policyTypes say",
        lambda: [
            service(CALLER),
            sql(),
            policy("{podSelector: {}, ingress: [{}], egress: [{to: [{podSelector: {matchLabels: {app: none}}}]}]}"),
        ],
        [_KEPT_IN],
    ),
    Case(
        "isolation",
        "of another port and another namespace",
        lambda: [
            service(CALLER),
            sql(),
            policy(
                "{podSelector: {}, ingress: [{ports: [{port: 1, endPort: 5431}]}, "
                "{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}]}]}"
            ),
        ],
        [f"{_KEPT_OUT}; {_OPEN}"],
    ),
    Case(
        "isolation",
        "of pods of the user's own, at both ends",
        lambda: [objects(OWN), objects(OWN_CALLER), policy(f"{{{ALL}}}")],
        [
            (
                "warning: chart/extra: Job shop/load: spec.template.spec.containers[0].args[1]: connects to Service shop/db,"
                " but NetworkPolicy shop/deny (chart/policy) lets its pods connect to nobody there; write a rule of egress that"
                " lets them"
            ),
            (
                "warning: chart/extra: Job shop/load: spec.template.spec.containers[0].args[1]: connects to Service shop/db,"
                f" whose pods NetworkPolicy shop/deny (chart/policy) isolates; {_OPEN_OWN}"
            ),
        ],
    ),
    Case(
        "isolation",
        "of what an Ingress leads to, from other namespaces",
        lambda: [
            service("{ports: {http: 80}, ingress: {hosts: [a.b]}}"),
            policy("{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}"),
        ],
        [
            (
                "warning: api.yaml:1: Ingress shop/api: spec.rules[0].http.paths[0].backend.service.name: leads to Service"
                " shop/api, whose pods NetworkPolicy shop/deny (chart/policy) isolates from the namespace of the ingress"
                " controller (ingress); write networkPolicy: {} in Service shop/api, whose policy lets in who is declared to"
                " need it"
            )
        ],
    ),
)

_RULES = {
    "everybody": "{}",
    "a range of addresses": "{from: [{ipBlock: {cidr: 10.0.0.0/8}}]}",
    "labels of namespaces, which nobody knows": "{from: [{namespaceSelector: {matchLabels: {team: shop}}}]}",
    "the namespace": "{from: [{podSelector: {}}]}",
    "the namespace by its name": "{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: shop}}}]}",
    "the pods by their labels": "{from: [{podSelector: {matchExpressions: [{key: app.kubernetes.io/name, operator: In, values: [api]}]}}]}",
    "the port": "{ports: [{port: 5432}]}",
    "a range of ports": "{ports: [{port: 5000, endPort: 6000}]}",
    "a named port": "{ports: [{port: sql}]}",
}


def _let_through_by(rule: str) -> list[Piece]:
    """Return a set whose policy has that *rule* of ingress, and the same for egress."""
    egress = rule.replace("from:", "to:").replace("[api]", "[db]")
    return [service(CALLER), sql(), policy(f"{{podSelector: {{}}, ingress: [{rule}], egress: [{egress}]}}")]


LET_THROUGH: dict[str, Callable[[], Sequence[Piece]]] = {
    **{f"a rule for {name}": partial(_let_through_by, rule) for name, rule in _RULES.items()},
    "policies that are derived": lambda: [
        service("{env: [{name: URL, value: http://db.shop.svc:5432}], networkPolicy: {egress: []}}"),
        sql("{storage: {size: 1Gi}, insecure: true, networkPolicy: {}}"),
        policy(f"{{{ALL}}}"),
    ],
    "policies for other pods": lambda: [
        service(CALLER),
        sql(),
        policy("{podSelector: {matchLabels: {app: other}}, policyTypes: [Ingress, Egress]}"),
        objects(OWN.replace("name: db", "name: other").replace("app: db", "app: other")),
    ],
    "policies of another namespace": lambda: [
        service(CALLER),
        sql(),
        objects(DENIED.replace("namespace: shop", "namespace: other")),
        objects(OWN.replace("shop", "other")),
    ],
    "another policy that lets through": lambda: [
        service(CALLER),
        sql(),
        policy(f"{{{ALL}}}"),
        objects(
            DENIED.replace("name: deny", "name: allow").replace(
                "policyTypes", "ingress: [{}], egress: [{}], policyTypes"
            )
        ),
    ],
    "a controller in the namespace itself": lambda: [
        service("{ports: {http: 80}, ingress: {hosts: [a.b]}}"),
        policy("{podSelector: {}, ingress: [{from: [{namespaceSelector: {}}]}]}"),
    ],
    "nothing that is in the set": lambda: [service(CALLER), policy(f"{{{ALL}}}")],
}
"""Sets whose connections work, although policies of the user's own isolate pods."""
