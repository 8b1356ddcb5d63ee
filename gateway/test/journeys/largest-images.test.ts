/** What images of the largest size cost the others, from the call to the phone. */

import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { expect, inject, onTestFinished, test } from 'vitest'
import { temporaryPostgres } from '../support/databases.js'
import { Journey, shown } from '../support/journey.js'
import { Probe } from '../support/probe.js'

const mostTurnMs = 50
/** On a machine that takes long for the bare copies alone: so many times those. */
const mostBareRatio = 6
/** The test itself is busy with sending and showing, and other programs may be. */
const mostRatio = 200
const longestTurnFile = join(tmpdir(), `recado-longest-turn-${process.pid}`)

/** @param settings of the database */
async function startJourney(settings: Readonly<Record<string, string>>): Promise<Journey> {
  const journey = await Journey.start({
    program: inject('measuredProgram'),
    settings: { LONGEST_TURN_FILE: longestTurnFile, ...settings },
  })
  onTestFinished(async () => {
    await rm(longestTurnFile, { force: true })
    await journey[Symbol.asyncDispose]()
  })
  return journey
}

/** An image that does not get smaller by packing: 4.99 MB. */
async function largestImage(): Promise<string> {
  const side = 1_289
  const raw = { width: side, height: side, channels: 3 } as const
  const png = sharp(randomBytes(side * side * 3), { raw }).png({ compressionLevel: 0 })
  return (await png.toBuffer()).toString('base64')
}

/** Both in milliseconds of the CPU: see `measured-gateway.ts`. */
async function turnsDuring(journey: Journey, work: () => Promise<unknown>) {
  process.kill(journey.gateway.pid, 'SIGUSR2')
  await work()
  process.kill(journey.gateway.pid, 'SIGUSR2')
  await expect.poll(() => existsSync(longestTurnFile)).toBe(true)
  const [longestMs = NaN, bareMs = NaN] = (await readFile(longestTurnFile, 'utf8'))
    .split(' ')
    .map(Number)
  return { longestMs, bareMs }
}

test.each([
  ['SQLite', async () => ({})],
  ['PostgreSQL', async () => ({ RECADO_DATABASE_URL: await temporaryPostgres() })],
])(
  'images of the largest size arrive, and no step of them holds the event loop for 50 ms, or for six bare copies on a slow machine (%s)',
  async (_, settings) => {
    const journey = await startJourney(await settings())
    const { instance } = await journey.pairedInstance()
    const person = await journey.newPhone()
    const image = await largestImage()
    const send = async () => {
      const message = { phone: person.phone, message: 'x', code: journey.newCode(), image }
      const { messageId } = await journey.sendOtp(instance, message)
      expect((await shown(person, messageId)).image).toMatchObject({ fetched: true })
    }
    using probe = new Probe(journey.gateway.url, '127.0.0.9')
    // What the first calls run is compiled meanwhile.
    for (let count = 0; count < 3; count += 1) await send()
    const idle = await probe.during(async () => {}, 300)
    const probed = await probe.during(send)
    expect(probed.median).toBeLessThan(mostRatio * idle.median)
    const { longestMs, bareMs } = await turnsDuring(journey, async () => {
      for (let count = 0; count < 3; count += 1) await send()
    })
    expect(longestMs).toBeGreaterThan(1)
    expect(longestMs).toBeLessThan(Math.max(mostTurnMs, mostBareRatio * bareMs))
  },
)
