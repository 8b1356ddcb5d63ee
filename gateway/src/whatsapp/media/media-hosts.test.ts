import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Agent, createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BinaryNode } from 'baileys'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { ManualClock } from '../../../test/support/manual-clock.js'
import { selfSignedCertificate } from '../../../test/support/certificate.js'
import { MediaHosts } from './media-hosts.js'

type Handler = (request: IncomingMessage, response: ServerResponse) => unknown

const file = randomBytes(3_000_000)
const sha256 = Buffer.from('a+b/c=').toString('base64')
const open: Server[] = []
let certificate: Awaited<ReturnType<typeof selfSignedCertificate>>
let agent: Agent
let folder: string
let path: string
/** How often WhatsApp was asked for its hosts; each answer has the next permission. */
let asked: number

beforeAll(async () => {
  certificate = await selfSignedCertificate()
  agent = new Agent({ ca: certificate.ca })
  folder = await mkdtemp(join(tmpdir(), 'recado-hosts-'))
  path = join(folder, 'file')
  await writeFile(path, file)
})

afterEach(() => {
  for (const server of open.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

afterAll(async () => {
  agent.destroy()
  await rm(folder, { recursive: true })
})

async function hostThat(handler: Handler): Promise<string> {
  const server = createServer(certificate, (...each) => void handler(...each)).listen(
    0,
    '127.0.0.1',
  )
  open.push(server)
  await once(server, 'listening')
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

const answering = (status: number, body: object, headers: Record<string, string> = {}): Handler =>
  function answer(request, response) {
    request.resume().on('end', () => response.writeHead(status, headers).end(JSON.stringify(body)))
  }
const taking = answering(200, { url: 'https://media/x', direct_path: '/x' })
const placed = { mediaUrl: 'https://media/x', directPath: '/x' }

function hostsAt(names: readonly string[], clock = new ManualClock(), closed?: AbortSignal) {
  asked = 0
  const query = async (): Promise<BinaryNode> => {
    asked += 1
    const hosts = names.map((hostname) => ({ tag: 'host', attrs: { hostname } }))
    const attrs = { auth: `permit ${asked}`, ttl: '60' }
    return { tag: 'iq', attrs: {}, content: [{ tag: 'media_conn', attrs, content: hosts }] }
  }
  const signal = closed ?? new AbortController().signal
  return new MediaHosts({ sock: { query }, agent, clock, closed: signal })
}

const uploadTo = (hosts: MediaHosts) =>
  hosts.upload(path, { mediaType: 'image', fileEncSha256B64: sha256 })

it('posts the whole file under its hash, with the permission', async () => {
  const heard: { url: string | undefined; length: string | undefined; isWhole: boolean }[] = []
  const host = await hostThat(async (request, response) => {
    const body = Buffer.concat(await request.toArray())
    heard.push({
      url: request.url,
      length: request.headers['content-length'],
      isWhole: body.equals(file),
    })
    response.end(JSON.stringify({ url: 'https://media/x', direct_path: '/x' }))
  })
  expect(await uploadTo(hostsAt([host]))).toEqual(placed)
  const name = sha256.replaceAll('=', '')
  const url = `/mms/image/${name}?auth=permit%201&token=${name}`
  expect(heard).toEqual([{ url, length: String(file.length), isWhole: true }])
})

it('goes on to the next host, whatever the one before answered', async () => {
  const closed = await hostThat(taking)
  open.pop()?.close()
  const [busy, refusing] = [await hostThat(answering(503, {})), await hostThat(answering(415, {}))]
  const hosts = hostsAt([closed, busy, refusing, await hostThat(taking)])
  expect(await uploadTo(hosts)).toEqual(placed)
})

it('names the refusal for good rather than the host that is away', async () => {
  const [refusing, busy] = [await hostThat(answering(413, {})), await hostThat(answering(503, {}))]
  const error = { name: 'FileRefusedError', status: 413 }
  await expect(uploadTo(hostsAt([refusing, busy]))).rejects.toMatchObject(error)
  await expect(uploadTo(hostsAt([busy, refusing]))).rejects.toMatchObject(error)
})

it('keeps the permission as long as it holds, and asks for another after a failure', async () => {
  let handler: Handler = taking
  const clock = new ManualClock()
  const hosts = hostsAt([await hostThat((...each) => handler(...each))], clock)
  await uploadTo(hosts)
  await uploadTo(hosts)
  expect(asked).toBe(1)
  await clock.advance(60_000)
  await uploadTo(hosts)
  expect(asked).toBe(2)
  handler = answering(500, {})
  await expect(uploadTo(hosts)).rejects.toMatchObject({ name: 'UploadError', code: 'HTTP_500' })
  handler = taking
  await uploadTo(hosts)
  expect(asked).toBe(3)
})

it('uploads with another permission once the first is refused', async () => {
  const host = await hostThat((request, response) => {
    const isOld = request.url?.includes('permit%201') === true
    ;(isOld ? answering(401, {}) : taking)(request, response)
  })
  expect(await uploadTo(hostsAt([host]))).toEqual(placed)
  expect(asked).toBe(2)
})

it('follows a redirect to another host, and no circle and nothing without TLS', async () => {
  const target = await hostThat(taking)
  const to = (location: string) => hostThat(answering(307, {}, { location }))
  expect(await uploadTo(hostsAt([await to(`https://${target}/x`)]))).toEqual(placed)
  for (const location of ['/again', `http://${target}/x`])
    await expect(uploadTo(hostsAt([await to(location)]))).rejects.toMatchObject({
      code: 'HTTP_307',
    })
})

it.each([
  ['says nothing of a place', answering(200, {}), 'HTTP_200'],
  ['answers without end', answering(200, { url: 'x'.repeat(70_000) }), 'ANSWER_TOO_LONG'],
  ['hangs up', (request: IncomingMessage) => void request.socket.destroy(), 'ECONNRESET'],
] as const)('tells of a host that %s', async (_, handler, code) => {
  const upload = uploadTo(hostsAt([await hostThat(handler)]))
  await expect(upload).rejects.toMatchObject({ name: 'UploadError', code })
})

it('says so where WhatsApp names no host', async () => {
  await expect(uploadTo(hostsAt([]))).rejects.toMatchObject({ code: 'NO_HOST' })
})

it('ends with the connection', async () => {
  const closing = new AbortController()
  const host = await hostThat(() => closing.abort())
  const upload = uploadTo(hostsAt([host], new ManualClock(), closing.signal))
  await expect(upload).rejects.toMatchObject({ name: 'UploadError', code: 'ABORT_ERR' })
})
