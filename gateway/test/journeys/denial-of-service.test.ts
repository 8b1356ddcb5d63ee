/**
 * What a stranger or a neighbour sends to stop the gateway, and what that costs the others: the CPU that
 * each call takes, the memory, and how long a probe waits beside it, against an idle gateway.
 *
 * A call that takes less than 50 ms of CPU in all cannot hold the event loop for longer. The CPU tells
 * the same on a machine that is busy otherwise; waiting times do not, so they are judged as ratios.
 */

import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cpuMsOf } from '../../../bench/process-cpu.js'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { Journey } from '../support/journey.js'
import { Probe, type Probed } from '../support/probe.js'

const mib = 1_048_576
const mostCpuMs = 50
/** The test itself is busy with sending, and other programs may be. Parsing these bodies in one piece made it 8,000. */
const mostRatio = 200

let journey: Journey
let instance: SandboxInstance
let probe: Probe
let idle: Probed

beforeAll(async () => {
  journey = await Journey.start({
    settings: {
      NODE_OPTIONS: '--max-old-space-size=512',
      RECADO_MAX_CONNECTIONS_PER_ADDRESS: '300',
    },
  })
  instance = await journey.newInstance()
  // From another address than the attacks.
  probe = new Probe(journey.gateway.url, '127.0.0.9')
  await probe.during(async () => {}, 1_000)
  idle = await probe.during(async () => {}, 1_000)
})

afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  probe[Symbol.dispose]()
  await journey[Symbol.asyncDispose]()
})

const sockets = new Set<Socket>()

function open(): Socket {
  const socket = connect(Number(new URL(journey.gateway.url).port), '127.0.0.1')
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
  socket.on('error', () => undefined)
  return socket.resume()
}

function head(path: string, bytes: number, headers: string): string {
  return (
    `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${bytes}\r\n${headers}\r\n`
  )
}

/** The status of a call, whose body is sent whatever is answered meanwhile. */
async function statusOf(path: string, body: Buffer, headers: string): Promise<string> {
  const socket = open()
  const answered = once(socket, 'data')
  socket.write(head(path, body.length, headers))
  await new Promise((sent) => socket.write(body, sent))
  const [answer] = (await answered) as [Buffer]
  socket.destroy()
  return answer.toString().slice('HTTP/1.1 '.length, 'HTTP/1.1 413'.length)
}

/** The statuses of so many calls at once, and the CPU that each took of the gateway. */
async function attack(count: number, path: string, body: Buffer, headers: string) {
  const before = cpuMsOf(journey.gateway.pid)
  const calls = Array.from({ length: count }, () => statusOf(path, body, headers))
  const statuses = new Set(await Promise.all(calls))
  return { statuses, cpuMsOfEach: (cpuMsOf(journey.gateway.pid) - before) / count }
}

/** What the process has taken at the most so far. */
async function mostMemory(): Promise<number> {
  const text = await readFile(`/proc/${journey.gateway.pid}/status`, 'utf8')
  return Number(/^VmHWM:\s+(\d+) kB$/mu.exec(text)?.[1]) * 1_024
}

test('logins of a stranger with huge bodies delay no other call and take no memory', async () => {
  const before = await mostMemory()
  const body = Buffer.from(`{"name":"root","password":"x"${',"k":[]'.repeat(700_000)}}`)
  const own = 'x-recado-console: 1\r\n'
  const probed = await probe.during(async () => {
    const { statuses, cpuMsOfEach } = await attack(40, '/console/api/log-in', body, own)
    expect(statuses).toEqual(new Set(['413']))
    expect(cpuMsOfEach).toBeLessThan(mostCpuMs)
    for (let count = 0; count < 120; count += 1)
      open().write(`${head('/console/api/log-in', 7.9 * mib, own)}{"name":"${'x'.repeat(60_000)}`)
  })
  expect(probed.median).toBeLessThan(mostRatio * idle.median)
  expect((await mostMemory()) - before).toBeLessThan(100 * mib)
})

test('sends of a tenant with a flood of attributes hold no other tenant up', async () => {
  const before = await mostMemory()
  const path = `/instances/${instance.id}/token/${instance.token}/send-button-otp`
  const client = `client-token: ${journey.clientToken}\r\n`
  const unknown = Array.from({ length: 560_000 }, (_, index) => `"k${index}":1`).join(',')
  const body = Buffer.from(`{"phone":"5511999990001","message":"x","code":"1",${unknown}}`)
  const probed = await probe.during(async () => {
    const { statuses, cpuMsOfEach } = await attack(10, path, body, client)
    for (const status of statuses) expect(['413', '429']).toContain(status)
    expect(cpuMsOfEach).toBeLessThan(mostCpuMs)
  })
  expect(probed.median).toBeLessThan(mostRatio * idle.median)
  expect((await mostMemory()) - before).toBeLessThan(150 * mib)
})

test('one address that opens all connections it can keeps no other address out', async () => {
  await probe.during(async () => {
    // An answer to a later connection says that the earlier ones were accepted. More than the backlog
    // at once would leave some half open, until the kernel tries again after up to 31 seconds.
    for (let opened = 0; opened < 2_000; opened += 200) {
      const some = Array.from({ length: 200 }, open)
      await Promise.all(
        some.map((socket) => Promise.race([once(socket, 'connect'), once(socket, 'close')])),
      )
      const later = new Probe(journey.gateway.url, '127.0.0.10')
      await later.during(async () => {}, 1)
      later[Symbol.dispose]()
    }
    // Long before the time-out of a head that does not come, 20 s.
    await expect.poll(() => sockets.size, { timeout: 15_000 }).toBeLessThanOrEqual(300)
  })
  const neighbour = new Probe(journey.gateway.url, '127.0.0.10')
  expect((await neighbour.during(async () => {}, 50)).count).toBeGreaterThanOrEqual(50)
  neighbour[Symbol.dispose]()
})
