/** `npm run sandbox`: everything paired and ready to try, until Ctrl-C. */

import { once } from 'node:events'
import { Command, InvalidArgumentError } from 'commander'
import { type ConsoleLogin, openConsole } from './console-login.js'
import { pacingSettings } from './pacing-settings.js'
import { type Sandbox, sandboxSettings, startSandbox } from './sandbox.js'

interface Arguments {
  readonly port: number
  readonly simulatorPort: number
  readonly dataDir?: string
  readonly pacing?: Record<string, string>
  readonly json?: boolean
}

const { port, simulatorPort, dataDir, pacing, json } = new Command('sandbox')
  .description('A gateway and a pretend WhatsApp with one number paired and one phone to write to.')
  .option('--port <number>', "the gateway's port; 0 takes any free one", portNumber, 8080)
  .option('--simulator-port <number>', "the port of the simulator's control API", portNumber, 8081)
  .option(
    '--data-dir <directory>',
    'keep the gateway’s data there (default: a temporary directory)',
  )
  .option(
    '--pacing <min-max>',
    'seconds between two messages, such as 1-3 (default: none)',
    pacingSettings,
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
    settings: { ...sandboxSettings, ...settingsOfThisShell(), ...pacing },
  })
  if (!stop.signal.aborted) {
    const ready = { ...sandbox, login: await openConsole(sandbox, dataDir) }
    process.stdout.write(json ? `${JSON.stringify(summary(ready))}\n` : whatToTry(ready))
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

interface Ready extends Sandbox {
  readonly login: ConsoleLogin | undefined
}

function summary({ gateway, simulator, instance, sender, recipient, login, ...tokens }: Ready) {
  const { clientToken, partnerToken } = tokens
  const pages = `${simulator.controlUrl}/phones`
  return {
    gateway: gateway.url,
    simulator: simulator.controlUrl,
    console: { url: `${gateway.url}/console`, ...login },
    clientToken,
    partnerToken,
    instance: {
      id: instance.id,
      token: instance.token,
      phone: sender.phone,
      page: `${pages}/${sender.phone}`,
    },
    recipient: {
      phone: recipient.phone,
      page: `${pages}/${recipient.phone}`,
      messages: `${pages}/${recipient.phone}/messages`,
      failures: `${pages}/${recipient.phone}/failures`,
    },
  }
}

function whatToTry(ready: Ready): string {
  const { gateway, console, clientToken, instance, recipient } = summary(ready)
  const { name, password } = console
  const logIn =
    password === undefined
      ? 'log in as the administrator that you made'
      : `log in as ${name} with the password ${password}`
  return `
${title('Console')} ${console.url}
${title('')} ${logIn}
${title(`Phone of ${ready.recipient.name}`)} ${recipient.page}
${title(`Phone of ${ready.sender.name}`)} ${instance.page}

Send a code from the console: sandbox → Send. Or from here:

  curl -X POST ${gateway}/instances/${instance.id}/token/${instance.token}/send-button-otp \\
    -H 'Client-Token: ${clientToken}' -H 'Content-Type: application/json' \\
    -d '{"phone":"${recipient.phone}","message":"Seu código de acesso é 123456","code":"123456"}'

It appears on the phone of ${ready.recipient.name}, and here:

  curl ${recipient.messages}

Pair another one: New instance → Show the QR code → The code as text. Paste it on a phone: Menu → Linked devices.
See a bad day: on a phone, Developer panel → Play a failure; all faults: docs/simulator-faults.md. Or here:

  curl -X PUT ${recipient.failures}/not-on-whatsapp
  curl -X DELETE ${recipient.failures}/not-on-whatsapp

Every call: ${gateway}/docs. Ctrl-C ends it all.
`
}

function title(text: string): string {
  return text.padEnd(21)
}
