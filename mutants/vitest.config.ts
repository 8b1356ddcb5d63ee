/** The tests that must notice: unit tests, each file in a worker of its own. */

import { defineConfig } from 'vitest/config'
import { useMemoryDisk } from '../memory-disk.js'
import type { Group } from './scope.js'

useMemoryDisk()
const { tests, databases }: Group = JSON.parse(process.env['MUTANTS_GROUP'] ?? '{}')

export default defineConfig({
  test: {
    include: [...tests],
    provide: { databases },
    globalSetup: ['gateway/test/support/postgres.ts'],
    isolate: false,
    testTimeout: 15_000,
    hookTimeout: 15_000,
  },
})
