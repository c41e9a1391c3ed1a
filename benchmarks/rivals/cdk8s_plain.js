'use strict';
// cdk8s in JavaScript, plain ApiObjects: what a program hands over is what is written.

const cdk8s = require('cdk8s');
const { facts, synth } = require('./facts');

const selector = (fact) => ({
  'app.kubernetes.io/name': fact.name,
  'app.kubernetes.io/instance': fact.name,
});

const podLabels = (fact) => ({
  ...selector(fact),
  'app.kubernetes.io/component': fact.component,
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'hanzo-constructs',
  team: fact.team,
});

const metadata = (fact, annotations) => ({
  name: fact.name,
  labels: { ...podLabels(fact), 'app.kubernetes.io/version': fact.version },
  annotations,
});

const probe = (path, timing) => ({
  httpGet: { path, port: 'http' },
  initialDelaySeconds: 5,
  periodSeconds: 10,
  ...timing,
});

const spread = (fact, topologyKey) => ({
  maxSkew: 1,
  topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector(fact) },
  matchLabelKeys: ['pod-template-hash'],
});

const container = (fact) => ({
  name: fact.name,
  image: `ghcr.io/hanzoai/${fact.name}:${fact.version}`,
  ports: [
    { name: 'http', containerPort: 8080, protocol: 'TCP' },
    { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
  ],
  env: [
    { name: 'SERVICE_NAME', value: fact.name },
    { name: 'LOG_LEVEL', value: fact.level },
    { name: 'HTTP_PORT', value: '8080' },
    { name: 'UPSTREAM_URL', value: fact.upstream },
    { name: 'CACHE_TTL', value: '1e3' },
    { name: 'TRACING', value: 'on' },
    { name: 'GREETING', value: "hello: #1, it's ready" },
    { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: `${fact.name}-database`, key: 'password' } } },
  ],
  envFrom: [{ configMapRef: { name: `${fact.name}-environment` } }],
  resources: {
    requests: { cpu: `${fact.cpu}m`, memory: `${fact.memory}Mi` },
    limits: { cpu: '1', memory: '1Gi' },
  },
  startupProbe: probe('/health', { failureThreshold: 30 }),
  livenessProbe: probe('/health', { periodSeconds: 20 }),
  readinessProbe: probe('/ready', { timeoutSeconds: 2 }),
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  volumeMounts: [{ name: 'config', mountPath: '/etc/service', readOnly: true }],
});

const deployment = (fact) => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: metadata(fact),
  spec: {
    minReadySeconds: 10,
    revisionHistoryLimit: 3,
    selector: { matchLabels: selector(fact) },
    strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    template: {
      metadata: { labels: podLabels(fact) },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        terminationGracePeriodSeconds: 30,
        securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
        topologySpreadConstraints: [spread(fact, 'kubernetes.io/hostname'), spread(fact, 'topology.kubernetes.io/zone')],
        containers: [container(fact)],
        volumes: [{ name: 'config', configMap: { name: `${fact.name}-config` } }],
      },
    },
  },
});

const service = (fact) => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: metadata(fact),
  spec: {
    type: 'ClusterIP',
    selector: selector(fact),
    ports: [
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 9090, targetPort: 9090, protocol: 'TCP' },
    ],
  },
});

const ingress = (fact) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'Ingress',
  metadata: metadata(fact, { 'cert-manager.io/cluster-issuer': 'letsencrypt-prod' }),
  spec: {
    ingressClassName: 'ingress',
    tls: [{ hosts: [fact.host], secretName: `${fact.name}-tls` }],
    rules: [
      {
        host: fact.host,
        http: {
          paths: [
            { path: '/', pathType: 'Prefix', backend: { service: { name: fact.name, port: { number: 80 } } } },
          ],
        },
      },
    ],
  },
});

const autoscaler = (fact) => ({
  apiVersion: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  metadata: metadata(fact),
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: fact.name },
    minReplicas: 2,
    maxReplicas: fact.maxReplicas,
    metrics: [
      { type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } } },
    ],
  },
});

const budget = (fact) => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: metadata(fact),
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: selector(fact) },
  },
});

const policy = (fact) => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(fact),
  spec: {
    podSelector: { matchLabels: selector(fact) },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [
          { podSelector: { matchLabels: { team: fact.team } } },
          { podSelector: {} },
        ],
        ports: [
          { port: 8080, protocol: 'TCP' },
          { port: 9090, protocol: 'TCP' },
        ],
      },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ],
  },
});

synth(cdk8s, (chart, index) => {
  const fact = facts(index);
  for (const object of [deployment, service, ingress, autoscaler, budget, policy]) {
    const props = object(fact);
    new cdk8s.ApiObject(chart, `${fact.name}-${props.kind}`, props);
  }
});
