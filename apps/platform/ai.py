"""Models and what people do with them."""

from __future__ import annotations

from cdk8s import JsonPatch
from constructs import Construct

from hanzo_constructs import HanzoChart, LLMConstruct, ServiceConstruct

from .data import DataChart
from .models import chat_model, reranker
from .parts import http_probes, kms, resources

__all__ = ["AiChart"]


class AiChart(HanzoChart):
    """The model gateway, chat, agents, embeddings, search."""

    def __init__(
        self,
        scope: Construct,
        id: str,  # noqa: A002 - the name cdk8s uses
        *,
        data: DataChart,
        namespace: str,
    ) -> None:
        """Declare the services; what they remember is in *data*."""
        super().__init__(scope, id, namespace=namespace)
        org = {"hanzo.ai/org": "ai"}
        self.llm = LLMConstruct(
            self,
            "llm",
            {
                "image": "ghcr.io/hanzoai/llm:v1.74.3",
                "partOf": "ai",
                "component": "model-gateway",
                "ports": [
                    {"name": "http", "containerPort": 4000, "servicePort": 80},
                    {"name": "metrics", "containerPort": 9464},
                ],
                "args": ["--config", "/etc/llm/config.yaml", "--num-workers", "4"],
                "env": {
                    "DATABASE_URL": data.sql.connection_url + "/llm",
                    "PGPASSWORD": data.sql.secret_ref("POSTGRES_PASSWORD"),
                    "REDIS_URL": data.kv.connection_url,
                    "STORE_MODEL_IN_DB": "True",
                },
                "envFrom": [
                    {"secretRef": {"name": "llm-secrets"}},
                    {"configMapRef": {"name": "llm-models", "optional": True}},
                ],
                "kmsSecrets": kms("llm"),
                "volumes": [
                    {
                        "name": "config",
                        "projected": {
                            "sources": [
                                {"configMap": {"name": "llm-config"}},
                                {
                                    "secret": {
                                        "name": "llm-secrets",
                                        "items": [{"key": "ROUTER_KEY", "path": "router.key"}],
                                    }
                                },
                            ]
                        },
                    }
                ],
                "volumeMounts": [{"name": "config", "mountPath": "/etc/llm", "readOnly": True}],
                "resources": resources("1", "2Gi", memory_limit="4Gi"),
                **http_probes("/health/liveliness", ready_path="/health/readiness", start_seconds=120),
                "ingress": {"hosts": ["llm.hanzo.ai"]},
                "autoscaling": {"minReplicas": 4, "maxReplicas": 40, "targetCpuUtilization": 65},
                "pdb": {"maxUnavailable": "20%"},
                # An answer is streamed for up to two minutes.
                "terminationGracePeriodSeconds": 120,
                "securityContext": {"supplementalGroups": [2000]},
                "lifecycle": {"preStop": {"sleep": {"seconds": 10}}},
                "rollout": {"maxSurge": "25%", "minReadySeconds": 30},
                "networkPolicy": {},
                "serviceMonitor": {"metricsPath": "/metrics/"},
            },
            labels=org,
        )
        # Nothing else that runs here is waited for by a user; the spec has no field for that.
        self.llm.deployment.add_json_patch(JsonPatch.add("/spec/template/spec/priorityClassName", "interactive"))
        self.zen = chat_model(self, org)
        self.reranker = reranker(self, org)
        llm_url = f"{self.llm.endpoints.ports['http']}/v1"
        self.chat = ServiceConstruct(
            self,
            "chat",
            {
                "image": "ghcr.io/hanzoai/chat:v0.8.4",
                # The image says `USER node`, which the kubelet cannot tell from root.
                "containerSecurityContext": {"runAsUser": 1000},
                "partOf": "ai",
                "component": "web",
                "ports": [{"name": "http", "containerPort": 3080, "servicePort": 80}],
                "env": {
                    "OPENAI_REVERSE_PROXY": llm_url,
                    "MONGO_URI": data.docdb.connection_url + "/chat",
                    "MONGO_PASSWORD": data.docdb.secret_ref("MONGO_INITDB_ROOT_PASSWORD"),
                    "FILES_URL": data.s3.connection_url + "/chat",
                    "DOMAIN_CLIENT": "https://hanzo.chat",
                },
                "kmsSecrets": kms("chat"),
                "volumes": [{"name": "staging", "emptyDir": {"sizeLimit": "2Gi"}}],
                "volumeMounts": [{"name": "staging", "mountPath": "/app/uploads/staging"}],
                "resources": resources("250m", "512Mi", memory_limit="1Gi"),
                **http_probes(),
                "ingress": {"hosts": ["hanzo.chat", "chat.hanzo.ai"]},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 12},
                "pdb": {},
                "networkPolicy": {},
            },
            labels=org,
        )
        self.agents = ServiceConstruct(
            self,
            "agents",
            {
                "image": "ghcr.io/hanzoai/agents:v0.12.0",
                "partOf": "ai",
                "component": "worker",
                # By the length of the queue, which KEDA knows; its ScaledObject stands in another repository.
                "autoscaling": {"external": True},
                "command": ["/app/agents", "worker"],
                "env": {
                    "LLM_URL": llm_url,
                    "TASKS_URL": data.nats.connection_url,
                    "POD_NAME": {"fieldRef": {"fieldPath": "metadata.name"}},
                    "GOMEMLIMIT": {"resourceFieldRef": {"resource": "limits.memory"}},
                },
                "resources": resources("500m", "1Gi"),
                "livenessProbe": {"exec": {"command": ["/app/agents", "alive"]}, "periodSeconds": 30},
                # It starts pods of its own, as nobody else here may.
                "serviceAccount": {"annotations": {"hanzo.ai/role": "agents"}, "automountToken": True},
                "sidecars": [
                    {
                        "name": "browser",
                        "image": "ghcr.io/hanzoai/browser:v126.0.1",
                        "resources": resources("500m", "1Gi"),
                        "volumeMounts": [{"name": "shm", "mountPath": "/dev/shm"}],  # noqa: S108 - a path in the container
                    }
                ],
                "volumes": [{"name": "shm", "emptyDir": {"medium": "Memory", "sizeLimit": "512Mi"}}],
                "pdb": {"maxUnavailable": 1},
            },
            labels=org,
        )
        self.embeddings = ServiceConstruct(
            self,
            "embeddings",
            {
                "image": "ghcr.io/hanzoai/embeddings:v1.5.0",
                "partOf": "ai",
                "ports": [
                    {"name": "grpc", "containerPort": 50051, "appProtocol": "grpc"},
                    {"name": "http", "containerPort": 8080},
                ],
                "initContainers": [
                    {
                        "name": "fetch-model",
                        "image": "ghcr.io/hanzoai/model-fetch:v0.3.1",
                        "args": ["zen-embedding-small", "/models"],
                        "resources": resources("500m", "512Mi"),
                        "volumeMounts": [{"name": "models", "mountPath": "/models"}],
                    }
                ],
                "volumes": [
                    {
                        "name": "models",
                        "ephemeral": {
                            "volumeClaimTemplate": {
                                "spec": {
                                    "accessModes": ["ReadWriteOnce"],
                                    "resources": {"requests": {"storage": "20Gi"}},
                                }
                            }
                        },
                    }
                ],
                "volumeMounts": [{"name": "models", "mountPath": "/models", "readOnly": True}],
                # On the nodes with the fast processors, which nothing else may use, and never two on one of them.
                "nodeSelector": {"node.hanzo.ai/pool": "compute"},
                "tolerations": [{"key": "hanzo.ai/pool", "value": "compute", "effect": "NoSchedule"}],
                "affinity": {
                    "podAntiAffinity": {
                        "requiredDuringSchedulingIgnoredDuringExecution": [
                            {
                                "topologyKey": "kubernetes.io/hostname",
                                "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "embeddings"}},
                            }
                        ]
                    }
                },
                "topologySpreadConstraints": [
                    {
                        "maxSkew": 1,
                        "topologyKey": "topology.kubernetes.io/zone",
                        "whenUnsatisfiable": "ScheduleAnyway",
                        "labelSelector": {"matchLabels": {"app.kubernetes.io/name": "embeddings"}},
                    }
                ],
                # A new disk belongs to root, and nothing in the pod does.
                "fsGroup": 1000,
                "resources": resources("2", "4Gi"),
                "livenessProbe": {"tcpSocket": {"port": "grpc"}, "terminationGracePeriodSeconds": 10},
                "readinessProbe": {
                    "grpc": {"port": "grpc", "service": "hanzo.embeddings.v1.Embeddings"},
                    "initialDelaySeconds": 0,
                    "successThreshold": 2,
                },
                "startupProbe": {"path": "/health", "port": "http", "failureThreshold": 60},
                "autoscaling": {"minReplicas": 2, "maxReplicas": 8, "targetMemoryUtilization": 75},
                "pdb": {},
                "networkPolicy": {
                    "allowIntraNamespace": False,
                    "allowFrom": [{"podSelector": {"matchLabels": {"app.kubernetes.io/part-of": "ai"}}}],
                },
            },
            labels=org,
        )
        self.search = ServiceConstruct(
            self,
            "search",
            {
                "image": "ghcr.io/hanzoai/search:v1.11.0",
                "partOf": "ai",
                "replicas": 2,
                "ports": {"http": 7700},
                "env": {"EMBEDDINGS_URL": self.embeddings.endpoints.ports["http"], "MEILI_ENV": "production"},
                "resources": resources("500m", "1Gi"),
                **http_probes(),
                # One index for all replicas; the dumps go where the team of data reads them.
                "fsGroup": 1000,
                "persistence": [
                    {
                        "name": "index",
                        "size": "50Gi",
                        "storageClassName": "nfs",
                        "accessModes": ["ReadWriteMany"],
                        "retentionPolicy": "Delete",
                        "mountPath": "/meili_data",
                    },
                    {"name": "dumps", "existingClaim": "search-dumps", "mountPath": "/dumps"},
                ],
                "strategy": "RollingUpdate",
                "configs": [
                    {"name": "config", "mountPath": "/etc/meili", "files": {"config.toml": 'log_level = "WARN"\n'}},
                    {"name": "settings", "env": True, "files": {"MEILI_NO_ANALYTICS": "true"}},
                ],
                # For the people who tune it, by VPN: the controller there has its own certificate.
                "ingress": {"hosts": ["search.internal.hanzo.ai"], "ingressClassName": "internal", "tls": False},
                "pdb": {},
                "networkPolicy": {},
            },
            labels=org,
        )
