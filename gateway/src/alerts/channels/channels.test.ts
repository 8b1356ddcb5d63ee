import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { channelPorts } from '../../../test/support/alert-stage.js'
import { EndpointServer } from '../../../test/support/endpoint-server.js'
import type { AlertNotice } from '../../domain/alert.js'
import type { InstanceId } from '../../domain/instance.js'
import { type AlertSettings, defaultAlertSettings, type EmailSettings } from '../alert-settings.js'
import { channelsOf } from './channels.js'

const { signal } = new AbortController()
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const instanceId = '3A5B7C9D1E2F3A4B' as InstanceId
const banned = {
  kind: 'number-banned',
  instanceId,
  instanceName: 'Loja <1> & Cia',
  reason: 'banned',
  since: 1_000,
} as const
const notice: AlertNotice = {
  id: 'n1',
  at: Date.UTC(2026, 0, 1),
  opened: [banned],
  repeated: [],
  recovered: [],
  isTest: false,
}
const tell = (settings: Partial<AlertSettings>, told = notice, networks?: readonly string[]) => {
  const ports = channelPorts({ now: () => Date.now() }, networks && [...networks])
  const [channel] = channelsOf({ ...defaultAlertSettings, ...settings }, ports).values()
  if (channel === undefined) throw new Error('no channel is set')
  return channel(told, signal)
}

test('Slack gets a text with its own marks escaped, Telegram one for its chat', async () => {
  await using service = await EndpointServer.start()
  expect(await tell({ slack: { url: service.url('/slack') } })).toBeUndefined()
  const telegram = { url: service.url('/bot123:abc/sendMessage'), chatId: '-100200' }
  expect(await tell({ language: 'pt', telegram })).toBeUndefined()
  const [slack, bot] = service.hits
  expect(slack?.body['text']).toBe(
    'Recado: Loja &lt;1&gt; &amp; Cia is blocked by WhatsApp\n• Loja &lt;1&gt; &amp; Cia is blocked by WhatsApp\n' +
      '  WhatsApp blocked this number. Open WhatsApp on the phone: it says why, and how to ask for a review. Do not pair the number again. Reconnect once WhatsApp works on the phone.',
  )
  expect(bot?.body).toMatchObject({ chat_id: '-100200' })
  expect(bot?.body['text']).toContain('Loja <1> & Cia foi bloqueado pelo WhatsApp')
})

test('a hundred alerts with long names fit into what Telegram takes', async () => {
  await using service = await EndpointServer.start()
  const opened = Array.from({ length: 100 }, (_, at) => ({
    ...banned,
    instanceName: `${at} ${'n'.repeat(250)}`,
    kind: at % 2 === 0 ? ('number-down' as const) : ('queue-late' as const),
  }))
  const many = { ...notice, opened, recovered: opened }
  await tell({ telegram: { url: service.url(), chatId: '1' } }, many)
  const text = String(service.hits[0]?.body['text'])
  expect(text.length).toBeLessThan(4_096)
  expect(text).toContain('… and 80 more')
})

test('what a service refuses, or does not answer, is said without its URL', async () => {
  await using service = await EndpointServer.start()
  service.answer = () => 403
  expect(await tell({ slack: { url: service.url('/secret') } })).toBe('HTTP 403')
  const closed = service.url('/secret')
  await service[Symbol.asyncDispose]()
  expect(await tell({ slack: { url: closed } })).toBe('ECONNREFUSED')
})

test('an address of the own network is not called unless it is allowed', async () => {
  await using service = await EndpointServer.start()
  expect(await tell({ slack: { url: service.url() } }, notice, [])).toBe('forbidden-url')
  const mail = await startMail()
  expect(await tell({ email: mail.settings }, notice, [])).toBe('forbidden-url')
  expect([service.hits, mail.mails]).toEqual([[], []])
})

test('an e-mail goes by a server that asks for a password, with the heading as its subject', async () => {
  const mail = await startMail()
  expect(await tell({ email: mail.settings })).toBeUndefined()
  const [text = ''] = mail.mails
  expect(text).toContain('Subject: Recado: Loja <1> & Cia is blocked by WhatsApp')
  expect(text).toContain('To: ops@example.com, ana@example.com')
  expect(text).toContain('Message-ID: <n1@recado.invalid>')
  expect(text).toContain('WhatsApp blocked this number.')
})

test('a wrong password and a server without TLS are said in a code', async () => {
  const mail = await startMail()
  expect(await tell({ email: { ...mail.settings, password: 'wrong' } })).toBe('EAUTH 535')
  expect(await tell({ email: { ...mail.settings, tls: 'start' } })).toMatch(/^E\w+/u)
  expect(mail.mails).toEqual([])
})

/** A mail server on loopback; it closes after the test. */
async function startMail(): Promise<{ settings: EmailSettings; mails: string[] }> {
  const mails: string[] = []
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, callback) => {
      if (username === 'recado' && password === 'right') callback(null, { user: username })
      else callback(new Error('Invalid username or password'))
    },
    onData: (stream, _session, callback) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        mails.push(Buffer.concat(chunks).toString().replaceAll(/\r\n /gu, ' '))
        callback()
      })
    },
  })
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', () => done())
  })
  onTestFinished(() => new Promise<void>((done) => server.close(() => done())))
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  const { port } = server.server.address() as AddressInfo
  const settings: EmailSettings = {
    host: '127.0.0.1',
    port,
    tls: 'none',
    user: 'recado',
    password: 'right',
    from: 'recado@example.com',
    to: ['ops@example.com', 'ana@example.com'],
  }
  return { settings, mails }
}
