/** `npm run demo`: one copy-code message on its whole way, shown as it happens. Exit 0 only if all of it was seen. */

import { Command } from 'commander'
import { type DemoReport, runDemo } from './journey.js'
import { conversation, timeline } from './terminal.js'

const { json } = new Command('demo')
  .description('Sends one OTP with an image through gateway and simulator, and shows what happens.')
  .option('--json', 'print the report as one line of JSON')
  .parse()
  .opts<{ json?: boolean }>()

const stop = new AbortController()
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())

try {
  const report = await runDemo((step) => {
    if (!json) process.stderr.write(`… ${step}\n`)
  }, stop.signal)
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : show(report))
  process.exit(report.missing.length === 0 ? 0 : 1)
} catch (cause) {
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exit(1)
}

function show(report: DemoReport): string {
  const verdict =
    report.missing.length === 0
      ? 'All of it was seen.'
      : `Not seen: ${report.missing.join(', ')}. That is a bug: please report it with this output.`
  return `\n${conversation(report)}\n${timeline(report)}\n${verdict}\n`
}
