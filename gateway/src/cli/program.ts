/** The commands of `recado`, their options and their help. */

import { Command } from 'commander'
import type { Config } from '../config.js'
import type { Clock } from '../runtime/clock.js'
import { describeSettings } from '../settings.js'
import type { AskSecret } from './ask-secret.js'
import type { Confirm } from './confirm.js'
import { addAlertCommands } from './alerts-command.js'
import { backup, type RestoreWish, restore } from './backup-commands.js'
import { resetAdministrator } from './administrator-command.js'
import { checkMigration } from './check-migration-command.js'
import { doctor } from './doctor-command.js'
import { listCallbacks, replayCallbacks, showCallback } from './callback-commands.js'
import { CommandError, GatewayClient } from './gateway-client.js'
import { addPoolCommands } from './pool-commands.js'
import { addMcpCommands } from './mcp-commands.js'
import { addPeopleCommands } from './people-commands.js'
import { addSecurityCommands } from './security-commands.js'
import {
  createInstance,
  listInstances,
  type Print,
  reconnect,
  showStatus,
} from './instance-commands.js'
import { importSession } from './import-command.js'
import { listNodes } from './nodes-command.js'
import { pair } from './pair-command.js'

export interface ProgramOptions {
  readonly version: string
  /** Throws `ConfigError`. Called by commands only, so that help needs no configuration. */
  readonly readConfig: () => Config
  /** Runs the gateway until it is told to stop. */
  readonly start: (config: Config) => Promise<void>
  readonly print: Print
  readonly clock: Clock
  readonly askSecret: AskSecret
  readonly confirm: Confirm
}

const firstSteps = `
First steps:
  recado start                          shows two tokens once; set them as below
  recado instance create --name Shop    prints the id and the token of an instance
  recado pair ID                        shows the QR to scan with the phone

instance, pool and pair talk to a running gateway. They need RECADO_PARTNER_TOKEN, and pair needs
RECADO_CLIENT_TOKEN too. The other commands need the settings that the gateway is started with.`

/**
 * `parseAsync` runs a command. It rejects with errors of ours for what the user can cure, and with
 * commander's `CommanderError` when help, the version or a complaint about the line was printed.
 */
export function createProgram(options: ProgramOptions): Command {
  const { version, readConfig, start, print, clock, confirm } = options
  const connect = ({ url }: { url?: string }): GatewayClient => clientOf(readConfig(), url)
  const program = new Command('recado')
    // Before the first command: each takes it over. Only main.ts ends the process.
    .exitOverride()
    .description("A self-hosted WhatsApp gateway that speaks Z-API's HTTP dialect.")
    .version(version)
    .addHelpText('after', `${firstSteps}\n\nEnvironment:\n${describeSettings()}`)

  program
    .command('start')
    .description('run the gateway until SIGTERM or SIGINT')
    .action(() => start(readConfig()))

  const instance = program
    .command('instance')
    .description('create, list and delete instances, and who may use them')
  withUrl(instance.command('create'))
    .description('create an instance and print its id and token')
    .requiredOption('--name <name>', 'what people call it')
    .option('--id <id>', 'the id that it has elsewhere, so that URLs keep their path')
    .option('--token <token>', 'the same of its token')
    .option('--json', 'print one line of JSON')
    .action((given: { name: string; id?: string; token?: string; url?: string; json?: boolean }) =>
      createInstance(connect(given), given, print),
    )
  withUrl(instance.command('list'))
    .description('list the instances and whether they are connected')
    .option('--json', 'print one line of JSON')
    .action((given: { url?: string; json?: boolean }) =>
      listInstances(connect(given), given, print),
    )

  addConnectionCommands(instance, options, connect)
  addImportCommand(instance, options, connect)
  withUrl(program.command('pair'))
    .description('link an instance with a phone: shows a QR until it is connected')
    .argument('<id>', 'the instance')
    .option('--code <phone>', 'link by a code to type on the phone with this number')
    .option('--again', 'forget the link that is there, also of a number that is banned or replaced')
    .action((id: string, given: { url?: string; code?: string; again?: boolean }) =>
      pair(
        connect(given),
        { instanceId: id, phone: given.code, again: given.again },
        { print, clock, confirm },
      ),
    )
  addCallbackCommands(program, options, connect)
  addPoolCommands({ program, withUrl, connect, print })
  addSecurityCommands({ program, instance, withUrl, connect, print })
  addAlertCommands({ program, withUrl, connect, print })
  addPeopleCommands({ program, withUrl, connect, print })
  addMcpCommands({ program, withUrl, connect, print, version, token: () => readConfig().mcpToken })
  withUrl(program.command('nodes'))
    .description('list the gateways that share the database, and how many instances each runs')
    .option('--json', 'print one line of JSON')
    .action((given: { url?: string; json?: boolean }) => listNodes(connect(given), given, print))
  program
    .command('check-migration')
    .description('say which calls of a program that was written for Z-API work here')
    .argument(
      '<path...>',
      'source files or folders, a list of routes, or the access log of a proxy',
    )
    .option('--json', 'print one line of JSON')
    .action((paths: string[], given: { json?: boolean }) => checkMigration(paths, given, print))
  addOperatingCommands(program, options)
  addAdministratorCommand(program, options, connect)
  return program
}

function addConnectionCommands(
  instance: Command,
  { print }: ProgramOptions,
  connect: (given: { url?: string }) => GatewayClient,
): void {
  withUrl(instance.command('status'))
    .description('say whether an instance is connected; if not, why, and what helps')
    .argument('<id>', 'the instance')
    .option('--json', 'print one line of JSON')
    .action((id: string, given: { url?: string; json?: boolean }) =>
      showStatus(connect(given), { ...given, id }, print),
    )
  withUrl(instance.command('reconnect'))
    .description('connect an instance that is linked and does not come back by itself')
    .argument('<id>', 'the instance')
    .action((id: string, given: { url?: string }) =>
      reconnect(connect(given), { id, restart: false }, print),
    )
  withUrl(instance.command('restart'))
    .description('close the connection of an instance and open it again')
    .argument('<id>', 'the instance')
    .action((id: string, given: { url?: string }) =>
      reconnect(connect(given), { id, restart: true }, print),
    )
}

function addImportCommand(
  instance: Command,
  { print }: ProgramOptions,
  connect: (given: { url?: string }) => GatewayClient,
): void {
  interface Given {
    url?: string
    apply?: boolean
    keepSessions?: boolean
    device?: string
    json?: boolean
  }
  withUrl(instance.command('import'))
    .description('take over a number that another gateway linked, without pairing')
    .argument('<id>', 'the instance that takes it')
    .argument('<path...>', 'the folder or the files of the other gateway; stop it first')
    .option('--apply', 'really: without it, say what is found and change nothing')
    .option(
      '--keep-sessions',
      'keep the Signal sessions: the other gateway has sent nothing since the files were read',
    )
    .option('--device <number>', 'which number, where the files hold several')
    .option('--json', 'print one line of JSON')
    .action((id: string, paths: string[], given: Given) =>
      importSession(connect(given), { ...given, id, paths }, print),
    )
}

function addCallbackCommands(
  program: Command,
  { print }: ProgramOptions,
  connect: (given: { url?: string }) => GatewayClient,
): void {
  const callbacks = program
    .command('callbacks')
    .description('failed callbacks: look at them, send them again')
  const moment = 'only what happened then or later: 2026-11-20T10:00Z'
  withUrl(callbacks.command('list'))
    .description('list what the receivers of an instance did not take')
    .argument('<id>', 'the instance')
    .option('--since <time>', moment)
    .option('--json', 'print one line of JSON each')
    .action((id: string, given: { url?: string; since?: string; json?: boolean }) =>
      listCallbacks(connect(given), id, given, print),
    )
  withUrl(callbacks.command('show'))
    .description('show one callback')
    .argument('<id>', 'the instance')
    .argument('<callback>', 'its webhook-id')
    .option('--body', 'show what is sent, with codes masked')
    .option('--codes', 'show what is sent, with its codes')
    .action(
      (
        instanceId: string,
        callbackId: string,
        given: { url?: string; body?: boolean; codes?: boolean },
      ) => showCallback(connect(given), { instanceId, callbackId }, given, print),
    )
  withUrl(callbacks.command('replay'))
    .description('send one callback again, or all since a time')
    .argument('<id>', 'the instance')
    .argument('[callback]', 'its webhook-id')
    .option('--since <time>', moment)
    .action(
      (
        instanceId: string,
        callbackId: string | undefined,
        given: { url?: string; since?: string },
      ) =>
        replayCallbacks(
          connect(given),
          callbackId === undefined ? { instanceId } : { instanceId, callbackId },
          given,
          print,
        ),
    )
}

function addOperatingCommands(program: Command, options: ProgramOptions): void {
  const { readConfig } = options
  withUrl(program.command('doctor'))
    .description('examine clock, disk, keys, database, the way to WhatsApp and to callbacks')
    .option('--json', 'print one line of JSON')
    .action((given: { url?: string; json?: boolean }) => {
      const config = readConfig()
      return doctor({ ...options, config, gatewayUrl: () => addressOf(config, given.url) }, given)
    })
  withUrl(program.command('backup'))
    .description('write everything, sealed under a passphrase, to a file; also while it runs')
    .argument('<file>', 'the file to make')
    .action((file: string, { url }: { url?: string }) => {
      const config = readConfig()
      return backup({ ...options, config }, file, () => addressOf(config, url))
    })
  program
    .command('restore')
    .description('bring a backup back; the gateway must not run')
    .argument('<file>', 'the file that backup made')
    .option('--force', 'replace a database that holds instances')
    .option(
      '--unchanged-since',
      'no gateway has run since the backup was made: keep its queue and its sessions',
    )
    .action((file: string, wish: RestoreWish) =>
      restore({ ...options, config: readConfig() }, file, wish),
    )
}

function addAdministratorCommand(
  program: Command,
  { readConfig, print, clock }: ProgramOptions,
  connect: (given: { url?: string }) => GatewayClient,
): void {
  const administrator = program
    .command('administrator')
    .description('who may use the console at /console')
  withUrl(administrator.command('reset'))
    .description('the password is lost: remove the administrator, so that a set-up code makes one')
    .requiredOption('--yes', 'really: the second factor goes too, and every login ends')
    .action((given: { url?: string }) =>
      resetAdministrator({
        config: readConfig(),
        connect: () => connect(given),
        print,
        now: clock.now(),
      }),
    )
}

function withUrl(command: Command): Command {
  return command.option(
    '--url <url>',
    'the gateway to talk to (default: the one on this machine, by RECADO_HOST and RECADO_PORT)',
  )
}

function clientOf(config: Config, url: string | undefined): GatewayClient {
  const { clientToken, partnerToken, dataDir, masterKey } = config
  return new GatewayClient({
    url: addressOf(config, url),
    clientToken,
    partnerToken,
    operatorToken: async () => {
      // Loaded here: the other commands need nothing of the database.
      const { findOperatorToken } = await import('../operating/operator-token.js')
      return findOperatorToken({ configured: masterKey?.reveal(), dataDir })
    },
  })
}

function addressOf(config: Config, url: string | undefined): string {
  // Not RECADO_PUBLIC_URL: the proxy there keeps the operator's calls inside.
  if (url !== undefined) {
    if (!/^https?:/u.test(url) || !URL.canParse(url))
      throw new CommandError('--url must be a complete address such as http://127.0.0.1:8080.')
    return url.replace(/\/+$/u, '')
  }
  if (config.port === 0)
    throw new CommandError('RECADO_PORT is 0, so the address is not known. Name it with --url.')
  return `http://${reachable(config.host)}:${config.port}`
}

/** An address to listen on everywhere is none to call. */
function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
