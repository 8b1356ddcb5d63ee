import { defineConfig } from 'vitest/config'
import { useMemoryDisk } from './memory-disk.js'

useMemoryDisk()

/** Only a hang takes so long: a machine that others use too is slow at times. */
const patience = {
  testTimeout: 300_000,
  hookTimeout: 300_000,
  expect: { poll: { timeout: 60_000 } },
  /** CI runs a failed test once more, and the end of its output names it (CONTRIBUTING.md). */
  retry: Number(process.env['TEST_RETRIES'] ?? 0),
}

export default defineConfig({
  test: {
    reporters: ['default', './plain-line-reporter.ts'],
    // Journeys mostly wait for other processes, so two cores carry three workers.
    maxWorkers: 3,
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            'gateway/src/**/*.test.ts',
            'torture/*.test.ts',
            'bench/*.test.ts',
            'mutants/*.test.ts',
          ],
          // The modules are the same for all files: loading them once saves a third of the time.
          isolate: false,
          globalSetup: ['gateway/test/support/postgres.ts'],
          ...patience,
        },
      },
      {
        test: {
          name: 'simulator',
          include: [
            'simulator/src/**/*.test.ts',
            'simulator/test/**/*.test.ts',
            'sandbox/src/**/*.test.ts',
            'packages/*/test/**/*.test.ts',
          ],
          globalSetup: ['gateway/test/support/build.ts'],
          isolate: false,
          ...patience,
        },
      },
      {
        test: {
          name: 'web',
          // With the release, which holds the pages.
          include: ['web/**/*.test.ts', 'packaging/**/*.test.ts'],
          globalSetup: [
            'web/test/build.ts',
            'gateway/test/support/postgres.ts',
            'gateway/test/support/build.ts',
          ],
          ...patience,
        },
      },
      {
        test: {
          name: 'journeys',
          include: ['gateway/test/journeys/**/*.test.ts', 'gateway/test/architecture/**/*.test.ts'],
          globalSetup: ['gateway/test/support/postgres.ts', 'gateway/test/support/build.ts'],
          ...patience,
        },
      },
    ],
  },
})
