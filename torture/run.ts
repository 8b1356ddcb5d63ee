/** One world from its first death to its verdict. */

import { setTimeout as delay } from 'node:timers/promises'
import { Bans } from './bans.js'
import { Callers } from './callers.js'
import type { Lives, Random } from './deaths.js'
import { Kills } from './kills.js'
import { Ledger } from './ledger.js'
import type { MortalPostgres } from './store.js'
import type { PhoneMessage } from '@recado/simulator'
import { isClean, judge, type Seen, type Verdict } from './verdict.js'
import type { World } from './world.js'

export interface RunOptions {
  readonly world: World
  readonly server: MortalPostgres | undefined
  /** At least so many. */
  readonly kills: number
  /** At least so many messages. */
  readonly accepts: number
  readonly hasTime: () => boolean
  readonly lives: Lives
  readonly random: Random
  /** Called after each death, with how many messages were accepted since the last one. */
  readonly onKill: (accepted: number) => void
}

export interface Outcome {
  readonly verdict: Verdict
  readonly byKind: ReadonlyMap<string, number>
  readonly repeats: number
  /** How often WhatsApp banned a member of the pool. */
  readonly bans: number
  /** Of the database, and of what went on while the gateways died. */
  readonly complaints: readonly string[]
  /** Messages that a phone could not decrypt. */
  readonly unreadable: number
}

/** How long what is in flight at the end may take, in milliseconds. Longer than any code lives. */
const settleMs = 150_000
const lookAgainMs = 100
/** How much of what a life takes may be accepted and not yet told to be sent or failed. */
const inLineALife = 0.5
const leastInLine = 24

export async function torture(options: RunOptions): Promise<Outcome> {
  const { world, lives, random } = options
  const ledger = new Ledger(world.receiver)
  let counted = 0
  const killing: Kills = new Kills({
    ...options,
    hasEnough: () => callers.accepted.length >= options.accepts,
    onKill: () => {
      options.onKill(callers.accepted.length - counted)
      counted = callers.accepted.length
    },
  })
  const mostInLine = Math.max(leastInLine, lives.accepts * inLineALife)
  const callers: Callers = new Callers({
    url: () => world.url,
    clientToken: world.clientToken,
    instances: world.senders,
    people: world.people.map(({ phone }) => phone.phone),
    filesUrl: world.files.url,
    random,
    atOnce: Math.max(4, Math.ceil(lives.accepts / 8)),
    mayCall: () => callers.accepted.length - ledger.ended < mostInLine,
    onAccepted: () => killing.accepted(),
  })
  const bans = world.hasPool ? new Bans(world) : undefined
  await killing.run()
  const last = await world.startGateway()
  await callers.finish()
  await bans?.finish()
  const verdict = await settled(world, callers, ledger)
  await last[Symbol.asyncDispose]()
  return {
    verdict,
    byKind: killing.byKind,
    repeats: callers.repeats,
    bans: bans?.count ?? 0,
    complaints: [...killing.complaints, ...(await world.store.complaints())],
    unreadable: world.people.flatMap(({ phone }) => phone.waitingFor).length,
  }
}

/** When everything is as it should be, or could not become so any more. */
export async function settled(world: World, callers: Callers, ledger: Ledger): Promise<Verdict> {
  const deadline = Date.now() + settleMs
  for (;;) {
    const verdict = judge(callers.accepted, seenIn(world, ledger))
    if (isClean(verdict) || Date.now() > deadline) return verdict
    await delay(lookAgainMs + callers.accepted.length / 10)
  }
}

function seenIn({ people }: World, ledger: Ledger): Seen {
  return {
    phones: new Map(
      people.map(({ phone }) => [
        phone.phone,
        phone.messages.map((message) => ({
          text: message.text,
          at: message.at,
          sha256: fileOf(message)?.sha256,
        })),
      ]),
    ),
    companions: new Map(people.map(({ phone, companion }) => [phone.phone, companion.texts()])),
    callbacks: ledger.read(),
  }
}

/** What became of the file of a message on the phone. */
function fileOf({
  view,
  files,
}: PhoneMessage): { readonly sha256?: string | undefined } | undefined {
  const media = view.parts.find((part) => part.type === 'media')
  return media?.type === 'media' ? files.get(media.file) : undefined
}
