"""Objects of kinds that no resource becomes: the namespace, and the Secrets that another operator fills from a vault."""

from cdk8s import ApiObject, ApiObjectMetadata, JsonPatch

from hanzo_constructs import HanzoChart

__all__ = ["CREDENTIALS", "declare_objects"]

CREDENTIALS = {
    "outline-db": ("POSTGRES_PASSWORD",),
    "outline-cache": ("VALKEY_PASSWORD",),
    "outline": ("SECRET_KEY", "UTILS_SECRET", "OIDC_CLIENT_SECRET"),
}
"""The Secrets and their keys, which the vault has under the same names."""


def declare_objects(chart: HanzoChart, namespace: str) -> None:
    """Declare the namespace and where its Secrets come from."""
    ApiObject(chart, "namespace", api_version="v1", kind="Namespace", metadata=ApiObjectMetadata(name=namespace))
    for name, keys in CREDENTIALS.items():
        secret = ApiObject(
            chart,
            f"secret-{name}",
            api_version="external-secrets.io/v1",
            kind="ExternalSecret",
            metadata=ApiObjectMetadata(name=name),
        )
        secret.add_json_patch(
            JsonPatch.add(
                "/spec",
                {
                    "secretStoreRef": {"kind": "ClusterSecretStore", "name": "vault"},
                    "target": {"name": name},
                    "data": [{"secretKey": key, "remoteRef": {"key": f"wiki/{name}", "property": key}} for key in keys],
                },
            )
        )
