/**
 * (b) Messages a second and CPU a message, from the POST to WhatsApp, with pacing off.
 *
 * The bare loop does what a script with Baileys does: one message, its ack, the next.
 */

import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import { type Burst, type BurstKind, ImageFiles } from './burst.js'
import { addPeople } from './people.js'
import { cpuMsOf } from './process-cpu.js'
import { barePhone, gatewayPhone, Stage } from './stage.js'
import { type Comparison, tableOf } from './table.js'

export interface SendCase {
  readonly name: string
  /** `code` if unset. */
  readonly kind?: BurstKind
  /** To a group with so many members besides the sender. */
  readonly members?: number
  readonly strangers: boolean
  readonly devices: number
  readonly roundTripMs: number
  readonly messages: number
  readonly rateGoal?: number
  readonly cpuGoal?: number
}

/** With the sender the group has 200. */
const groupMembers = 199

const cases: readonly SendCase[] = [
  {
    name: 'strangers, 50 ms',
    strangers: true,
    devices: 1,
    roundTripMs: 50,
    // The first ones wait for three round trips: less of it counts the longer it goes on.
    messages: 200,
    rateGoal: 10,
  },
  {
    name: 'strangers, loopback',
    strangers: true,
    devices: 1,
    roundTripMs: 0,
    messages: 100,
    cpuGoal: 0.5,
  },
  {
    name: 'strangers, 3 devices, 50 ms',
    strangers: true,
    devices: 3,
    roundTripMs: 50,
    messages: 60,
  },
  {
    name: 'strangers, 3 devices, loopback',
    strangers: true,
    devices: 3,
    roundTripMs: 0,
    messages: 60,
  },
  {
    name: 'warm, loopback',
    strangers: false,
    devices: 1,
    roundTripMs: 0,
    messages: 300,
    rateGoal: 0.9,
  },
  {
    name: 'warm, 50 ms',
    strangers: false,
    devices: 1,
    roundTripMs: 50,
    messages: 100,
    rateGoal: 0.9,
  },
  {
    name: 'warm, 3 devices, loopback',
    strangers: false,
    devices: 3,
    roundTripMs: 0,
    messages: 200,
    rateGoal: 0.9,
  },
  {
    name: 'text, warm, loopback',
    kind: 'text',
    strangers: false,
    devices: 1,
    roundTripMs: 0,
    messages: 300,
  },
  {
    name: 'text, warm, 50 ms',
    kind: 'text',
    strangers: false,
    devices: 1,
    roundTripMs: 50,
    messages: 100,
  },
  {
    name: 'image, warm, loopback',
    kind: 'image',
    strangers: false,
    devices: 1,
    roundTripMs: 0,
    messages: 60,
  },
  {
    name: 'image, warm, 50 ms',
    kind: 'image',
    strangers: false,
    devices: 1,
    roundTripMs: 50,
    messages: 60,
  },
  {
    name: 'text to a group of 200, its first',
    kind: 'text',
    members: groupMembers,
    strangers: true,
    devices: 1,
    roundTripMs: 0,
    messages: 1,
  },
  {
    name: 'text to a group of 200, warm, loopback',
    kind: 'text',
    members: groupMembers,
    strangers: false,
    devices: 1,
    roundTripMs: 0,
    messages: 40,
  },
  {
    name: 'text to a group of 200, warm, 50 ms',
    kind: 'text',
    members: groupMembers,
    strangers: false,
    devices: 1,
    roundTripMs: 50,
    messages: 40,
  },
]
/** Over which the messages to people who are known already are spread. */
const knownPeople = 20
/** Acks, receipts and what follows from them. */
const settleMs = 400

export async function measureSends({
  runs,
  only,
  profile,
}: {
  runs: number
  only: string
  profile: string
}): Promise<readonly Comparison[]> {
  await using stage = await Stage.open(profile)
  const found: Comparison[] = []
  // What is compiled and cached on the way of a first message is not what we ask about.
  await interleaved(stage, { ...warmUp, strangers: true }, 1)
  for (const each of cases) {
    if (!each.name.includes(only)) continue
    if (profile !== '') stage.gateway.kill('SIGUSR2')
    const compared = await compare(stage, each, runs)
    found.push(...compared)
    // A run takes minutes: what is there already should not be lost with it.
    process.stderr.write(`${tableOf(compared)}\n`)
    if (profile !== '') stage.gateway.kill('SIGUSR2')
  }
  return found
}

const warmUp = { name: 'warm-up', devices: 1, roundTripMs: 0, messages: 60 }

async function compare(stage: Stage, what: SendCase, runs: number): Promise<readonly Comparison[]> {
  const { ours, bare } = await interleaved(stage, what, runs)
  const rate = ({ ms }: Run): number => (what.messages * 1_000) / ms
  const cpu = ({ cpuMs }: Run): number => cpuMs / what.messages
  return [
    {
      name: `send, ${what.name}`,
      unit: 'messages/s',
      ours: ours.map(rate),
      bare: bare.map(rate),
      ...(what.rateGoal === undefined ? {} : { goal: { better: 'more', ratio: what.rateGoal } }),
    },
    {
      name: `CPU of it`,
      unit: 'ms a message',
      ours: ours.map(cpu),
      bare: bare.map(cpu),
      ...(what.cpuGoal === undefined ? {} : { goal: { better: 'less', ratio: what.cpuGoal } }),
    },
  ]
}

interface Run {
  readonly ms: number
  readonly cpuMs: number
}

async function interleaved(
  stage: Stage,
  what: SendCase,
  runs: number,
): Promise<{ readonly ours: readonly Run[]; readonly bare: readonly Run[] }> {
  const { kind = 'code', strangers, roundTripMs, messages } = what
  const ours: Run[] = []
  const bare: Run[] = []
  await using files = await ImageFiles.open()
  const known = strangers ? undefined : await chatsFor(stage, what, knownPeople)
  stage.proxy.oneWayMs = 0
  if (known !== undefined) {
    const images = kind === 'image' ? await files.make(1) : []
    await stage.sendThroughBare({ kind, images, chats: known.bare })
    await stage.sendThroughGateway({ kind, images, chats: known.ours })
  }
  for (let run = 0; run < runs; run += 1) {
    stage.proxy.oneWayMs = 0
    const chats = known ?? (await chatsFor(stage, what, messages))
    const images = kind === 'image' ? await files.make(messages) : []
    const burst = (of: readonly string[]): Burst => ({ kind, images, chats: inTurn(of, messages) })
    const measureOurs = async (): Promise<void> => {
      const work = () => stage.sendThroughGateway(burst(chats.ours))
      ours.push(await measured(stage.gateway.pid, work))
    }
    const measureBare = async (): Promise<void> => {
      const work = () => stage.sendThroughBare(burst(chats.bare))
      bare.push(await measured(stage.bare.pid, work))
    }
    stage.proxy.oneWayMs = roundTripMs / 2
    // The second one finds the machine in another state, so they take turns.
    for (const measure of run % 2 === 0 ? [measureBare, measureOurs] : [measureOurs, measureBare])
      await measure()
  }
  stage.proxy.oneWayMs = 0
  return { ours, bare }
}

async function measured(pid: number, work: () => Promise<void>): Promise<Run> {
  await delay(settleMs)
  const cpuBefore = cpuMsOf(pid)
  const startedAt = performance.now()
  await work()
  const ms = performance.now() - startedAt
  await delay(settleMs)
  return { ms, cpuMs: cpuMsOf(pid) - cpuBefore }
}

interface Chats {
  readonly ours: readonly string[]
  readonly bare: readonly string[]
}

/** People, the same for both sides; or a group of each side, whose members are the same. */
async function chatsFor(stage: Stage, what: SendCase, people: number): Promise<Chats> {
  const { members, devices } = what
  const found = await addPeople(stage.simulator, members ?? people, devices)
  const numbers = found.map(({ phone }) => phone)
  if (members === undefined) return { ours: numbers, bare: numbers }
  // Two hundred phones that decrypt would take the cores from what is measured.
  for (const person of found) person.goOffline()
  const groupOf = (own: string): string =>
    stage.simulator.addGroup({ subject: 'Bench', members: [own, ...numbers] }).id
  return { ours: [groupOf(gatewayPhone)], bare: [groupOf(barePhone)] }
}

function inTurn(chats: readonly string[], count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => chats[index % chats.length] ?? '')
}
