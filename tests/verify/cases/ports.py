"""Ports: what is declared, and what refers to it."""

from __future__ import annotations

from tests.verify.pieces import GONE, Case, objects, service

__all__ = ["CASES"]

PORTS = "{ports: [{name: http, containerPort: 8080, servicePort: 80}, {name: metrics, containerPort: 9090}]"
MERGED = "and kubectl apply takes both for one port; apply it with --server-side"
EXPLICIT = "required: server-side apply tells ports apart by it, and does not know the default"

CASES = (
    Case(
        "container-port",
        "out of range, illegal and twice",
        lambda: [
            service(
                PORTS
                + ", sidecars: [{name: proxy, image: a:1, ports: [{name: http, containerPort: 8443, protocol: TCP}]}]}",
                ("Deployment", "spec.template.spec.containers[0].ports[1].containerPort", 8080),
                ("Deployment", "spec.template.spec.containers[0].ports[1].name", "Metrics"),
                ("Deployment", "spec.template.spec.initContainers[0].ports[0].containerPort", 84430),
                ("Service", "spec.ports[1].targetPort", 8080),
            )
        ],
        [
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].ports[1].containerPort: 8080/TCP is used twice"
                " (also containers[0].ports[0])"
            ),
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].ports[1].name: must be lower-case letters,"
                " digits and single '-', with at least one letter, got \"Metrics\""
            ),
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].ports[0].containerPort: must be a port from 1 to"
                " 65535, got 84430"
            ),
            (
                'warning: api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].ports[0].name: "http" is used twice (also'
                " containers[0].ports[0])"
            ),
        ],
    ),
    Case(
        "container-port",
        "two containers of the user's on one port",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: two}
                spec:
                  containers:
                    - {name: a, image: a:1, ports: [{containerPort: 80}]}
                    - {name: b, image: a:1, ports: [{containerPort: 80}]}
                  initContainers:
                    - {name: c, image: a:1, ports: [{containerPort: 80}]}
                """
            )
        ],
        [
            (
                "warning: chart/extra: Pod two: spec.containers[1].ports[0].containerPort: 80/TCP is used twice (also"
                " containers[0].ports[0])"
            )
        ],
    ),
    Case(
        "service-option",
        "of one of the user's own",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: odd}
                spec:
                  type: LoadBalancer
                  allocateLoadBalancerNodePorts: false
                  healthCheckNodePort: 30001
                  ipFamilies: [IPv4, IPv6]
                  sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}
                  ports: [{port: 80, targetPort: 80, protocol: TCP}]
                """
            )
        ],
        [
            "chart/extra: Service odd: spec.healthCheckNodePort: needs type LoadBalancer and externalTrafficPolicy Local",
            (
                "warning: chart/extra: Service odd: spec.sessionAffinityConfig: has no effect without sessionAffinity"
                " ClientIP; leave it out"
            ),
        ],
    ),
    Case(
        "service-port",
        "out of range, without a name and twice",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: odd}
                spec:
                  ports:
                    - {port: 80, targetPort: 70000, name: http}
                    - {port: 80, protocol: UDP}
                    - {port: 80, name: http}
                    - {port: 99999, name: Admin}
                """
            )
        ],
        [
            "chart/extra: Service odd: spec.ports[0].targetPort: must be a port from 1 to 65535, got 70000",
            "chart/extra: Service odd: spec.ports[1].name: required because the Service has several ports",
            "chart/extra: Service odd: spec.ports[2].port: 80/TCP is used twice (also ports[0])",
            'chart/extra: Service odd: spec.ports[2].name: "http" is used twice (also ports[0])',
            "chart/extra: Service odd: spec.ports[3].port: must be a port from 1 to 65535, got 99999",
            (
                "chart/extra: Service odd: spec.ports[3].name: must be lower-case letters, digits and '-', with a letter or"
                ' digit at both ends, got "Admin"'
            ),
        ],
    ),
    Case(
        "container-port",
        "a protocol left to a default; the user's sidecars may",
        lambda: [
            service(
                PORTS + ", sidecars: [{name: proxy, image: a:1, ports: [{containerPort: 1}]}]}",
                ("Deployment", "spec.template.spec.containers[0].ports[0].protocol", GONE),
            )
        ],
        [f"api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].ports[0].protocol: {EXPLICIT}"],
    ),
    Case(
        "service-port",
        "a protocol left to a default; the user's Services may",
        lambda: [
            service(PORTS + "}", ("Service", "spec.ports[1].protocol", GONE)),
            objects("{apiVersion: v1, kind: Service, metadata: {name: mine}, spec: {ports: [{port: 80}]}}"),
        ],
        [f"api.yaml:1: Service shop/api: spec.ports[1].protocol: {EXPLICIT}"],
    ),
    Case(
        "protocol",
        "one number for two protocols, of the Service, of the container and of a sidecar",
        lambda: [
            service(
                "{ports: [{name: dns, containerPort: 53}, {name: dns-udp, containerPort: 53, protocol: UDP}],"
                " sidecars: [{name: proxy, image: a:1, ports: [{containerPort: 1}, {containerPort: 1, protocol: SCTP}]}]}"
            )
        ],
        [
            f"warning: api.yaml:1: Service shop/api: spec.ports[1].port: 53 is used with TCP too (ports[0]), {MERGED}",
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].ports[1].containerPort: 53 is used"
                f" with TCP too (ports[0]), {MERGED}"
            ),
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].ports[1].containerPort: 1 is used"
                f" with TCP too (ports[0]), {MERGED}"
            ),
        ],
    ),
    Case(
        "protocol",
        "of the user's own Service; another container may have the number",
        lambda: [
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: dns}
                spec:
                  ports:
                    - {name: dns, port: 53, protocol: UDP}
                    - {name: dns-tcp, port: 53}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: dns}
                spec:
                  containers:
                    - {name: a, image: a:1, ports: [{containerPort: 53}]}
                    - {name: b, image: a:1, ports: [{containerPort: 53, protocol: UDP}]}
                """
            )
        ],
        [f"warning: chart/extra: Service dns: spec.ports[1].port: 53 is used with UDP too (ports[0]), {MERGED}"],
    ),
    Case(
        "policy-port",
        "out of range, and a protocol left to a default",
        lambda: [
            service(
                PORTS + ", networkPolicy: {}}",
                ("NetworkPolicy", "spec.ingress[0].ports[0].port", 0),
                ("NetworkPolicy", "spec.ingress[0].ports[1].protocol", GONE),
            )
        ],
        [
            "api.yaml:1: NetworkPolicy shop/api: spec.ingress[0].ports[0].port: must be a port from 1 to 65535, got 0",
            f"api.yaml:1: NetworkPolicy shop/api: spec.ingress[0].ports[1].protocol: {EXPLICIT}",
        ],
    ),
    Case(
        "probed-port",
        "a probe of the main container",
        lambda: [
            service(
                PORTS + ", livenessProbe: {port: http}, readinessProbe: {tcpSocket: {port: 9090}}}",
                ("Deployment", "spec.template.spec.containers[0].livenessProbe.httpGet.port", "admin"),
                ("Deployment", "spec.template.spec.containers[0].readinessProbe.tcpSocket.port", 9091),
            )
        ],
        [
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].livenessProbe.httpGet.port: "admin" is the name of'
                " no port of the container, declared are http, metrics"
            ),
            (
                "api.yaml:1: Deployment shop/api: spec.template.spec.containers[0].readinessProbe.tcpSocket.port: 9091 is declared by"
                " no container of the pod, declared are 8080, 9090"
            ),
        ],
    ),
    Case(
        "probed-port",
        "probes and hooks of a sidecar: a name must be its own, a number need not be declared",
        lambda: [
            service(
                PORTS
                + """, sidecars: [{
                  name: proxy, image: a:1,
                  startupProbe: {grpc: {port: 7}}, livenessProbe: {httpGet: {port: http}}, readinessProbe: {tcpSocket: {port: 8080}},
                  lifecycle: {preStop: {httpGet: {port: drain}}, postStart: {httpGet: {port: 1, host: example.com}}}
                }]}"""
            )
        ],
        [
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].livenessProbe.httpGet.port: "http" is the name of'
                " no port of the container, declared are none"
            ),
            (
                "warning: api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].startupProbe.grpc.port: 7 is declared by"
                " no container of the pod, declared are 8080, 9090"
            ),
            (
                'api.yaml:1: Deployment shop/api: spec.template.spec.initContainers[0].lifecycle.preStop.httpGet.port: "drain" is the'
                " name of no port of the container, declared are none"
            ),
        ],
    ),
    Case(
        "target-port",
        "a Service and a policy of undeclared ports",
        lambda: [
            service(
                PORTS + ", networkPolicy: {}}",
                ("Service", "spec.ports[0].targetPort", "web"),
                ("Service", "spec.ports[1].targetPort", GONE),
                ("Service", "spec.ports[1].port", 9091),
                ("NetworkPolicy", "spec.ingress[0].ports[0].protocol", "UDP"),
            )
        ],
        [
            (
                "api.yaml:1: NetworkPolicy shop/api: spec.ingress[0].ports[0].port: 8080 (UDP) is not declared by Deployment shop/api"
                " (api.yaml:1), declared are http 8080, metrics 9090"
            ),
            (
                'api.yaml:1: Service shop/api: spec.ports[0].targetPort: "web" (TCP) is not declared by Deployment shop/api'
                " (api.yaml:1), declared are http 8080, metrics 9090"
            ),
            (
                "api.yaml:1: Service shop/api: spec.ports[1].targetPort: 9091 (TCP) is not declared by Deployment shop/api"
                " (api.yaml:1), declared are http 8080, metrics 9090"
            ),
        ],
    ),
    Case(
        "target-port",
        "a Service of the user's to a number and a name that nobody declares",
        lambda: [
            service("{}"),
            objects(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: mine, namespace: shop}
                spec:
                  selector: {app.kubernetes.io/instance: api}
                  ports: [{name: a, port: 80, targetPort: 3000}, {name: b, port: 81, targetPort: web}]
                """
            ),
        ],
        [
            (
                "warning: chart/extra: Service shop/mine: spec.ports[0].targetPort: 3000 (TCP) is not declared by Deployment"
                " shop/api (api.yaml:1), declared are none"
            ),
            (
                'warning: chart/extra: Service shop/mine: spec.ports[1].targetPort: "web" (TCP) is not declared by Deployment'
                " shop/api (api.yaml:1), declared are none"
            ),
        ],
    ),
    Case(
        "backend",
        "routes to ports that the Service does not offer",
        lambda: [
            service(
                PORTS + ", ingress: {hosts: [api.example.com], pathRules: [{path: /m, port: metrics}]}}",
                ("Ingress", "spec.rules[0].http.paths[0].backend.service.port.number", 8080),
                ("Service", "spec.ports[1].name", "prom"),
            ),
            objects(
                """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: mine, namespace: shop}
                spec: {rules: [{backendRefs: [{name: api, port: 80}, {name: api, port: 443}, {name: api, namespace: x, port: 1}]}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: mine, namespace: shop}
                spec: {defaultBackend: {service: {name: api, port: {number: 444}}}}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: GRPCRoute
                metadata: {name: mine, namespace: edge}
                spec: {rules: [{backendRefs: [{name: api, port: 445}, {name: api, namespace: shop, port: 446}]}]}
                """
            ),
        ],
        [
            (
                "api.yaml:1: Ingress shop/api: spec.rules[0].http.paths[0].backend.service.port.number: 8080 is not a port of Service"
                " shop/api (api.yaml:1), offered are http 80, prom 9090"
            ),
            (
                'api.yaml:1: Ingress shop/api: spec.rules[0].http.paths[1].backend.service.port.name: "metrics" is not a port of'
                " Service shop/api (api.yaml:1), offered are http 80, prom 9090"
            ),
            (
                "chart/extra: HTTPRoute shop/mine: spec.rules[0].backendRefs[1].port: 443 is not a port of Service shop/api"
                " (api.yaml:1), offered are http 80, prom 9090"
            ),
            (
                "chart/extra: Ingress shop/mine: spec.defaultBackend.service.port.number: 444 is not a port of Service shop/api"
                " (api.yaml:1), offered are http 80, prom 9090"
            ),
            (
                "chart/extra: GRPCRoute edge/mine: spec.rules[0].backendRefs[1].port: 446 is not a port of Service shop/api"
                " (api.yaml:1), offered are http 80, prom 9090"
            ),
        ],
    ),
)
