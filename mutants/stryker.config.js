/** Settings of Stryker for one group of files, which `main.ts` names. */

import { fileURLToPath } from 'node:url'

/** @type {import('./scope.ts').Group} */
const group = JSON.parse(process.env.MUTANTS_GROUP ?? '{}')

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: group.mutate,
  testRunner: 'vitest',
  vitest: { configFile: 'mutants/vitest.config.ts', related: false },
  plugins: [
    '@stryker-mutator/vitest-runner',
    fileURLToPath(new URL('ignore-prose.js', import.meta.url)),
  ],
  ignorers: ['prose'],
  // It works in a copy of the tree.
  ignorePatterns: [
    '/docs',
    '/bench',
    '/torture',
    '/packaging',
    '/web',
    '/sandbox',
    '/simulator',
    'dist',
  ],
  reporters: ['progress-append-only', 'clear-text', 'html', 'json'],
  htmlReporter: { fileName: `reports/mutants/${group.name}.html` },
  jsonReporter: { fileName: `reports/mutants/${group.name}.json` },
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // Every run writes down what it found; `--changed` asks only what has changed since.
  incremental: true,
  incrementalFile: `reports/mutants/${group.name}.known.json`,
  force: process.env.MUTANTS_CHANGED === undefined,
  concurrency: 1,
  timeoutMS: 15_000,
}
