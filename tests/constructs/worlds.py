"""One program of touching and looking, run in worlds that differ in when children become ApiObjects."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cdk8s import ApiObject, App, Chart, JsonPatch
from constructs import Construct
from hypothesis import strategies as st

from hanzo_constructs import (
    BaseConstruct,
    BaseDict,
    DatastoreDict,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    Platform,
    ServiceConstruct,
    ServiceDict,
    SQLConstruct,
)
from hanzo_constructs.constructs.kinds.resource import ResourceConstruct
from tests.constructs.samples import SMALL, config_map, full

CHARTS = ("shop", "10", "9")
"""Ids that JavaScript lists in another order are among them."""


class Act(NamedTuple):
    """Something that the user of the constructs does; the numbers choose whom it is done to."""

    name: str
    who: int
    whom: int


def act_strategy() -> st.SearchStrategy[Act]:
    names = [name.removeprefix("do_") for name in dir(World) if name.startswith("do_")]
    # Half of what is done is to declare, so that there is something to do things to.
    chosen = st.sampled_from(names) | st.sampled_from(["service", "stranger"])
    return st.builds(Act, chosen, st.integers(0, 9), st.integers(0, 9))


@dataclass
class World:
    """An app with charts, and what the acts have put into them."""

    app: Any
    charts: list[Any]
    services: list[ResourceConstruct[Any]] = field(default_factory=list)
    datastores: list[SQLConstruct] = field(default_factory=list)
    gateway: GatewayConstruct | None = None
    ranks: dict[Any, tuple[int, int]] = field(default_factory=dict)
    """Chart and number of everything: what depends only on lower ranks can make no circle, nor can its chart."""
    strangers: list[ApiObject] = field(default_factory=list)
    count: int = 0

    @classmethod
    def waiting(cls) -> World:
        app = HanzoApp(platform=Platform())
        return cls(app, [HanzoChart(app, name, namespace="shop", labels={"tier": "gold"}) for name in CHARTS])

    @classmethod
    def real(cls) -> World:
        world = cls.waiting()
        assert world.app.node
        return world

    @classmethod
    def plain(cls) -> World:
        app = App()
        return cls(app, [Chart(app, name, namespace="shop", labels={"tier": "gold"}) for name in CHARTS])

    def run(self, acts: list[Act]) -> World:
        for act in acts:
            getattr(self, f"do_{act.name}")(act.who, act.whom)
        return self

    def new_id(self, who: int) -> str:
        self.count += 1
        return f"thing-{self.count}" if who % 3 else str(100 - self.count)

    def declare(self, construct: ResourceConstruct[Any], who: int) -> None:
        self.services.append(construct)
        self.ranks[construct] = (who % len(self.charts), self.count)

    def do_service(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        chart, name = self.charts[who % len(self.charts)], f"svc-{self.count}"
        spec = full(name) if whom == 0 else SMALL
        self.declare(ServiceConstruct(chart, id_, spec, name=name), who)

    def do_datastore(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        chart, name = self.charts[who % len(self.charts)], f"db-{self.count}"
        spec: DatastoreDict = (
            {"storage": {"size": "1Gi"}, "networkPolicy": {}} if whom % 2 else {"storage": {"size": "1Gi"}}
        )
        self.datastores.append(SQLConstruct(chart, id_, spec, name=name))
        self.declare(self.datastores[-1], who)

    def do_use(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        if self.datastores:
            chart, used = self.charts[who % len(self.charts)], self.datastores[whom % len(self.datastores)]
            spec: ServiceDict = {**SMALL, "env": {"URL": used.connection_url}}
            self.declare(ServiceConstruct(chart, id_, spec, name=f"svc-{self.count}"), who)

    def do_base(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        spec: BaseDict = {
            "image": "ghcr.io/hanzoai/notes:v1",
            "storage": {"size": "1Gi"},
            "gateway": {"route": f"/v1/notes-{self.count}"},
        }
        chart = self.charts[who % len(self.charts)]
        self.declare(BaseConstruct(chart, id_, spec, name=f"base-{self.count}"), who)

    def do_gateway(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        if self.gateway:
            self.gateway.add_route(f"/v2/route-{self.count}", "chat:8000")
        else:
            gateway = GatewayConstruct(
                self.charts[who % len(self.charts)],
                id_,
                {"imageBuild": "hanzo", "image": "ghcr.io/hanzoai/gateway:v2.1.0"},
                name="gateway",
            )
            self.gateway = gateway
            self.declare(gateway, who)

    def do_inside(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        inside = Construct(self.charts[who % len(self.charts)], id_)
        self.declare(ServiceConstruct(inside, "api", SMALL, name=f"svc-{self.count}"), who)

    def do_stranger(self, who: int, whom: int) -> None:
        id_ = self.new_id(whom)
        stranger = config_map(self.charts[who % len(self.charts)], id_, f"config-{self.count}")
        self.strangers.append(stranger)
        self.ranks[stranger] = (who % len(self.charts), self.count)

    def do_guest(self, who: int, whom: int) -> None:
        if service := self.service(who):
            guest = config_map(service, self.new_id(whom), f"config-{self.count}")
            self.strangers.append(guest)
            self.ranks[guest] = self.ranks[service]

    def do_patch(self, who: int, whom: int) -> None:
        if service := self.service(who):
            children = [*service.children.values()]
            patch = JsonPatch.add("/metadata/annotations", {"patched": str(whom)})
            owner = {"uid": "1", "name": "app", "kind": "App", "apiVersion": "example.com/v1"}
            children[whom % len(children)].add_json_patch(patch, JsonPatch.add("/metadata/ownerReferences", [owner]))

    def do_label(self, who: int, whom: int) -> None:
        if service := self.service(who):
            service.children[service.main_child].metadata.add_label("touched", str(whom))

    def do_look(self, who: int, whom: int) -> None:
        if service := self.service(who):
            looks = (
                lambda: service.node.children,
                lambda: service.node.find_child(service.main_child),
                lambda: ApiObject.of(service),
                lambda: service.children[service.main_child],
                lambda: service.node.scope,
                lambda: service.manifests,
            )
            assert looks[whom % len(looks)]()

    def do_look_around(self, who: int, whom: int) -> None:
        chart = self.charts[who % len(self.charts)]
        looks = (
            lambda: chart.namespace,
            lambda: chart.labels,
            lambda: chart.api_objects,
            lambda: list(chart.node.find_all()),
            lambda: self.app.node.children,
            lambda: list(chart.to_json()),
        )
        looks[whom % len(looks)]()

    def do_depend(self, who: int, whom: int) -> None:
        service, other = self.service(who), self.service(whom)
        if service and other and self.ranks[other] < self.ranks[service]:
            service.node.add_dependency(other)

    def do_stranger_depends(self, who: int, whom: int) -> None:
        if self.strangers and (service := self.service(whom)):
            stranger = self.strangers[who % len(self.strangers)]
            if self.ranks[service] < self.ranks[stranger]:
                stranger.add_dependency(service)

    def do_remove(self, who: int, whom: int) -> None:
        if whom == 0 and (service := self.service(who)):
            scope = service.node.scope
            assert scope is not None
            scope.node.try_remove_child(service.node.id)
            self.services.remove(service)

    def service(self, who: int) -> ResourceConstruct[Any] | None:
        return self.services[who % len(self.services)] if self.services else None

    @property
    def documents(self) -> list[dict[str, Any]]:
        """What is written, in order."""
        if isinstance(self.app, HanzoApp):
            return self.app.manifests
        rendered = {chart.node.id: chart.to_json() for chart in self.app.charts}
        # Rendering settles the order of charts that depend on each other.
        return [document for chart in self.app.charts for document in rendered[chart.node.id]]
