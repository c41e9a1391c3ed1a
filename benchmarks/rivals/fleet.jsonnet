// The fleet as one jsonnet program: a function per object over the facts of a service, which come as JSON data.
//
// Deriving the facts here (std.format is itself written in jsonnet) makes the older implementations many times slower.
local namespace = 'shop';

local selector(fact) = {
  'app.kubernetes.io/name': fact.name,
  'app.kubernetes.io/instance': fact.name,
};

local podLabels(fact) = selector(fact) {
  'app.kubernetes.io/component': fact.component,
  'app.kubernetes.io/part-of': 'shop',
  'app.kubernetes.io/managed-by': 'hanzo-constructs',
  team: fact.team,
};

local object(apiVersion, kind, fact) = {
  apiVersion: apiVersion,
  kind: kind,
  metadata: {
    name: fact.name,
    namespace: namespace,
    labels: podLabels(fact) { 'app.kubernetes.io/version': fact.version },
  },
};

local probe(path) = {
  httpGet: { path: path, port: 'http' },
  initialDelaySeconds: 5,
  periodSeconds: 10,
};

local spread(fact, topologyKey) = {
  maxSkew: 1,
  topologyKey: topologyKey,
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector(fact) },
  matchLabelKeys: ['pod-template-hash'],
};

local container(fact) = {
  name: fact.name,
  image: 'ghcr.io/hanzoai/' + fact.name + ':' + fact.version,
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
    { name: 'DATABASE_PASSWORD', valueFrom: { secretKeyRef: { name: fact.name + '-database', key: 'password' } } },
  ],
  envFrom: [{ configMapRef: { name: fact.name + '-environment' } }],
  resources: {
    requests: { cpu: fact.cpu, memory: fact.memory },
    limits: { cpu: '1', memory: '1Gi' },
  },
  startupProbe: probe('/health') { failureThreshold: 30 },
  livenessProbe: probe('/health') { periodSeconds: 20 },
  readinessProbe: probe('/ready') { timeoutSeconds: 2 },
  lifecycle: { preStop: { sleep: { seconds: 5 } } },
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  volumeMounts: [{ name: 'config', mountPath: '/etc/service', readOnly: true }],
};

local deployment(fact) = object('apps/v1', 'Deployment', fact) {
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
        volumes: [{ name: 'config', configMap: { name: fact.name + '-config' } }],
      },
    },
  },
};

local service(fact) = object('v1', 'Service', fact) {
  spec: {
    type: 'ClusterIP',
    selector: selector(fact),
    ports: [
      { name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' },
      { name: 'metrics', port: 9090, targetPort: 9090, protocol: 'TCP' },
    ],
  },
};

local ingress(fact) = object('networking.k8s.io/v1', 'Ingress', fact) {
  metadata+: {
    annotations: {
      'cert-manager.io/cluster-issuer': 'letsencrypt-prod',
    },
  },
  spec: {
    ingressClassName: 'ingress',
    tls: [{ hosts: [fact.host], secretName: fact.name + '-tls' }],
    rules: [{
      host: fact.host,
      http: {
        paths: [{
          path: '/',
          pathType: 'Prefix',
          backend: { service: { name: fact.name, port: { number: 80 } } },
        }],
      },
    }],
  },
};

local autoscaler(fact) = object('autoscaling/v2', 'HorizontalPodAutoscaler', fact) {
  spec: {
    scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: fact.name },
    minReplicas: 2,
    maxReplicas: fact.maxReplicas,
    metrics: [{
      type: 'Resource',
      resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization: 75 } },
    }],
  },
};

local budget(fact) = object('policy/v1', 'PodDisruptionBudget', fact) {
  spec: {
    maxUnavailable: 1,
    unhealthyPodEvictionPolicy: 'AlwaysAllow',
    selector: { matchLabels: selector(fact) },
  },
};

local policy(fact) = object('networking.k8s.io/v1', 'NetworkPolicy', fact) {
  spec: {
    podSelector: { matchLabels: selector(fact) },
    policyTypes: ['Ingress'],
    ingress: [
      {
        from: [{ podSelector: { matchLabels: { team: fact.team } } }, { podSelector: {} }],
        ports: [{ port: 8080, protocol: 'TCP' }, { port: 9090, protocol: 'TCP' }],
      },
      {
        from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress' } } }],
        ports: [{ port: 8080, protocol: 'TCP' }],
      },
    ],
  },
};

function(services) std.flatMap(
  function(fact) [deployment(fact), service(fact), ingress(fact), autoscaler(fact), budget(fact), policy(fact)],
  services
)
