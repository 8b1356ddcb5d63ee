import type { Reporter, TestModule } from 'vitest/node'

/**
 * Ends a run with the one line our CI counts: `N passed, N failed, N skipped`.
 *
 * Before it, each test that passed only when it was run again is named with why it failed first.
 */
export default class PlainLineReporter implements Reporter {
  onTestRunEnd(modules: ReadonlyArray<TestModule>): void {
    const count = { passed: 0, failed: 0, skipped: 0, pending: 0 }
    for (const module of modules) {
      for (const test of module.children.allTests()) {
        const { state, errors } = test.result()
        count[state] += 1
        if (test.diagnostic()?.flaky !== true) continue
        process.stdout.write(`\nfailed once: ${module.relativeModuleId} > ${test.fullName}\n`)
        for (const { stack, message } of errors ?? []) process.stdout.write(`${stack ?? message}\n`)
      }
      if (module.state() === 'failed' && module.errors().length > 0) count.failed += 1
    }
    process.stdout.write(
      `\n${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped\n`,
    )
  }
}
