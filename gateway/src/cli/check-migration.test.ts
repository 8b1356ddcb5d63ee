import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { checkMigration } from './check-migration-command.js'
import { CommandError } from './gateway-client.js'

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

test('a folder without a call says what to name instead', async () => {
  const { error } = await checked({ 'notes.txt': 'nothing here' })
  expect(String(error)).toContain('No call to Z-API was found.')
})
