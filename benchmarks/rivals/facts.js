'use strict';
// What differs between two services: the same function as facts() in benchmarks/fleet.py.

const teams = ['checkout', 'search', 'identity', 'billing', 'delivery'];
const components = ['api', 'web', 'worker'];
const levels = ['debug', 'info', 'warn'];
const numbered = (index) => `svc-${String(index).padStart(4, '0')}`;

exports.facts = (index) => {
  const name = numbered(index);
  return {
    name,
    team: teams[index % 5],
    component: components[index % 3],
    version: `v1.${index % 7}.${index % 10}`,
    host: `${name}.example.com`,
    level: levels[index % 3],
    upstream: `http://${numbered(Math.floor(index / 2))}.shop.svc.cluster.local`,
    cpu: 100 + 50 * (index % 4),
    memory: 128 * (1 + (index % 3)),
    maxReplicas: 3 + (index % 5),
  };
};

// Calls render(chart, index) for every service, with as many services to a chart as the second argument says.
exports.synth = (cdk8s, render) => {
  const [count, perChart] = process.argv.slice(2).map(Number);
  const app = new cdk8s.App();
  let chart;
  for (let index = 0; index < count; index += 1) {
    if (index % perChart === 0) {
      chart = new cdk8s.Chart(app, `fleet-${index / perChart}`, { namespace: 'shop' });
    }
    render(chart, index);
  }
  app.synth();
};
