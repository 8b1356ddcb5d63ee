import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkMigration } from './check-migration-command.js'
import { CommandError } from './gateway-client.js'
// The command loads it when it runs; here it is loaded before a test counts its time.
import { findCalls } from '../zapi/migration/find-calls.js'

async function checked(files: Readonly<Record<string, string>>) {
  const folder = await mkdtemp(join(tmpdir(), 'recado-migration-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
  const printed: string[] = []
  const error: unknown = await checkMigration([folder], { json: true }, (line) =>
    printed.push(line),
  ).then(
    () => undefined,
    (cause: unknown) => cause,
  )
  const rows = JSON.parse(printed[0] ?? '[]') as {
    call: string
    verdict: string
    places: string[]
  }[]
  const summary = rows.map(({ call, verdict, places }) => [
    call,
    verdict,
    places.map((place) => place.slice(folder.length + 1)).join(' '),
  ])
  return { summary, printed, error }
}

const program = `
const base = \`https://api.z-api.io/instances/\${id}/token/\${token}\`
export const sendCode = (phone, code) =>
  axios.post(\`\${base}/send-button-otp\`, { phone, code }, { headers })
export const exists = (phone) => axios.get(\`\${base}/phone-exists/\${phone}\`)
export const wait = () => fetch(\`\${base}/queue\`, { method: 'DELETE' })
const note = 'the queue is full'
`
const python = `
def call_token():
    return requests.get(f"{BASE}/call-token", headers=headers)
requests.post(
    url + "/send-message",
    json=body)
`

test('calls in sources are found with their lines, in several languages', async () => {
  const { summary, error } = await checked({ 'send.js': program, 'calls.py': python })
  expect(summary).toEqual([
    ['DELETE /queue', 'works', 'send.js:6'],
    ['GET /call-token', 'cannot', 'calls.py:3'],
    ['GET /phone-exists/:phone', 'works', 'send.js:5'],
    ['POST /send-button-otp', 'works', 'send.js:4'],
    ['POST /send-message', 'unknown', 'calls.py:5'],
  ])
  expect(error).toEqual(new CommandError('2 of 5 calls need a change.'))
})

test('whole addresses in one string are found, however a language writes its values', async () => {
  const api = 'https://api.z-api.io/instances'
  const { summary } = await checked({
    'a.js': `axios.get(\`${api}/\${process.env['ID']}/token/\${env.TOKEN}/status\`)`,
    'b.php': `[CURLOPT_URL => "${api}/$this->id/token/{$this->token}/send-button-list",\nCURLOPT_CUSTOMREQUEST => "POST"]`,
    'c.py': `requests.get(f"${api}/{self.i}/token/{self.t}/phone-exists/{phone}")`,
    'd.go': `http.NewRequest("POST", fmt.Sprintf("${api}/%s/token/%s/send-location", id, token), body)`,
    'e.json': `{"method":"PUT","url":{"raw":"${api}/{{id}}/token/{{token}}/update-webhook-received"}}`,
    'f.ts': `post(\`${api}/\${id}/token/\${token}/\${path}\`)\nput("${api}/3A1/token/9C2/send-nothing")`,
  })
  expect(summary).toEqual([
    ['GET /phone-exists/:phone', 'works', 'c.py:1'],
    ['GET /status', 'works', 'a.js:1'],
    ['POST /send-button-list', 'works', 'b.php:1'],
    ['POST /send-location', 'works', 'd.go:1'],
    ['PUT /send-nothing', 'unknown', 'f.ts:2'],
    ['PUT /update-webhook-received', 'works', 'e.json:1'],
  ])
})

test('the logs of Caddy and Traefik, a line of JSON for each call, are read', async () => {
  const place = '/instances/3A1/token/SECRET9'
  const { summary, printed } = await checked({
    'access.log': [
      `{"msg":"handled request","request":{"method":"GET","host":"x","uri":"${place}/profile-picture?phone=5511988887777"}}`,
      `{"request":{"method":"GET","host":"x","uri":"${place}/contacts/5511988887777"},"status":200}`,
      `{"RequestMethod":"DELETE","RequestPath":"${place}/queue/019AB","DownstreamStatus":200}`,
    ].join('\n'),
  })
  expect(summary).toEqual([
    ['DELETE /queue/:zaapId', 'works', 'access.log:3'],
    ['GET /contacts/:phone', 'works', 'access.log:2'],
    ['GET /profile-picture', 'works', 'access.log:1'],
  ])
  expect(printed.join()).not.toMatch(/SECRET9|5511988887777/u)
})

test('an access log is read, and neither token nor phone of it is printed', async () => {
  const log = [
    '10.0.0.1 - - [29/Nov/2026] "POST /instances/3A1/token/SECRET9/send-text HTTP/1.1" 200 91',
    '10.0.0.1 - - [29/Nov/2026] "GET /instances/3A1/token/SECRET9/contacts/5511988887777?x=1 HTTP/1.1" 200 91',
    '10.0.0.1 - - [29/Nov/2026] "GET /favicon.ico HTTP/1.1" 404 0',
    '10.0.0.1 - - [29/Nov/2026] "GET /instances/3A1/token/SECRET9/no-such/5511988887777 HTTP/1.1" 404 0',
  ].join('\n')
  const { summary, printed } = await checked({ 'access.log': log })
  expect(summary).toEqual([
    ['GET /contacts/:phone', 'works', 'access.log:2'],
    ['GET /no-such/:value', 'unknown', 'access.log:4'],
    ['POST /send-text', 'works', 'access.log:1'],
  ])
  expect(printed.join()).not.toMatch(/SECRET9|5511988887777/u)
})

test('a list of routes is judged, with what differs', async () => {
  const routes = 'POST /send-text\nPUT /update-every-webhooks\nGET /chat-messages/{phone}\n'
  const { summary, error } = await checked({ routes })
  expect(summary).toEqual([
    ['GET /chat-messages/:phone', 'differs', 'routes:3'],
    ['POST /send-text', 'works', 'routes:1'],
    ['PUT /update-every-webhooks', 'works', 'routes:2'],
  ])
  expect(error).toBeUndefined()
})

test('a list tells of what Z-API does not have too', async () => {
  const { summary } = await checked({ routes: 'POST /send-text\nPOST /send-hologram?x=1\n' })
  expect(summary).toEqual([
    ['POST /send-hologram', 'unknown', 'routes:2'],
    ['POST /send-text', 'works', 'routes:1'],
  ])
})

test('calls of one word count beside the address of the instance, and routes of a server do not', () => {
  const address = 'axios.create({ baseURL: `https://api.z-api.io/instances/${id}/token/${token}` })'
  const calls =
    "api.get('/status')\nclient.delete(`/messages?owner=true`)\napp.get('/device', answer)"
  expect(findCalls(`${address}\n${calls}`).map(({ method, path }) => `${method} ${path}`)).toEqual([
    'GET /status',
    'DELETE /messages',
  ])
  expect(findCalls(calls)).toEqual([])
})

test('a text without a call has none', () => {
  expect(findCalls('the queue is full, call me')).toEqual([])
})

test('a folder without a call says what to name instead', async () => {
  const { error } = await checked({ 'notes.txt': 'nothing here' })
  expect(String(error)).toContain('No call to Z-API was found.')
})
