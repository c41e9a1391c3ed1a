"""Of the golden cases, taken as sets: a policy lets in every declared need, to the ports it asks for, and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from hanzo_constructs.compiler.needs import Need, needs_of
from hanzo_constructs.compiler.offers import Offer, credentials, offer_of
from hanzo_constructs.errors import SpecError
from hanzo_constructs.spec.kinds import parse
from hanzo_constructs.spec.network_policy import NetworkPolicy
from tests.golden.cases import VALID, Case

Admitted = set[tuple[str, tuple[tuple[str, str], ...] | None, int]]
"""Namespace, labels (None for all pods) and port of a client."""

SETS = [case for case in VALID if "network-policy" in case.name or case.name.endswith("everything")]


def declared(case: Case) -> tuple[dict[tuple[str, str], Offer], list[Need]]:
    resources = [parse(document, case.platform) for document in case.documents]
    offers = {(offer.namespace, offer.name): offer for offer in (offer_of(each, case.platform) for each in resources)}
    return offers, [need for each in resources for need in needs_of(each, case.platform)]


def wanted(offer: Offer, needs: list[Need], policy: NetworkPolicy) -> Admitted:
    """Return who must get in by need alone."""
    own = {credentials(offer.secret)} if offer.secret else set()
    return {
        (need.caller.namespace or "", need.caller.labels, port)
        for need in needs
        if need.address in offer.addresses and not (need.service in own and need.caller.who == offer.owner)
        for entrance in offer.entrances
        if entrance.address == need.address
        for port, _ in entrance.behind(need.port)
        if not (policy.allow_intra_namespace and need.caller.namespace == offer.namespace)
    }


def admitted(rules: list[dict[str, Any]], own: str) -> Admitted:
    found: Admitted = set()
    for rule in rules:
        for peer in rule["from"]:
            labels = peer["podSelector"]["matchLabels"] if "podSelector" in peer else None
            place = (
                peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
                if "namespaceSelector" in peer
                else own
            )
            found |= {(place, labels and tuple(labels.items()), port["port"]) for port in rule["ports"]}
    return found


@pytest.mark.parametrize("case", SETS, ids=lambda case: case.name)
def test_every_need_is_let_in_and_nothing_else_is(case: Case) -> None:
    try:
        compilations = case.compilations()
    except SpecError:  # pragma: no cover - valid cases compile
        pytest.fail("a valid case does not compile")
    offers, needs = declared(case)
    for compilation in compilations:
        for manifest in compilation.manifests:
            if manifest["kind"] != "NetworkPolicy" or not compilation.rules.epoch.policy_admits_platform:
                continue
            offer = offers[manifest["metadata"].get("namespace", ""), manifest["metadata"]["name"]]
            policy = offer.policy
            assert policy
            by_fields = (bool(policy.allow_from) or policy.allow_intra_namespace) + policy.allow_ingress
            rules = manifest["spec"].get("ingress", [])[by_fields if offer.pod_ports else 0 :]
            assert admitted(rules, offer.namespace) == wanted(offer, needs, policy)
