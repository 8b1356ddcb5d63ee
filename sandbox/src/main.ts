/** `npm run sandbox`: everything paired and ready to try, until Ctrl-C. */

import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { type Sandbox, sandboxSettings, startSandbox } from './sandbox.js'

interface Arguments {
  readonly port: number
  readonly simulatorPort: number
  readonly dataDir?: string
  readonly json?: boolean
}

const { port, simulatorPort, dataDir, json } = new Command('sandbox')
  .description('A gateway and a pretend WhatsApp with one number paired and one phone to write to.')
  .option('--port <number>', "the gateway's port; 0 takes any free one", portNumber, 8080)
  .option('--simulator-port <number>', "the port of the simulator's control API", portNumber, 8081)
  .option(
    '--data-dir <directory>',
    'keep the gateway’s data there (default: a temporary directory)',
  )
  .option('--json', 'print one line of JSON when ready, and nothing else')
  .parse()
  .opts<Arguments>()

const stop = new AbortController()
const stopped = once(stop.signal, 'abort')
// A second signal must not end this program before the other one has ended.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop.abort())

try {
  const sandbox = await startSandbox({
    port,
    simulatorPort,
    dataDir,
    settings: { ...sandboxSettings, ...settingsOfThisShell() },
  })
  if (!stop.signal.aborted) {
    process.stdout.write(json ? `${JSON.stringify(summary(sandbox))}\n` : whatToTry(sandbox))
    await Promise.race([stopped, sandbox.gateway.ended])
  }
  await sandbox[Symbol.asyncDispose]()
  if (!stop.signal.aborted) throw new Error('The gateway ended by itself.')
  process.exit(0)
} catch (cause) {
  // Ctrl-C reaches the gateway too: that it did not start is no news then.
  if (stop.signal.aborted) process.exit(0)
  process.stderr.write(`${cause instanceof Error ? cause.message : String(cause)}\n`)
  process.exit(1)
}

function portNumber(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  }
  return value
}

/** Pacing, log level and the like may be set in the shell; where the parts find each other may not. */
function settingsOfThisShell(): Record<string, string> {
  const settings: Record<string, string> = {}
  for (const [name, value] of Object.entries(process.env)) {
    const ours = /^RECADO_(HOST|PUBLIC_URL|DATABASE_URL|.*_TOKEN_FILE)$/.test(name)
    if (name.startsWith('RECADO_') && !ours && value !== undefined) settings[name] = value
  }
  return settings
}

function summary(sandbox: Sandbox): object {
  const recipient = sandbox.recipient.phone
  return {
    gateway: sandbox.gateway.url,
    simulator: sandbox.simulator.controlUrl,
    clientToken: sandbox.clientToken,
    partnerToken: sandbox.partnerToken,
    instance: { ...pick(sandbox.instance), phone: sandbox.sender.phone },
    recipient: {
      phone: recipient,
      messages: `${sandbox.simulator.controlUrl}/phones/${recipient}/messages`,
    },
  }
}

function pick({ id, token }: Sandbox['instance']): { id: string; token: string } {
  return { id, token }
}

function whatToTry(sandbox: Sandbox): string {
  const { gateway, instance, simulator, recipient, setupCode } = sandbox
  const setUp = setupCode === undefined ? '' : `   set-up code: ${setupCode}`
  return `
Recado   ${gateway.url}
Console  ${gateway.url}/console${setUp}
Phones   ${simulator.controlUrl}/phones

Send a code:

  curl -X POST ${gateway.url}/instances/${instance.id}/token/${instance.token}/send-button-otp \\
    -H 'Client-Token: ${sandbox.clientToken}' -H 'Content-Type: application/json' \\
    -d '{"phone":"${recipient.phone}","message":"Seu código de acesso é 123456","code":"123456"}'

See it on the phone:

  curl ${simulator.controlUrl}/phones/${recipient.phone}/messages

Ctrl-C ends both.
`
}
