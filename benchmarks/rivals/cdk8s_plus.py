"""cdk8s in Python, cdk8s-plus-27: the same six objects as its users write them, with its own labels and affinities."""

from __future__ import annotations

import sys
from typing import Any

import cdk8s_plus_27 as kplus
from cdk8s import ApiObjectMetadata, App, Chart, Duration, Size
from constructs import Construct

from benchmarks.fleet import facts


class ShopService(Construct):
    """One service of the fleet."""

    def __init__(self, scope: Construct, fact: dict[str, Any]) -> None:
        name = fact["name"]
        super().__init__(scope, name)
        pod_labels = {
            "app.kubernetes.io/name": name,
            "app.kubernetes.io/instance": name,
            "app.kubernetes.io/component": fact["component"],
            "app.kubernetes.io/part-of": "shop",
            "team": fact["team"],
        }
        labels = {**pod_labels, "app.kubernetes.io/version": fact["version"]}
        metadata = ApiObjectMetadata(name=name, labels=labels)

        deployment = kplus.Deployment(
            self,
            "Deployment",
            metadata=metadata,
            pod_metadata=ApiObjectMetadata(labels=pod_labels),
            min_ready=Duration.seconds(10),
            termination_grace_period=Duration.seconds(30),
            automount_service_account_token=False,
            security_context=kplus.PodSecurityContextProps(ensure_non_root=True),
            strategy=kplus.DeploymentStrategy.rolling_update(
                max_surge=kplus.PercentOrAbsolute.absolute(1),
                max_unavailable=kplus.PercentOrAbsolute.absolute(0),
            ),
            containers=[self._container(fact)],
        )
        deployment.scheduling.spread(topology=kplus.Topology.HOSTNAME, weight=1)
        deployment.scheduling.spread(topology=kplus.Topology.ZONE, weight=1)

        service = kplus.Service(
            self,
            "Service",
            metadata=metadata,
            selector=deployment,
            ports=[
                kplus.ServicePort(name="http", port=80, target_port=8080),
                kplus.ServicePort(name="metrics", port=9090, target_port=9090),
            ],
        )

        certificate = kplus.Secret.from_secret_name(self, "Certificate", f"{name}-tls")
        annotations = {"cert-manager.io/cluster-issuer": "letsencrypt-prod"}
        backend = kplus.IngressBackend.from_service(service, port=80)
        kplus.Ingress(
            self,
            "Ingress",
            metadata=ApiObjectMetadata(name=name, labels=labels, annotations=annotations),
            class_name="ingress",
            rules=[kplus.IngressRule(host=fact["host"], path="/", backend=backend)],
            tls=[kplus.IngressTls(hosts=[fact["host"]], secret=certificate)],
        )

        kplus.HorizontalPodAutoscaler(
            self,
            "Autoscaler",
            metadata=metadata,
            target=deployment,
            min_replicas=2,
            max_replicas=fact["maxReplicas"],
            metrics=[kplus.Metric.resource_cpu(kplus.MetricTarget.average_utilization(75))],
        )

        kplus.k8s.KubePodDisruptionBudget(
            self,
            "Budget",
            metadata=kplus.k8s.ObjectMeta(name=name, labels=labels),
            spec=kplus.k8s.PodDisruptionBudgetSpec(
                max_unavailable=kplus.k8s.IntOrString.from_number(1),
                unhealthy_pod_eviction_policy="AlwaysAllow",
                selector=kplus.k8s.LabelSelector(match_labels=deployment.match_labels),
            ),
        )

        http, metrics = kplus.NetworkPolicyPort.tcp(8080), kplus.NetworkPolicyPort.tcp(9090)
        team = kplus.Pods.select(self, "Team", labels={"team": fact["team"]})
        same_namespace = kplus.Pods.all(self, "Namespace")
        ingress_namespace = kplus.Namespaces.select(self, "IngressNamespace", names=["ingress"])
        kplus.NetworkPolicy(
            self,
            "Policy",
            metadata=metadata,
            selector=deployment,
            ingress=kplus.NetworkPolicyTraffic(
                rules=[
                    kplus.NetworkPolicyRule(peer=team, ports=[http, metrics]),
                    kplus.NetworkPolicyRule(peer=same_namespace, ports=[http, metrics]),
                    kplus.NetworkPolicyRule(peer=ingress_namespace, ports=[http]),
                ]
            ),
        )

    def _container(self, fact: dict[str, Any]) -> kplus.ContainerProps:
        name = fact["name"]
        database = kplus.Secret.from_secret_name(self, "Database", f"{name}-database")
        environment = kplus.ConfigMap.from_config_map_name(self, "Environment", f"{name}-environment")
        config = kplus.ConfigMap.from_config_map_name(self, "Config", f"{name}-config")
        return kplus.ContainerProps(
            name=name,
            image=f"ghcr.io/hanzoai/{name}:{fact['version']}",
            ports=[kplus.ContainerPort(name="http", number=8080), kplus.ContainerPort(name="metrics", number=9090)],
            env_variables={
                "SERVICE_NAME": kplus.EnvValue.from_value(name),
                "LOG_LEVEL": kplus.EnvValue.from_value(fact["level"]),
                "HTTP_PORT": kplus.EnvValue.from_value("8080"),
                "UPSTREAM_URL": kplus.EnvValue.from_value(fact["upstream"]),
                "CACHE_TTL": kplus.EnvValue.from_value("1e3"),
                "TRACING": kplus.EnvValue.from_value("on"),
                "GREETING": kplus.EnvValue.from_value("hello: #1, it's ready"),
                "DATABASE_PASSWORD": kplus.EnvValue.from_secret_value(
                    kplus.SecretValue(secret=database, key="password")
                ),
            },
            env_from=[kplus.Env.from_config_map(environment)],
            resources=kplus.ContainerResources(
                cpu=kplus.CpuResources(
                    request=kplus.Cpu.millis(int(fact["cpu"].removesuffix("m"))), limit=kplus.Cpu.units(1)
                ),
                memory=kplus.MemoryResources(
                    request=Size.mebibytes(int(fact["memory"].removesuffix("Mi"))), limit=Size.gibibytes(1)
                ),
            ),
            startup=kplus.Probe.from_http_get(
                "/health",
                port=8080,
                initial_delay_seconds=Duration.seconds(5),
                period_seconds=Duration.seconds(10),
                failure_threshold=30,
            ),
            liveness=kplus.Probe.from_http_get(
                "/health", port=8080, initial_delay_seconds=Duration.seconds(5), period_seconds=Duration.seconds(20)
            ),
            readiness=kplus.Probe.from_http_get(
                "/ready",
                port=8080,
                initial_delay_seconds=Duration.seconds(5),
                period_seconds=Duration.seconds(10),
                timeout_seconds=Duration.seconds(2),
            ),
            lifecycle=kplus.ContainerLifecycle(pre_stop=kplus.Handler.from_command(["sleep", "5"])),
            security_context=kplus.ContainerSecurityContextProps(
                ensure_non_root=True,
                allow_privilege_escalation=False,
                read_only_root_filesystem=False,
                capabilities=kplus.ContainerSecutiryContextCapabilities(drop=[kplus.Capability.NET_RAW]),
            ),
            volume_mounts=[
                kplus.VolumeMount(
                    path="/etc/service",
                    volume=kplus.Volume.from_config_map(self, "Volume", config),
                    read_only=True,
                )
            ],
        )


count, per_chart = int(sys.argv[1]), int(sys.argv[2])
app = App()
charts = [Chart(app, f"fleet-{number}", namespace="shop") for number in range((count + per_chart - 1) // per_chart)]
for index in range(count):
    ShopService(charts[index // per_chart], facts(index))
app.synth()
