'use strict';
// cdk8s in JavaScript, cdk8s-plus-27: the same six objects as its users write them, with its own labels and affinities.

const cdk8s = require('cdk8s');
const kplus = require('cdk8s-plus-27');
const { Construct } = require('constructs');
const { facts, synth } = require('./facts');

const seconds = (amount) => cdk8s.Duration.seconds(amount);

class ShopService extends Construct {
  constructor(scope, fact) {
    super(scope, fact.name);
    const podLabels = {
      'app.kubernetes.io/name': fact.name,
      'app.kubernetes.io/instance': fact.name,
      'app.kubernetes.io/component': fact.component,
      'app.kubernetes.io/part-of': 'shop',
      team: fact.team,
    };
    const labels = { ...podLabels, 'app.kubernetes.io/version': fact.version };
    const metadata = { name: fact.name, labels };

    const database = kplus.Secret.fromSecretName(this, 'Database', `${fact.name}-database`);
    const environment = kplus.ConfigMap.fromConfigMapName(this, 'Environment', `${fact.name}-environment`);
    const config = kplus.ConfigMap.fromConfigMapName(this, 'Config', `${fact.name}-config`);
    const certificate = kplus.Secret.fromSecretName(this, 'Certificate', `${fact.name}-tls`);

    const deployment = new kplus.Deployment(this, 'Deployment', {
      metadata,
      podMetadata: { labels: podLabels },
      minReady: seconds(10),
      terminationGracePeriod: seconds(30),
      automountServiceAccountToken: false,
      securityContext: { ensureNonRoot: true },
      strategy: kplus.DeploymentStrategy.rollingUpdate({
        maxSurge: kplus.PercentOrAbsolute.absolute(1),
        maxUnavailable: kplus.PercentOrAbsolute.absolute(0),
      }),
      containers: [
        {
          name: fact.name,
          image: `ghcr.io/hanzoai/${fact.name}:${fact.version}`,
          ports: [
            { name: 'http', number: 8080 },
            { name: 'metrics', number: 9090 },
          ],
          envVariables: {
            SERVICE_NAME: kplus.EnvValue.fromValue(fact.name),
            LOG_LEVEL: kplus.EnvValue.fromValue(fact.level),
            HTTP_PORT: kplus.EnvValue.fromValue('8080'),
            UPSTREAM_URL: kplus.EnvValue.fromValue(fact.upstream),
            CACHE_TTL: kplus.EnvValue.fromValue('1e3'),
            TRACING: kplus.EnvValue.fromValue('on'),
            GREETING: kplus.EnvValue.fromValue("hello: #1, it's ready"),
            DATABASE_PASSWORD: kplus.EnvValue.fromSecretValue({ secret: database, key: 'password' }),
          },
          envFrom: [kplus.Env.fromConfigMap(environment)],
          resources: {
            cpu: { request: kplus.Cpu.millis(fact.cpu), limit: kplus.Cpu.units(1) },
            memory: { request: cdk8s.Size.mebibytes(fact.memory), limit: cdk8s.Size.gibibytes(1) },
          },
          startup: kplus.Probe.fromHttpGet('/health', {
            port: 8080,
            initialDelaySeconds: seconds(5),
            periodSeconds: seconds(10),
            failureThreshold: 30,
          }),
          liveness: kplus.Probe.fromHttpGet('/health', {
            port: 8080,
            initialDelaySeconds: seconds(5),
            periodSeconds: seconds(20),
          }),
          readiness: kplus.Probe.fromHttpGet('/ready', {
            port: 8080,
            initialDelaySeconds: seconds(5),
            periodSeconds: seconds(10),
            timeoutSeconds: seconds(2),
          }),
          lifecycle: { preStop: kplus.Handler.fromCommand(['sleep', '5']) },
          securityContext: {
            ensureNonRoot: true,
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: false,
            capabilities: { drop: [kplus.Capability.NET_RAW] },
          },
          volumeMounts: [
            { path: '/etc/service', volume: kplus.Volume.fromConfigMap(this, 'Volume', config), readOnly: true },
          ],
        },
      ],
    });
    deployment.scheduling.spread({ topology: kplus.Topology.HOSTNAME, weight: 1 });
    deployment.scheduling.spread({ topology: kplus.Topology.ZONE, weight: 1 });

    const service = new kplus.Service(this, 'Service', {
      metadata,
      selector: deployment,
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'metrics', port: 9090, targetPort: 9090 },
      ],
    });

    new kplus.Ingress(this, 'Ingress', {
      metadata: {
        ...metadata,
        annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt-prod' },
      },
      className: 'ingress',
      rules: [{ host: fact.host, path: '/', backend: kplus.IngressBackend.fromService(service, { port: 80 }) }],
      tls: [{ hosts: [fact.host], secret: certificate }],
    });

    new kplus.HorizontalPodAutoscaler(this, 'Autoscaler', {
      metadata,
      target: deployment,
      minReplicas: 2,
      maxReplicas: fact.maxReplicas,
      metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(75))],
    });

    new kplus.k8s.KubePodDisruptionBudget(this, 'Budget', {
      metadata,
      spec: {
        maxUnavailable: kplus.k8s.IntOrString.fromNumber(1),
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: deployment.matchLabels },
      },
    });

    const http = kplus.NetworkPolicyPort.tcp(8080);
    const ports = [http, kplus.NetworkPolicyPort.tcp(9090)];
    const ingressNamespace = kplus.Namespaces.select(this, 'IngressNamespace', { names: ['ingress'] });
    new kplus.NetworkPolicy(this, 'Policy', {
      metadata,
      selector: deployment,
      ingress: {
        rules: [
          { peer: kplus.Pods.select(this, 'Team', { labels: { team: fact.team } }), ports },
          { peer: kplus.Pods.all(this, 'Namespace'), ports },
          { peer: ingressNamespace, ports: [http] },
        ],
      },
    });
  }
}

synth(cdk8s, (chart, index) => new ShopService(chart, facts(index)));
