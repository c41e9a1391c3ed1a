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


class LatticeService(
    _cdk8s_d3d9af27.ApiObject,
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeService",
):
    '''A workload by what it depends on.

    :schema: LatticeService
    '''

    def __init__(
        self,
        scope: "_constructs_77d1e7e8.Construct",
        id: builtins.str,
        *,
        spec: typing.Union["LatticeServiceSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''Defines a "LatticeService" API object.

        :param scope: the scope in which to define this object.
        :param id: a scope-local name for the object.
        :param spec: What is wanted.
        :param metadata: 
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__75d589ca170da9d7e660c5e3b3713f453f0c9d88e25ffb7d069d8adffb888b1a)
            check_type(argname="argument scope", value=scope, expected_type=type_hints["scope"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
        props = LatticeServiceProps(spec=spec, metadata=metadata)

        jsii.create(self.__class__, self, [scope, id, props])

    @jsii.member(jsii_name="manifest")
    @builtins.classmethod
    def manifest(
        cls,
        *,
        spec: typing.Union["LatticeServiceSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> typing.Any:
        '''Renders a Kubernetes manifest for "LatticeService".

        This can be used to inline resource manifests inside other objects (e.g. as templates).

        :param spec: What is wanted.
        :param metadata: 
        '''
        props = LatticeServiceProps(spec=spec, metadata=metadata)

        return typing.cast(typing.Any, jsii.sinvoke(cls, "manifest", [props]))

    @jsii.member(jsii_name="toJson")
    def to_json(self) -> typing.Any:
        '''Renders the object to Kubernetes JSON.'''
        return typing.cast(typing.Any, jsii.invoke(self, "toJson", []))

    @jsii.python.classproperty
    @jsii.member(jsii_name="GVK")
    def GVK(cls) -> "_cdk8s_d3d9af27.GroupVersionKind":
        '''Returns the apiVersion and kind for "LatticeService".'''
        return typing.cast("_cdk8s_d3d9af27.GroupVersionKind", jsii.sget(cls, "GVK"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceProps",
    jsii_struct_bases=[],
    name_mapping={"spec": "spec", "metadata": "metadata"},
)
class LatticeServiceProps:
    def __init__(
        self,
        *,
        spec: typing.Union["LatticeServiceSpec", typing.Dict[builtins.str, typing.Any]],
        metadata: typing.Optional[typing.Union["_cdk8s_d3d9af27.ApiObjectMetadata", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''A workload by what it depends on.

        :param spec: What is wanted.
        :param metadata: 

        :schema: LatticeService
        '''
        if isinstance(spec, dict):
            spec = LatticeServiceSpec(**spec)
        if isinstance(metadata, dict):
            metadata = _cdk8s_d3d9af27.ApiObjectMetadata(**metadata)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__14c7eeb77c9fc356e0cbcad2c06e2fcfcda70c1ba30fbe5087c0e2a1b420a49b)
            check_type(argname="argument spec", value=spec, expected_type=type_hints["spec"])
            check_type(argname="argument metadata", value=metadata, expected_type=type_hints["metadata"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "spec": spec,
        }
        if metadata is not None:
            self._values["metadata"] = metadata

    @builtins.property
    def spec(self) -> "LatticeServiceSpec":
        '''What is wanted.

        :schema: LatticeService#spec
        '''
        result = self._values.get("spec")
        assert result is not None, "Required property 'spec' is missing"
        return typing.cast("LatticeServiceSpec", result)

    @builtins.property
    def metadata(self) -> typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"]:
        '''
        :schema: LatticeService#metadata
        '''
        result = self._values.get("metadata")
        return typing.cast(typing.Optional["_cdk8s_d3d9af27.ApiObjectMetadata"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceProps(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpec",
    jsii_struct_bases=[],
    name_mapping={
        "replicas": "replicas",
        "workload": "workload",
        "adopt": "adopt",
        "affinity": "affinity",
        "annotations": "annotations",
        "automount_service_account_token": "automountServiceAccountToken",
        "autoscaling": "autoscaling",
        "component": "component",
        "configs": "configs",
        "connections": "connections",
        "container_security_context": "containerSecurityContext",
        "deploy": "deploy",
        "dns_config": "dnsConfig",
        "dns_policy": "dnsPolicy",
        "fs_group": "fsGroup",
        "host_aliases": "hostAliases",
        "image_pull_secrets": "imagePullSecrets",
        "ingress": "ingress",
        "labels": "labels",
        "lifecycle": "lifecycle",
        "node_selector": "nodeSelector",
        "overlay": "overlay",
        "part_of": "partOf",
        "priority_class_name": "priorityClassName",
        "security_context": "securityContext",
        "service_account": "serviceAccount",
        "service_account_name": "serviceAccountName",
        "termination_grace_period_seconds": "terminationGracePeriodSeconds",
        "tolerations": "tolerations",
        "topology_spread_constraints": "topologySpreadConstraints",
    },
)
class LatticeServiceSpec:
    def __init__(
        self,
        *,
        replicas: jsii.Number,
        workload: typing.Union["LatticeServiceSpecWorkload", typing.Dict[builtins.str, typing.Any]],
        adopt: typing.Optional[typing.Union["LatticeServiceSpecAdopt", typing.Dict[builtins.str, typing.Any]]] = None,
        affinity: typing.Any = None,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        automount_service_account_token: typing.Optional[builtins.bool] = None,
        autoscaling: typing.Optional[typing.Union["LatticeServiceSpecAutoscaling", typing.Dict[builtins.str, typing.Any]]] = None,
        component: typing.Optional[builtins.str] = None,
        configs: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecConfigs", typing.Dict[builtins.str, typing.Any]]]] = None,
        connections: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecConnections", typing.Dict[builtins.str, typing.Any]]]] = None,
        container_security_context: typing.Any = None,
        deploy: typing.Optional[typing.Union["LatticeServiceSpecDeploy", typing.Dict[builtins.str, typing.Any]]] = None,
        dns_config: typing.Any = None,
        dns_policy: typing.Optional["LatticeServiceSpecDnsPolicy"] = None,
        fs_group: typing.Optional[jsii.Number] = None,
        host_aliases: typing.Optional[typing.Sequence[typing.Any]] = None,
        image_pull_secrets: typing.Optional[typing.Sequence[typing.Any]] = None,
        ingress: typing.Optional[typing.Union["LatticeServiceSpecIngress", typing.Dict[builtins.str, typing.Any]]] = None,
        labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        lifecycle: typing.Any = None,
        node_selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        overlay: typing.Optional[typing.Mapping[builtins.str, typing.Any]] = None,
        part_of: typing.Optional[builtins.str] = None,
        priority_class_name: typing.Optional[builtins.str] = None,
        security_context: typing.Any = None,
        service_account: typing.Optional[typing.Union["LatticeServiceSpecServiceAccount", typing.Dict[builtins.str, typing.Any]]] = None,
        service_account_name: typing.Optional[builtins.str] = None,
        termination_grace_period_seconds: typing.Optional[jsii.Number] = None,
        tolerations: typing.Optional[typing.Sequence[typing.Any]] = None,
        topology_spread_constraints: typing.Optional[typing.Sequence[typing.Any]] = None,
    ) -> None:
        '''What is wanted.

        :param replicas: Number of pods; beside autoscaling, the fewest.
        :param workload: The containers, and what they depend on.
        :param adopt: Names and labels of what runs already and cannot change; left out, all of them are derived.
        :param affinity: Which nodes, and which other pods, the pods are to be near or far from.
        :param annotations: Annotations added to the pods.
        :param automount_service_account_token: Whether the pods get the token of their account for the API server, whatever the account says; of an account of their own, ``serviceAccount.automountToken`` says it.
        :param autoscaling: How far the number of pods may grow; left out, it stays.
        :param component: Role within that application: the label app.kubernetes.io/component.
        :param configs: Files that are written here and become ConfigMaps; a change restarts the pods.
        :param connections: Resources of the platform that it connects to by variables of their own form; resources of type service say the same in fewer words.
        :param container_security_context: The same for the main container alone, such as runAsUser where the image names its user; what is left out is hardened.
        :param deploy: How a new version takes the place of the old one; left out, rolling.
        :param dns_config: Further name servers, search domains and options of the resolver.
        :param dns_policy: Which resolver the pods ask: that of the cluster (ClusterFirst, what Kubernetes does by itself), that of the node (Default), or none but those of dnsConfig (None).
        :param fs_group: Group id that owns the files in the pod's volumes: short for securityContext.fsGroup.
        :param host_aliases: Further lines of the hosts file of the pods.
        :param image_pull_secrets: Secrets with credentials for the registry.
        :param ingress: Hosts under which the workload is reached from outside; left out, it is reached inside the cluster only.
        :param labels: Labels added to every child and to the pods, but not to the pods of backups; selectors do not use them.
        :param lifecycle: Hooks of the main container; a preStop of its own replaces the derived one.
        :param node_selector: Labels that a node must have for the pods to run there.
        :param overlay: The last word on what is derived, where no field has one: partial objects by the ids of the children, as ``hzc show`` prints them, merged as Kubernetes merges patches; null removes a field.
        :param part_of: Larger application that this is a part of: the label app.kubernetes.io/part-of.
        :param priority_class_name: PriorityClass of the pods, which must exist: who is scheduled first, and who gives way; left out, the default of the cluster.
        :param security_context: Who the pod's containers run as and what they may do; what is left out is hardened.
        :param service_account: A service account of its own, named like the resource, in place of one that exists.
        :param service_account_name: Service account of the pods, which must exist; its token is mounted only where one is named (in epoch 2025 always).
        :param termination_grace_period_seconds: Seconds that a pod gets to stop before it is killed; 5 of them, or half where there are fewer, are the derived preStop. Left out, 30; 120 where data is kept (in epoch 2025 30).
        :param tolerations: Taints of nodes that do not keep the pods away.
        :param topology_spread_constraints: How the pods are spread over nodes and zones, in place of what is derived for several; an empty list spreads nothing.

        :schema: LatticeServiceSpec
        '''
        if isinstance(workload, dict):
            workload = LatticeServiceSpecWorkload(**workload)
        if isinstance(adopt, dict):
            adopt = LatticeServiceSpecAdopt(**adopt)
        if isinstance(autoscaling, dict):
            autoscaling = LatticeServiceSpecAutoscaling(**autoscaling)
        if isinstance(deploy, dict):
            deploy = LatticeServiceSpecDeploy(**deploy)
        if isinstance(ingress, dict):
            ingress = LatticeServiceSpecIngress(**ingress)
        if isinstance(service_account, dict):
            service_account = LatticeServiceSpecServiceAccount(**service_account)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__a5c2b20c2ccf475d25fd85a87a7e0eb4c955848b16348c61f1a16be8744841b5)
            check_type(argname="argument replicas", value=replicas, expected_type=type_hints["replicas"])
            check_type(argname="argument workload", value=workload, expected_type=type_hints["workload"])
            check_type(argname="argument adopt", value=adopt, expected_type=type_hints["adopt"])
            check_type(argname="argument affinity", value=affinity, expected_type=type_hints["affinity"])
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument automount_service_account_token", value=automount_service_account_token, expected_type=type_hints["automount_service_account_token"])
            check_type(argname="argument autoscaling", value=autoscaling, expected_type=type_hints["autoscaling"])
            check_type(argname="argument component", value=component, expected_type=type_hints["component"])
            check_type(argname="argument configs", value=configs, expected_type=type_hints["configs"])
            check_type(argname="argument connections", value=connections, expected_type=type_hints["connections"])
            check_type(argname="argument container_security_context", value=container_security_context, expected_type=type_hints["container_security_context"])
            check_type(argname="argument deploy", value=deploy, expected_type=type_hints["deploy"])
            check_type(argname="argument dns_config", value=dns_config, expected_type=type_hints["dns_config"])
            check_type(argname="argument dns_policy", value=dns_policy, expected_type=type_hints["dns_policy"])
            check_type(argname="argument fs_group", value=fs_group, expected_type=type_hints["fs_group"])
            check_type(argname="argument host_aliases", value=host_aliases, expected_type=type_hints["host_aliases"])
            check_type(argname="argument image_pull_secrets", value=image_pull_secrets, expected_type=type_hints["image_pull_secrets"])
            check_type(argname="argument ingress", value=ingress, expected_type=type_hints["ingress"])
            check_type(argname="argument labels", value=labels, expected_type=type_hints["labels"])
            check_type(argname="argument lifecycle", value=lifecycle, expected_type=type_hints["lifecycle"])
            check_type(argname="argument node_selector", value=node_selector, expected_type=type_hints["node_selector"])
            check_type(argname="argument overlay", value=overlay, expected_type=type_hints["overlay"])
            check_type(argname="argument part_of", value=part_of, expected_type=type_hints["part_of"])
            check_type(argname="argument priority_class_name", value=priority_class_name, expected_type=type_hints["priority_class_name"])
            check_type(argname="argument security_context", value=security_context, expected_type=type_hints["security_context"])
            check_type(argname="argument service_account", value=service_account, expected_type=type_hints["service_account"])
            check_type(argname="argument service_account_name", value=service_account_name, expected_type=type_hints["service_account_name"])
            check_type(argname="argument termination_grace_period_seconds", value=termination_grace_period_seconds, expected_type=type_hints["termination_grace_period_seconds"])
            check_type(argname="argument tolerations", value=tolerations, expected_type=type_hints["tolerations"])
            check_type(argname="argument topology_spread_constraints", value=topology_spread_constraints, expected_type=type_hints["topology_spread_constraints"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "replicas": replicas,
            "workload": workload,
        }
        if adopt is not None:
            self._values["adopt"] = adopt
        if affinity is not None:
            self._values["affinity"] = affinity
        if annotations is not None:
            self._values["annotations"] = annotations
        if automount_service_account_token is not None:
            self._values["automount_service_account_token"] = automount_service_account_token
        if autoscaling is not None:
            self._values["autoscaling"] = autoscaling
        if component is not None:
            self._values["component"] = component
        if configs is not None:
            self._values["configs"] = configs
        if connections is not None:
            self._values["connections"] = connections
        if container_security_context is not None:
            self._values["container_security_context"] = container_security_context
        if deploy is not None:
            self._values["deploy"] = deploy
        if dns_config is not None:
            self._values["dns_config"] = dns_config
        if dns_policy is not None:
            self._values["dns_policy"] = dns_policy
        if fs_group is not None:
            self._values["fs_group"] = fs_group
        if host_aliases is not None:
            self._values["host_aliases"] = host_aliases
        if image_pull_secrets is not None:
            self._values["image_pull_secrets"] = image_pull_secrets
        if ingress is not None:
            self._values["ingress"] = ingress
        if labels is not None:
            self._values["labels"] = labels
        if lifecycle is not None:
            self._values["lifecycle"] = lifecycle
        if node_selector is not None:
            self._values["node_selector"] = node_selector
        if overlay is not None:
            self._values["overlay"] = overlay
        if part_of is not None:
            self._values["part_of"] = part_of
        if priority_class_name is not None:
            self._values["priority_class_name"] = priority_class_name
        if security_context is not None:
            self._values["security_context"] = security_context
        if service_account is not None:
            self._values["service_account"] = service_account
        if service_account_name is not None:
            self._values["service_account_name"] = service_account_name
        if termination_grace_period_seconds is not None:
            self._values["termination_grace_period_seconds"] = termination_grace_period_seconds
        if tolerations is not None:
            self._values["tolerations"] = tolerations
        if topology_spread_constraints is not None:
            self._values["topology_spread_constraints"] = topology_spread_constraints

    @builtins.property
    def replicas(self) -> jsii.Number:
        '''Number of pods;

        beside autoscaling, the fewest.

        :schema: LatticeServiceSpec#replicas
        '''
        result = self._values.get("replicas")
        assert result is not None, "Required property 'replicas' is missing"
        return typing.cast(jsii.Number, result)

    @builtins.property
    def workload(self) -> "LatticeServiceSpecWorkload":
        '''The containers, and what they depend on.

        :schema: LatticeServiceSpec#workload
        '''
        result = self._values.get("workload")
        assert result is not None, "Required property 'workload' is missing"
        return typing.cast("LatticeServiceSpecWorkload", result)

    @builtins.property
    def adopt(self) -> typing.Optional["LatticeServiceSpecAdopt"]:
        '''Names and labels of what runs already and cannot change;

        left out, all of them are derived.

        :schema: LatticeServiceSpec#adopt
        '''
        result = self._values.get("adopt")
        return typing.cast(typing.Optional["LatticeServiceSpecAdopt"], result)

    @builtins.property
    def affinity(self) -> typing.Any:
        '''Which nodes, and which other pods, the pods are to be near or far from.

        :schema: LatticeServiceSpec#affinity
        '''
        result = self._values.get("affinity")
        return typing.cast(typing.Any, result)

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Annotations added to the pods.

        :schema: LatticeServiceSpec#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def automount_service_account_token(self) -> typing.Optional[builtins.bool]:
        '''Whether the pods get the token of their account for the API server, whatever the account says;

        of an account of their own, ``serviceAccount.automountToken`` says it.

        :schema: LatticeServiceSpec#automountServiceAccountToken
        '''
        result = self._values.get("automount_service_account_token")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def autoscaling(self) -> typing.Optional["LatticeServiceSpecAutoscaling"]:
        '''How far the number of pods may grow;

        left out, it stays.

        :schema: LatticeServiceSpec#autoscaling
        '''
        result = self._values.get("autoscaling")
        return typing.cast(typing.Optional["LatticeServiceSpecAutoscaling"], result)

    @builtins.property
    def component(self) -> typing.Optional[builtins.str]:
        '''Role within that application: the label app.kubernetes.io/component.

        :schema: LatticeServiceSpec#component
        '''
        result = self._values.get("component")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def configs(self) -> typing.Optional[typing.List["LatticeServiceSpecConfigs"]]:
        '''Files that are written here and become ConfigMaps;

        a change restarts the pods.

        :schema: LatticeServiceSpec#configs
        '''
        result = self._values.get("configs")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecConfigs"]], result)

    @builtins.property
    def connections(
        self,
    ) -> typing.Optional[typing.List["LatticeServiceSpecConnections"]]:
        '''Resources of the platform that it connects to by variables of their own form;

        resources of type service say the same in fewer words.

        :schema: LatticeServiceSpec#connections
        '''
        result = self._values.get("connections")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecConnections"]], result)

    @builtins.property
    def container_security_context(self) -> typing.Any:
        '''The same for the main container alone, such as runAsUser where the image names its user;

        what is left out is hardened.

        :schema: LatticeServiceSpec#containerSecurityContext
        '''
        result = self._values.get("container_security_context")
        return typing.cast(typing.Any, result)

    @builtins.property
    def deploy(self) -> typing.Optional["LatticeServiceSpecDeploy"]:
        '''How a new version takes the place of the old one;

        left out, rolling.

        :schema: LatticeServiceSpec#deploy
        '''
        result = self._values.get("deploy")
        return typing.cast(typing.Optional["LatticeServiceSpecDeploy"], result)

    @builtins.property
    def dns_config(self) -> typing.Any:
        '''Further name servers, search domains and options of the resolver.

        :schema: LatticeServiceSpec#dnsConfig
        '''
        result = self._values.get("dns_config")
        return typing.cast(typing.Any, result)

    @builtins.property
    def dns_policy(self) -> typing.Optional["LatticeServiceSpecDnsPolicy"]:
        '''Which resolver the pods ask: that of the cluster (ClusterFirst, what Kubernetes does by itself), that of the node (Default), or none but those of dnsConfig (None).

        :schema: LatticeServiceSpec#dnsPolicy
        '''
        result = self._values.get("dns_policy")
        return typing.cast(typing.Optional["LatticeServiceSpecDnsPolicy"], result)

    @builtins.property
    def fs_group(self) -> typing.Optional[jsii.Number]:
        '''Group id that owns the files in the pod's volumes: short for securityContext.fsGroup.

        :schema: LatticeServiceSpec#fsGroup
        '''
        result = self._values.get("fs_group")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def host_aliases(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Further lines of the hosts file of the pods.

        :schema: LatticeServiceSpec#hostAliases
        '''
        result = self._values.get("host_aliases")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def image_pull_secrets(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Secrets with credentials for the registry.

        :schema: LatticeServiceSpec#imagePullSecrets
        '''
        result = self._values.get("image_pull_secrets")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def ingress(self) -> typing.Optional["LatticeServiceSpecIngress"]:
        '''Hosts under which the workload is reached from outside;

        left out, it is reached inside the cluster only.

        :schema: LatticeServiceSpec#ingress
        '''
        result = self._values.get("ingress")
        return typing.cast(typing.Optional["LatticeServiceSpecIngress"], result)

    @builtins.property
    def labels(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Labels added to every child and to the pods, but not to the pods of backups;

        selectors do not use them.

        :schema: LatticeServiceSpec#labels
        '''
        result = self._values.get("labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def lifecycle(self) -> typing.Any:
        '''Hooks of the main container;

        a preStop of its own replaces the derived one.

        :schema: LatticeServiceSpec#lifecycle
        '''
        result = self._values.get("lifecycle")
        return typing.cast(typing.Any, result)

    @builtins.property
    def node_selector(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Labels that a node must have for the pods to run there.

        :schema: LatticeServiceSpec#nodeSelector
        '''
        result = self._values.get("node_selector")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def overlay(self) -> typing.Optional[typing.Mapping[builtins.str, typing.Any]]:
        '''The last word on what is derived, where no field has one: partial objects by the ids of the children, as ``hzc show`` prints them, merged as Kubernetes merges patches;

        null removes a field.

        :schema: LatticeServiceSpec#overlay
        '''
        result = self._values.get("overlay")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, typing.Any]], result)

    @builtins.property
    def part_of(self) -> typing.Optional[builtins.str]:
        '''Larger application that this is a part of: the label app.kubernetes.io/part-of.

        :schema: LatticeServiceSpec#partOf
        '''
        result = self._values.get("part_of")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def priority_class_name(self) -> typing.Optional[builtins.str]:
        '''PriorityClass of the pods, which must exist: who is scheduled first, and who gives way;

        left out, the default of the cluster.

        :schema: LatticeServiceSpec#priorityClassName
        '''
        result = self._values.get("priority_class_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def security_context(self) -> typing.Any:
        '''Who the pod's containers run as and what they may do;

        what is left out is hardened.

        :schema: LatticeServiceSpec#securityContext
        '''
        result = self._values.get("security_context")
        return typing.cast(typing.Any, result)

    @builtins.property
    def service_account(self) -> typing.Optional["LatticeServiceSpecServiceAccount"]:
        '''A service account of its own, named like the resource, in place of one that exists.

        :schema: LatticeServiceSpec#serviceAccount
        '''
        result = self._values.get("service_account")
        return typing.cast(typing.Optional["LatticeServiceSpecServiceAccount"], result)

    @builtins.property
    def service_account_name(self) -> typing.Optional[builtins.str]:
        '''Service account of the pods, which must exist;

        its token is mounted only where one is named (in epoch 2025 always).

        :schema: LatticeServiceSpec#serviceAccountName
        '''
        result = self._values.get("service_account_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def termination_grace_period_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds that a pod gets to stop before it is killed;

        5 of them, or half where there are fewer, are the derived preStop. Left out, 30; 120 where data is kept (in epoch 2025 30).

        :schema: LatticeServiceSpec#terminationGracePeriodSeconds
        '''
        result = self._values.get("termination_grace_period_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def tolerations(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Taints of nodes that do not keep the pods away.

        :schema: LatticeServiceSpec#tolerations
        '''
        result = self._values.get("tolerations")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def topology_spread_constraints(self) -> typing.Optional[typing.List[typing.Any]]:
        '''How the pods are spread over nodes and zones, in place of what is derived for several;

        an empty list spreads nothing.

        :schema: LatticeServiceSpec#topologySpreadConstraints
        '''
        result = self._values.get("topology_spread_constraints")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecAdopt",
    jsii_struct_bases=[],
    name_mapping={
        "claim_labels": "claimLabels",
        "claim_name": "claimName",
        "container": "container",
        "name": "name",
        "names": "names",
        "pod_management_policy": "podManagementPolicy",
        "selector": "selector",
        "service_name": "serviceName",
        "without_storage_class": "withoutStorageClass",
    },
)
class LatticeServiceSpecAdopt:
    def __init__(
        self,
        *,
        claim_labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        claim_name: typing.Optional[builtins.str] = None,
        container: typing.Optional[builtins.str] = None,
        name: typing.Optional[builtins.str] = None,
        names: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        pod_management_policy: typing.Optional["LatticeServiceSpecAdoptPodManagementPolicy"] = None,
        selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        service_name: typing.Optional[builtins.str] = None,
        without_storage_class: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''Names and labels of what runs already and cannot change;

        left out, all of them are derived.

        :param claim_labels: Labels of the claim template of the StatefulSet; {} where it has none.
        :param claim_name: Name of the claim template of the StatefulSet; of Stateful, that of storage, and each of disks has one of its own.
        :param container: Name of the main container.
        :param name: Name of the workload: of the Deployment, StatefulSet, Job or CronJob.
        :param names: Names of other children, by what ``hzc show`` calls these: {Service: web-svc, Ingress: web-public}.
        :param pod_management_policy: The podManagementPolicy of the StatefulSet; Kubernetes' own default is OrderedReady.
        :param selector: Labels by which the workload selects its pods, as ``kubectl get`` shows its spec.selector.matchLabels: used by everything that selects the pods, and put on them. Of a Job they cannot be chosen.
        :param service_name: The serviceName of the StatefulSet. The headless Service is called so, unless it is the name of the other one.
        :param without_storage_class: Whether the claim template of the StatefulSet names no storage class, so that it has the default of the cluster.

        :schema: LatticeServiceSpecAdopt
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__e2cb8b45c7cc61cd9c3d64d224ce802b4a17e97b1fdf2f6fdc422f161788f405)
            check_type(argname="argument claim_labels", value=claim_labels, expected_type=type_hints["claim_labels"])
            check_type(argname="argument claim_name", value=claim_name, expected_type=type_hints["claim_name"])
            check_type(argname="argument container", value=container, expected_type=type_hints["container"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument names", value=names, expected_type=type_hints["names"])
            check_type(argname="argument pod_management_policy", value=pod_management_policy, expected_type=type_hints["pod_management_policy"])
            check_type(argname="argument selector", value=selector, expected_type=type_hints["selector"])
            check_type(argname="argument service_name", value=service_name, expected_type=type_hints["service_name"])
            check_type(argname="argument without_storage_class", value=without_storage_class, expected_type=type_hints["without_storage_class"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if claim_labels is not None:
            self._values["claim_labels"] = claim_labels
        if claim_name is not None:
            self._values["claim_name"] = claim_name
        if container is not None:
            self._values["container"] = container
        if name is not None:
            self._values["name"] = name
        if names is not None:
            self._values["names"] = names
        if pod_management_policy is not None:
            self._values["pod_management_policy"] = pod_management_policy
        if selector is not None:
            self._values["selector"] = selector
        if service_name is not None:
            self._values["service_name"] = service_name
        if without_storage_class is not None:
            self._values["without_storage_class"] = without_storage_class

    @builtins.property
    def claim_labels(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Labels of the claim template of the StatefulSet;

        {} where it has none.

        :schema: LatticeServiceSpecAdopt#claimLabels
        '''
        result = self._values.get("claim_labels")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def claim_name(self) -> typing.Optional[builtins.str]:
        '''Name of the claim template of the StatefulSet;

        of Stateful, that of storage, and each of disks has one of its own.

        :schema: LatticeServiceSpecAdopt#claimName
        '''
        result = self._values.get("claim_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def container(self) -> typing.Optional[builtins.str]:
        '''Name of the main container.

        :schema: LatticeServiceSpecAdopt#container
        '''
        result = self._values.get("container")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def name(self) -> typing.Optional[builtins.str]:
        '''Name of the workload: of the Deployment, StatefulSet, Job or CronJob.

        :schema: LatticeServiceSpecAdopt#name
        '''
        result = self._values.get("name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def names(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Names of other children, by what ``hzc show`` calls these: {Service: web-svc, Ingress: web-public}.

        :schema: LatticeServiceSpecAdopt#names
        '''
        result = self._values.get("names")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def pod_management_policy(
        self,
    ) -> typing.Optional["LatticeServiceSpecAdoptPodManagementPolicy"]:
        '''The podManagementPolicy of the StatefulSet;

        Kubernetes' own default is OrderedReady.

        :schema: LatticeServiceSpecAdopt#podManagementPolicy
        '''
        result = self._values.get("pod_management_policy")
        return typing.cast(typing.Optional["LatticeServiceSpecAdoptPodManagementPolicy"], result)

    @builtins.property
    def selector(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Labels by which the workload selects its pods, as ``kubectl get`` shows its spec.selector.matchLabels: used by everything that selects the pods, and put on them. Of a Job they cannot be chosen.

        :schema: LatticeServiceSpecAdopt#selector
        '''
        result = self._values.get("selector")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def service_name(self) -> typing.Optional[builtins.str]:
        '''The serviceName of the StatefulSet.

        The headless Service is called so, unless it is the name of the other one.

        :schema: LatticeServiceSpecAdopt#serviceName
        '''
        result = self._values.get("service_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def without_storage_class(self) -> typing.Optional[builtins.bool]:
        '''Whether the claim template of the StatefulSet names no storage class, so that it has the default of the cluster.

        :schema: LatticeServiceSpecAdopt#withoutStorageClass
        '''
        result = self._values.get("without_storage_class")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecAdopt(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecAdoptPodManagementPolicy")
class LatticeServiceSpecAdoptPodManagementPolicy(enum.Enum):
    '''The podManagementPolicy of the StatefulSet;

    Kubernetes' own default is OrderedReady.

    :schema: LatticeServiceSpecAdoptPodManagementPolicy
    '''

    ORDERED_READY = "ORDERED_READY"
    '''OrderedReady.'''
    PARALLEL = "PARALLEL"
    '''Parallel.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecAutoscaling",
    jsii_struct_bases=[],
    name_mapping={"max": "max", "metrics": "metrics"},
)
class LatticeServiceSpecAutoscaling:
    def __init__(
        self,
        *,
        max: jsii.Number,
        metrics: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecAutoscalingMetrics", typing.Dict[builtins.str, typing.Any]]]] = None,
    ) -> None:
        '''How far the number of pods may grow;

        left out, it stays.

        :param max: Most pods; replicas are the fewest.
        :param metrics: What is aimed at; left out, 80 percent of the requests for cpu.

        :schema: LatticeServiceSpecAutoscaling
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__dfd5b28958dcc0bd6acac35aa13e417e69c0984ef6b863aad93626f86cdfecda)
            check_type(argname="argument max", value=max, expected_type=type_hints["max"])
            check_type(argname="argument metrics", value=metrics, expected_type=type_hints["metrics"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "max": max,
        }
        if metrics is not None:
            self._values["metrics"] = metrics

    @builtins.property
    def max(self) -> jsii.Number:
        '''Most pods;

        replicas are the fewest.

        :schema: LatticeServiceSpecAutoscaling#max
        '''
        result = self._values.get("max")
        assert result is not None, "Required property 'max' is missing"
        return typing.cast(jsii.Number, result)

    @builtins.property
    def metrics(
        self,
    ) -> typing.Optional[typing.List["LatticeServiceSpecAutoscalingMetrics"]]:
        '''What is aimed at;

        left out, 80 percent of the requests for cpu.

        :schema: LatticeServiceSpecAutoscaling#metrics
        '''
        result = self._values.get("metrics")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecAutoscalingMetrics"]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecAutoscaling(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecAutoscalingMetrics",
    jsii_struct_bases=[],
    name_mapping={"metric": "metric", "target": "target"},
)
class LatticeServiceSpecAutoscalingMetrics:
    def __init__(
        self,
        *,
        metric: builtins.str,
        target: "LatticeServiceSpecAutoscalingMetricsTarget",
    ) -> None:
        '''Something that an autoscaler aims at.

        :param metric: cpu or memory, in percent of the requests, or a metric of the pods, as a metrics adapter calls it.
        :param target: The average over the pods to aim at.

        :schema: LatticeServiceSpecAutoscalingMetrics
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__aa220948e3916ffaefe075b2b6a7718234064b6e49d2328c293aaaefaf37b023)
            check_type(argname="argument metric", value=metric, expected_type=type_hints["metric"])
            check_type(argname="argument target", value=target, expected_type=type_hints["target"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "metric": metric,
            "target": target,
        }

    @builtins.property
    def metric(self) -> builtins.str:
        '''cpu or memory, in percent of the requests, or a metric of the pods, as a metrics adapter calls it.

        :schema: LatticeServiceSpecAutoscalingMetrics#metric
        '''
        result = self._values.get("metric")
        assert result is not None, "Required property 'metric' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def target(self) -> "LatticeServiceSpecAutoscalingMetricsTarget":
        '''The average over the pods to aim at.

        :schema: LatticeServiceSpecAutoscalingMetrics#target
        '''
        result = self._values.get("target")
        assert result is not None, "Required property 'target' is missing"
        return typing.cast("LatticeServiceSpecAutoscalingMetricsTarget", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecAutoscalingMetrics(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecAutoscalingMetricsTarget(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecAutoscalingMetricsTarget",
):
    '''The average over the pods to aim at.

    :schema: LatticeServiceSpecAutoscalingMetricsTarget
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecAutoscalingMetricsTarget":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__fe0bc926d5c0c8c4a1bafb6099aa1c7aa0e8a4345b0bfeb8248f39221fc634ab)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecAutoscalingMetricsTarget", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecAutoscalingMetricsTarget":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__1f21fdb6dd18435be87bb8e2cfb8f41db93988cb45ee8cdce2942ad743dc5491)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecAutoscalingMetricsTarget", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecConfigs",
    jsii_struct_bases=[],
    name_mapping={
        "files": "files",
        "name": "name",
        "env": "env",
        "mount_path": "mountPath",
    },
)
class LatticeServiceSpecConfigs:
    def __init__(
        self,
        *,
        files: typing.Mapping[builtins.str, builtins.str],
        name: builtins.str,
        env: typing.Optional[builtins.bool] = None,
        mount_path: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Files that become a ConfigMap, whose change restarts the pods.

        :param files: The files, or variables: text by name. No secrets: everybody who can read the resource can read them.
        :param name: Name of the volume, and behind that of the resource and a dash, of the ConfigMap.
        :param env: Whether each of the files becomes an environment variable of its name; those in env and envFrom win.
        :param mount_path: Where the main container sees the files, which it cannot change.

        :schema: LatticeServiceSpecConfigs
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__c2714352485161aab4ac4020839c3ca622c9260a7a37ed5735e4470af523892d)
            check_type(argname="argument files", value=files, expected_type=type_hints["files"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument env", value=env, expected_type=type_hints["env"])
            check_type(argname="argument mount_path", value=mount_path, expected_type=type_hints["mount_path"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "files": files,
            "name": name,
        }
        if env is not None:
            self._values["env"] = env
        if mount_path is not None:
            self._values["mount_path"] = mount_path

    @builtins.property
    def files(self) -> typing.Mapping[builtins.str, builtins.str]:
        '''The files, or variables: text by name.

        No secrets: everybody who can read the resource can read them.

        :schema: LatticeServiceSpecConfigs#files
        '''
        result = self._values.get("files")
        assert result is not None, "Required property 'files' is missing"
        return typing.cast(typing.Mapping[builtins.str, builtins.str], result)

    @builtins.property
    def name(self) -> builtins.str:
        '''Name of the volume, and behind that of the resource and a dash, of the ConfigMap.

        :schema: LatticeServiceSpecConfigs#name
        '''
        result = self._values.get("name")
        assert result is not None, "Required property 'name' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def env(self) -> typing.Optional[builtins.bool]:
        '''Whether each of the files becomes an environment variable of its name;

        those in env and envFrom win.

        :schema: LatticeServiceSpecConfigs#env
        '''
        result = self._values.get("env")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def mount_path(self) -> typing.Optional[builtins.str]:
        '''Where the main container sees the files, which it cannot change.

        :schema: LatticeServiceSpecConfigs#mountPath
        '''
        result = self._values.get("mount_path")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecConfigs(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecConnections",
    jsii_struct_bases=[],
    name_mapping={
        "env": "env",
        "kind": "kind",
        "name": "name",
        "namespace": "namespace",
        "port": "port",
    },
)
class LatticeServiceSpecConnections:
    def __init__(
        self,
        *,
        env: typing.Mapping[builtins.str, builtins.str],
        kind: builtins.str,
        name: builtins.str,
        namespace: typing.Optional[builtins.str] = None,
        port: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Another resource that this one connects to.

        :param env: Variables, in front of those of env and behind those that their texts refer to as $(NAME): each is one of url, host, port, database and secret/, or a text with them, such as "postgresql://app:${secret/POSTGRES_PASSWORD}@${host}:${port}/${database}"; $${ is a plain ${.
        :param kind: Kind of the other resource, such as SQL.
        :param name: Name of the other resource.
        :param namespace: Namespace of the other resource; left out, that of this one.
        :param port: Name of the port of the other resource's Service that is meant by port and url, and that the network policy opens; left out, its first port.

        :schema: LatticeServiceSpecConnections
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8dd8acf30c769e7fe50a86208aab80f21ddb5ea8e8b11b072bc5d4a84f2f8202)
            check_type(argname="argument env", value=env, expected_type=type_hints["env"])
            check_type(argname="argument kind", value=kind, expected_type=type_hints["kind"])
            check_type(argname="argument name", value=name, expected_type=type_hints["name"])
            check_type(argname="argument namespace", value=namespace, expected_type=type_hints["namespace"])
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "env": env,
            "kind": kind,
            "name": name,
        }
        if namespace is not None:
            self._values["namespace"] = namespace
        if port is not None:
            self._values["port"] = port

    @builtins.property
    def env(self) -> typing.Mapping[builtins.str, builtins.str]:
        '''Variables, in front of those of env and behind those that their texts refer to as $(NAME): each is one of url, host, port, database and secret/, or a text with them, such as "postgresql://app:${secret/POSTGRES_PASSWORD}@${host}:${port}/${database}";

        $${ is a plain ${.

        :schema: LatticeServiceSpecConnections#env
        '''
        result = self._values.get("env")
        assert result is not None, "Required property 'env' is missing"
        return typing.cast(typing.Mapping[builtins.str, builtins.str], result)

    @builtins.property
    def kind(self) -> builtins.str:
        '''Kind of the other resource, such as SQL.

        :schema: LatticeServiceSpecConnections#kind
        '''
        result = self._values.get("kind")
        assert result is not None, "Required property 'kind' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def name(self) -> builtins.str:
        '''Name of the other resource.

        :schema: LatticeServiceSpecConnections#name
        '''
        result = self._values.get("name")
        assert result is not None, "Required property 'name' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def namespace(self) -> typing.Optional[builtins.str]:
        '''Namespace of the other resource;

        left out, that of this one.

        :schema: LatticeServiceSpecConnections#namespace
        '''
        result = self._values.get("namespace")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def port(self) -> typing.Optional[builtins.str]:
        '''Name of the port of the other resource's Service that is meant by port and url, and that the network policy opens;

        left out, its first port.

        :schema: LatticeServiceSpecConnections#port
        '''
        result = self._values.get("port")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecConnections(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecDeploy",
    jsii_struct_bases=[],
    name_mapping={"canary": "canary", "strategy": "strategy"},
)
class LatticeServiceSpecDeploy:
    def __init__(
        self,
        *,
        canary: typing.Optional[typing.Union["LatticeServiceSpecDeployCanary", typing.Dict[builtins.str, typing.Any]]] = None,
        strategy: typing.Optional["LatticeServiceSpecDeployStrategy"] = None,
    ) -> None:
        '''How a new version takes the place of the old one;

        left out, rolling.

        :param canary: The new version, for strategy canary.
        :param strategy: rolling starts each new pod before it stops an old one; canary runs new pods beside the old ones.

        :schema: LatticeServiceSpecDeploy
        '''
        if isinstance(canary, dict):
            canary = LatticeServiceSpecDeployCanary(**canary)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__10549dfd5e98319523aed4b8ededad7b7da7a560c1e772a8da870dffbee4f048)
            check_type(argname="argument canary", value=canary, expected_type=type_hints["canary"])
            check_type(argname="argument strategy", value=strategy, expected_type=type_hints["strategy"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if canary is not None:
            self._values["canary"] = canary
        if strategy is not None:
            self._values["strategy"] = strategy

    @builtins.property
    def canary(self) -> typing.Optional["LatticeServiceSpecDeployCanary"]:
        '''The new version, for strategy canary.

        :schema: LatticeServiceSpecDeploy#canary
        '''
        result = self._values.get("canary")
        return typing.cast(typing.Optional["LatticeServiceSpecDeployCanary"], result)

    @builtins.property
    def strategy(self) -> typing.Optional["LatticeServiceSpecDeployStrategy"]:
        '''rolling starts each new pod before it stops an old one;

        canary runs new pods beside the old ones.

        :schema: LatticeServiceSpecDeploy#strategy
        '''
        result = self._values.get("strategy")
        return typing.cast(typing.Optional["LatticeServiceSpecDeployStrategy"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecDeploy(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecDeployCanary",
    jsii_struct_bases=[],
    name_mapping={
        "containers": "containers",
        "weight": "weight",
        "replicas": "replicas",
    },
)
class LatticeServiceSpecDeployCanary:
    def __init__(
        self,
        *,
        containers: typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecDeployCanaryContainers", typing.Dict[builtins.str, typing.Any]]],
        weight: jsii.Number,
        replicas: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''The new version, for strategy canary.

        :param containers: The containers that are another version, by name.
        :param weight: Percentage of the requests that the canary answers; at 0 it runs without traffic, at 100 the others do.
        :param replicas: Number of its pods; left out, its share of replicas, and one at least.

        :schema: LatticeServiceSpecDeployCanary
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__c0b440ffafc5c1a62e14e48f0438a32268e35bbc624cde38cb24667530845875)
            check_type(argname="argument containers", value=containers, expected_type=type_hints["containers"])
            check_type(argname="argument weight", value=weight, expected_type=type_hints["weight"])
            check_type(argname="argument replicas", value=replicas, expected_type=type_hints["replicas"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "containers": containers,
            "weight": weight,
        }
        if replicas is not None:
            self._values["replicas"] = replicas

    @builtins.property
    def containers(
        self,
    ) -> typing.Mapping[builtins.str, "LatticeServiceSpecDeployCanaryContainers"]:
        '''The containers that are another version, by name.

        :schema: LatticeServiceSpecDeployCanary#containers
        '''
        result = self._values.get("containers")
        assert result is not None, "Required property 'containers' is missing"
        return typing.cast(typing.Mapping[builtins.str, "LatticeServiceSpecDeployCanaryContainers"], result)

    @builtins.property
    def weight(self) -> jsii.Number:
        '''Percentage of the requests that the canary answers;

        at 0 it runs without traffic, at 100 the others do.

        :schema: LatticeServiceSpecDeployCanary#weight
        '''
        result = self._values.get("weight")
        assert result is not None, "Required property 'weight' is missing"
        return typing.cast(jsii.Number, result)

    @builtins.property
    def replicas(self) -> typing.Optional[jsii.Number]:
        '''Number of its pods;

        left out, its share of replicas, and one at least.

        :schema: LatticeServiceSpecDeployCanary#replicas
        '''
        result = self._values.get("replicas")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecDeployCanary(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecDeployCanaryContainers",
    jsii_struct_bases=[],
    name_mapping={"image": "image"},
)
class LatticeServiceSpecDeployCanaryContainers:
    def __init__(
        self,
        *,
        image: typing.Union["LatticeServiceSpecDeployCanaryContainersImage", typing.Dict[builtins.str, typing.Any]],
    ) -> None:
        '''What a container is in the pods of the canary;

        all else is as in the others.

        :param image: Its image, with its digest.

        :schema: LatticeServiceSpecDeployCanaryContainers
        '''
        if isinstance(image, dict):
            image = LatticeServiceSpecDeployCanaryContainersImage(**image)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__e307210f9e9e474bca9e0f9154e93e1a75037c2f450918e044bbdcf9930bd17b)
            check_type(argname="argument image", value=image, expected_type=type_hints["image"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "image": image,
        }

    @builtins.property
    def image(self) -> "LatticeServiceSpecDeployCanaryContainersImage":
        '''Its image, with its digest.

        :schema: LatticeServiceSpecDeployCanaryContainers#image
        '''
        result = self._values.get("image")
        assert result is not None, "Required property 'image' is missing"
        return typing.cast("LatticeServiceSpecDeployCanaryContainersImage", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecDeployCanaryContainers(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecDeployCanaryContainersImage",
    jsii_struct_bases=[],
    name_mapping={
        "repository": "repository",
        "digest": "digest",
        "pull_policy": "pullPolicy",
        "tag": "tag",
    },
)
class LatticeServiceSpecDeployCanaryContainersImage:
    def __init__(
        self,
        *,
        repository: builtins.str,
        digest: typing.Optional[builtins.str] = None,
        pull_policy: typing.Optional["LatticeServiceSpecDeployCanaryContainersImagePullPolicy"] = None,
        tag: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Its image, with its digest.

        :param repository: Registry and path of the image, without tag: ``ghcr.io/hanzoai/example``.
        :param digest: Digest ``sha256:...`` of the image; beside a tag, the digest decides which image runs.
        :param pull_policy: When the image is pulled; left out, Kubernetes decides: always for the tag latest or none, else if it is not there.
        :param tag: Tag of the image; it also becomes the version label.

        :schema: LatticeServiceSpecDeployCanaryContainersImage
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8640eacda2b25c17ba718cce570a0f231617970dcfa3f2e3b2e79b8a74c86d5f)
            check_type(argname="argument repository", value=repository, expected_type=type_hints["repository"])
            check_type(argname="argument digest", value=digest, expected_type=type_hints["digest"])
            check_type(argname="argument pull_policy", value=pull_policy, expected_type=type_hints["pull_policy"])
            check_type(argname="argument tag", value=tag, expected_type=type_hints["tag"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "repository": repository,
        }
        if digest is not None:
            self._values["digest"] = digest
        if pull_policy is not None:
            self._values["pull_policy"] = pull_policy
        if tag is not None:
            self._values["tag"] = tag

    @builtins.property
    def repository(self) -> builtins.str:
        '''Registry and path of the image, without tag: ``ghcr.io/hanzoai/example``.

        :schema: LatticeServiceSpecDeployCanaryContainersImage#repository
        '''
        result = self._values.get("repository")
        assert result is not None, "Required property 'repository' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def digest(self) -> typing.Optional[builtins.str]:
        '''Digest ``sha256:...`` of the image; beside a tag, the digest decides which image runs.

        :schema: LatticeServiceSpecDeployCanaryContainersImage#digest
        '''
        result = self._values.get("digest")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def pull_policy(
        self,
    ) -> typing.Optional["LatticeServiceSpecDeployCanaryContainersImagePullPolicy"]:
        '''When the image is pulled;

        left out, Kubernetes decides: always for the tag latest or none, else if it is not there.

        :schema: LatticeServiceSpecDeployCanaryContainersImage#pullPolicy
        '''
        result = self._values.get("pull_policy")
        return typing.cast(typing.Optional["LatticeServiceSpecDeployCanaryContainersImagePullPolicy"], result)

    @builtins.property
    def tag(self) -> typing.Optional[builtins.str]:
        '''Tag of the image;

        it also becomes the version label.

        :schema: LatticeServiceSpecDeployCanaryContainersImage#tag
        '''
        result = self._values.get("tag")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecDeployCanaryContainersImage(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(
    jsii_type="devlattice.LatticeServiceSpecDeployCanaryContainersImagePullPolicy"
)
class LatticeServiceSpecDeployCanaryContainersImagePullPolicy(enum.Enum):
    '''When the image is pulled;

    left out, Kubernetes decides: always for the tag latest or none, else if it is not there.

    :schema: LatticeServiceSpecDeployCanaryContainersImagePullPolicy
    '''

    ALWAYS = "ALWAYS"
    '''Always.'''
    IF_NOT_PRESENT = "IF_NOT_PRESENT"
    '''IfNotPresent.'''
    NEVER = "NEVER"
    '''Never.'''


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecDeployStrategy")
class LatticeServiceSpecDeployStrategy(enum.Enum):
    '''rolling starts each new pod before it stops an old one;

    canary runs new pods beside the old ones.

    :schema: LatticeServiceSpecDeployStrategy
    '''

    ROLLING = "ROLLING"
    '''rolling.'''
    CANARY = "CANARY"
    '''canary.'''


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecDnsPolicy")
class LatticeServiceSpecDnsPolicy(enum.Enum):
    '''Which resolver the pods ask: that of the cluster (ClusterFirst, what Kubernetes does by itself), that of the node (Default), or none but those of dnsConfig (None).

    :schema: LatticeServiceSpecDnsPolicy
    '''

    CLUSTER_FIRST = "CLUSTER_FIRST"
    '''ClusterFirst.'''
    CLUSTER_FIRST_WITH_HOST_NET = "CLUSTER_FIRST_WITH_HOST_NET"
    '''ClusterFirstWithHostNet.'''
    DEFAULT = "DEFAULT"
    '''Default.'''
    NONE = "NONE"
    '''None.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecIngress",
    jsii_struct_bases=[],
    name_mapping={
        "annotations": "annotations",
        "cluster_issuer": "clusterIssuer",
        "default_path": "defaultPath",
        "enabled": "enabled",
        "exposure": "exposure",
        "hosts": "hosts",
        "ingress_class_name": "ingressClassName",
        "path_rules": "pathRules",
        "redirect_to_https": "redirectToHttps",
        "rules": "rules",
        "tls": "tls",
        "tls_secret_name": "tlsSecretName",
    },
)
class LatticeServiceSpecIngress:
    def __init__(
        self,
        *,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        cluster_issuer: typing.Optional[builtins.str] = None,
        default_path: typing.Optional[builtins.bool] = None,
        enabled: typing.Optional[builtins.bool] = None,
        exposure: typing.Optional["LatticeServiceSpecIngressExposure"] = None,
        hosts: typing.Optional[typing.Sequence[builtins.str]] = None,
        ingress_class_name: typing.Optional[builtins.str] = None,
        path_rules: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecIngressPathRules", typing.Dict[builtins.str, typing.Any]]]] = None,
        redirect_to_https: typing.Optional[builtins.bool] = None,
        rules: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecIngressRules", typing.Dict[builtins.str, typing.Any]]]] = None,
        tls: typing.Optional[builtins.bool] = None,
        tls_secret_name: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Hosts under which the workload is reached from outside;

        left out, it is reached inside the cluster only.

        :param annotations: Annotations of the Ingress, or of the HTTPRoutes, for their controllers.
        :param cluster_issuer: cert-manager ClusterIssuer of the certificate; left out, the platform's. ``none`` asks for no certificate: the controller's own is used where tlsSecretName is left out.
        :param default_path: Whether ``/`` leads to the primary port on every host; false where only the paths that are written are served.
        :param enabled: Deprecated: a block that is written is on; false means the same as leaving it out.
        :param exposure: Whether an Ingress serves the hosts, or HTTPRoutes of the Gateway API; left out, what the platform says.
        :param hosts: Host names that have the same paths; on each, ``/`` leads to the primary port, unless a path rule matches. Required unless rules are given, or ``enabled`` is false.
        :param ingress_class_name: Ingress class; left out, the platform's.
        :param path_rules: Paths that go to another port or Service, on every one of hosts.
        :param redirect_to_https: Whether HTTP is answered by a redirect to HTTPS; left out, the controller decides. For an Ingress, its class must be one that is known here: nginx, contour, cilium, alb, haproxy.
        :param rules: Hosts with paths of their own.
        :param tls: Whether the hosts are served by HTTPS, with one certificate for all of them in the Secret ``<name>-tls``.
        :param tls_secret_name: Secret with a certificate that exists, such as a wildcard's: none is asked for unless clusterIssuer is written too. Left out, ``<name>-tls``.

        :schema: LatticeServiceSpecIngress
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6716ca44e9972230714de690085aad5cf70b30d8d5c7b854eb34b8639114b7aa)
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument cluster_issuer", value=cluster_issuer, expected_type=type_hints["cluster_issuer"])
            check_type(argname="argument default_path", value=default_path, expected_type=type_hints["default_path"])
            check_type(argname="argument enabled", value=enabled, expected_type=type_hints["enabled"])
            check_type(argname="argument exposure", value=exposure, expected_type=type_hints["exposure"])
            check_type(argname="argument hosts", value=hosts, expected_type=type_hints["hosts"])
            check_type(argname="argument ingress_class_name", value=ingress_class_name, expected_type=type_hints["ingress_class_name"])
            check_type(argname="argument path_rules", value=path_rules, expected_type=type_hints["path_rules"])
            check_type(argname="argument redirect_to_https", value=redirect_to_https, expected_type=type_hints["redirect_to_https"])
            check_type(argname="argument rules", value=rules, expected_type=type_hints["rules"])
            check_type(argname="argument tls", value=tls, expected_type=type_hints["tls"])
            check_type(argname="argument tls_secret_name", value=tls_secret_name, expected_type=type_hints["tls_secret_name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if annotations is not None:
            self._values["annotations"] = annotations
        if cluster_issuer is not None:
            self._values["cluster_issuer"] = cluster_issuer
        if default_path is not None:
            self._values["default_path"] = default_path
        if enabled is not None:
            self._values["enabled"] = enabled
        if exposure is not None:
            self._values["exposure"] = exposure
        if hosts is not None:
            self._values["hosts"] = hosts
        if ingress_class_name is not None:
            self._values["ingress_class_name"] = ingress_class_name
        if path_rules is not None:
            self._values["path_rules"] = path_rules
        if redirect_to_https is not None:
            self._values["redirect_to_https"] = redirect_to_https
        if rules is not None:
            self._values["rules"] = rules
        if tls is not None:
            self._values["tls"] = tls
        if tls_secret_name is not None:
            self._values["tls_secret_name"] = tls_secret_name

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Annotations of the Ingress, or of the HTTPRoutes, for their controllers.

        :schema: LatticeServiceSpecIngress#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def cluster_issuer(self) -> typing.Optional[builtins.str]:
        '''cert-manager ClusterIssuer of the certificate;

        left out, the platform's. ``none`` asks for no certificate: the controller's own is used where tlsSecretName is left out.

        :schema: LatticeServiceSpecIngress#clusterIssuer
        '''
        result = self._values.get("cluster_issuer")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def default_path(self) -> typing.Optional[builtins.bool]:
        '''Whether ``/`` leads to the primary port on every host;

        false where only the paths that are written are served.

        :schema: LatticeServiceSpecIngress#defaultPath
        '''
        result = self._values.get("default_path")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def enabled(self) -> typing.Optional[builtins.bool]:
        '''Deprecated: a block that is written is on;

        false means the same as leaving it out.

        :schema: LatticeServiceSpecIngress#enabled
        '''
        result = self._values.get("enabled")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def exposure(self) -> typing.Optional["LatticeServiceSpecIngressExposure"]:
        '''Whether an Ingress serves the hosts, or HTTPRoutes of the Gateway API;

        left out, what the platform says.

        :schema: LatticeServiceSpecIngress#exposure
        '''
        result = self._values.get("exposure")
        return typing.cast(typing.Optional["LatticeServiceSpecIngressExposure"], result)

    @builtins.property
    def hosts(self) -> typing.Optional[typing.List[builtins.str]]:
        '''Host names that have the same paths;

        on each, ``/`` leads to the primary port, unless a path rule matches. Required unless rules are given, or ``enabled`` is false.

        :schema: LatticeServiceSpecIngress#hosts
        '''
        result = self._values.get("hosts")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def ingress_class_name(self) -> typing.Optional[builtins.str]:
        '''Ingress class;

        left out, the platform's.

        :schema: LatticeServiceSpecIngress#ingressClassName
        '''
        result = self._values.get("ingress_class_name")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def path_rules(
        self,
    ) -> typing.Optional[typing.List["LatticeServiceSpecIngressPathRules"]]:
        '''Paths that go to another port or Service, on every one of hosts.

        :schema: LatticeServiceSpecIngress#pathRules
        '''
        result = self._values.get("path_rules")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecIngressPathRules"]], result)

    @builtins.property
    def redirect_to_https(self) -> typing.Optional[builtins.bool]:
        '''Whether HTTP is answered by a redirect to HTTPS;

        left out, the controller decides. For an Ingress, its class must be one that is known here: nginx, contour, cilium, alb, haproxy.

        :schema: LatticeServiceSpecIngress#redirectToHttps
        '''
        result = self._values.get("redirect_to_https")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def rules(self) -> typing.Optional[typing.List["LatticeServiceSpecIngressRules"]]:
        '''Hosts with paths of their own.

        :schema: LatticeServiceSpecIngress#rules
        '''
        result = self._values.get("rules")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecIngressRules"]], result)

    @builtins.property
    def tls(self) -> typing.Optional[builtins.bool]:
        '''Whether the hosts are served by HTTPS, with one certificate for all of them in the Secret ``<name>-tls``.

        :schema: LatticeServiceSpecIngress#tls
        '''
        result = self._values.get("tls")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def tls_secret_name(self) -> typing.Optional[builtins.str]:
        '''Secret with a certificate that exists, such as a wildcard's: none is asked for unless clusterIssuer is written too.

        Left out, ``<name>-tls``.

        :schema: LatticeServiceSpecIngress#tlsSecretName
        '''
        result = self._values.get("tls_secret_name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecIngress(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecIngressExposure")
class LatticeServiceSpecIngressExposure(enum.Enum):
    '''Whether an Ingress serves the hosts, or HTTPRoutes of the Gateway API;

    left out, what the platform says.

    :schema: LatticeServiceSpecIngressExposure
    '''

    INGRESS = "INGRESS"
    '''ingress.'''
    GATEWAY = "GATEWAY"
    '''gateway.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecIngressPathRules",
    jsii_struct_bases=[],
    name_mapping={
        "path": "path",
        "path_type": "pathType",
        "port": "port",
        "service_name": "serviceName",
    },
)
class LatticeServiceSpecIngressPathRules:
    def __init__(
        self,
        *,
        path: builtins.str,
        path_type: typing.Optional["LatticeServiceSpecIngressPathRulesPathType"] = None,
        port: typing.Optional["LatticeServiceSpecIngressPathRulesPort"] = None,
        service_name: typing.Optional[builtins.str] = None,
    ) -> None:
        '''A path that goes to a port of its own.

        :param path: Path, beginning with a slash.
        :param path_type: How the path is matched, as in an Ingress of Kubernetes.
        :param port: Number or name of the Service's port; left out, the primary port. Required beside serviceName.
        :param service_name: Service in the same namespace that answers; left out, the resource's own.

        :schema: LatticeServiceSpecIngressPathRules
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6ca8555f43d4f034905b8280472a2b3eb271ba0a9635933a69350f6c3159959d)
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument path_type", value=path_type, expected_type=type_hints["path_type"])
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument service_name", value=service_name, expected_type=type_hints["service_name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "path": path,
        }
        if path_type is not None:
            self._values["path_type"] = path_type
        if port is not None:
            self._values["port"] = port
        if service_name is not None:
            self._values["service_name"] = service_name

    @builtins.property
    def path(self) -> builtins.str:
        '''Path, beginning with a slash.

        :schema: LatticeServiceSpecIngressPathRules#path
        '''
        result = self._values.get("path")
        assert result is not None, "Required property 'path' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def path_type(
        self,
    ) -> typing.Optional["LatticeServiceSpecIngressPathRulesPathType"]:
        '''How the path is matched, as in an Ingress of Kubernetes.

        :schema: LatticeServiceSpecIngressPathRules#pathType
        '''
        result = self._values.get("path_type")
        return typing.cast(typing.Optional["LatticeServiceSpecIngressPathRulesPathType"], result)

    @builtins.property
    def port(self) -> typing.Optional["LatticeServiceSpecIngressPathRulesPort"]:
        '''Number or name of the Service's port;

        left out, the primary port. Required beside serviceName.

        :schema: LatticeServiceSpecIngressPathRules#port
        '''
        result = self._values.get("port")
        return typing.cast(typing.Optional["LatticeServiceSpecIngressPathRulesPort"], result)

    @builtins.property
    def service_name(self) -> typing.Optional[builtins.str]:
        '''Service in the same namespace that answers;

        left out, the resource's own.

        :schema: LatticeServiceSpecIngressPathRules#serviceName
        '''
        result = self._values.get("service_name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecIngressPathRules(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecIngressPathRulesPathType")
class LatticeServiceSpecIngressPathRulesPathType(enum.Enum):
    '''How the path is matched, as in an Ingress of Kubernetes.

    :schema: LatticeServiceSpecIngressPathRulesPathType
    '''

    EXACT = "EXACT"
    '''Exact.'''
    PREFIX = "PREFIX"
    '''Prefix.'''
    IMPLEMENTATION_SPECIFIC = "IMPLEMENTATION_SPECIFIC"
    '''ImplementationSpecific.'''


class LatticeServiceSpecIngressPathRulesPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecIngressPathRulesPort",
):
    '''Number or name of the Service's port;

    left out, the primary port. Required beside serviceName.

    :schema: LatticeServiceSpecIngressPathRulesPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecIngressPathRulesPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__3b083f5dcc10d0a918428e1479350ff05e98e8be33ea2ecd66196aeb3417bacf)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecIngressPathRulesPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecIngressPathRulesPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__53301a4d7edad823bb02caebd6db2241afedaac441836d61092a84d59106d4b6)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecIngressPathRulesPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecIngressRules",
    jsii_struct_bases=[],
    name_mapping={"host": "host", "paths": "paths"},
)
class LatticeServiceSpecIngressRules:
    def __init__(
        self,
        *,
        host: builtins.str,
        paths: typing.Optional[typing.Sequence[typing.Union["LatticeServiceSpecIngressRulesPaths", typing.Dict[builtins.str, typing.Any]]]] = None,
    ) -> None:
        '''A host with paths of its own.

        :param host: Host name.
        :param paths: Paths of this host, beside ``/``, which leads to the primary port unless defaultPath is false.

        :schema: LatticeServiceSpecIngressRules
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__13dabe0e95362db832a1f4b8743f8ce232b7adbe5ee0e9a942587ed692a2377e)
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument paths", value=paths, expected_type=type_hints["paths"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "host": host,
        }
        if paths is not None:
            self._values["paths"] = paths

    @builtins.property
    def host(self) -> builtins.str:
        '''Host name.

        :schema: LatticeServiceSpecIngressRules#host
        '''
        result = self._values.get("host")
        assert result is not None, "Required property 'host' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def paths(
        self,
    ) -> typing.Optional[typing.List["LatticeServiceSpecIngressRulesPaths"]]:
        '''Paths of this host, beside ``/``, which leads to the primary port unless defaultPath is false.

        :schema: LatticeServiceSpecIngressRules#paths
        '''
        result = self._values.get("paths")
        return typing.cast(typing.Optional[typing.List["LatticeServiceSpecIngressRulesPaths"]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecIngressRules(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecIngressRulesPaths",
    jsii_struct_bases=[],
    name_mapping={
        "path": "path",
        "path_type": "pathType",
        "port": "port",
        "service_name": "serviceName",
    },
)
class LatticeServiceSpecIngressRulesPaths:
    def __init__(
        self,
        *,
        path: builtins.str,
        path_type: typing.Optional["LatticeServiceSpecIngressRulesPathsPathType"] = None,
        port: typing.Optional["LatticeServiceSpecIngressRulesPathsPort"] = None,
        service_name: typing.Optional[builtins.str] = None,
    ) -> None:
        '''A path that goes to a port of its own.

        :param path: Path, beginning with a slash.
        :param path_type: How the path is matched, as in an Ingress of Kubernetes.
        :param port: Number or name of the Service's port; left out, the primary port. Required beside serviceName.
        :param service_name: Service in the same namespace that answers; left out, the resource's own.

        :schema: LatticeServiceSpecIngressRulesPaths
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__ffa8a2f3a51abb5da81aee1edd3e422bea9db5d9b169c501bf97dcd5a027666d)
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument path_type", value=path_type, expected_type=type_hints["path_type"])
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument service_name", value=service_name, expected_type=type_hints["service_name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "path": path,
        }
        if path_type is not None:
            self._values["path_type"] = path_type
        if port is not None:
            self._values["port"] = port
        if service_name is not None:
            self._values["service_name"] = service_name

    @builtins.property
    def path(self) -> builtins.str:
        '''Path, beginning with a slash.

        :schema: LatticeServiceSpecIngressRulesPaths#path
        '''
        result = self._values.get("path")
        assert result is not None, "Required property 'path' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def path_type(
        self,
    ) -> typing.Optional["LatticeServiceSpecIngressRulesPathsPathType"]:
        '''How the path is matched, as in an Ingress of Kubernetes.

        :schema: LatticeServiceSpecIngressRulesPaths#pathType
        '''
        result = self._values.get("path_type")
        return typing.cast(typing.Optional["LatticeServiceSpecIngressRulesPathsPathType"], result)

    @builtins.property
    def port(self) -> typing.Optional["LatticeServiceSpecIngressRulesPathsPort"]:
        '''Number or name of the Service's port;

        left out, the primary port. Required beside serviceName.

        :schema: LatticeServiceSpecIngressRulesPaths#port
        '''
        result = self._values.get("port")
        return typing.cast(typing.Optional["LatticeServiceSpecIngressRulesPathsPort"], result)

    @builtins.property
    def service_name(self) -> typing.Optional[builtins.str]:
        '''Service in the same namespace that answers;

        left out, the resource's own.

        :schema: LatticeServiceSpecIngressRulesPaths#serviceName
        '''
        result = self._values.get("service_name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecIngressRulesPaths(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecIngressRulesPathsPathType")
class LatticeServiceSpecIngressRulesPathsPathType(enum.Enum):
    '''How the path is matched, as in an Ingress of Kubernetes.

    :schema: LatticeServiceSpecIngressRulesPathsPathType
    '''

    EXACT = "EXACT"
    '''Exact.'''
    PREFIX = "PREFIX"
    '''Prefix.'''
    IMPLEMENTATION_SPECIFIC = "IMPLEMENTATION_SPECIFIC"
    '''ImplementationSpecific.'''


class LatticeServiceSpecIngressRulesPathsPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecIngressRulesPathsPort",
):
    '''Number or name of the Service's port;

    left out, the primary port. Required beside serviceName.

    :schema: LatticeServiceSpecIngressRulesPathsPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecIngressRulesPathsPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__bfd1a2b45deddfc43e3f97aceb333d726bc36edd32d8bcf50d6ef49569b39f48)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecIngressRulesPathsPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecIngressRulesPathsPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__ece6d54a5af9efeed1a0ef55e6399907194803ca8ba523a3fb3dec2bd84431cb)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecIngressRulesPathsPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecServiceAccount",
    jsii_struct_bases=[],
    name_mapping={"annotations": "annotations", "automount_token": "automountToken"},
)
class LatticeServiceSpecServiceAccount:
    def __init__(
        self,
        *,
        annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        automount_token: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''A service account of its own, named like the resource, in place of one that exists.

        :param annotations: Annotations of the account, such as the role at a cloud that it stands for.
        :param automount_token: Whether the pods get its token for the API server; left out, they do not (in epoch 2025 they do).

        :schema: LatticeServiceSpecServiceAccount
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__ddeb9a9d6eafaeb9f08ada243d0ff9b5d8f7e4692535e41723ef8c252ff7eef2)
            check_type(argname="argument annotations", value=annotations, expected_type=type_hints["annotations"])
            check_type(argname="argument automount_token", value=automount_token, expected_type=type_hints["automount_token"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if annotations is not None:
            self._values["annotations"] = annotations
        if automount_token is not None:
            self._values["automount_token"] = automount_token

    @builtins.property
    def annotations(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Annotations of the account, such as the role at a cloud that it stands for.

        :schema: LatticeServiceSpecServiceAccount#annotations
        '''
        result = self._values.get("annotations")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def automount_token(self) -> typing.Optional[builtins.bool]:
        '''Whether the pods get its token for the API server;

        left out, they do not (in epoch 2025 they do).

        :schema: LatticeServiceSpecServiceAccount#automountToken
        '''
        result = self._values.get("automount_token")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecServiceAccount(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkload",
    jsii_struct_bases=[],
    name_mapping={
        "containers": "containers",
        "resources": "resources",
        "service": "service",
    },
)
class LatticeServiceSpecWorkload:
    def __init__(
        self,
        *,
        containers: typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecWorkloadContainers", typing.Dict[builtins.str, typing.Any]]],
        resources: typing.Optional[typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecWorkloadResources", typing.Dict[builtins.str, typing.Any]]]] = None,
        service: typing.Optional[typing.Union["LatticeServiceSpecWorkloadService", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''The containers, and what they depend on.

        :param containers: Containers by name; of several, the one called main serves, and the others stand beside it.
        :param resources: What the workload depends on, by name.
        :param service: How the workload is reached; left out, by the port http, 8080.

        :schema: LatticeServiceSpecWorkload
        '''
        if isinstance(service, dict):
            service = LatticeServiceSpecWorkloadService(**service)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__aa09dbd1cdaa3544fd63321ab152562c0b61af02c17770c81e2414165488c305)
            check_type(argname="argument containers", value=containers, expected_type=type_hints["containers"])
            check_type(argname="argument resources", value=resources, expected_type=type_hints["resources"])
            check_type(argname="argument service", value=service, expected_type=type_hints["service"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "containers": containers,
        }
        if resources is not None:
            self._values["resources"] = resources
        if service is not None:
            self._values["service"] = service

    @builtins.property
    def containers(
        self,
    ) -> typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainers"]:
        '''Containers by name;

        of several, the one called main serves, and the others stand beside it.

        :schema: LatticeServiceSpecWorkload#containers
        '''
        result = self._values.get("containers")
        assert result is not None, "Required property 'containers' is missing"
        return typing.cast(typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainers"], result)

    @builtins.property
    def resources(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadResources"]]:
        '''What the workload depends on, by name.

        :schema: LatticeServiceSpecWorkload#resources
        '''
        result = self._values.get("resources")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadResources"]], result)

    @builtins.property
    def service(self) -> typing.Optional["LatticeServiceSpecWorkloadService"]:
        '''How the workload is reached;

        left out, by the port http, 8080.

        :schema: LatticeServiceSpecWorkload#service
        '''
        result = self._values.get("service")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadService"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkload(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainers",
    jsii_struct_bases=[],
    name_mapping={
        "image": "image",
        "resources": "resources",
        "args": "args",
        "command": "command",
        "env_from": "envFrom",
        "files": "files",
        "liveness_probe": "livenessProbe",
        "readiness_probe": "readinessProbe",
        "startup_probe": "startupProbe",
        "variables": "variables",
        "volumes": "volumes",
    },
)
class LatticeServiceSpecWorkloadContainers:
    def __init__(
        self,
        *,
        image: typing.Union["LatticeServiceSpecWorkloadContainersImage", typing.Dict[builtins.str, typing.Any]],
        resources: typing.Union["LatticeServiceSpecWorkloadContainersResources", typing.Dict[builtins.str, typing.Any]],
        args: typing.Optional[typing.Sequence[builtins.str]] = None,
        command: typing.Optional[typing.Sequence[builtins.str]] = None,
        env_from: typing.Optional[typing.Sequence[builtins.str]] = None,
        files: typing.Optional[typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecWorkloadContainersFiles", typing.Dict[builtins.str, typing.Any]]]] = None,
        liveness_probe: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersLivenessProbe", typing.Dict[builtins.str, typing.Any]]] = None,
        readiness_probe: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersReadinessProbe", typing.Dict[builtins.str, typing.Any]]] = None,
        startup_probe: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersStartupProbe", typing.Dict[builtins.str, typing.Any]]] = None,
        variables: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        volumes: typing.Optional[typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecWorkloadContainersVolumes", typing.Dict[builtins.str, typing.Any]]]] = None,
    ) -> None:
        '''A container of the pods.

        :param image: Image of the container, with its digest: what runs is what was tried.
        :param resources: What the container gets of its node.
        :param args: Arguments of the entry point, instead of the image's; references in them are not replaced.
        :param command: Entry point, instead of the image's; references in it are not replaced.
        :param env_from: Secrets of the resources each of whose keys becomes a variable.
        :param files: Files by their path in the container.
        :param liveness_probe: When it fails, the container is restarted; where no probe is written, the main container is asked for /healthz.
        :param readiness_probe: While it fails, the pod gets no traffic; where no probe is written, the main container is asked for /readyz.
        :param startup_probe: Until it succeeds, the other probes wait.
        :param variables: Environment variables; references in them stand for values of resources.
        :param volumes: Volumes by the path where the container sees them.

        :schema: LatticeServiceSpecWorkloadContainers
        '''
        if isinstance(image, dict):
            image = LatticeServiceSpecWorkloadContainersImage(**image)
        if isinstance(resources, dict):
            resources = LatticeServiceSpecWorkloadContainersResources(**resources)
        if isinstance(liveness_probe, dict):
            liveness_probe = LatticeServiceSpecWorkloadContainersLivenessProbe(**liveness_probe)
        if isinstance(readiness_probe, dict):
            readiness_probe = LatticeServiceSpecWorkloadContainersReadinessProbe(**readiness_probe)
        if isinstance(startup_probe, dict):
            startup_probe = LatticeServiceSpecWorkloadContainersStartupProbe(**startup_probe)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__86adf3280fb1066d2dae28821cd7a44ca8759152288d35d509b63d38ea14733c)
            check_type(argname="argument image", value=image, expected_type=type_hints["image"])
            check_type(argname="argument resources", value=resources, expected_type=type_hints["resources"])
            check_type(argname="argument args", value=args, expected_type=type_hints["args"])
            check_type(argname="argument command", value=command, expected_type=type_hints["command"])
            check_type(argname="argument env_from", value=env_from, expected_type=type_hints["env_from"])
            check_type(argname="argument files", value=files, expected_type=type_hints["files"])
            check_type(argname="argument liveness_probe", value=liveness_probe, expected_type=type_hints["liveness_probe"])
            check_type(argname="argument readiness_probe", value=readiness_probe, expected_type=type_hints["readiness_probe"])
            check_type(argname="argument startup_probe", value=startup_probe, expected_type=type_hints["startup_probe"])
            check_type(argname="argument variables", value=variables, expected_type=type_hints["variables"])
            check_type(argname="argument volumes", value=volumes, expected_type=type_hints["volumes"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "image": image,
            "resources": resources,
        }
        if args is not None:
            self._values["args"] = args
        if command is not None:
            self._values["command"] = command
        if env_from is not None:
            self._values["env_from"] = env_from
        if files is not None:
            self._values["files"] = files
        if liveness_probe is not None:
            self._values["liveness_probe"] = liveness_probe
        if readiness_probe is not None:
            self._values["readiness_probe"] = readiness_probe
        if startup_probe is not None:
            self._values["startup_probe"] = startup_probe
        if variables is not None:
            self._values["variables"] = variables
        if volumes is not None:
            self._values["volumes"] = volumes

    @builtins.property
    def image(self) -> "LatticeServiceSpecWorkloadContainersImage":
        '''Image of the container, with its digest: what runs is what was tried.

        :schema: LatticeServiceSpecWorkloadContainers#image
        '''
        result = self._values.get("image")
        assert result is not None, "Required property 'image' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersImage", result)

    @builtins.property
    def resources(self) -> "LatticeServiceSpecWorkloadContainersResources":
        '''What the container gets of its node.

        :schema: LatticeServiceSpecWorkloadContainers#resources
        '''
        result = self._values.get("resources")
        assert result is not None, "Required property 'resources' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResources", result)

    @builtins.property
    def args(self) -> typing.Optional[typing.List[builtins.str]]:
        '''Arguments of the entry point, instead of the image's;

        references in them are not replaced.

        :schema: LatticeServiceSpecWorkloadContainers#args
        '''
        result = self._values.get("args")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def command(self) -> typing.Optional[typing.List[builtins.str]]:
        '''Entry point, instead of the image's;

        references in it are not replaced.

        :schema: LatticeServiceSpecWorkloadContainers#command
        '''
        result = self._values.get("command")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def env_from(self) -> typing.Optional[typing.List[builtins.str]]:
        '''Secrets of the resources each of whose keys becomes a variable.

        :schema: LatticeServiceSpecWorkloadContainers#envFrom
        '''
        result = self._values.get("env_from")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def files(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainersFiles"]]:
        '''Files by their path in the container.

        :schema: LatticeServiceSpecWorkloadContainers#files
        '''
        result = self._values.get("files")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainersFiles"]], result)

    @builtins.property
    def liveness_probe(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbe"]:
        '''When it fails, the container is restarted;

        where no probe is written, the main container is asked for /healthz.

        :schema: LatticeServiceSpecWorkloadContainers#livenessProbe
        '''
        result = self._values.get("liveness_probe")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbe"], result)

    @builtins.property
    def readiness_probe(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbe"]:
        '''While it fails, the pod gets no traffic;

        where no probe is written, the main container is asked for /readyz.

        :schema: LatticeServiceSpecWorkloadContainers#readinessProbe
        '''
        result = self._values.get("readiness_probe")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbe"], result)

    @builtins.property
    def startup_probe(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbe"]:
        '''Until it succeeds, the other probes wait.

        :schema: LatticeServiceSpecWorkloadContainers#startupProbe
        '''
        result = self._values.get("startup_probe")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbe"], result)

    @builtins.property
    def variables(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Environment variables;

        references in them stand for values of resources.

        :schema: LatticeServiceSpecWorkloadContainers#variables
        '''
        result = self._values.get("variables")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def volumes(
        self,
    ) -> typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainersVolumes"]]:
        '''Volumes by the path where the container sees them.

        :schema: LatticeServiceSpecWorkloadContainers#volumes
        '''
        result = self._values.get("volumes")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadContainersVolumes"]], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainers(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersFiles",
    jsii_struct_bases=[],
    name_mapping={"content": "content", "no_expand": "noExpand"},
)
class LatticeServiceSpecWorkloadContainersFiles:
    def __init__(
        self,
        *,
        content: builtins.str,
        no_expand: typing.Optional[builtins.bool] = None,
    ) -> None:
        '''A file that the container finds when it starts.

        :param content: Its text, in which references stand for values of resources.
        :param no_expand: Whether the text is taken as it stands, references too, such as a script of a shell.

        :schema: LatticeServiceSpecWorkloadContainersFiles
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__a944b0ff0021b0b7ce97bf150c919488ed8df901074ff153ca19462a2c6b963a)
            check_type(argname="argument content", value=content, expected_type=type_hints["content"])
            check_type(argname="argument no_expand", value=no_expand, expected_type=type_hints["no_expand"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "content": content,
        }
        if no_expand is not None:
            self._values["no_expand"] = no_expand

    @builtins.property
    def content(self) -> builtins.str:
        '''Its text, in which references stand for values of resources.

        :schema: LatticeServiceSpecWorkloadContainersFiles#content
        '''
        result = self._values.get("content")
        assert result is not None, "Required property 'content' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def no_expand(self) -> typing.Optional[builtins.bool]:
        '''Whether the text is taken as it stands, references too, such as a script of a shell.

        :schema: LatticeServiceSpecWorkloadContainersFiles#noExpand
        '''
        result = self._values.get("no_expand")
        return typing.cast(typing.Optional[builtins.bool], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersFiles(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersImage",
    jsii_struct_bases=[],
    name_mapping={
        "repository": "repository",
        "digest": "digest",
        "pull_policy": "pullPolicy",
        "tag": "tag",
    },
)
class LatticeServiceSpecWorkloadContainersImage:
    def __init__(
        self,
        *,
        repository: builtins.str,
        digest: typing.Optional[builtins.str] = None,
        pull_policy: typing.Optional["LatticeServiceSpecWorkloadContainersImagePullPolicy"] = None,
        tag: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Image of the container, with its digest: what runs is what was tried.

        :param repository: Registry and path of the image, without tag: ``ghcr.io/hanzoai/example``.
        :param digest: Digest ``sha256:...`` of the image; beside a tag, the digest decides which image runs.
        :param pull_policy: When the image is pulled; left out, Kubernetes decides: always for the tag latest or none, else if it is not there.
        :param tag: Tag of the image; it also becomes the version label.

        :schema: LatticeServiceSpecWorkloadContainersImage
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0af88a7b8223638a18b44e0484750f0bd99dac55843cfc5b7b13d243620d7bd1)
            check_type(argname="argument repository", value=repository, expected_type=type_hints["repository"])
            check_type(argname="argument digest", value=digest, expected_type=type_hints["digest"])
            check_type(argname="argument pull_policy", value=pull_policy, expected_type=type_hints["pull_policy"])
            check_type(argname="argument tag", value=tag, expected_type=type_hints["tag"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "repository": repository,
        }
        if digest is not None:
            self._values["digest"] = digest
        if pull_policy is not None:
            self._values["pull_policy"] = pull_policy
        if tag is not None:
            self._values["tag"] = tag

    @builtins.property
    def repository(self) -> builtins.str:
        '''Registry and path of the image, without tag: ``ghcr.io/hanzoai/example``.

        :schema: LatticeServiceSpecWorkloadContainersImage#repository
        '''
        result = self._values.get("repository")
        assert result is not None, "Required property 'repository' is missing"
        return typing.cast(builtins.str, result)

    @builtins.property
    def digest(self) -> typing.Optional[builtins.str]:
        '''Digest ``sha256:...`` of the image; beside a tag, the digest decides which image runs.

        :schema: LatticeServiceSpecWorkloadContainersImage#digest
        '''
        result = self._values.get("digest")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def pull_policy(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersImagePullPolicy"]:
        '''When the image is pulled;

        left out, Kubernetes decides: always for the tag latest or none, else if it is not there.

        :schema: LatticeServiceSpecWorkloadContainersImage#pullPolicy
        '''
        result = self._values.get("pull_policy")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersImagePullPolicy"], result)

    @builtins.property
    def tag(self) -> typing.Optional[builtins.str]:
        '''Tag of the image;

        it also becomes the version label.

        :schema: LatticeServiceSpecWorkloadContainersImage#tag
        '''
        result = self._values.get("tag")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersImage(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadContainersImagePullPolicy")
class LatticeServiceSpecWorkloadContainersImagePullPolicy(enum.Enum):
    '''When the image is pulled;

    left out, Kubernetes decides: always for the tag latest or none, else if it is not there.

    :schema: LatticeServiceSpecWorkloadContainersImagePullPolicy
    '''

    ALWAYS = "ALWAYS"
    '''Always.'''
    IF_NOT_PRESENT = "IF_NOT_PRESENT"
    '''IfNotPresent.'''
    NEVER = "NEVER"
    '''Never.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbe",
    jsii_struct_bases=[],
    name_mapping={
        "exec": "exec",
        "failure_threshold": "failureThreshold",
        "grpc": "grpc",
        "http_get": "httpGet",
        "initial_delay_seconds": "initialDelaySeconds",
        "period_seconds": "periodSeconds",
        "success_threshold": "successThreshold",
        "tcp_socket": "tcpSocket",
        "timeout_seconds": "timeoutSeconds",
    },
)
class LatticeServiceSpecWorkloadContainersLivenessProbe:
    def __init__(
        self,
        *,
        exec: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersLivenessProbeExec", typing.Dict[builtins.str, typing.Any]]] = None,
        failure_threshold: typing.Optional[jsii.Number] = None,
        grpc: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersLivenessProbeGrpc", typing.Dict[builtins.str, typing.Any]]] = None,
        http_get: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet", typing.Dict[builtins.str, typing.Any]]] = None,
        initial_delay_seconds: typing.Optional[jsii.Number] = None,
        period_seconds: typing.Optional[jsii.Number] = None,
        success_threshold: typing.Optional[jsii.Number] = None,
        tcp_socket: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket", typing.Dict[builtins.str, typing.Any]]] = None,
        timeout_seconds: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''When it fails, the container is restarted;

        where no probe is written, the main container is asked for /healthz.

        :param exec: Probe by running a command in the container.
        :param failure_threshold: Failures in a row after which it counts; left out, 3.
        :param grpc: Probe by a health check of gRPC.
        :param http_get: Probe by a request.
        :param initial_delay_seconds: Seconds between the start of the container and the first probe; left out, 5 for the main container, else none.
        :param period_seconds: Seconds between two probes; left out, 10.
        :param success_threshold: Successes in a row after which a failed container counts as healthy again; left out, 1, and only a readiness probe may have more.
        :param tcp_socket: Probe by opening a TCP connection.
        :param timeout_seconds: Seconds after which an unanswered probe has failed; left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe
        '''
        if isinstance(exec, dict):
            exec = LatticeServiceSpecWorkloadContainersLivenessProbeExec(**exec)
        if isinstance(grpc, dict):
            grpc = LatticeServiceSpecWorkloadContainersLivenessProbeGrpc(**grpc)
        if isinstance(http_get, dict):
            http_get = LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet(**http_get)
        if isinstance(tcp_socket, dict):
            tcp_socket = LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket(**tcp_socket)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0bf78a36fad813e76726dee3dd13ec0986e20655f5332b54c7ce934e648ae289)
            check_type(argname="argument exec", value=exec, expected_type=type_hints["exec"])
            check_type(argname="argument failure_threshold", value=failure_threshold, expected_type=type_hints["failure_threshold"])
            check_type(argname="argument grpc", value=grpc, expected_type=type_hints["grpc"])
            check_type(argname="argument http_get", value=http_get, expected_type=type_hints["http_get"])
            check_type(argname="argument initial_delay_seconds", value=initial_delay_seconds, expected_type=type_hints["initial_delay_seconds"])
            check_type(argname="argument period_seconds", value=period_seconds, expected_type=type_hints["period_seconds"])
            check_type(argname="argument success_threshold", value=success_threshold, expected_type=type_hints["success_threshold"])
            check_type(argname="argument tcp_socket", value=tcp_socket, expected_type=type_hints["tcp_socket"])
            check_type(argname="argument timeout_seconds", value=timeout_seconds, expected_type=type_hints["timeout_seconds"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if exec is not None:
            self._values["exec"] = exec
        if failure_threshold is not None:
            self._values["failure_threshold"] = failure_threshold
        if grpc is not None:
            self._values["grpc"] = grpc
        if http_get is not None:
            self._values["http_get"] = http_get
        if initial_delay_seconds is not None:
            self._values["initial_delay_seconds"] = initial_delay_seconds
        if period_seconds is not None:
            self._values["period_seconds"] = period_seconds
        if success_threshold is not None:
            self._values["success_threshold"] = success_threshold
        if tcp_socket is not None:
            self._values["tcp_socket"] = tcp_socket
        if timeout_seconds is not None:
            self._values["timeout_seconds"] = timeout_seconds

    @builtins.property
    def exec(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeExec"]:
        '''Probe by running a command in the container.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#exec
        '''
        result = self._values.get("exec")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeExec"], result)

    @builtins.property
    def failure_threshold(self) -> typing.Optional[jsii.Number]:
        '''Failures in a row after which it counts;

        left out, 3.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#failureThreshold
        '''
        result = self._values.get("failure_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def grpc(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeGrpc"]:
        '''Probe by a health check of gRPC.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#grpc
        '''
        result = self._values.get("grpc")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeGrpc"], result)

    @builtins.property
    def http_get(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet"]:
        '''Probe by a request.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#httpGet
        '''
        result = self._values.get("http_get")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet"], result)

    @builtins.property
    def initial_delay_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between the start of the container and the first probe;

        left out, 5 for the main container, else none.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#initialDelaySeconds
        '''
        result = self._values.get("initial_delay_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def period_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between two probes;

        left out, 10.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#periodSeconds
        '''
        result = self._values.get("period_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def success_threshold(self) -> typing.Optional[jsii.Number]:
        '''Successes in a row after which a failed container counts as healthy again;

        left out, 1, and only a readiness probe may have more.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#successThreshold
        '''
        result = self._values.get("success_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def tcp_socket(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket"]:
        '''Probe by opening a TCP connection.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#tcpSocket
        '''
        result = self._values.get("tcp_socket")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket"], result)

    @builtins.property
    def timeout_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds after which an unanswered probe has failed;

        left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbe#timeoutSeconds
        '''
        result = self._values.get("timeout_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersLivenessProbe(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeExec",
    jsii_struct_bases=[],
    name_mapping={"command": "command"},
)
class LatticeServiceSpecWorkloadContainersLivenessProbeExec:
    def __init__(self, *, command: typing.Sequence[builtins.str]) -> None:
        '''Probe by running a command in the container.

        :param command: Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeExec
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8c598fb3c51d50a67681e5aaf8ad51df2dd135a699cae384c00a9d9b9c89917b)
            check_type(argname="argument command", value=command, expected_type=type_hints["command"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "command": command,
        }

    @builtins.property
    def command(self) -> typing.List[builtins.str]:
        '''Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeExec#command
        '''
        result = self._values.get("command")
        assert result is not None, "Required property 'command' is missing"
        return typing.cast(typing.List[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersLivenessProbeExec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeGrpc",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "service": "service"},
)
class LatticeServiceSpecWorkloadContainersLivenessProbeGrpc:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort",
        service: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Probe by a health check of gRPC.

        :param port: Number or name of a declared port.
        :param service: Name of the service that is asked after; left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeGrpc
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__22dba763f627681174ba59fc032976fbf5a6eab210d107ab05e4ecac011830a6)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument service", value=service, expected_type=type_hints["service"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if service is not None:
            self._values["service"] = service

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeGrpc#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort", result)

    @builtins.property
    def service(self) -> typing.Optional[builtins.str]:
        '''Name of the service that is asked after;

        left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeGrpc#service
        '''
        result = self._values.get("service")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersLivenessProbeGrpc(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__7bc98dd8d412f41f998c3907b7fadd4b0736a4888245c1e6f9290e8459a75ab0)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8769e5899880d674879fee3a045e688005122a8d07d2b787a1233445c022f0d8)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet",
    jsii_struct_bases=[],
    name_mapping={
        "port": "port",
        "host": "host",
        "http_headers": "httpHeaders",
        "path": "path",
        "scheme": "scheme",
    },
)
class LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort",
        host: typing.Optional[builtins.str] = None,
        http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
        path: typing.Optional[builtins.str] = None,
        scheme: typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme"] = None,
    ) -> None:
        '''Probe by a request.

        :param port: Number or name of a declared port.
        :param host: Host that is asked instead of the pod; for another name of the pod itself, write the header Host.
        :param http_headers: Headers of the request.
        :param path: Path that is asked; left out, /.
        :param scheme: How the port is asked; left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__cab7253335f21046fd012e817e8173e5f439994a3c9315164049e686b4c0cbcb)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument http_headers", value=http_headers, expected_type=type_hints["http_headers"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument scheme", value=scheme, expected_type=type_hints["scheme"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if host is not None:
            self._values["host"] = host
        if http_headers is not None:
            self._values["http_headers"] = http_headers
        if path is not None:
            self._values["path"] = path
        if scheme is not None:
            self._values["scheme"] = scheme

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort", result)

    @builtins.property
    def host(self) -> typing.Optional[builtins.str]:
        '''Host that is asked instead of the pod;

        for another name of the pod itself, write the header Host.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet#host
        '''
        result = self._values.get("host")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def http_headers(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Headers of the request.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet#httpHeaders
        '''
        result = self._values.get("http_headers")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''Path that is asked;

        left out, /.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def scheme(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme"]:
        '''How the port is asked;

        left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet#scheme
        '''
        result = self._values.get("scheme")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__3d27cb6dc4d0112d822fbc37ff69bc873afdc16de1b99eae6999bbec4e998606)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__31baccc8af0e316caa3125be0df3bfc61c50c8d7f32d475b75ac2a2f241e0521)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.enum(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme"
)
class LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme(enum.Enum):
    '''How the port is asked;

    left out, by HTTP. Certificates are not checked.

    :schema: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme
    '''

    HTTP = "HTTP"
    '''HTTP.'''
    HTTPS = "HTTPS"
    '''HTTPS.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket",
    jsii_struct_bases=[],
    name_mapping={"port": "port"},
)
class LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort",
    ) -> None:
        '''Probe by opening a TCP connection.

        :param port: Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__d94b09e8e1d6a187f191cc8e379b45ec96b3531a17992ff625a2ff6feccace09)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__89443ac120db119a72004c8a9853952ad9f46b270b1d38fe5131c0c5b43c49d1)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__0a4c877566a5c199ec6c414e3681ff158bdd45d3106ea342dc85855d7e780bd4)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbe",
    jsii_struct_bases=[],
    name_mapping={
        "exec": "exec",
        "failure_threshold": "failureThreshold",
        "grpc": "grpc",
        "http_get": "httpGet",
        "initial_delay_seconds": "initialDelaySeconds",
        "period_seconds": "periodSeconds",
        "success_threshold": "successThreshold",
        "tcp_socket": "tcpSocket",
        "timeout_seconds": "timeoutSeconds",
    },
)
class LatticeServiceSpecWorkloadContainersReadinessProbe:
    def __init__(
        self,
        *,
        exec: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersReadinessProbeExec", typing.Dict[builtins.str, typing.Any]]] = None,
        failure_threshold: typing.Optional[jsii.Number] = None,
        grpc: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersReadinessProbeGrpc", typing.Dict[builtins.str, typing.Any]]] = None,
        http_get: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet", typing.Dict[builtins.str, typing.Any]]] = None,
        initial_delay_seconds: typing.Optional[jsii.Number] = None,
        period_seconds: typing.Optional[jsii.Number] = None,
        success_threshold: typing.Optional[jsii.Number] = None,
        tcp_socket: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket", typing.Dict[builtins.str, typing.Any]]] = None,
        timeout_seconds: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''While it fails, the pod gets no traffic;

        where no probe is written, the main container is asked for /readyz.

        :param exec: Probe by running a command in the container.
        :param failure_threshold: Failures in a row after which it counts; left out, 3.
        :param grpc: Probe by a health check of gRPC.
        :param http_get: Probe by a request.
        :param initial_delay_seconds: Seconds between the start of the container and the first probe; left out, 5 for the main container, else none.
        :param period_seconds: Seconds between two probes; left out, 10.
        :param success_threshold: Successes in a row after which a failed container counts as healthy again; left out, 1, and only a readiness probe may have more.
        :param tcp_socket: Probe by opening a TCP connection.
        :param timeout_seconds: Seconds after which an unanswered probe has failed; left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe
        '''
        if isinstance(exec, dict):
            exec = LatticeServiceSpecWorkloadContainersReadinessProbeExec(**exec)
        if isinstance(grpc, dict):
            grpc = LatticeServiceSpecWorkloadContainersReadinessProbeGrpc(**grpc)
        if isinstance(http_get, dict):
            http_get = LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet(**http_get)
        if isinstance(tcp_socket, dict):
            tcp_socket = LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket(**tcp_socket)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__18c052cbb5a75f9e6e40f0a4085f77350632e34ad72d5fa9c8593fdfeec1f78d)
            check_type(argname="argument exec", value=exec, expected_type=type_hints["exec"])
            check_type(argname="argument failure_threshold", value=failure_threshold, expected_type=type_hints["failure_threshold"])
            check_type(argname="argument grpc", value=grpc, expected_type=type_hints["grpc"])
            check_type(argname="argument http_get", value=http_get, expected_type=type_hints["http_get"])
            check_type(argname="argument initial_delay_seconds", value=initial_delay_seconds, expected_type=type_hints["initial_delay_seconds"])
            check_type(argname="argument period_seconds", value=period_seconds, expected_type=type_hints["period_seconds"])
            check_type(argname="argument success_threshold", value=success_threshold, expected_type=type_hints["success_threshold"])
            check_type(argname="argument tcp_socket", value=tcp_socket, expected_type=type_hints["tcp_socket"])
            check_type(argname="argument timeout_seconds", value=timeout_seconds, expected_type=type_hints["timeout_seconds"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if exec is not None:
            self._values["exec"] = exec
        if failure_threshold is not None:
            self._values["failure_threshold"] = failure_threshold
        if grpc is not None:
            self._values["grpc"] = grpc
        if http_get is not None:
            self._values["http_get"] = http_get
        if initial_delay_seconds is not None:
            self._values["initial_delay_seconds"] = initial_delay_seconds
        if period_seconds is not None:
            self._values["period_seconds"] = period_seconds
        if success_threshold is not None:
            self._values["success_threshold"] = success_threshold
        if tcp_socket is not None:
            self._values["tcp_socket"] = tcp_socket
        if timeout_seconds is not None:
            self._values["timeout_seconds"] = timeout_seconds

    @builtins.property
    def exec(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeExec"]:
        '''Probe by running a command in the container.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#exec
        '''
        result = self._values.get("exec")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeExec"], result)

    @builtins.property
    def failure_threshold(self) -> typing.Optional[jsii.Number]:
        '''Failures in a row after which it counts;

        left out, 3.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#failureThreshold
        '''
        result = self._values.get("failure_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def grpc(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeGrpc"]:
        '''Probe by a health check of gRPC.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#grpc
        '''
        result = self._values.get("grpc")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeGrpc"], result)

    @builtins.property
    def http_get(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet"]:
        '''Probe by a request.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#httpGet
        '''
        result = self._values.get("http_get")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet"], result)

    @builtins.property
    def initial_delay_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between the start of the container and the first probe;

        left out, 5 for the main container, else none.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#initialDelaySeconds
        '''
        result = self._values.get("initial_delay_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def period_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between two probes;

        left out, 10.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#periodSeconds
        '''
        result = self._values.get("period_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def success_threshold(self) -> typing.Optional[jsii.Number]:
        '''Successes in a row after which a failed container counts as healthy again;

        left out, 1, and only a readiness probe may have more.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#successThreshold
        '''
        result = self._values.get("success_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def tcp_socket(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket"]:
        '''Probe by opening a TCP connection.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#tcpSocket
        '''
        result = self._values.get("tcp_socket")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket"], result)

    @builtins.property
    def timeout_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds after which an unanswered probe has failed;

        left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbe#timeoutSeconds
        '''
        result = self._values.get("timeout_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersReadinessProbe(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeExec",
    jsii_struct_bases=[],
    name_mapping={"command": "command"},
)
class LatticeServiceSpecWorkloadContainersReadinessProbeExec:
    def __init__(self, *, command: typing.Sequence[builtins.str]) -> None:
        '''Probe by running a command in the container.

        :param command: Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeExec
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8ef9792412c579f293a80fb5be900ee5a0e52973f60bf569fad2986e8c02f7da)
            check_type(argname="argument command", value=command, expected_type=type_hints["command"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "command": command,
        }

    @builtins.property
    def command(self) -> typing.List[builtins.str]:
        '''Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeExec#command
        '''
        result = self._values.get("command")
        assert result is not None, "Required property 'command' is missing"
        return typing.cast(typing.List[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersReadinessProbeExec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeGrpc",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "service": "service"},
)
class LatticeServiceSpecWorkloadContainersReadinessProbeGrpc:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort",
        service: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Probe by a health check of gRPC.

        :param port: Number or name of a declared port.
        :param service: Name of the service that is asked after; left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeGrpc
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8665a50c7484af03a1411de4d47f2e1f1187cc3b22b4c18eca5ab13da0e29301)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument service", value=service, expected_type=type_hints["service"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if service is not None:
            self._values["service"] = service

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeGrpc#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort", result)

    @builtins.property
    def service(self) -> typing.Optional[builtins.str]:
        '''Name of the service that is asked after;

        left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeGrpc#service
        '''
        result = self._values.get("service")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersReadinessProbeGrpc(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__548f9fa441984aae0305c6f2380f05b46c67dd1a5076a049de8cde817ed332b2)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__f6305f08059ce84a5f5076b509b596033db431cd4f970057393d4ed47be8ebfe)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet",
    jsii_struct_bases=[],
    name_mapping={
        "port": "port",
        "host": "host",
        "http_headers": "httpHeaders",
        "path": "path",
        "scheme": "scheme",
    },
)
class LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort",
        host: typing.Optional[builtins.str] = None,
        http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
        path: typing.Optional[builtins.str] = None,
        scheme: typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme"] = None,
    ) -> None:
        '''Probe by a request.

        :param port: Number or name of a declared port.
        :param host: Host that is asked instead of the pod; for another name of the pod itself, write the header Host.
        :param http_headers: Headers of the request.
        :param path: Path that is asked; left out, /.
        :param scheme: How the port is asked; left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__be8e55703d5c7ab8a576a3009fbe2a9eabc7ddef66daa8c0741bbee633d704b7)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument http_headers", value=http_headers, expected_type=type_hints["http_headers"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument scheme", value=scheme, expected_type=type_hints["scheme"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if host is not None:
            self._values["host"] = host
        if http_headers is not None:
            self._values["http_headers"] = http_headers
        if path is not None:
            self._values["path"] = path
        if scheme is not None:
            self._values["scheme"] = scheme

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort", result)

    @builtins.property
    def host(self) -> typing.Optional[builtins.str]:
        '''Host that is asked instead of the pod;

        for another name of the pod itself, write the header Host.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet#host
        '''
        result = self._values.get("host")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def http_headers(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Headers of the request.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet#httpHeaders
        '''
        result = self._values.get("http_headers")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''Path that is asked;

        left out, /.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def scheme(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme"]:
        '''How the port is asked;

        left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet#scheme
        '''
        result = self._values.get("scheme")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__903553d71895b6c4399d207a4b6828a644459c511fc86e72690f7b6fd6e1ff61)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__ebbf9271e5336b8c6da3ca88498b2d7409b933b308c742d8103a2c458a45b168)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.enum(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme"
)
class LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme(enum.Enum):
    '''How the port is asked;

    left out, by HTTP. Certificates are not checked.

    :schema: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme
    '''

    HTTP = "HTTP"
    '''HTTP.'''
    HTTPS = "HTTPS"
    '''HTTPS.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket",
    jsii_struct_bases=[],
    name_mapping={"port": "port"},
)
class LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort",
    ) -> None:
        '''Probe by opening a TCP connection.

        :param port: Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__395fa60c7fd44f706ace4a3dd7c5b989708ac2471509f0fbad31a60c588e6455)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__c5ca842bc7a03ff545dbbb8b8e953b47de3ed59588752219d3a4c0d6a1d5bc35)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__93f0ba294b428a3fbdc4306726528e7759a9e8087c9681ab0f8806077887d122)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResources",
    jsii_struct_bases=[],
    name_mapping={"limits": "limits", "requests": "requests"},
)
class LatticeServiceSpecWorkloadContainersResources:
    def __init__(
        self,
        *,
        limits: typing.Union["LatticeServiceSpecWorkloadContainersResourcesLimits", typing.Dict[builtins.str, typing.Any]],
        requests: typing.Union["LatticeServiceSpecWorkloadContainersResourcesRequests", typing.Dict[builtins.str, typing.Any]],
    ) -> None:
        '''What the container gets of its node.

        :param limits: What it gets at most; the same as requests for one that is never slowed down or stopped for others.
        :param requests: What it gets for sure, and by which its node is chosen.

        :schema: LatticeServiceSpecWorkloadContainersResources
        '''
        if isinstance(limits, dict):
            limits = LatticeServiceSpecWorkloadContainersResourcesLimits(**limits)
        if isinstance(requests, dict):
            requests = LatticeServiceSpecWorkloadContainersResourcesRequests(**requests)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__6ec97bc31bf83f509c5b91fa72d8ceff42bf4f663c7ce789079840205bc95521)
            check_type(argname="argument limits", value=limits, expected_type=type_hints["limits"])
            check_type(argname="argument requests", value=requests, expected_type=type_hints["requests"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "limits": limits,
            "requests": requests,
        }

    @builtins.property
    def limits(self) -> "LatticeServiceSpecWorkloadContainersResourcesLimits":
        '''What it gets at most;

        the same as requests for one that is never slowed down or stopped for others.

        :schema: LatticeServiceSpecWorkloadContainersResources#limits
        '''
        result = self._values.get("limits")
        assert result is not None, "Required property 'limits' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimits", result)

    @builtins.property
    def requests(self) -> "LatticeServiceSpecWorkloadContainersResourcesRequests":
        '''What it gets for sure, and by which its node is chosen.

        :schema: LatticeServiceSpecWorkloadContainersResources#requests
        '''
        result = self._values.get("requests")
        assert result is not None, "Required property 'requests' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequests", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersResources(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesLimits",
    jsii_struct_bases=[],
    name_mapping={"cpu": "cpu", "memory": "memory"},
)
class LatticeServiceSpecWorkloadContainersResourcesLimits:
    def __init__(
        self,
        *,
        cpu: "LatticeServiceSpecWorkloadContainersResourcesLimitsCpu",
        memory: "LatticeServiceSpecWorkloadContainersResourcesLimitsMemory",
    ) -> None:
        '''What it gets at most;

        the same as requests for one that is never slowed down or stopped for others.

        :param cpu: Processor time, such as 250m or 2.
        :param memory: Memory, such as 256Mi.

        :schema: LatticeServiceSpecWorkloadContainersResourcesLimits
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__27449370d96387a01cc147aa8f3fb85c972fb1aae57a659465fe842a7e8d4a39)
            check_type(argname="argument cpu", value=cpu, expected_type=type_hints["cpu"])
            check_type(argname="argument memory", value=memory, expected_type=type_hints["memory"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "cpu": cpu,
            "memory": memory,
        }

    @builtins.property
    def cpu(self) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsCpu":
        '''Processor time, such as 250m or 2.

        :schema: LatticeServiceSpecWorkloadContainersResourcesLimits#cpu
        '''
        result = self._values.get("cpu")
        assert result is not None, "Required property 'cpu' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsCpu", result)

    @builtins.property
    def memory(self) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsMemory":
        '''Memory, such as 256Mi.

        :schema: LatticeServiceSpecWorkloadContainersResourcesLimits#memory
        '''
        result = self._values.get("memory")
        assert result is not None, "Required property 'memory' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsMemory", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersResourcesLimits(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersResourcesLimitsCpu(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesLimitsCpu",
):
    '''Processor time, such as 250m or 2.

    :schema: LatticeServiceSpecWorkloadContainersResourcesLimitsCpu
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsCpu":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__fcd5a17ae2e321d3a7b77a6953c0475e1a00a906e1569598bd3e85c0e455e803)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsCpu", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsCpu":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8e9ffb43faa72603cd12bfaf983c12a404fa9892babf6ecd628d2195f7be9c30)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsCpu", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


class LatticeServiceSpecWorkloadContainersResourcesLimitsMemory(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesLimitsMemory",
):
    '''Memory, such as 256Mi.

    :schema: LatticeServiceSpecWorkloadContainersResourcesLimitsMemory
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsMemory":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__5d9995c6259628e081403f046b282cebe37b9769d5094b18360f1dafad97c1ad)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsMemory", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesLimitsMemory":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__46731ea06631bed94ed10ccd5c01121a09e42e6107c3edd2934723dca511179d)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesLimitsMemory", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesRequests",
    jsii_struct_bases=[],
    name_mapping={"cpu": "cpu", "memory": "memory"},
)
class LatticeServiceSpecWorkloadContainersResourcesRequests:
    def __init__(
        self,
        *,
        cpu: "LatticeServiceSpecWorkloadContainersResourcesRequestsCpu",
        memory: "LatticeServiceSpecWorkloadContainersResourcesRequestsMemory",
    ) -> None:
        '''What it gets for sure, and by which its node is chosen.

        :param cpu: Processor time, such as 250m or 2.
        :param memory: Memory, such as 256Mi.

        :schema: LatticeServiceSpecWorkloadContainersResourcesRequests
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__cd23e05158c62c36187722a5ce8fc44635ebba1596cee15dd9e2d7c9247ae4fb)
            check_type(argname="argument cpu", value=cpu, expected_type=type_hints["cpu"])
            check_type(argname="argument memory", value=memory, expected_type=type_hints["memory"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "cpu": cpu,
            "memory": memory,
        }

    @builtins.property
    def cpu(self) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsCpu":
        '''Processor time, such as 250m or 2.

        :schema: LatticeServiceSpecWorkloadContainersResourcesRequests#cpu
        '''
        result = self._values.get("cpu")
        assert result is not None, "Required property 'cpu' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsCpu", result)

    @builtins.property
    def memory(self) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsMemory":
        '''Memory, such as 256Mi.

        :schema: LatticeServiceSpecWorkloadContainersResourcesRequests#memory
        '''
        result = self._values.get("memory")
        assert result is not None, "Required property 'memory' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsMemory", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersResourcesRequests(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersResourcesRequestsCpu(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesRequestsCpu",
):
    '''Processor time, such as 250m or 2.

    :schema: LatticeServiceSpecWorkloadContainersResourcesRequestsCpu
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsCpu":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__e53f8117adaff65741f5717214c444b0cc34cc800924d3205a40502426f4546b)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsCpu", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsCpu":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__9854c48721a153b542bafef73f6af5a790760df8b7950f8590ade94ea54ca8d4)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsCpu", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


class LatticeServiceSpecWorkloadContainersResourcesRequestsMemory(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersResourcesRequestsMemory",
):
    '''Memory, such as 256Mi.

    :schema: LatticeServiceSpecWorkloadContainersResourcesRequestsMemory
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsMemory":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__fadc1d3e00cf2365050e2714d33cf7919f9c226f0360aff4aef114499ccd31c7)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsMemory", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersResourcesRequestsMemory":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__5425de52560850f28d7abab9f463032ec5a3ae2814116efd99aa0c511fa650f8)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersResourcesRequestsMemory", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbe",
    jsii_struct_bases=[],
    name_mapping={
        "exec": "exec",
        "failure_threshold": "failureThreshold",
        "grpc": "grpc",
        "http_get": "httpGet",
        "initial_delay_seconds": "initialDelaySeconds",
        "period_seconds": "periodSeconds",
        "success_threshold": "successThreshold",
        "tcp_socket": "tcpSocket",
        "timeout_seconds": "timeoutSeconds",
    },
)
class LatticeServiceSpecWorkloadContainersStartupProbe:
    def __init__(
        self,
        *,
        exec: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersStartupProbeExec", typing.Dict[builtins.str, typing.Any]]] = None,
        failure_threshold: typing.Optional[jsii.Number] = None,
        grpc: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersStartupProbeGrpc", typing.Dict[builtins.str, typing.Any]]] = None,
        http_get: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersStartupProbeHttpGet", typing.Dict[builtins.str, typing.Any]]] = None,
        initial_delay_seconds: typing.Optional[jsii.Number] = None,
        period_seconds: typing.Optional[jsii.Number] = None,
        success_threshold: typing.Optional[jsii.Number] = None,
        tcp_socket: typing.Optional[typing.Union["LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket", typing.Dict[builtins.str, typing.Any]]] = None,
        timeout_seconds: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''Until it succeeds, the other probes wait.

        :param exec: Probe by running a command in the container.
        :param failure_threshold: Failures in a row after which it counts; left out, 3.
        :param grpc: Probe by a health check of gRPC.
        :param http_get: Probe by a request.
        :param initial_delay_seconds: Seconds between the start of the container and the first probe; left out, 5 for the main container, else none.
        :param period_seconds: Seconds between two probes; left out, 10.
        :param success_threshold: Successes in a row after which a failed container counts as healthy again; left out, 1, and only a readiness probe may have more.
        :param tcp_socket: Probe by opening a TCP connection.
        :param timeout_seconds: Seconds after which an unanswered probe has failed; left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe
        '''
        if isinstance(exec, dict):
            exec = LatticeServiceSpecWorkloadContainersStartupProbeExec(**exec)
        if isinstance(grpc, dict):
            grpc = LatticeServiceSpecWorkloadContainersStartupProbeGrpc(**grpc)
        if isinstance(http_get, dict):
            http_get = LatticeServiceSpecWorkloadContainersStartupProbeHttpGet(**http_get)
        if isinstance(tcp_socket, dict):
            tcp_socket = LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket(**tcp_socket)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__9162029115a2b574ccf1f0e21dcc1c2d1aba7995d555893035a1be6d8965a0cc)
            check_type(argname="argument exec", value=exec, expected_type=type_hints["exec"])
            check_type(argname="argument failure_threshold", value=failure_threshold, expected_type=type_hints["failure_threshold"])
            check_type(argname="argument grpc", value=grpc, expected_type=type_hints["grpc"])
            check_type(argname="argument http_get", value=http_get, expected_type=type_hints["http_get"])
            check_type(argname="argument initial_delay_seconds", value=initial_delay_seconds, expected_type=type_hints["initial_delay_seconds"])
            check_type(argname="argument period_seconds", value=period_seconds, expected_type=type_hints["period_seconds"])
            check_type(argname="argument success_threshold", value=success_threshold, expected_type=type_hints["success_threshold"])
            check_type(argname="argument tcp_socket", value=tcp_socket, expected_type=type_hints["tcp_socket"])
            check_type(argname="argument timeout_seconds", value=timeout_seconds, expected_type=type_hints["timeout_seconds"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if exec is not None:
            self._values["exec"] = exec
        if failure_threshold is not None:
            self._values["failure_threshold"] = failure_threshold
        if grpc is not None:
            self._values["grpc"] = grpc
        if http_get is not None:
            self._values["http_get"] = http_get
        if initial_delay_seconds is not None:
            self._values["initial_delay_seconds"] = initial_delay_seconds
        if period_seconds is not None:
            self._values["period_seconds"] = period_seconds
        if success_threshold is not None:
            self._values["success_threshold"] = success_threshold
        if tcp_socket is not None:
            self._values["tcp_socket"] = tcp_socket
        if timeout_seconds is not None:
            self._values["timeout_seconds"] = timeout_seconds

    @builtins.property
    def exec(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeExec"]:
        '''Probe by running a command in the container.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#exec
        '''
        result = self._values.get("exec")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeExec"], result)

    @builtins.property
    def failure_threshold(self) -> typing.Optional[jsii.Number]:
        '''Failures in a row after which it counts;

        left out, 3.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#failureThreshold
        '''
        result = self._values.get("failure_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def grpc(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeGrpc"]:
        '''Probe by a health check of gRPC.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#grpc
        '''
        result = self._values.get("grpc")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeGrpc"], result)

    @builtins.property
    def http_get(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeHttpGet"]:
        '''Probe by a request.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#httpGet
        '''
        result = self._values.get("http_get")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeHttpGet"], result)

    @builtins.property
    def initial_delay_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between the start of the container and the first probe;

        left out, 5 for the main container, else none.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#initialDelaySeconds
        '''
        result = self._values.get("initial_delay_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def period_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds between two probes;

        left out, 10.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#periodSeconds
        '''
        result = self._values.get("period_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def success_threshold(self) -> typing.Optional[jsii.Number]:
        '''Successes in a row after which a failed container counts as healthy again;

        left out, 1, and only a readiness probe may have more.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#successThreshold
        '''
        result = self._values.get("success_threshold")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def tcp_socket(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket"]:
        '''Probe by opening a TCP connection.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#tcpSocket
        '''
        result = self._values.get("tcp_socket")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket"], result)

    @builtins.property
    def timeout_seconds(self) -> typing.Optional[jsii.Number]:
        '''Seconds after which an unanswered probe has failed;

        left out, 1.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbe#timeoutSeconds
        '''
        result = self._values.get("timeout_seconds")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersStartupProbe(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeExec",
    jsii_struct_bases=[],
    name_mapping={"command": "command"},
)
class LatticeServiceSpecWorkloadContainersStartupProbeExec:
    def __init__(self, *, command: typing.Sequence[builtins.str]) -> None:
        '''Probe by running a command in the container.

        :param command: Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeExec
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__3e045b07aded6f6c56803b1fa16ad6806f1e4ebba270a59933ed08ba208c2205)
            check_type(argname="argument command", value=command, expected_type=type_hints["command"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "command": command,
        }

    @builtins.property
    def command(self) -> typing.List[builtins.str]:
        '''Command and arguments, run without a shell.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeExec#command
        '''
        result = self._values.get("command")
        assert result is not None, "Required property 'command' is missing"
        return typing.cast(typing.List[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersStartupProbeExec(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeGrpc",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "service": "service"},
)
class LatticeServiceSpecWorkloadContainersStartupProbeGrpc:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort",
        service: typing.Optional[builtins.str] = None,
    ) -> None:
        '''Probe by a health check of gRPC.

        :param port: Number or name of a declared port.
        :param service: Name of the service that is asked after; left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeGrpc
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__5256c581c7b8c8fd79c4f6a8b28b64063f4efe2da42095bca3970aea87ca4083)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument service", value=service, expected_type=type_hints["service"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if service is not None:
            self._values["service"] = service

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeGrpc#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort", result)

    @builtins.property
    def service(self) -> typing.Optional[builtins.str]:
        '''Name of the service that is asked after;

        left out, the server as a whole.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeGrpc#service
        '''
        result = self._values.get("service")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersStartupProbeGrpc(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__f9a45ad3cb8d6ca5cf32fcc5311db06e47c4ccd3f6ef1c957ac2a019ae5f456d)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__bf307bd6d1874b4e03d534b4df8cc18b62ad89add472bfd075b1e45b09b0b695)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeHttpGet",
    jsii_struct_bases=[],
    name_mapping={
        "port": "port",
        "host": "host",
        "http_headers": "httpHeaders",
        "path": "path",
        "scheme": "scheme",
    },
)
class LatticeServiceSpecWorkloadContainersStartupProbeHttpGet:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort",
        host: typing.Optional[builtins.str] = None,
        http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
        path: typing.Optional[builtins.str] = None,
        scheme: typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme"] = None,
    ) -> None:
        '''Probe by a request.

        :param port: Number or name of a declared port.
        :param host: Host that is asked instead of the pod; for another name of the pod itself, write the header Host.
        :param http_headers: Headers of the request.
        :param path: Path that is asked; left out, /.
        :param scheme: How the port is asked; left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__cfde7542a7d6f2486638f9793734282ace838a505f5fbca2c7b19656b3ed1900)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument host", value=host, expected_type=type_hints["host"])
            check_type(argname="argument http_headers", value=http_headers, expected_type=type_hints["http_headers"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument scheme", value=scheme, expected_type=type_hints["scheme"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if host is not None:
            self._values["host"] = host
        if http_headers is not None:
            self._values["http_headers"] = http_headers
        if path is not None:
            self._values["path"] = path
        if scheme is not None:
            self._values["scheme"] = scheme

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort", result)

    @builtins.property
    def host(self) -> typing.Optional[builtins.str]:
        '''Host that is asked instead of the pod;

        for another name of the pod itself, write the header Host.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet#host
        '''
        result = self._values.get("host")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def http_headers(self) -> typing.Optional[typing.List[typing.Any]]:
        '''Headers of the request.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet#httpHeaders
        '''
        result = self._values.get("http_headers")
        return typing.cast(typing.Optional[typing.List[typing.Any]], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''Path that is asked;

        left out, /.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def scheme(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme"]:
        '''How the port is asked;

        left out, by HTTP. Certificates are not checked.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGet#scheme
        '''
        result = self._values.get("scheme")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersStartupProbeHttpGet(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__fc60aba6b1f36dadb7560e7cb4dc828f351837a6ee007870d65fbe61af51a957)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__c2d3b84d226fcb9bcc220923db8ffa035e7e594f517720a7a62a70f040c51610)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.enum(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme"
)
class LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme(enum.Enum):
    '''How the port is asked;

    left out, by HTTP. Certificates are not checked.

    :schema: LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme
    '''

    HTTP = "HTTP"
    '''HTTP.'''
    HTTPS = "HTTPS"
    '''HTTPS.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket",
    jsii_struct_bases=[],
    name_mapping={"port": "port"},
)
class LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket:
    def __init__(
        self,
        *,
        port: "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort",
    ) -> None:
        '''Probe by opening a TCP connection.

        :param port: Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__98bf9cd808de69aa3ec513ff20ce428e2a2f278852ee14cd4a1feb3a973d3ba6)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }

    @builtins.property
    def port(self) -> "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort":
        '''Number or name of a declared port.

        :schema: LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort", result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


class LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort",
):
    '''Number or name of a declared port.

    :schema: LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__f89ae1574c53722d456a433f46072194c0a70dfbf66f2daafdf83358811e4f78)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__bbca3c97684490a871abdd7ca72ddb44154cf9a407dcab8c52496e71bdba6578)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersVolumes",
    jsii_struct_bases=[],
    name_mapping={
        "medium": "medium",
        "path": "path",
        "read_only": "readOnly",
        "size_limit": "sizeLimit",
        "source": "source",
    },
)
class LatticeServiceSpecWorkloadContainersVolumes:
    def __init__(
        self,
        *,
        medium: typing.Optional["LatticeServiceSpecWorkloadContainersVolumesMedium"] = None,
        path: typing.Optional[builtins.str] = None,
        read_only: typing.Optional[builtins.bool] = None,
        size_limit: typing.Optional["LatticeServiceSpecWorkloadContainersVolumesSizeLimit"] = None,
        source: typing.Optional[builtins.str] = None,
    ) -> None:
        '''A volume that the container sees: one of the resources, or an empty one that goes with the pod.

        :param medium: Memory keeps an empty volume in memory; left out, it is on the disk of the node.
        :param path: The folder of the volume that is seen; left out, all of it.
        :param read_only: Whether it cannot be changed here.
        :param size_limit: What an empty volume may hold at most.
        :param source: The volume, such as ${resources.data}; left out, an empty one.

        :schema: LatticeServiceSpecWorkloadContainersVolumes
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__e851208e28a5742a73dc3768e1b438e68754801f950bd424c667677007b85d96)
            check_type(argname="argument medium", value=medium, expected_type=type_hints["medium"])
            check_type(argname="argument path", value=path, expected_type=type_hints["path"])
            check_type(argname="argument read_only", value=read_only, expected_type=type_hints["read_only"])
            check_type(argname="argument size_limit", value=size_limit, expected_type=type_hints["size_limit"])
            check_type(argname="argument source", value=source, expected_type=type_hints["source"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if medium is not None:
            self._values["medium"] = medium
        if path is not None:
            self._values["path"] = path
        if read_only is not None:
            self._values["read_only"] = read_only
        if size_limit is not None:
            self._values["size_limit"] = size_limit
        if source is not None:
            self._values["source"] = source

    @builtins.property
    def medium(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersVolumesMedium"]:
        '''Memory keeps an empty volume in memory;

        left out, it is on the disk of the node.

        :schema: LatticeServiceSpecWorkloadContainersVolumes#medium
        '''
        result = self._values.get("medium")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersVolumesMedium"], result)

    @builtins.property
    def path(self) -> typing.Optional[builtins.str]:
        '''The folder of the volume that is seen;

        left out, all of it.

        :schema: LatticeServiceSpecWorkloadContainersVolumes#path
        '''
        result = self._values.get("path")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def read_only(self) -> typing.Optional[builtins.bool]:
        '''Whether it cannot be changed here.

        :schema: LatticeServiceSpecWorkloadContainersVolumes#readOnly
        '''
        result = self._values.get("read_only")
        return typing.cast(typing.Optional[builtins.bool], result)

    @builtins.property
    def size_limit(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadContainersVolumesSizeLimit"]:
        '''What an empty volume may hold at most.

        :schema: LatticeServiceSpecWorkloadContainersVolumes#sizeLimit
        '''
        result = self._values.get("size_limit")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadContainersVolumesSizeLimit"], result)

    @builtins.property
    def source(self) -> typing.Optional[builtins.str]:
        '''The volume, such as ${resources.data}; left out, an empty one.

        :schema: LatticeServiceSpecWorkloadContainersVolumes#source
        '''
        result = self._values.get("source")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadContainersVolumes(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadContainersVolumesMedium")
class LatticeServiceSpecWorkloadContainersVolumesMedium(enum.Enum):
    '''Memory keeps an empty volume in memory;

    left out, it is on the disk of the node.

    :schema: LatticeServiceSpecWorkloadContainersVolumesMedium
    '''

    MEMORY = "MEMORY"
    '''Memory.'''


class LatticeServiceSpecWorkloadContainersVolumesSizeLimit(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadContainersVolumesSizeLimit",
):
    '''What an empty volume may hold at most.

    :schema: LatticeServiceSpecWorkloadContainersVolumesSizeLimit
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadContainersVolumesSizeLimit":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__8e49a5f2ba55836845d39ceae8334de20e3fc122c62fd83b05aae3b402a84a08)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersVolumesSizeLimit", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadContainersVolumesSizeLimit":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__04a028f22f34a79036ddda5382e0c0a5eabf0b7ec4e20d7f1ae368478cfa3f5e)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadContainersVolumesSizeLimit", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadResources",
    jsii_struct_bases=[],
    name_mapping={
        "type": "type",
        "direction": "direction",
        "id": "id",
        "namespace": "namespace",
        "params": "params",
    },
)
class LatticeServiceSpecWorkloadResources:
    def __init__(
        self,
        *,
        type: "LatticeServiceSpecWorkloadResourcesType",
        direction: typing.Optional["LatticeServiceSpecWorkloadResourcesDirection"] = None,
        id: typing.Optional[builtins.str] = None,
        namespace: typing.Optional[builtins.str] = None,
        params: typing.Optional[typing.Union["LatticeServiceSpecWorkloadResourcesParams", typing.Dict[builtins.str, typing.Any]]] = None,
    ) -> None:
        '''
        :param type: service: another workload of the cluster, by the name of its Service. | external-service: one outside the cluster, which is called and never calls. | secret: values of a secret store. | volume: a disk that outlives the pods. | gpu: devices of NVIDIA, for the main container.
        :param direction: Who calls: this workload (outbound), the other one (inbound), or each the other (both). | Outbound, which goes without saying.
        :param id: What it is called in the secret store, such as a path; left out, the name of the resource. | Name of the claim, by which other workloads mount it too; left out, the claim is this workload's alone.
        :param namespace: Namespace of the other one; left out, the resource's own.
        :param params: 

        :schema: LatticeServiceSpecWorkloadResources
        '''
        if isinstance(params, dict):
            params = LatticeServiceSpecWorkloadResourcesParams(**params)
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__2676e4e9d382b5b014c397a65577cb6bd4e16df8efee478fb1e0841537fcecfb)
            check_type(argname="argument type", value=type, expected_type=type_hints["type"])
            check_type(argname="argument direction", value=direction, expected_type=type_hints["direction"])
            check_type(argname="argument id", value=id, expected_type=type_hints["id"])
            check_type(argname="argument namespace", value=namespace, expected_type=type_hints["namespace"])
            check_type(argname="argument params", value=params, expected_type=type_hints["params"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "type": type,
        }
        if direction is not None:
            self._values["direction"] = direction
        if id is not None:
            self._values["id"] = id
        if namespace is not None:
            self._values["namespace"] = namespace
        if params is not None:
            self._values["params"] = params

    @builtins.property
    def type(self) -> "LatticeServiceSpecWorkloadResourcesType":
        '''service: another workload of the cluster, by the name of its Service.

        | external-service: one outside the cluster, which is called and never calls. | secret: values of a secret store. | volume: a disk that outlives the pods. | gpu: devices of NVIDIA, for the main container.

        :schema: LatticeServiceSpecWorkloadResources#type
        '''
        result = self._values.get("type")
        assert result is not None, "Required property 'type' is missing"
        return typing.cast("LatticeServiceSpecWorkloadResourcesType", result)

    @builtins.property
    def direction(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadResourcesDirection"]:
        '''Who calls: this workload (outbound), the other one (inbound), or each the other (both).

        | Outbound, which goes without saying.

        :schema: LatticeServiceSpecWorkloadResources#direction
        '''
        result = self._values.get("direction")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadResourcesDirection"], result)

    @builtins.property
    def id(self) -> typing.Optional[builtins.str]:
        '''What it is called in the secret store, such as a path;

        left out, the name of the resource. | Name of the claim, by which other workloads mount it too; left out, the claim is this workload's alone.

        :schema: LatticeServiceSpecWorkloadResources#id
        '''
        result = self._values.get("id")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def namespace(self) -> typing.Optional[builtins.str]:
        '''Namespace of the other one;

        left out, the resource's own.

        :schema: LatticeServiceSpecWorkloadResources#namespace
        '''
        result = self._values.get("namespace")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def params(self) -> typing.Optional["LatticeServiceSpecWorkloadResourcesParams"]:
        '''
        :schema: LatticeServiceSpecWorkloadResources#params
        '''
        result = self._values.get("params")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadResourcesParams"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadResources(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadResourcesDirection")
class LatticeServiceSpecWorkloadResourcesDirection(enum.Enum):
    '''Who calls: this workload (outbound), the other one (inbound), or each the other (both).

    | Outbound, which goes without saying.

    :schema: LatticeServiceSpecWorkloadResourcesDirection
    '''

    OUTBOUND = "OUTBOUND"
    '''outbound.'''
    INBOUND = "INBOUND"
    '''inbound.'''
    BOTH = "BOTH"
    '''both.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadResourcesParams",
    jsii_struct_bases=[],
    name_mapping={
        "access_mode": "accessMode",
        "count": "count",
        "endpoints": "endpoints",
        "keys": "keys",
        "model": "model",
        "provider": "provider",
        "refresh_interval": "refreshInterval",
        "size": "size",
        "storage_class_name": "storageClassName",
    },
)
class LatticeServiceSpecWorkloadResourcesParams:
    def __init__(
        self,
        *,
        access_mode: typing.Optional["LatticeServiceSpecWorkloadResourcesParamsAccessMode"] = None,
        count: typing.Optional[jsii.Number] = None,
        endpoints: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
        keys: typing.Optional[typing.Sequence[builtins.str]] = None,
        model: typing.Optional[builtins.str] = None,
        provider: typing.Optional[builtins.str] = None,
        refresh_interval: typing.Optional[builtins.str] = None,
        size: typing.Optional["LatticeServiceSpecWorkloadResourcesParamsSize"] = None,
        storage_class_name: typing.Optional[builtins.str] = None,
    ) -> None:
        '''
        :param access_mode: Who may mount it at the same time; left out, the pods of one node (ReadWriteOnce).
        :param count: How many each pod gets.
        :param endpoints: Its endpoints by name: a host and a port (``api.example.com:443``), a URL, or addresses (``10.0.0.0/8:5432``); ``udp://`` and ``sctp://`` in front for what is no TCP.
        :param keys: The keys that are read; left out, all that there are.
        :param model: What they are called, such as H100 or A100-80GB; left out, any.
        :param provider: The secret store; left out, secretStore of the platform.
        :param refresh_interval: How often it is read anew; left out, every hour.
        :param size: Size of the claim, such as 10Gi; left out, the claim that id names exists already.
        :param storage_class_name: Storage class of the claim; left out, the platform's.

        :schema: LatticeServiceSpecWorkloadResourcesParams
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__3a09e18ae593311ba10fbdc46117955a2d11713edfe5a6d63774b68d15865aa7)
            check_type(argname="argument access_mode", value=access_mode, expected_type=type_hints["access_mode"])
            check_type(argname="argument count", value=count, expected_type=type_hints["count"])
            check_type(argname="argument endpoints", value=endpoints, expected_type=type_hints["endpoints"])
            check_type(argname="argument keys", value=keys, expected_type=type_hints["keys"])
            check_type(argname="argument model", value=model, expected_type=type_hints["model"])
            check_type(argname="argument provider", value=provider, expected_type=type_hints["provider"])
            check_type(argname="argument refresh_interval", value=refresh_interval, expected_type=type_hints["refresh_interval"])
            check_type(argname="argument size", value=size, expected_type=type_hints["size"])
            check_type(argname="argument storage_class_name", value=storage_class_name, expected_type=type_hints["storage_class_name"])
        self._values: typing.Dict[builtins.str, typing.Any] = {}
        if access_mode is not None:
            self._values["access_mode"] = access_mode
        if count is not None:
            self._values["count"] = count
        if endpoints is not None:
            self._values["endpoints"] = endpoints
        if keys is not None:
            self._values["keys"] = keys
        if model is not None:
            self._values["model"] = model
        if provider is not None:
            self._values["provider"] = provider
        if refresh_interval is not None:
            self._values["refresh_interval"] = refresh_interval
        if size is not None:
            self._values["size"] = size
        if storage_class_name is not None:
            self._values["storage_class_name"] = storage_class_name

    @builtins.property
    def access_mode(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadResourcesParamsAccessMode"]:
        '''Who may mount it at the same time;

        left out, the pods of one node (ReadWriteOnce).

        :schema: LatticeServiceSpecWorkloadResourcesParams#accessMode
        '''
        result = self._values.get("access_mode")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadResourcesParamsAccessMode"], result)

    @builtins.property
    def count(self) -> typing.Optional[jsii.Number]:
        '''How many each pod gets.

        :schema: LatticeServiceSpecWorkloadResourcesParams#count
        '''
        result = self._values.get("count")
        return typing.cast(typing.Optional[jsii.Number], result)

    @builtins.property
    def endpoints(self) -> typing.Optional[typing.Mapping[builtins.str, builtins.str]]:
        '''Its endpoints by name: a host and a port (``api.example.com:443``), a URL, or addresses (``10.0.0.0/8:5432``); ``udp://`` and ``sctp://`` in front for what is no TCP.

        :schema: LatticeServiceSpecWorkloadResourcesParams#endpoints
        '''
        result = self._values.get("endpoints")
        return typing.cast(typing.Optional[typing.Mapping[builtins.str, builtins.str]], result)

    @builtins.property
    def keys(self) -> typing.Optional[typing.List[builtins.str]]:
        '''The keys that are read;

        left out, all that there are.

        :schema: LatticeServiceSpecWorkloadResourcesParams#keys
        '''
        result = self._values.get("keys")
        return typing.cast(typing.Optional[typing.List[builtins.str]], result)

    @builtins.property
    def model(self) -> typing.Optional[builtins.str]:
        '''What they are called, such as H100 or A100-80GB;

        left out, any.

        :schema: LatticeServiceSpecWorkloadResourcesParams#model
        '''
        result = self._values.get("model")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def provider(self) -> typing.Optional[builtins.str]:
        '''The secret store;

        left out, secretStore of the platform.

        :schema: LatticeServiceSpecWorkloadResourcesParams#provider
        '''
        result = self._values.get("provider")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def refresh_interval(self) -> typing.Optional[builtins.str]:
        '''How often it is read anew;

        left out, every hour.

        :schema: LatticeServiceSpecWorkloadResourcesParams#refreshInterval
        '''
        result = self._values.get("refresh_interval")
        return typing.cast(typing.Optional[builtins.str], result)

    @builtins.property
    def size(self) -> typing.Optional["LatticeServiceSpecWorkloadResourcesParamsSize"]:
        '''Size of the claim, such as 10Gi;

        left out, the claim that id names exists already.

        :schema: LatticeServiceSpecWorkloadResourcesParams#size
        '''
        result = self._values.get("size")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadResourcesParamsSize"], result)

    @builtins.property
    def storage_class_name(self) -> typing.Optional[builtins.str]:
        '''Storage class of the claim;

        left out, the platform's.

        :schema: LatticeServiceSpecWorkloadResourcesParams#storageClassName
        '''
        result = self._values.get("storage_class_name")
        return typing.cast(typing.Optional[builtins.str], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadResourcesParams(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadResourcesParamsAccessMode")
class LatticeServiceSpecWorkloadResourcesParamsAccessMode(enum.Enum):
    '''Who may mount it at the same time;

    left out, the pods of one node (ReadWriteOnce).

    :schema: LatticeServiceSpecWorkloadResourcesParamsAccessMode
    '''

    READ_ONLY_MANY = "READ_ONLY_MANY"
    '''ReadOnlyMany.'''
    READ_WRITE_MANY = "READ_WRITE_MANY"
    '''ReadWriteMany.'''
    READ_WRITE_ONCE = "READ_WRITE_ONCE"
    '''ReadWriteOnce.'''
    READ_WRITE_ONCE_POD = "READ_WRITE_ONCE_POD"
    '''ReadWriteOncePod.'''


class LatticeServiceSpecWorkloadResourcesParamsSize(
    metaclass=jsii.JSIIMeta,
    jsii_type="devlattice.LatticeServiceSpecWorkloadResourcesParamsSize",
):
    '''Size of the claim, such as 10Gi;

    left out, the claim that id names exists already.

    :schema: LatticeServiceSpecWorkloadResourcesParamsSize
    '''

    @jsii.member(jsii_name="fromNumber")
    @builtins.classmethod
    def from_number(
        cls,
        value: jsii.Number,
    ) -> "LatticeServiceSpecWorkloadResourcesParamsSize":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__cc0fdee45e7b09b21f860f2caf88c4cb6d2c95ace8d114730b61be84490b8b27)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadResourcesParamsSize", jsii.sinvoke(cls, "fromNumber", [value]))

    @jsii.member(jsii_name="fromString")
    @builtins.classmethod
    def from_string(
        cls,
        value: builtins.str,
    ) -> "LatticeServiceSpecWorkloadResourcesParamsSize":
        '''
        :param value: -
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__3bd7e01a6b51fd74ee7d395acc0a06cce01e399e302dd8740a34669e9f77eaaa)
            check_type(argname="argument value", value=value, expected_type=type_hints["value"])
        return typing.cast("LatticeServiceSpecWorkloadResourcesParamsSize", jsii.sinvoke(cls, "fromString", [value]))

    @builtins.property
    @jsii.member(jsii_name="value")
    def value(self) -> typing.Union[builtins.str, jsii.Number]:
        return typing.cast(typing.Union[builtins.str, jsii.Number], jsii.get(self, "value"))


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadResourcesType")
class LatticeServiceSpecWorkloadResourcesType(enum.Enum):
    '''service: another workload of the cluster, by the name of its Service.

    | external-service: one outside the cluster, which is called and never calls. | secret: values of a secret store. | volume: a disk that outlives the pods. | gpu: devices of NVIDIA, for the main container.

    :schema: LatticeServiceSpecWorkloadResourcesType
    '''

    SERVICE = "SERVICE"
    '''service.'''
    EXTERNAL_HYPHEN_SERVICE = "EXTERNAL_HYPHEN_SERVICE"
    '''external-service.'''
    SECRET = "SECRET"
    '''secret.'''
    VOLUME = "VOLUME"
    '''volume.'''
    GPU = "GPU"
    '''gpu.'''


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadService",
    jsii_struct_bases=[],
    name_mapping={"ports": "ports"},
)
class LatticeServiceSpecWorkloadService:
    def __init__(
        self,
        *,
        ports: typing.Mapping[builtins.str, typing.Union["LatticeServiceSpecWorkloadServicePorts", typing.Dict[builtins.str, typing.Any]]],
    ) -> None:
        '''How the workload is reached;

        left out, by the port http, 8080.

        :param ports: Ports by name; one called metrics is scraped by Prometheus.

        :schema: LatticeServiceSpecWorkloadService
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__10c8b82989a62e1f6285fe5312b6bd7b27282a3ea9a67c89c30588cf9f71a1b2)
            check_type(argname="argument ports", value=ports, expected_type=type_hints["ports"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "ports": ports,
        }

    @builtins.property
    def ports(
        self,
    ) -> typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadServicePorts"]:
        '''Ports by name;

        one called metrics is scraped by Prometheus.

        :schema: LatticeServiceSpecWorkloadService#ports
        '''
        result = self._values.get("ports")
        assert result is not None, "Required property 'ports' is missing"
        return typing.cast(typing.Mapping[builtins.str, "LatticeServiceSpecWorkloadServicePorts"], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadService(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.data_type(
    jsii_type="devlattice.LatticeServiceSpecWorkloadServicePorts",
    jsii_struct_bases=[],
    name_mapping={"port": "port", "protocol": "protocol", "target_port": "targetPort"},
)
class LatticeServiceSpecWorkloadServicePorts:
    def __init__(
        self,
        *,
        port: jsii.Number,
        protocol: typing.Optional["LatticeServiceSpecWorkloadServicePortsProtocol"] = None,
        target_port: typing.Optional[jsii.Number] = None,
    ) -> None:
        '''A port of the Service.

        :param port: Port of the Service.
        :param protocol: Transport protocol.
        :param target_port: Port of the container; left out, the same.

        :schema: LatticeServiceSpecWorkloadServicePorts
        '''
        if __debug__:
            type_hints = cached_type_hints(_typecheckingstub__030bde424cd1147b580f53c7e434cd7c0d25dd7c3b6cf3ee8449e97889844451)
            check_type(argname="argument port", value=port, expected_type=type_hints["port"])
            check_type(argname="argument protocol", value=protocol, expected_type=type_hints["protocol"])
            check_type(argname="argument target_port", value=target_port, expected_type=type_hints["target_port"])
        self._values: typing.Dict[builtins.str, typing.Any] = {
            "port": port,
        }
        if protocol is not None:
            self._values["protocol"] = protocol
        if target_port is not None:
            self._values["target_port"] = target_port

    @builtins.property
    def port(self) -> jsii.Number:
        '''Port of the Service.

        :schema: LatticeServiceSpecWorkloadServicePorts#port
        '''
        result = self._values.get("port")
        assert result is not None, "Required property 'port' is missing"
        return typing.cast(jsii.Number, result)

    @builtins.property
    def protocol(
        self,
    ) -> typing.Optional["LatticeServiceSpecWorkloadServicePortsProtocol"]:
        '''Transport protocol.

        :schema: LatticeServiceSpecWorkloadServicePorts#protocol
        '''
        result = self._values.get("protocol")
        return typing.cast(typing.Optional["LatticeServiceSpecWorkloadServicePortsProtocol"], result)

    @builtins.property
    def target_port(self) -> typing.Optional[jsii.Number]:
        '''Port of the container;

        left out, the same.

        :schema: LatticeServiceSpecWorkloadServicePorts#targetPort
        '''
        result = self._values.get("target_port")
        return typing.cast(typing.Optional[jsii.Number], result)

    def __eq__(self, rhs: typing.Any) -> builtins.bool:
        return isinstance(rhs, self.__class__) and rhs._values == self._values

    def __ne__(self, rhs: typing.Any) -> builtins.bool:
        return not (rhs == self)

    def __repr__(self) -> str:
        return "LatticeServiceSpecWorkloadServicePorts(%s)" % ", ".join(
            k + "=" + repr(v) for k, v in self._values.items()
        )


@jsii.enum(jsii_type="devlattice.LatticeServiceSpecWorkloadServicePortsProtocol")
class LatticeServiceSpecWorkloadServicePortsProtocol(enum.Enum):
    '''Transport protocol.

    :schema: LatticeServiceSpecWorkloadServicePortsProtocol
    '''

    TCP = "TCP"
    '''TCP.'''
    UDP = "UDP"
    '''UDP.'''
    SCTP = "SCTP"
    '''SCTP.'''


__all__ = [
    "LatticeService",
    "LatticeServiceProps",
    "LatticeServiceSpec",
    "LatticeServiceSpecAdopt",
    "LatticeServiceSpecAdoptPodManagementPolicy",
    "LatticeServiceSpecAutoscaling",
    "LatticeServiceSpecAutoscalingMetrics",
    "LatticeServiceSpecAutoscalingMetricsTarget",
    "LatticeServiceSpecConfigs",
    "LatticeServiceSpecConnections",
    "LatticeServiceSpecDeploy",
    "LatticeServiceSpecDeployCanary",
    "LatticeServiceSpecDeployCanaryContainers",
    "LatticeServiceSpecDeployCanaryContainersImage",
    "LatticeServiceSpecDeployCanaryContainersImagePullPolicy",
    "LatticeServiceSpecDeployStrategy",
    "LatticeServiceSpecDnsPolicy",
    "LatticeServiceSpecIngress",
    "LatticeServiceSpecIngressExposure",
    "LatticeServiceSpecIngressPathRules",
    "LatticeServiceSpecIngressPathRulesPathType",
    "LatticeServiceSpecIngressPathRulesPort",
    "LatticeServiceSpecIngressRules",
    "LatticeServiceSpecIngressRulesPaths",
    "LatticeServiceSpecIngressRulesPathsPathType",
    "LatticeServiceSpecIngressRulesPathsPort",
    "LatticeServiceSpecServiceAccount",
    "LatticeServiceSpecWorkload",
    "LatticeServiceSpecWorkloadContainers",
    "LatticeServiceSpecWorkloadContainersFiles",
    "LatticeServiceSpecWorkloadContainersImage",
    "LatticeServiceSpecWorkloadContainersImagePullPolicy",
    "LatticeServiceSpecWorkloadContainersLivenessProbe",
    "LatticeServiceSpecWorkloadContainersLivenessProbeExec",
    "LatticeServiceSpecWorkloadContainersLivenessProbeGrpc",
    "LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort",
    "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet",
    "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort",
    "LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme",
    "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket",
    "LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort",
    "LatticeServiceSpecWorkloadContainersReadinessProbe",
    "LatticeServiceSpecWorkloadContainersReadinessProbeExec",
    "LatticeServiceSpecWorkloadContainersReadinessProbeGrpc",
    "LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort",
    "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet",
    "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort",
    "LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme",
    "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket",
    "LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort",
    "LatticeServiceSpecWorkloadContainersResources",
    "LatticeServiceSpecWorkloadContainersResourcesLimits",
    "LatticeServiceSpecWorkloadContainersResourcesLimitsCpu",
    "LatticeServiceSpecWorkloadContainersResourcesLimitsMemory",
    "LatticeServiceSpecWorkloadContainersResourcesRequests",
    "LatticeServiceSpecWorkloadContainersResourcesRequestsCpu",
    "LatticeServiceSpecWorkloadContainersResourcesRequestsMemory",
    "LatticeServiceSpecWorkloadContainersStartupProbe",
    "LatticeServiceSpecWorkloadContainersStartupProbeExec",
    "LatticeServiceSpecWorkloadContainersStartupProbeGrpc",
    "LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort",
    "LatticeServiceSpecWorkloadContainersStartupProbeHttpGet",
    "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort",
    "LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme",
    "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket",
    "LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort",
    "LatticeServiceSpecWorkloadContainersVolumes",
    "LatticeServiceSpecWorkloadContainersVolumesMedium",
    "LatticeServiceSpecWorkloadContainersVolumesSizeLimit",
    "LatticeServiceSpecWorkloadResources",
    "LatticeServiceSpecWorkloadResourcesDirection",
    "LatticeServiceSpecWorkloadResourcesParams",
    "LatticeServiceSpecWorkloadResourcesParamsAccessMode",
    "LatticeServiceSpecWorkloadResourcesParamsSize",
    "LatticeServiceSpecWorkloadResourcesType",
    "LatticeServiceSpecWorkloadService",
    "LatticeServiceSpecWorkloadServicePorts",
    "LatticeServiceSpecWorkloadServicePortsProtocol",
]

publication.publish()

def _typecheckingstub__75d589ca170da9d7e660c5e3b3713f453f0c9d88e25ffb7d069d8adffb888b1a(
    scope: _constructs_77d1e7e8.Construct,
    id: builtins.str,
    *,
    spec: typing.Union[LatticeServiceSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__14c7eeb77c9fc356e0cbcad2c06e2fcfcda70c1ba30fbe5087c0e2a1b420a49b(
    *,
    spec: typing.Union[LatticeServiceSpec, typing.Dict[builtins.str, typing.Any]],
    metadata: typing.Optional[typing.Union[_cdk8s_d3d9af27.ApiObjectMetadata, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__a5c2b20c2ccf475d25fd85a87a7e0eb4c955848b16348c61f1a16be8744841b5(
    *,
    replicas: jsii.Number,
    workload: typing.Union[LatticeServiceSpecWorkload, typing.Dict[builtins.str, typing.Any]],
    adopt: typing.Optional[typing.Union[LatticeServiceSpecAdopt, typing.Dict[builtins.str, typing.Any]]] = None,
    affinity: typing.Any = None,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    automount_service_account_token: typing.Optional[builtins.bool] = None,
    autoscaling: typing.Optional[typing.Union[LatticeServiceSpecAutoscaling, typing.Dict[builtins.str, typing.Any]]] = None,
    component: typing.Optional[builtins.str] = None,
    configs: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecConfigs, typing.Dict[builtins.str, typing.Any]]]] = None,
    connections: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecConnections, typing.Dict[builtins.str, typing.Any]]]] = None,
    container_security_context: typing.Any = None,
    deploy: typing.Optional[typing.Union[LatticeServiceSpecDeploy, typing.Dict[builtins.str, typing.Any]]] = None,
    dns_config: typing.Any = None,
    dns_policy: typing.Optional[LatticeServiceSpecDnsPolicy] = None,
    fs_group: typing.Optional[jsii.Number] = None,
    host_aliases: typing.Optional[typing.Sequence[typing.Any]] = None,
    image_pull_secrets: typing.Optional[typing.Sequence[typing.Any]] = None,
    ingress: typing.Optional[typing.Union[LatticeServiceSpecIngress, typing.Dict[builtins.str, typing.Any]]] = None,
    labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    lifecycle: typing.Any = None,
    node_selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    overlay: typing.Optional[typing.Mapping[builtins.str, typing.Any]] = None,
    part_of: typing.Optional[builtins.str] = None,
    priority_class_name: typing.Optional[builtins.str] = None,
    security_context: typing.Any = None,
    service_account: typing.Optional[typing.Union[LatticeServiceSpecServiceAccount, typing.Dict[builtins.str, typing.Any]]] = None,
    service_account_name: typing.Optional[builtins.str] = None,
    termination_grace_period_seconds: typing.Optional[jsii.Number] = None,
    tolerations: typing.Optional[typing.Sequence[typing.Any]] = None,
    topology_spread_constraints: typing.Optional[typing.Sequence[typing.Any]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__e2cb8b45c7cc61cd9c3d64d224ce802b4a17e97b1fdf2f6fdc422f161788f405(
    *,
    claim_labels: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    claim_name: typing.Optional[builtins.str] = None,
    container: typing.Optional[builtins.str] = None,
    name: typing.Optional[builtins.str] = None,
    names: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    pod_management_policy: typing.Optional[LatticeServiceSpecAdoptPodManagementPolicy] = None,
    selector: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    service_name: typing.Optional[builtins.str] = None,
    without_storage_class: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__dfd5b28958dcc0bd6acac35aa13e417e69c0984ef6b863aad93626f86cdfecda(
    *,
    max: jsii.Number,
    metrics: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecAutoscalingMetrics, typing.Dict[builtins.str, typing.Any]]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__aa220948e3916ffaefe075b2b6a7718234064b6e49d2328c293aaaefaf37b023(
    *,
    metric: builtins.str,
    target: LatticeServiceSpecAutoscalingMetricsTarget,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__fe0bc926d5c0c8c4a1bafb6099aa1c7aa0e8a4345b0bfeb8248f39221fc634ab(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__1f21fdb6dd18435be87bb8e2cfb8f41db93988cb45ee8cdce2942ad743dc5491(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__c2714352485161aab4ac4020839c3ca622c9260a7a37ed5735e4470af523892d(
    *,
    files: typing.Mapping[builtins.str, builtins.str],
    name: builtins.str,
    env: typing.Optional[builtins.bool] = None,
    mount_path: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8dd8acf30c769e7fe50a86208aab80f21ddb5ea8e8b11b072bc5d4a84f2f8202(
    *,
    env: typing.Mapping[builtins.str, builtins.str],
    kind: builtins.str,
    name: builtins.str,
    namespace: typing.Optional[builtins.str] = None,
    port: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__10549dfd5e98319523aed4b8ededad7b7da7a560c1e772a8da870dffbee4f048(
    *,
    canary: typing.Optional[typing.Union[LatticeServiceSpecDeployCanary, typing.Dict[builtins.str, typing.Any]]] = None,
    strategy: typing.Optional[LatticeServiceSpecDeployStrategy] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__c0b440ffafc5c1a62e14e48f0438a32268e35bbc624cde38cb24667530845875(
    *,
    containers: typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecDeployCanaryContainers, typing.Dict[builtins.str, typing.Any]]],
    weight: jsii.Number,
    replicas: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__e307210f9e9e474bca9e0f9154e93e1a75037c2f450918e044bbdcf9930bd17b(
    *,
    image: typing.Union[LatticeServiceSpecDeployCanaryContainersImage, typing.Dict[builtins.str, typing.Any]],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8640eacda2b25c17ba718cce570a0f231617970dcfa3f2e3b2e79b8a74c86d5f(
    *,
    repository: builtins.str,
    digest: typing.Optional[builtins.str] = None,
    pull_policy: typing.Optional[LatticeServiceSpecDeployCanaryContainersImagePullPolicy] = None,
    tag: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6716ca44e9972230714de690085aad5cf70b30d8d5c7b854eb34b8639114b7aa(
    *,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    cluster_issuer: typing.Optional[builtins.str] = None,
    default_path: typing.Optional[builtins.bool] = None,
    enabled: typing.Optional[builtins.bool] = None,
    exposure: typing.Optional[LatticeServiceSpecIngressExposure] = None,
    hosts: typing.Optional[typing.Sequence[builtins.str]] = None,
    ingress_class_name: typing.Optional[builtins.str] = None,
    path_rules: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecIngressPathRules, typing.Dict[builtins.str, typing.Any]]]] = None,
    redirect_to_https: typing.Optional[builtins.bool] = None,
    rules: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecIngressRules, typing.Dict[builtins.str, typing.Any]]]] = None,
    tls: typing.Optional[builtins.bool] = None,
    tls_secret_name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6ca8555f43d4f034905b8280472a2b3eb271ba0a9635933a69350f6c3159959d(
    *,
    path: builtins.str,
    path_type: typing.Optional[LatticeServiceSpecIngressPathRulesPathType] = None,
    port: typing.Optional[LatticeServiceSpecIngressPathRulesPort] = None,
    service_name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__3b083f5dcc10d0a918428e1479350ff05e98e8be33ea2ecd66196aeb3417bacf(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__53301a4d7edad823bb02caebd6db2241afedaac441836d61092a84d59106d4b6(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__13dabe0e95362db832a1f4b8743f8ce232b7adbe5ee0e9a942587ed692a2377e(
    *,
    host: builtins.str,
    paths: typing.Optional[typing.Sequence[typing.Union[LatticeServiceSpecIngressRulesPaths, typing.Dict[builtins.str, typing.Any]]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__ffa8a2f3a51abb5da81aee1edd3e422bea9db5d9b169c501bf97dcd5a027666d(
    *,
    path: builtins.str,
    path_type: typing.Optional[LatticeServiceSpecIngressRulesPathsPathType] = None,
    port: typing.Optional[LatticeServiceSpecIngressRulesPathsPort] = None,
    service_name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__bfd1a2b45deddfc43e3f97aceb333d726bc36edd32d8bcf50d6ef49569b39f48(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__ece6d54a5af9efeed1a0ef55e6399907194803ca8ba523a3fb3dec2bd84431cb(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__ddeb9a9d6eafaeb9f08ada243d0ff9b5d8f7e4692535e41723ef8c252ff7eef2(
    *,
    annotations: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    automount_token: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__aa09dbd1cdaa3544fd63321ab152562c0b61af02c17770c81e2414165488c305(
    *,
    containers: typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecWorkloadContainers, typing.Dict[builtins.str, typing.Any]]],
    resources: typing.Optional[typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecWorkloadResources, typing.Dict[builtins.str, typing.Any]]]] = None,
    service: typing.Optional[typing.Union[LatticeServiceSpecWorkloadService, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__86adf3280fb1066d2dae28821cd7a44ca8759152288d35d509b63d38ea14733c(
    *,
    image: typing.Union[LatticeServiceSpecWorkloadContainersImage, typing.Dict[builtins.str, typing.Any]],
    resources: typing.Union[LatticeServiceSpecWorkloadContainersResources, typing.Dict[builtins.str, typing.Any]],
    args: typing.Optional[typing.Sequence[builtins.str]] = None,
    command: typing.Optional[typing.Sequence[builtins.str]] = None,
    env_from: typing.Optional[typing.Sequence[builtins.str]] = None,
    files: typing.Optional[typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecWorkloadContainersFiles, typing.Dict[builtins.str, typing.Any]]]] = None,
    liveness_probe: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersLivenessProbe, typing.Dict[builtins.str, typing.Any]]] = None,
    readiness_probe: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersReadinessProbe, typing.Dict[builtins.str, typing.Any]]] = None,
    startup_probe: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersStartupProbe, typing.Dict[builtins.str, typing.Any]]] = None,
    variables: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    volumes: typing.Optional[typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecWorkloadContainersVolumes, typing.Dict[builtins.str, typing.Any]]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__a944b0ff0021b0b7ce97bf150c919488ed8df901074ff153ca19462a2c6b963a(
    *,
    content: builtins.str,
    no_expand: typing.Optional[builtins.bool] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0af88a7b8223638a18b44e0484750f0bd99dac55843cfc5b7b13d243620d7bd1(
    *,
    repository: builtins.str,
    digest: typing.Optional[builtins.str] = None,
    pull_policy: typing.Optional[LatticeServiceSpecWorkloadContainersImagePullPolicy] = None,
    tag: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0bf78a36fad813e76726dee3dd13ec0986e20655f5332b54c7ce934e648ae289(
    *,
    exec: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersLivenessProbeExec, typing.Dict[builtins.str, typing.Any]]] = None,
    failure_threshold: typing.Optional[jsii.Number] = None,
    grpc: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersLivenessProbeGrpc, typing.Dict[builtins.str, typing.Any]]] = None,
    http_get: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersLivenessProbeHttpGet, typing.Dict[builtins.str, typing.Any]]] = None,
    initial_delay_seconds: typing.Optional[jsii.Number] = None,
    period_seconds: typing.Optional[jsii.Number] = None,
    success_threshold: typing.Optional[jsii.Number] = None,
    tcp_socket: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocket, typing.Dict[builtins.str, typing.Any]]] = None,
    timeout_seconds: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8c598fb3c51d50a67681e5aaf8ad51df2dd135a699cae384c00a9d9b9c89917b(
    *,
    command: typing.Sequence[builtins.str],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__22dba763f627681174ba59fc032976fbf5a6eab210d107ab05e4ecac011830a6(
    *,
    port: LatticeServiceSpecWorkloadContainersLivenessProbeGrpcPort,
    service: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__7bc98dd8d412f41f998c3907b7fadd4b0736a4888245c1e6f9290e8459a75ab0(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8769e5899880d674879fee3a045e688005122a8d07d2b787a1233445c022f0d8(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__cab7253335f21046fd012e817e8173e5f439994a3c9315164049e686b4c0cbcb(
    *,
    port: LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetPort,
    host: typing.Optional[builtins.str] = None,
    http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
    path: typing.Optional[builtins.str] = None,
    scheme: typing.Optional[LatticeServiceSpecWorkloadContainersLivenessProbeHttpGetScheme] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__3d27cb6dc4d0112d822fbc37ff69bc873afdc16de1b99eae6999bbec4e998606(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__31baccc8af0e316caa3125be0df3bfc61c50c8d7f32d475b75ac2a2f241e0521(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__d94b09e8e1d6a187f191cc8e379b45ec96b3531a17992ff625a2ff6feccace09(
    *,
    port: LatticeServiceSpecWorkloadContainersLivenessProbeTcpSocketPort,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__89443ac120db119a72004c8a9853952ad9f46b270b1d38fe5131c0c5b43c49d1(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__0a4c877566a5c199ec6c414e3681ff158bdd45d3106ea342dc85855d7e780bd4(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__18c052cbb5a75f9e6e40f0a4085f77350632e34ad72d5fa9c8593fdfeec1f78d(
    *,
    exec: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersReadinessProbeExec, typing.Dict[builtins.str, typing.Any]]] = None,
    failure_threshold: typing.Optional[jsii.Number] = None,
    grpc: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersReadinessProbeGrpc, typing.Dict[builtins.str, typing.Any]]] = None,
    http_get: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersReadinessProbeHttpGet, typing.Dict[builtins.str, typing.Any]]] = None,
    initial_delay_seconds: typing.Optional[jsii.Number] = None,
    period_seconds: typing.Optional[jsii.Number] = None,
    success_threshold: typing.Optional[jsii.Number] = None,
    tcp_socket: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocket, typing.Dict[builtins.str, typing.Any]]] = None,
    timeout_seconds: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8ef9792412c579f293a80fb5be900ee5a0e52973f60bf569fad2986e8c02f7da(
    *,
    command: typing.Sequence[builtins.str],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8665a50c7484af03a1411de4d47f2e1f1187cc3b22b4c18eca5ab13da0e29301(
    *,
    port: LatticeServiceSpecWorkloadContainersReadinessProbeGrpcPort,
    service: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__548f9fa441984aae0305c6f2380f05b46c67dd1a5076a049de8cde817ed332b2(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__f6305f08059ce84a5f5076b509b596033db431cd4f970057393d4ed47be8ebfe(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__be8e55703d5c7ab8a576a3009fbe2a9eabc7ddef66daa8c0741bbee633d704b7(
    *,
    port: LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetPort,
    host: typing.Optional[builtins.str] = None,
    http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
    path: typing.Optional[builtins.str] = None,
    scheme: typing.Optional[LatticeServiceSpecWorkloadContainersReadinessProbeHttpGetScheme] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__903553d71895b6c4399d207a4b6828a644459c511fc86e72690f7b6fd6e1ff61(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__ebbf9271e5336b8c6da3ca88498b2d7409b933b308c742d8103a2c458a45b168(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__395fa60c7fd44f706ace4a3dd7c5b989708ac2471509f0fbad31a60c588e6455(
    *,
    port: LatticeServiceSpecWorkloadContainersReadinessProbeTcpSocketPort,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__c5ca842bc7a03ff545dbbb8b8e953b47de3ed59588752219d3a4c0d6a1d5bc35(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__93f0ba294b428a3fbdc4306726528e7759a9e8087c9681ab0f8806077887d122(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__6ec97bc31bf83f509c5b91fa72d8ceff42bf4f663c7ce789079840205bc95521(
    *,
    limits: typing.Union[LatticeServiceSpecWorkloadContainersResourcesLimits, typing.Dict[builtins.str, typing.Any]],
    requests: typing.Union[LatticeServiceSpecWorkloadContainersResourcesRequests, typing.Dict[builtins.str, typing.Any]],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__27449370d96387a01cc147aa8f3fb85c972fb1aae57a659465fe842a7e8d4a39(
    *,
    cpu: LatticeServiceSpecWorkloadContainersResourcesLimitsCpu,
    memory: LatticeServiceSpecWorkloadContainersResourcesLimitsMemory,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__fcd5a17ae2e321d3a7b77a6953c0475e1a00a906e1569598bd3e85c0e455e803(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8e9ffb43faa72603cd12bfaf983c12a404fa9892babf6ecd628d2195f7be9c30(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__5d9995c6259628e081403f046b282cebe37b9769d5094b18360f1dafad97c1ad(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__46731ea06631bed94ed10ccd5c01121a09e42e6107c3edd2934723dca511179d(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__cd23e05158c62c36187722a5ce8fc44635ebba1596cee15dd9e2d7c9247ae4fb(
    *,
    cpu: LatticeServiceSpecWorkloadContainersResourcesRequestsCpu,
    memory: LatticeServiceSpecWorkloadContainersResourcesRequestsMemory,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__e53f8117adaff65741f5717214c444b0cc34cc800924d3205a40502426f4546b(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__9854c48721a153b542bafef73f6af5a790760df8b7950f8590ade94ea54ca8d4(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__fadc1d3e00cf2365050e2714d33cf7919f9c226f0360aff4aef114499ccd31c7(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__5425de52560850f28d7abab9f463032ec5a3ae2814116efd99aa0c511fa650f8(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__9162029115a2b574ccf1f0e21dcc1c2d1aba7995d555893035a1be6d8965a0cc(
    *,
    exec: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersStartupProbeExec, typing.Dict[builtins.str, typing.Any]]] = None,
    failure_threshold: typing.Optional[jsii.Number] = None,
    grpc: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersStartupProbeGrpc, typing.Dict[builtins.str, typing.Any]]] = None,
    http_get: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersStartupProbeHttpGet, typing.Dict[builtins.str, typing.Any]]] = None,
    initial_delay_seconds: typing.Optional[jsii.Number] = None,
    period_seconds: typing.Optional[jsii.Number] = None,
    success_threshold: typing.Optional[jsii.Number] = None,
    tcp_socket: typing.Optional[typing.Union[LatticeServiceSpecWorkloadContainersStartupProbeTcpSocket, typing.Dict[builtins.str, typing.Any]]] = None,
    timeout_seconds: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__3e045b07aded6f6c56803b1fa16ad6806f1e4ebba270a59933ed08ba208c2205(
    *,
    command: typing.Sequence[builtins.str],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__5256c581c7b8c8fd79c4f6a8b28b64063f4efe2da42095bca3970aea87ca4083(
    *,
    port: LatticeServiceSpecWorkloadContainersStartupProbeGrpcPort,
    service: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__f9a45ad3cb8d6ca5cf32fcc5311db06e47c4ccd3f6ef1c957ac2a019ae5f456d(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__bf307bd6d1874b4e03d534b4df8cc18b62ad89add472bfd075b1e45b09b0b695(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__cfde7542a7d6f2486638f9793734282ace838a505f5fbca2c7b19656b3ed1900(
    *,
    port: LatticeServiceSpecWorkloadContainersStartupProbeHttpGetPort,
    host: typing.Optional[builtins.str] = None,
    http_headers: typing.Optional[typing.Sequence[typing.Any]] = None,
    path: typing.Optional[builtins.str] = None,
    scheme: typing.Optional[LatticeServiceSpecWorkloadContainersStartupProbeHttpGetScheme] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__fc60aba6b1f36dadb7560e7cb4dc828f351837a6ee007870d65fbe61af51a957(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__c2d3b84d226fcb9bcc220923db8ffa035e7e594f517720a7a62a70f040c51610(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__98bf9cd808de69aa3ec513ff20ce428e2a2f278852ee14cd4a1feb3a973d3ba6(
    *,
    port: LatticeServiceSpecWorkloadContainersStartupProbeTcpSocketPort,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__f89ae1574c53722d456a433f46072194c0a70dfbf66f2daafdf83358811e4f78(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__bbca3c97684490a871abdd7ca72ddb44154cf9a407dcab8c52496e71bdba6578(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__e851208e28a5742a73dc3768e1b438e68754801f950bd424c667677007b85d96(
    *,
    medium: typing.Optional[LatticeServiceSpecWorkloadContainersVolumesMedium] = None,
    path: typing.Optional[builtins.str] = None,
    read_only: typing.Optional[builtins.bool] = None,
    size_limit: typing.Optional[LatticeServiceSpecWorkloadContainersVolumesSizeLimit] = None,
    source: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__8e49a5f2ba55836845d39ceae8334de20e3fc122c62fd83b05aae3b402a84a08(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__04a028f22f34a79036ddda5382e0c0a5eabf0b7ec4e20d7f1ae368478cfa3f5e(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__2676e4e9d382b5b014c397a65577cb6bd4e16df8efee478fb1e0841537fcecfb(
    *,
    type: LatticeServiceSpecWorkloadResourcesType,
    direction: typing.Optional[LatticeServiceSpecWorkloadResourcesDirection] = None,
    id: typing.Optional[builtins.str] = None,
    namespace: typing.Optional[builtins.str] = None,
    params: typing.Optional[typing.Union[LatticeServiceSpecWorkloadResourcesParams, typing.Dict[builtins.str, typing.Any]]] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__3a09e18ae593311ba10fbdc46117955a2d11713edfe5a6d63774b68d15865aa7(
    *,
    access_mode: typing.Optional[LatticeServiceSpecWorkloadResourcesParamsAccessMode] = None,
    count: typing.Optional[jsii.Number] = None,
    endpoints: typing.Optional[typing.Mapping[builtins.str, builtins.str]] = None,
    keys: typing.Optional[typing.Sequence[builtins.str]] = None,
    model: typing.Optional[builtins.str] = None,
    provider: typing.Optional[builtins.str] = None,
    refresh_interval: typing.Optional[builtins.str] = None,
    size: typing.Optional[LatticeServiceSpecWorkloadResourcesParamsSize] = None,
    storage_class_name: typing.Optional[builtins.str] = None,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__cc0fdee45e7b09b21f860f2caf88c4cb6d2c95ace8d114730b61be84490b8b27(
    value: jsii.Number,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__3bd7e01a6b51fd74ee7d395acc0a06cce01e399e302dd8740a34669e9f77eaaa(
    value: builtins.str,
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__10c8b82989a62e1f6285fe5312b6bd7b27282a3ea9a67c89c30588cf9f71a1b2(
    *,
    ports: typing.Mapping[builtins.str, typing.Union[LatticeServiceSpecWorkloadServicePorts, typing.Dict[builtins.str, typing.Any]]],
) -> None:
    """Type checking stubs"""
    pass

def _typecheckingstub__030bde424cd1147b580f53c7e434cd7c0d25dd7c3b6cf3ee8449e97889844451(
    *,
    port: jsii.Number,
    protocol: typing.Optional[LatticeServiceSpecWorkloadServicePortsProtocol] = None,
    target_port: typing.Optional[jsii.Number] = None,
) -> None:
    """Type checking stubs"""
    pass
