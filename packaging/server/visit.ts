/** The steps of the page, and what has to be true after each. */

import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { startSimulator } from '@recado/simulator'
import { GatewayClient } from '../../sandbox/src/gateway-client.js'
import { pair, setupCodeIn } from '../../sandbox/src/sandbox.js'
import type { Machine } from './machine.js'
import { forServer, type Server, type Step } from './page.js'
import { type Address, post, Sender } from './sender.js'

const inside = 'http://127.0.0.1:8080'
const senderPhone = '5511988880001'
const recipientPhone = '5511999990002'
const readyWithinMs = 60_000

export interface Walk {
  readonly machine: Machine
  readonly server: Server
  readonly steps: readonly Step[]
  readonly say: (text: string) => void
}

/** Throws at the first step that does not do what the page says. */
export async function walk({ machine, server, steps, say }: Walk): Promise<void> {
  const [install, tls, backup, upgrade, back] = steps.map((step) => forServer(step, server))
  if (!install || !tls || !backup || !upgrade || !back) throw new Error('the page has other steps')
  const program = async () => (await machine.run('/opt/recado/bin/recado --version')).trim()

  const shown = await machine.run(install)
  const clientToken = tokenIn(shown, 'CLIENT')
  const partnerToken = tokenIn(shown, 'PARTNER')
  const setupCode = setupCodeIn(shown.split('\n'))
  if (setupCode === undefined) throw new Error(`no set-up code is shown:\n${shown}`)
  await untilReady()
  expect(await program(), server.before)
  say(`installed ${server.before}: its first output has both tokens and the set-up code`)

  await machine.run(tls)
  const address = await untilTls(machine, server.name)
  await setUp(address, setupCode)
  say(`https://${server.name}/console has its administrator`)

  await using simulator = await startSimulator()
  // The one thing that the page does not have: another WhatsApp, and no pauses between messages.
  appendFileSync(
    join(machine.folder, 'etc/recado/recado.env'),
    `RECADO_WHATSAPP_URL=${simulator.url}\nRECADO_WHATSAPP_ROOT_KEY=${simulator.rootKey}\nRECADO_PACING_MIN_MS=0\nRECADO_PACING_MAX_MS=0\nRECADO_CODES_PER_10_MINUTES=0\nRECADO_CODES_PER_DAY=0\n`,
  )
  await machine.run('systemctl restart recado')
  await untilReady()
  const phone = await simulator.addPhone({ phone: senderPhone, name: 'Loja Exemplo' })
  const recipient = await simulator.addPhone({ phone: recipientPhone, name: 'Maria' })
  const client = new GatewayClient(inside, clientToken, partnerToken)
  const instance = await client.createInstance('first')
  await pair(client, instance, phone)
  const sender = new Sender(address, { ...instance, clientToken }, recipientPhone, recipient)
  await sender.send()
  await sender.everyCodeArrived()
  say('linked; a code sent by https is on the phone')

  const listed = await machine.run(backup)
  if (!/\b\w+\.backup\b/u.test(listed)) throw new Error(`no backup is listed:\n${listed}`)
  await machine.run('systemctl is-active recado-backup.timer')
  say('a backup is there, and its timer runs')

  const report = async (what: string) =>
    say(
      `${what}; ${await sender.everyCodeArrived()} codes accepted so far, each is on the phone once`,
    )
  await sender.sendDuring(async () => {
    await machine.restart('systemctl reboot')
    await untilWorking(sender)
  })
  await machine.run('systemctl is-active recado caddy')
  await report('restarted')

  await sender.sendDuring(async () => {
    await machine.run(upgrade)
    await untilWorking(sender)
  })
  expect(await program(), server.after)
  await report(`upgraded to ${server.after}`)

  await machine.run(back)
  await untilWorking(sender)
  expect(await program(), server.before)
  await sender.send()
  await report(`taken back to ${server.before}`)
}

function tokenIn(output: string, kind: string): string {
  const token = new RegExp(`RECADO_${kind}_TOKEN=(\\S+)`, 'u').exec(output)?.[1]
  if (token === undefined) throw new Error(`no ${kind} token is shown:\n${output}`)
  return token
}

async function untilReady(): Promise<void> {
  await until('the gateway is ready', async () => (await fetch(`${inside}/health/ready`)).ok)
}

/** Resolves once it takes a code again, through the proxy. */
async function untilWorking(sender: Sender): Promise<void> {
  await until('a code is accepted', async () => {
    await sender.send()
    return true
  })
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + readyWithinMs
  for (;;) {
    let cause: unknown
    try {
      if (await holds()) return
    } catch (error) {
      cause = error
    }
    if (Date.now() > deadline) throw new Error(`not true in time: ${what}`, { cause })
    await delay(100)
  }
}

/** Caddy makes the certificate of such a name itself; that of a real one comes from Let's Encrypt. */
async function untilTls(machine: Machine, name: string): Promise<Address> {
  const place = 'var/lib/caddy/.local/share/caddy/pki/authorities/local/root.crt'
  const address = { name, authority: join(machine.folder, place) }
  await until('TLS answers', async () => (await post(address, '/x', {}, {})).status === 404)
  return address
}

async function setUp(address: Address, setupCode: string): Promise<void> {
  const login = { name: 'admin', password: 'a-password-of-the-walk', setupCode }
  const headers = { 'x-recado-console': '1' }
  const answer = await post(address, '/console/api/set-up', login, headers)
  if (answer.status >= 300) throw new Error(`set-up answered ${answer.status}: ${answer.text}`)
}

function expect(found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`expected ${wanted}, found ${found}`)
}
