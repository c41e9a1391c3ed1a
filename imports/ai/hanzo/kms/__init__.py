from __future__ import annotations

from pkgutil import extend_path
__path__ = extend_path(__path__, __name__)

import abc
import builtins
import datetime
import enum
import typing

import jsii
import publication
import typing_extensions

from jsii._type_checking import cached_type_hints, check_type


from ._jsii import *

class _LazyImport:
    def __init__(self, module_name: str) -> None:
        self._module_name = module_name
        self._module: typing.Any = None
    def __getattr__(self, name: str) -> typing.Any:
        if self._module is None:
            import importlib
            self._module = importlib.import_module(self._module_name)
        return getattr(self._module, name)

if typing.TYPE_CHECKING:

    import cdk8s as _cdk8s_d3d9af27
    import constructs as _constructs_77d1e7e8
else:

    _cdk8s_d3d9af27 = _LazyImport("cdk8s")
    _constructs_77d1e7e8 = _LazyImport("constructs")


class KmsSecret(
    _cdk8s_d3d9af27.ApiObject,
    metaclass=jsii.JSIIMeta,
    jsii_type="aihanzokms.KmsSecret",
):
    '''A Secret that the key management service fills.

    :schema: KMSSecret
    '''

    def __init__(
        self,
        scope: "_constructs_77d1e7e8.Construct",
        id: builtins.str,
        *,
        spec: typing.Union["KmsSecretSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''Defines a "KMSSecret" API object.

        :param scope: the scope in which to define this object.
        :param id: a scope-local name for the object.
        :param spec: Which secrets are copied into which Secret.
        :param metadata: 
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__d5693e1e56f077fff9a7f8df87185370d6b270762be992b8e457debb1a49ef0a)
            check_type(argname="argument scope", value=scope, expected_type=type_hints["scope"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
        props = KmsSecretProps(spec=spec, metadata=metadata)

        jsii.create(self.__class__, self, [scope, id, props])

    @jsii.member(jsii_name="manifest")
    @builtins.classmethod
    def manifest(
        cls,
        *,
        spec: typing.Union["KmsSecretSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> typing.Any:
        '''Renders a Kubernetes manifest for "KMSSecret".

        This can be used to inline resource manifests inside other objects (e.g. as templates).

        :param spec: Which secrets are copied into which Secret.
        :param metadata: 
        '''
        props = KmsSecretProps(spec=spec, metadata=metadata)

        return typing.cast(typing.Any, jsii.sinvoke(cls, "manifest", [props]))

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> typing.Any:
        '''Renders the object to Kubernetes JSON.'''
        return typing.cast(typing.Any, jsii.invoke(self, "toJson", []))

    @jsii.python.classproperty
    @jsii.member(jsii_name="GVK")
    def GVK(cls) -> "_cdk8s_d3d9af27.GroupVersionKind":
        '''Returns the apiVersion and kind for "KMSSecret".'''
        return typing.cast("_cdk8s_d3d9af27.GroupVersionKind", jsii.sget(cls, "GVK"))


@jsii.data_type(
    jsii_type="aihanzokms.KmsSecretProps",
    jsii_struct_bases=[],
    name_mapping={"spec": "spec", "metadata": "metadata"},
)
class KmsSecretProps:
    def __init__(
        self,
        *,
        spec: typing.Union["KmsSecretSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''A Secret that the key management service fills.

        :param spec: Which secrets are copied into which Secret.
        :param metadata: 

        :schema: KMSSecret
        '''
        if isinstance(spec, dict):
            spec = KmsSecretSpec(**spec)
        if isinstance(metadata, dict):
            metadata = _cdk8s_d3d9af27.ApiObjectMetadata(**metadata)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__4c128266c4c5ad7027b398a80d202f7ec4b67b4846a2ba8cd7c8b3cbdab4463b)
            check_type(argname="argument spec", value=spec, expected_type=type_hints["spec"])
            check_type(argname="argument metadata", value=metadata, expected_type=type_hints["metadata"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "spec": spec,
        }
        if metadata is not None:
            self._values["metadata"] = metadata

    @builtins.property
    def spec(self) -> "KmsSecretSpec":
        '''Which secrets are copied into which Secret.

        :schema: KMSSecret#spec
        '''
        result = self._values.get("spec")
        assert result is not None, "Required property 'spec' is missing"
        return typing.cast("KmsSecretSpec", result)

    @builtins.property
    def metadata(self) -> typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"]:
        '''
        :schema: KMSSecret#metadata
        '''
        result = self._values.get("metadata")
        return typing.cast(typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "KmsSecretProps(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="aihanzokms.KmsSecretSpec",
    jsii_struct_bases=[],
    name_mapping={
        "credentials_ref": "credentialsRef",
        "env_slug": "envSlug",
        "host_api": "hostApi",
        "managed_secret_name": "managedSecretName",
        "project_slug": "projectSlug",
        "secrets_path": "secretsPath",
        "resync_interval": "resyncInterval",
    },
)
class KmsSecretSpec:
    def __init__(
        self,
        *,
        credentials_ref: typing.Union["KmsSecretSpecCredentialsRef", typing.Dict[builtins.str, typing.Any]],
        env_slug: builtins.str,
        host_api: builtins.str,
        managed_secret_name: builtins.str,
        project_slug: builtins.str,
        secrets_path: builtins.str,
        resync_interval: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''Which secrets are copied into which Secret.

        :param credentials_ref: Secret with the identity by which the service is asked.
        :param env_slug: Environment of the project.
        :param host_api: URL of the service.
        :param managed_secret_name: Name of the Secret that is filled.
        :param project_slug: Project.
        :param secrets_path: Folder of the environment.
        :param resync_interval: Seconds between two copies.

        :schema: KmsSecretSpec
        '''
        if isinstance(credentials_ref, dict):
            credentials_ref = KmsSecretSpecCredentialsRef(**credentials_ref)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6f08334df65b189b81795864c2e577a17a1ef60b8e4a94d01f5a0107d83670b7)
            check_type(argname="argument credentials_ref", value=credentials_ref, expected_type=type_hints["credentials_ref"])
            check_type(argname="argument env_slug", value=env_slug, expected_type=type_hints["env_slug"])
            check_type(argname="argument host_api", value=host_api, expected_type=type_hints["host_api"])
            check_type(argname="argument managed_secret_name", value=managed_secret_name, expected_type=type_hints["managed_secret_name"])
            check_type(argname="argument project_slug", value=project_slug, expected_type=type_hints["project_slug"])
            check_type(argname="argument secrets_path", value=secrets_path, expected_type=type_hints["secrets_path"])
            check_type(argname="argument resync_interval", value=resync_interval, expected_type=type_hints["resync_interval"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "credentials_ref": credentials_ref,
            "env_slug": env_slug,
            "host_api": host_api,
            "managed_secret_name": managed_secret_name,
            "project_slug": project_slug,
            "secrets_path": secrets_path,
        }
        if resync_interval is not None:
            self._values["resync_interval"] = resync_interval

    @builtins.property
    def credentials_ref(self) -> "KmsSecretSpecCredentialsRef":
        '''Secret with the identity by which the service is asked.

        :schema: KmsSecretSpec#credentialsRef
        '''
        result = self._values.get("credentials_ref")
        assert result is not None, "Required property 'credentials_ref' is missing"
        return typing.cast("KmsSecretSpecCredentialsRef", result)

    @builtins.property
    def env_slug(self) -> builtins.str:
        '''Environment of the project.

        :schema: KmsSecretSpec#envSlug
        '''
        result = self._values.get("env_slug")
        assert result is not None, "Required property 'env_slug' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def host_api(self) -> builtins.str:
        '''URL of the service.

        :schema: KmsSecretSpec#hostAPI
        '''
        result = self._values.get("host_api")
        assert result is not None, "Required property 'host_api' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def managed_secret_name(self) -> builtins.str:
        '''Name of the Secret that is filled.

        :schema: KmsSecretSpec#managedSecretName
        '''
        result = self._values.get("managed_secret_name")
        assert result is not None, "Required property 'managed_secret_name' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def project_slug(self) -> builtins.str:
        '''Project.

        :schema: KmsSecretSpec#projectSlug
        '''
        result = self._values.get("project_slug")
        assert result is not None, "Required property 'project_slug' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def secrets_path(self) -> builtins.str:
        '''Folder of the environment.

        :schema: KmsSecretSpec#secretsPath
        '''
        result = self._values.get("secrets_path")
        assert result is not None, "Required property 'secrets_path' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def resync_interval(self) -> typing.Optional[jsii.Number]:
        '''Seconds between two copies.

        :schema: KmsSecretSpec#resyncInterval
        '''
        result = self._values.get("resync_interval")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "KmsSecretSpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="aihanzokms.KmsSecretSpecCredentialsRef",
    jsii_struct_bases=[],
    name_mapping={"name": "name", "namespace": "namespace"},
)
class KmsSecretSpecCredentialsRef:
    def __init__(
        self,
        *,
        name: builtins.str,
        namespace: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Secret with the identity by which the service is asked.

        :param name: Name of the Secret.
        :param namespace: Its namespace, where it is another.

        :schema: KmsSecretSpecCredentialsRef
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0d6571700b104ad8aab1cf84a84a76be48a064412d19e84e373f46cbda81ab15)
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument namespace", value=namespace, expected_type=type_hints["namespace"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "name": name,
        }
        if namespace is not None:
            self._values["namespace"] = namespace

    @builtins.property
    def name(self) -> builtins.str:
        '''Name of the Secret.

        :schema: KmsSecretSpecCredentialsRef#name
        '''
        result = self._values.get("name")
        assert result is not None, "Required property 'name' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def namespace(self) -> typing.Optional[builtins.str]:
        '''Its namespace, where it is another.

        :schema: KmsSecretSpecCredentialsRef#namespace
        '''
        result = self._values.get("namespace")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "KmsSecretSpecCredentialsRef(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


__all__ = [
    "KmsSecret",
    "KmsSecretProps",
    "KmsSecretSpec",
    "KmsSecretSpecCredentialsRef",
]

publication.publish()

def _typecheckingstub__d5693e1e56f077fff9a7f8df87185370d6b270762be992b8e457debb1a49ef0a(
    scope: _constructs_77d1e7e8.Construct,
    id: builtins.str,
    *,
    spec: typing.Union[KmsSecretSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__4c128266c4c5ad7027b398a80d202f7ec4b67b4846a2ba8cd7c8b3cbdab4463b(
    *,
    spec: typing.Union[KmsSecretSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6f08334df65b189b81795864c2e577a17a1ef60b8e4a94d01f5a0107d83670b7(
    *,
    credentials_ref: typing.Union[KmsSecretSpecCredentialsRef, typing.Dict[builtins.str, typing.Any]],
    env_slug: builtins.str,
    host_api: builtins.str,
    managed_secret_name: builtins.str,
    project_slug: builtins.str,
    secrets_path: builtins.str,
    resync_interval: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0d6571700b104ad8aab1cf84a84a76be48a064412d19e84e373f46cbda81ab15(
    *,
    name: builtins.str,
    namespace: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass
