"""How controllers of Ingresses are told to answer HTTP with a redirect to HTTPS, by the class that each has by convention.

Sources, read in November 2026:
- nginx: kubernetes/ingress-nginx at 27c863085e25, docs/examples/rewrite/README.md (ssl-redirect)
- contour: projectcontour/contour, pull request 149 (ingress.kubernetes.io/force-ssl-redirect)
- cilium: kubernetes-sigs/ingress2gateway, pkg/i2gw/providers/cilium/README.md (ingress.cilium.io/force-https)
- alb: kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/tasks/ssl_redirect
- haproxy: haproxy.com/ingress-nginx-migration-assistant (haproxy.org/ssl-redirect)
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["REDIRECTS", "redirect_advice"]

REDIRECTS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "nginx": {"nginx.ingress.kubernetes.io/ssl-redirect": "true"},
        "contour": {"ingress.kubernetes.io/force-ssl-redirect": "true"},
        "cilium": {"ingress.cilium.io/force-https": "enabled"},
        "alb": {
            "alb.ingress.kubernetes.io/listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
            "alb.ingress.kubernetes.io/ssl-redirect": "443",
        },
        "haproxy": {"haproxy.org/ssl-redirect": "true"},
    }
)
"""Annotations by class."""
_TRAEFIK = "traefik.ingress.kubernetes.io/router.middlewares: <namespace>-<name>@kubernetescrd"


def redirect_advice(ingress_class: str) -> str:
    """Say what to write where the controller of *ingress_class* cannot be known by that name."""
    return (
        f"nothing here knows which controller has the class {ingress_class}, known are {', '.join(REDIRECTS)}; write the "
        f"annotation of the controller in annotations instead, for Traefik {_TRAEFIK} of a Middleware with redirectScheme"
    )
