/**
 * `npm run n8n:real`: installs n8n in a temporary folder (3 GB, some minutes, once), puts the node in
 * and runs it against the sandbox: a workflow sends a code, and one that is started by a person's
 * message answers on the person's phone.
 */

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../sandbox/src/free-port.js'
import { type Sandbox, sandboxSettings, startSandbox } from '../../sandbox/src/sandbox.js'
import { nodeOf, run, workshop } from '../workshop.js'
import { answeringWorkflow, keyOf, sendingWorkflow } from './workflows.js'
import { benchForNode } from './bench.js'

const n8nVersion = '2.40.7'
const code = '271828'

const nodeFolder = nodeOf('24')
const withNode = {
  PATH: [join(nodeFolder, 'bin'), process.env['PATH'] ?? ''].join(delimiter),
  npm_config_nodedir: nodeFolder,
}
const n8nFolder = workshop('n8n', { n8n: n8nVersion }, (folder) => {
  run('npm', ['rebuild', 'sqlite3', 'isolated-vm'], folder, withNode)
})
const n8n = join(n8nFolder, 'node_modules/.bin/n8n')

const home = mkdtempSync(join(tmpdir(), 'recado-n8n-home-'))
process.on('exit', () => rmSync(home, { recursive: true, force: true }))
const port = await freePort()
const env = {
  ...withNode,
  HOME: home,
  N8N_USER_FOLDER: home,
  N8N_PORT: String(port),
  N8N_LISTEN_ADDRESS: '127.0.0.1',
  WEBHOOK_URL: `http://127.0.0.1:${port}/`,
  N8N_RUNNERS_ENABLED: 'false',
  N8N_DIAGNOSTICS_ENABLED: 'false',
  N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
  N8N_PERSONALIZATION_ENABLED: 'false',
}

installNode()
await main()
process.exit()

async function main(): Promise<void> {
  await using sandbox = await startSandbox({ port: 0, simulatorPort: 0, settings: sandboxSettings })
  importAll(sandbox)
  await execute(sandbox)
  await answer(sandbox)
}

function installNode(): void {
  const bench = benchForNode()
  bench.run('build')
  const nodes = join(home, '.n8n/nodes')
  const place = join(nodes, 'node_modules/n8n-nodes-recado')
  mkdirSync(place, { recursive: true })
  for (const part of ['dist', 'package.json'])
    cpSync(join(bench.folder, part), join(place, part), { recursive: true })
  const dependencies = { 'n8n-nodes-recado': '0.1.0' }
  writeFileSync(join(nodes, 'package.json'), JSON.stringify({ private: true, dependencies }))
}

function importAll(box: Sandbox): void {
  command('import:credentials', file('key.json', keyOf(box)))
  command('import:workflow', file('send.json', sendingWorkflow(box.recipient.phone, code)))
  command('import:workflow', file('answer.json', answeringWorkflow()))
}

function file(name: string, content: object): string {
  const path = join(home, name)
  writeFileSync(path, JSON.stringify([content]))
  return `--input=${path}`
}

async function execute({ recipient }: Sandbox): Promise<void> {
  command('execute', '--id=sending')
  const shown = await recipient.untilMessage((message) => message.text === `It is ${code}`)
  say(`n8n execute: the phone shows the code and the button ${JSON.stringify(shown.buttons)}`)
}

async function answer({
  recipient,
  instance,
  sender,
  gateway,
  clientToken,
}: Sandbox): Promise<void> {
  command('publish:workflow', '--id=answering')
  const server = spawn(n8n, ['start'], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(server, 'exit')
  try {
    const own = `${gateway.url}/instances/${instance.id}/token/${instance.token}`
    const told = async (): Promise<string> => {
      if (server.exitCode !== null) throw new Error('n8n ended')
      const me = await fetch(`${own}/me`, { headers: { 'client-token': clientToken } })
      const { receivedCallbackUrl } = (await me.json()) as { receivedCallbackUrl: string }
      return receivedCallbackUrl
    }
    while ((await told()) === '') await delay(200)
    const url = await told()
    const forged = await fetch(url, { method: 'POST', body: '{}' })
    if (forged.status !== 401) throw new Error(`a forged callback was answered ${forged.status}`)
    await recipient.send(sender.phone, 'Oi')
    await recipient.untilMessage((message) => /You said: Oi/u.test(message.text ?? ''))
    say('trigger: the answer of the workflow is on the phone; a forged callback got 401')
  } finally {
    server.kill('SIGTERM')
    await ended
  }
}

function command(...programArguments: readonly string[]): void {
  run(n8n, programArguments, home, env)
}

function say(text: string): void {
  process.stdout.write(`${text}\n`)
}
