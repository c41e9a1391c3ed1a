"""URLs of resources: what a port speaks is said by the engine, by the port itself, or by its name."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler import compile_resource
from hanzo_constructs.compiler.endpoints import endpoints
from hanzo_constructs.platform import Platform
from hanzo_constructs.spec.engines import ENGINES
from hanzo_constructs.spec.kinds import parse

URLS = {
    "clickhouse": {"http": "http://{}:8123", "native": "tcp://{}:9000"},
    "postgresql": {"postgresql": "postgresql://{}:5432"},
    "valkey": {"valkey": "redis://{}:6379"},
    "docdb": {"mongodb": "mongodb://{}:27017"},
    "minio": {"http": "http://{}:9000", "console": "http://{}:9001"},
    "nats": {"client": "nats://{}:4222", "monitor": "http://{}:8222"},
}


def urls(kind: str, epoch: str = "2026", **spec: Any) -> dict[str, str]:
    metadata = {"name": "one", "namespace": "shop"}
    document = {"apiVersion": "hanzo.ai/v1", "kind": kind, "metadata": metadata, "spec": spec}
    return dict(endpoints(compile_resource(parse(document), Platform(epoch=epoch))).ports)


def service(*ports: dict[str, Any]) -> dict[str, str]:
    return urls("Service", image={"repository": "ghcr.io/hanzoai/one", "tag": "v1"}, ports=list(ports))


def test_every_engine_knows_the_scheme_of_each_of_its_ports() -> None:
    for name, engine in ENGINES.items():
        assert [*engine.schemes] == [port.name for port in engine.ports], name


@pytest.mark.parametrize("epoch", ["2025", "2026"])
@pytest.mark.parametrize("engine", ENGINES)
def test_the_ports_of_an_engine_speak_what_it_speaks(engine: str, epoch: str) -> None:
    expected = {name: url.format("one.shop.svc.cluster.local") for name, url in URLS[engine].items()}
    found = urls("Datastore", epoch, type=engine, storage={"size": "10Gi"})
    assert found.items() >= expected.items()


def test_the_number_of_a_port_does_not_change_what_the_engine_speaks() -> None:
    ports = [{"name": "native", "containerPort": 9001, "appProtocol": "grpc"}]
    found = urls("Datastore", type="clickhouse", storage={"size": "10Gi"}, ports=ports)
    assert found["native"] == "tcp://one.shop.svc.cluster.local:9001"


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "clickhouse"])
def test_a_port_beside_those_of_the_engine_says_itself_what_it_speaks(engine: str) -> None:
    ports = [{"name": "native", "containerPort": 9555}]
    found = urls("Datastore", type=engine, storage={"size": "10Gi"}, ports=ports)
    assert found["native"] == "http://one.shop.svc.cluster.local:9555"


@pytest.mark.parametrize(
    ("port", "scheme"),
    [
        ({"name": "native"}, "http"),
        ({"name": "native", "appProtocol": "tcp"}, "tcp"),
        ({"name": "native", "protocol": "UDP"}, "udp"),
        ({"name": "client"}, "http"),
        ({"name": "tcp-native"}, "tcp"),
        ({"name": "https-admin"}, "https"),
        ({"name": "api", "appProtocol": "grpc"}, "grpc"),
        ({"name": "https-api", "appProtocol": "grpc"}, "grpc"),
        ({"name": "chat", "appProtocol": "kubernetes.io/ws"}, "ws"),
        ({"name": "grpc-api", "appProtocol": "kubernetes.io/h2c"}, "grpc"),
    ],
    ids=str,
)
def test_a_port_of_a_service_says_what_it_speaks(port: dict[str, Any], scheme: str) -> None:
    assert service({"containerPort": 9000, **port}) == {port["name"]: f"{scheme}://one.shop.svc.cluster.local:9000"}
