// SPDX-License-Identifier: Apache-2.0
// peers.mjs PEERS: what other engines do a second with the facts and conditions that bench_rules
// wrote. Prints "NAME NUMBER", or "NAME -" for one that is not installed. Run in the folder where
// npm installed them.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const { facts, dataset, conditions, answers } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const bindings = { ...facts, dataset };
const here = createRequire(pathToFileURL(`${process.cwd()}/x.mjs`));

// The best of five rounds, as stopwatch.hpp has it.
function perSecond(work) {
  let best = 0;
  for (let round = 0; round < 5; ++round) {
    const start = performance.now();
    let count = 0;
    let passed = 0;
    do {
      for (let i = 0; i < 16; ++i) work();
      count += 16;
      passed = performance.now() - start;
    } while (passed < 300);
    best = Math.max(best, (count * 1000) / passed);
  }
  return best;
}

function requireSame(name, got) {
  const wanted = JSON.stringify(answers);
  if (JSON.stringify(got) !== wanted) throw new Error(`${name}: ${JSON.stringify(got)}, not ${wanted}`);
}

async function report(name, measure) {
  try {
    console.log(`${name} ${Math.round(await measure())}`);
  } catch (error) {
    if (!/Cannot find (module|package)/.test(String(error))) console.error(`${name}: ${error}`);
    console.log(`${name} -`);
  }
}

const load = async (name) => import(pathToFileURL(here.resolve(name)).href);

await report('cel-js', async () => {
  const { parse } = await load('@marcbachmann/cel-js');
  const programs = conditions.map((one) => parse(one));
  requireSame('cel-js', programs.map((one) => one(bindings)));
  return conditions.length * perSecond(() => programs.forEach((one) => one(bindings)));
});

await report('bufbuild-cel', async () => {
  const { celEnv, parse, plan } = await load('@bufbuild/cel');
  const programs = conditions.map((one) => plan(celEnv(), parse(one)));
  requireSame('bufbuild-cel', programs.map((one) => one(bindings)));
  return conditions.length * perSecond(() => programs.forEach((one) => one(bindings)));
});

// Twenty policies of two or three comparisons of the same facts each, none of which forbids.
const context = {
  collection: dataset.collection,
  extent: dataset.extent,
  exclusively_eu_law: facts.host.exclusively_eu_law,
  kind: facts.request.project.kind,
  disease_scope: facts.request.disease_scope,
  serves: facts.request.necessity.serves,
};

await report('cedar-wasm', async () => {
  const cedar = await load('@cedar-policy/cedar-wasm/nodejs');
  const policies = Array.from(
    { length: 20 },
    (_, i) => `forbid(principal, action, resource) when {
      context.collection == "${dataset.collection}" && context.exclusively_eu_law != "yes" &&
      !(context.serves.contains("${facts.request.necessity.serves[0]}") && context.extent != "whole-${i}") };`,
  );
  policies.push('permit(principal, action, resource);');
  const parsed = cedar.preparsePolicySet('bench', { staticPolicies: policies.join('\n') });
  if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed));
  const call = {
    principal: { type: 'User', id: 'analyst-1' },
    action: { type: 'Action', id: 'release' },
    resource: { type: 'Dataset', id: dataset.id },
    context,
    preparsedPolicySetId: 'bench',
    entities: [],
  };
  const answer = cedar.statefulIsAuthorized(call);
  if (answer.response?.decision !== 'allow') throw new Error(JSON.stringify(answer));
  return perSecond(() => cedar.statefulIsAuthorized(call));
});

await report('casbin', async () => {
  const { newEnforcer, newModelFromString } = here('casbin');
  const model = newModelFromString(`
[request_definition]
r = context
[policy_definition]
p = collection, extent
[policy_effect]
e = !some(where (p.eft == deny))
[matchers]
m = r.context.collection == p.collection && r.context.exclusively_eu_law != 'yes' && r.context.extent == p.extent
`);
  const enforcer = await newEnforcer(model);
  for (let i = 0; i < 20; ++i) await enforcer.addPolicy(dataset.collection, `whole-${i}`);
  if (!enforcer.enforceSync(context)) throw new Error('denied');
  return perSecond(() => enforcer.enforceSync(context));
});
