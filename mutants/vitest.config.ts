/** The tests that must notice, with the changeable code in the place of the code. */

import { readFileSync } from 'node:fs'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { useMemoryDisk } from '../memory-disk.js'
import { placesOfRun } from './settings.js'

useMemoryDisk()
const { tests, databases, sources, change } = placesOfRun()
const codeOf: Readonly<Record<string, string>> = JSON.parse(readFileSync(sources, 'utf8'))

/** Tests that carry the name of a changed file first: they notice most, in the shortest time. */
class OwnTestsFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => rank(a) - rank(b) || (a.moduleId < b.moduleId ? -1 : 1))
  }
}

function rank({ moduleId }: TestSpecification): number {
  return codeOf[moduleId.replace(/\.test\.ts$/u, '.ts')] === undefined ? 1 : 0
}

export default defineConfig({
  plugins: [{ name: 'changes', enforce: 'pre', load: (id) => codeOf[id.split('?')[0] ?? ''] }],
  test: {
    include: [...tests],
    provide: { databases },
    globalSetup: ['gateway/test/support/postgres.ts'],
    pool: 'forks',
    maxWorkers: 1,
    isolate: false,
    sequence: { sequencer: OwnTestsFirst },
    ...(change === undefined ? { runner: 'mutants/runner.ts' } : { bail: 1 }),
    testTimeout: 30_000,
    // To give back the databases takes longer than the tests on a busy machine.
    hookTimeout: 60_000,
    dangerouslyIgnoreUnhandledErrors: true,
  },
})
