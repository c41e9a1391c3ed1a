"""What the image of a Gateway is known or assumed to hold, and what follows from that: facts, warnings, errors."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..errors import Finding
from ..kube.fields import listed
from ..platform import Rules, Severity
from ..spec.gateway import GATEWAY_IMAGE, KRAKEND_IMAGE, TEMPLATE_VARIABLES, GatewaySpec
from ..spec.gateway_builds import READY_PATH, Build, Recognized, recognized
from ..spec.image import ImageSpec, image_reference
from ..spec.route_prefix import prefix_key
from .ties import GatewayRoute

__all__ = ["build_facts", "build_findings", "build_of", "gateway_image", "gateway_variables", "offers_ready_path"]

_TOKEN_VARIABLES = frozenset({"AUTH_ISSUER", "AUTH_JWKS_URL"})
"""By what the platform's gateway checks tokens, for all routes alike."""


def gateway_image(spec: GatewaySpec, rules: Rules) -> ImageSpec:
    """Return the image of the gateway of *spec*."""
    return spec.image or (KRAKEND_IMAGE if rules.epoch.gateway_builds else GATEWAY_IMAGE)


def build_of(spec: GatewaySpec, rules: Rules) -> Recognized:
    """Return what the image of the gateway of *spec* is taken for."""
    return recognized(gateway_image(spec, rules), spec.image_build)


def gateway_variables(spec: GatewaySpec, rules: Rules) -> Mapping[str, Mapping[str, str]]:
    """Return the variables that the gateway of *spec* gets beside its own, by the rule that gives them."""
    found: dict[str, Mapping[str, str]] = {}
    if rules.epoch.prefix_routes:
        found["prefix_routes"] = TEMPLATE_VARIABLES
    if rules.epoch.gateway_builds:
        own = {variable.name for variable in spec.env}
        environment = build_of(spec, rules).build.environment
        found["gateway_builds"] = {name: value for name, value in environment.items() if name not in own}
    return found


def offers_ready_path(build: Build, rules: Rules) -> bool:
    """Tell whether the configuration has an endpoint that only a *build* which read it answers."""
    return rules.epoch.gateway_builds and not build.health_proves


def build_findings(spec: GatewaySpec, routes: Sequence[GatewayRoute], rules: Rules) -> Iterator[Finding]:
    """Yield what the image of the gateway of *spec* is known, or may be feared, not to do for it and for *routes*."""
    found = build_of(spec, rules)
    image = image_reference(gateway_image(spec, rules))
    if found.refusal:
        at = "spec.imageBuild" if spec.image_build else "spec.image"
        yield Finding(f"{image} cannot serve this Gateway: {found.refusal}; {_remedy(spec)}", at)
        return
    if found.doubt:
        message = f"{image} is taken for {found.build.title}, but {found.doubt}; write imageBuild: {found.build.name} if it is, or which build it is"
        yield Finding(message, "spec.imageBuild", severity="warning")
    yield from _unmet_findings(spec, routes, found, rules)


def _remedy(spec: GatewaySpec) -> str:
    default = f"{KRAKEND_IMAGE.repository}, tag: {KRAKEND_IMAGE.tag}"
    remedy = f"write image: {{repository: {default}}}"
    if spec.image_build:
        return f"{remedy}, and leave imageBuild out"
    return f"{remedy}, or imageBuild: krakend if it is KrakenD"


def _unmet_findings(
    spec: GatewaySpec, routes: Sequence[GatewayRoute], found: Recognized, rules: Rules
) -> Iterator[Finding]:
    """Yield what is asked of the gateway, and is not part of its build."""
    build = found.build
    refused: Severity = "error" if rules.epoch.gateway_builds and not found.doubt else "warning"
    replicated = [route.owner for route in routes if route.replicas > 1]
    if replicated and not build.finds_writers:
        message = (
            f"leads to one replica or another of {listed(replicated)}, because {build.title} does not find the writer;"
            " write imageBuild: hanzo beside an image of the platform's gateway that has KrakenD in it"
        )
        yield Finding(message, "spec.image", severity=refused)
    if spec.cors and not build.cross_origin:
        message = (
            f"is not read by {build.title}, which answers other origins by a list of its own; let the services answer, or"
            " take an image of KrakenD"
        )
        yield Finding(message, "spec.cors", severity=refused)
    named = {variable.name for variable in spec.env}
    guarded = [*(each.auth_policy for each in spec.routes), *(each.gateway.auth_policy for each in routes)]
    if build.states_access and any(guarded) and not named >= _TOKEN_VARIABLES:
        message = (
            f"are not read by the newest versions of {build.title}, which check tokens by"
            f" {' and '.join(sorted(_TOKEN_VARIABLES))}; set these in env too"
        )
        yield Finding(message, "spec.authPolicies", severity="warning")
    if offers_ready_path(build, rules):
        for index, route in enumerate(spec.routes):
            if prefix_key(route.prefix) == READY_PATH:
                message = f"{READY_PATH} tells whether the gateway is ready; take another prefix"
                yield Finding(message, f"spec.routes[{index}].prefix")


def build_facts(spec: GatewaySpec, rules: Rules, *, sources: bool) -> Iterator[str]:
    """Yield what is relied on of the image of the gateway of *spec*, in words, and with *sources* where it was read."""
    found, build = build_of(spec, rules), build_of(spec, rules).build
    unsaid = f"assumed, because {found.doubt}" if found.doubt else "known by its name"
    how = "as imageBuild says" if spec.image_build else unsaid
    facts = [
        f"answers {build.ready_path} once it has read its configuration",
        f"metrics by {'OpenTelemetry' if build.metrics == 'opentelemetry' else 'OpenCensus'}",
        f"{'finds' if build.finds_writers else 'does not find'} the writer of a Base",
        *(["starts as root unless told its user"] if build.user is not None else []),
    ]
    yield f"{image_reference(gateway_image(spec, rules))} is taken for {build.title} ({how}): {', '.join(facts)}"
    if sources:
        for source in build.sources:
            yield f"  read in {source.repository} at {source.commit}: {source.path} ({source.date})"
