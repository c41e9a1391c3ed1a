"""What type checkers say of the constructs; nothing here runs, mypy and pyright read it with the rest of the tests.

Pyright takes the type of an instance from the metaclass, mypy from the class, so that both must be asked.
"""

# pyright: reportUnnecessaryTypeIgnoreComment=true

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, assert_type

from cdk8s import ApiObject, App, Chart

from hanzo_constructs import (
    Base,
    BaseConstruct,
    Compilation,
    Datastore,
    DatastoreConstruct,
    Endpoints,
    Gateway,
    GatewayConstruct,
    HanzoApp,
    HanzoChart,
    IAMConstruct,
    ResourceConstruct,
    Service,
    ServiceConstruct,
    SQLConstruct,
    Stateful,
    StatefulConstruct,
    Task,
    TaskConstruct,
    compile_resource,
)

app = HanzoApp()
chart = HanzoChart(app, "shop", namespace="shop")
assert_type(app, HanzoApp)
assert_type(chart, HanzoChart)
as_app: App = app
as_chart: Chart = chart

web = ServiceConstruct(chart, "web", {"image": "a/b:1"})
assert_type(web, ServiceConstruct)
assert_type(web.deployment, ApiObject)
assert_type(web.ingress, ApiObject | None)
assert_type(web.kms_secrets, Mapping[str, ApiObject])
assert_type(web.resource, Service)
assert_type(web.compilation, Compilation)
assert_type(web.endpoints, Endpoints)
assert_type(ServiceConstruct.from_resource(chart, "file", "web.yaml"), ServiceConstruct)

database = DatastoreConstruct(chart, "database", {"type": "valkey", "storage": {"size": "1Gi"}})
assert_type(database, DatastoreConstruct)
assert_type(database.stateful_set, ApiObject)
assert_type(database.resource, Datastore)
assert_type(database.connection_url, str)

base = BaseConstruct(chart, "base", {"image": "a/b:1", "storage": {"size": "1Gi"}})
assert_type(base.resource, Base)
gateway = GatewayConstruct(chart, "gateway", {"routes": []})
assert_type(gateway.resource, Gateway)
queue = StatefulConstruct(chart, "queue", {"image": "a/b:1", "storage": {"size": "1Gi", "mountPath": "/data"}})
assert_type(queue.resource, Stateful)
assert_type(queue.stateful_set, ApiObject)
task = TaskConstruct(chart, "task", {"image": "a/b:1"})
assert_type(task.resource, Task)
assert_type(task.job, ApiObject | None)
assert_type(IAMConstruct(chart, "iam", {"image": "a/b:1"}), IAMConstruct)
assert_type(SQLConstruct(chart, "sql", {"storage": {"size": "1Gi"}}), SQLConstruct)
assert_type(compile_resource(web.resource), Compilation)
every: list[ResourceConstruct[Any]] = [web, database, base, gateway, queue, task]


class OwnConstruct(ResourceConstruct[Service]):
    """The construct of another package, which says nothing of its spec."""


assert_type(OwnConstruct(chart, "own", {"anything": 1}).resource, Service)

# Mistakes that both find: each line must be refused, or its comment is an error itself.
web.deployment.add_json_patch(3)  # type: ignore[arg-type]
web.ingress.add_json_patch()  # type: ignore[union-attr]
print(database.conection_url)  # type: ignore[attr-defined] # noqa: T201
