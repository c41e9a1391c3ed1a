#!/bin/sh
# kopf does not tell of objects that were deleted while it was not watching, though it lists everything again.
#
# kopf 1.45.2 (PyPI). When a watch has expired (410 Gone, as after a pause or a restarted API server) kopf lists all
# objects anew and calls the handlers of `kopf.on.event` for each that is there. Of one that has gone in between nothing is
# told: there is no event DELETED, and whoever keeps what the events say keeps it for ever. Informers of other clients
# compare the new list with what they know. Only what has a finalizer of its own cannot go unseen.
#
# Output seen (queues `kept` and `gone` are listed; after the 410 only `kept` is):
#   None gone, None kept
#   after the watch has expired: None kept
#
# Needs Python 3.11 or later with pip. Exits with another status than 0 when one of the answers has changed.
set -eu
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet kopf==1.45.2 2> log || { cat log >&2; exit 1; }

cat > seen.py <<'END'
import asyncio
import logging

import kopf
from aiohttp import web

def resource(name, singular, kind):
    verbs = ["list", "watch", "patch"]
    return {"resources": [{"name": name, "singularName": singular, "kind": kind, "namespaced": False, "verbs": verbs}]}


DISCOVERED = {
    "/api": {"versions": ["v1"]},
    "/api/v1": resource("namespaces", "namespace", "Namespace"),
    "/apis": {"groups": []},
    "/apis/apiextensions.k8s.io/v1": resource("customresourcedefinitions", "definition", "CustomResourceDefinition"),
    "/apis/example.com/v1": resource("queues", "queue", "Queue"),
}
for name in ("apiextensions.k8s.io", "example.com"):
    version = {"groupVersion": f"{name}/v1", "version": "v1"}
    DISCOVERED["/apis"]["groups"].append({"name": name, "versions": [version], "preferredVersion": version})
logging.disable()


def queue(name):
    metadata = {"name": name, "uid": name, "resourceVersion": "1"}
    return {"apiVersion": "example.com/v1", "kind": "Queue", "metadata": metadata}


class Server:
    """An API server with one kind, whose first watch expires."""

    def __init__(self):
        self.lists = 0
        self.has_expired = False

    async def answer(self, request):
        if request.path != "/apis/example.com/v1/queues":
            return web.json_response(DISCOVERED[request.path])
        return await self.watched(request) if "watch" in request.query else self.listed()

    def listed(self):
        self.lists += 1
        names = ["gone", "kept"] if self.lists == 1 else ["kept"]
        return web.json_response({"metadata": {"resourceVersion": str(self.lists)}, "items": [*map(queue, names)]})

    async def watched(self, request):
        response = web.StreamResponse()
        await response.prepare(request)
        if not self.has_expired:
            self.has_expired = True
            await asyncio.sleep(1)
            await response.write(b'{"type": "ERROR", "object": {"code": 410, "message": "too old"}}\n')
            return response
        await asyncio.sleep(60)
        return response


async def main():
    server, told = Server(), []
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]
    registry = kopf.OperatorRegistry()

    @kopf.on.login(registry=registry)
    def login(**_):
        return kopf.ConnectionInfo(server=f"http://127.0.0.1:{port}")

    @kopf.on.event("example.com", "v1", "queues", registry=registry)
    async def event(event, name, **_):
        told.append((server.lists, f"{event['type']} {name}"))

    settings = kopf.OperatorSettings()
    settings.scanning.disabled = True
    stop = asyncio.Event()
    operator = asyncio.create_task(
        kopf.operator(registry=registry, settings=settings, standalone=True, clusterwide=True, stop_flag=stop)
    )
    await asyncio.sleep(6)
    stop.set()
    await operator
    await runner.cleanup()
    print(", ".join(sorted(text for lists, text in told if lists == 1)))
    print("after the watch has expired:", ", ".join(sorted(text for lists, text in told if lists > 1)))


asyncio.run(main())
END
venv/bin/python seen.py > seen 2> log || { cat log >&2; exit 1; }
cat > expected <<'END'
None gone, None kept
after the watch has expired: None kept
END
diff expected seen
