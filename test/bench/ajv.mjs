// SPDX-License-Identifier: Apache-2.0
// ajv.mjs REQUESTS SCHEMA: how many documents a second Node reads (JSON.parse) and ajv validates under
// one schema, in this one process, once they are lines in memory. Prints the number, or "-" when ajv
// is not installed. Run in the folder where npm installed it.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const here = createRequire(`${process.cwd()}/x.mjs`);
const lines = readFileSync(process.argv[2], 'utf8').split('\n').filter((line) => line !== '');
const schema = JSON.parse(readFileSync(process.argv[3], 'utf8'));

let validate;
try {
  const Ajv = here('ajv').default;
  const ajv = new Ajv({ strict: false });
  here('ajv-formats').default(ajv);
  validate = ajv.compile(schema);
} catch (error) {
  if (!/Cannot find (module|package)/.test(String(error))) console.error(String(error));
  console.log('-');
  process.exit(0);
}

// The best of five rounds over all of them, the first of which warms up the compiler.
let best = Infinity;
for (let round = 0; round < 5; ++round) {
  const start = performance.now();
  for (const line of lines) {
    if (!validate(JSON.parse(line))) throw new Error(JSON.stringify(validate.errors));
  }
  best = Math.min(best, performance.now() - start);
}
console.log(Math.round((lines.length * 1000) / best));
