/** What README.md, docs/api.md and docs/what-recado-adds.md show can be pasted, and answers as they say. */

import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { pair } from '../../../sandbox/src/sandbox.js'
import type { OpenApiDocument } from '../../src/http/api-document.js'
import { Journey } from '../support/journey.js'
import { blocksOf, type CurlExample, curlExamplesOf } from '../support/markdown.js'

let journey: Journey
let instance: SandboxInstance
let newInstance: SandboxInstance
let waitingZaapId: string
let directory: string

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'recado-documents-'))
  journey = await Journey.start()
  const paired = await journey.pairedInstance({ business: true })
  instance = paired.instance
  newInstance = await journey.newInstance()
  const waits = { phone: '5511999990002', message: 'Código 123456', code: '123456' }
  waitingZaapId = (await journey.sendOtp(newInstance, waits)).zaapId
  const person = await journey.newPhone({ phone: '5511999990002' })
  await journey.sendOtp(instance, { phone: person.phone, message: 'Oi', code: 1 })
  await person.send(paired.phone.phone, 'Oi')
})

afterAll(async () => {
  await journey[Symbol.asyncDispose]()
  await rm(directory, { recursive: true, force: true })
})

/** Where the documents name a place that only their reader has, as they name it. */
function placed(script: string): string {
  return script
    .replaceAll('http://127.0.0.1:8080', journey.gateway.url)
    .replaceAll('https://example.com/whatsapp', journey.callbacks.url)
}

/** Pastes the example into a bash in which the variables are set that the documents tell to set. */
async function run({ script }: CurlExample): Promise<{ status: number; answer: object }> {
  const answerFile = join(directory, 'answer.json')
  const curl = `curl() { command curl -sS -o '${answerFile}' -w '%{http_code}' "$@"; }\n`
  const { stdout } = await promisify(execFile)('bash', ['-euc', curl + placed(script)], {
    env: {
      PATH: process.env['PATH'] ?? '',
      URL: journey.gateway.url,
      ID: instance.id,
      TOKEN: instance.token,
      NEW_ID: newInstance.id,
      NEW_TOKEN: newInstance.token,
      ZAAP_ID: waitingZaapId,
      RECADO_CLIENT_TOKEN: journey.clientToken,
      RECADO_PARTNER_TOKEN: journey.partnerToken,
    },
  })
  return { status: Number(stdout), answer: JSON.parse(await readFile(answerFile, 'utf8')) }
}

/** The same keys, in the same order, each with the same type of value. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf)
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : typeof value
  return Object.entries(value).map(([key, inner]) => [key, shapeOf(inner)])
}

describe('the curl examples', () => {
  test.each([
    ['README.md', 1],
    ['docs/what-recado-adds.md', 12],
    // The last: it disconnects the instance.
    ['docs/api.md', 13],
  ] as const)('of %s answer as it says', async (path, atLeast) => {
    const examples = await curlExamplesOf(path)
    expect(examples.length).toBeGreaterThanOrEqual(atLeast)
    for (const example of examples) {
      const { script, status, answer } = example
      const given = await run(example)
      expect({ script, status: given.status, answer: shapeOf(given.answer) }).toEqual({
        script,
        status,
        answer: shapeOf(answer),
      })
    }
  })
})

test('the page at /docs shows what docs/openapi.json has', async () => {
  const page = await fetch(`${journey.gateway.url}/docs`)
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
  const served = (await (await fetch(`${journey.gateway.url}/docs/json`)).json()) as OpenApiDocument
  const root = new URL('../../../', import.meta.url)
  const file = await readFile(new URL('docs/openapi.json', root), 'utf8')
  const written = JSON.parse(file) as OpenApiDocument
  expect(Object.keys(served.paths).toSorted()).toEqual(Object.keys(written.paths).toSorted())
  // The file names the schemas that the page has in place.
  const { schemas, ...others } = written.components
  expect(served.components).toMatchObject(others)
  expect(Object.keys(schemas ?? {})).toContain('SendButtonOtpRequest')
})

// After the examples, the last of which disconnects the instance.
test('the callbacks have the keys that docs/api.md shows', async () => {
  const blocks = await blocksOf('docs/api.md')
  const shown = blocks
    .filter(({ info }) => info === 'json callback')
    .map(({ text }) => JSON.parse(text) as Record<string, unknown>)
  expect(shown.length).toBe(6)
  for (const body of shown) {
    const received = await journey.callbacks.next(
      ({ body: { type, status } }) => type === body['type'] && status === body['status'],
    )
    expect(shapeOf(received.body)).toEqual(shapeOf(body))
  }
})

test('the receiver of docs/api.md takes what we signed and nothing else', async () => {
  const program = (await blocksOf('docs/api.md')).find(({ info }) => info === 'js')?.text ?? ''
  expect(program.trim().split('\n').length).toBeLessThanOrEqual(20)
  await writeFile(join(directory, 'receiver.mjs'), program)
  const signed = await journey.client.createInstance('signed')
  const { webhookSecret } = signed as unknown as { webhookSecret: string }
  const receiver = spawn(process.execPath, [join(directory, 'receiver.mjs')], {
    env: { WEBHOOK_SECRET: webhookSecret, PORT: '0' },
  })
  onTestFinished(() => void receiver.kill())
  const port = (await lineOf(receiver, /listening on/u)).split(' ').at(-1)
  const url = `http://127.0.0.1:${port}/`

  const printed = lineOf(receiver, /'ConnectedCallback'/u)
  await journey.client.onInstance(signed, 'PUT', 'update-webhook-connected', { value: url })
  await pair(journey.client, signed, await journey.newPhone())
  await printed

  const body = '{"type":"ConnectedCallback"}'
  const secret = Buffer.from(webhookSecret.replace('whsec_', ''), 'base64')
  const post = async (at: number, key: Buffer): Promise<number> => {
    const signature = createHmac('sha256', key).update(`1.${at}.${body}`).digest('base64')
    const headers = {
      'webhook-id': '1',
      'webhook-timestamp': String(at),
      'webhook-signature': `v1,${signature}`,
    }
    return (await fetch(url, { method: 'POST', body, headers })).status
  }
  const now = Math.floor(Date.now() / 1_000)
  expect(await post(now, secret)).toBe(200)
  expect(await post(now, Buffer.from('another secret'))).toBe(401)
  expect(await post(now - 301, secret)).toBe(401)
  expect((await fetch(url, { method: 'POST', body })).status).toBe(401)
})

/** The first line of standard output that matches, or a rejection when the program ends without it. */
function lineOf(program: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    if (program.stdout === null) throw new Error('the output of the program is not piped')
    const lines = createInterface({ input: program.stdout })
    lines.on('line', (line) => {
      if (pattern.test(line)) resolve(line)
    })
    program.once('exit', () => reject(new Error('the program ended')))
  })
}
