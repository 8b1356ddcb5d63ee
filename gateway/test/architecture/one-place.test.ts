/** A call is described in one file, and a kind of message in one file per program. */

import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { endpoints } from '../../src/zapi/endpoints.js'

const source = join(import.meta.dirname, '../../src')

const names = await readdir(source, { recursive: true })
const files = await Promise.all(
  names
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .map(async (name) => ({ name, text: await readFile(join(source, name), 'utf8') })),
)

/** The names in `readonly kind: '…'` of the union of outgoing messages. */
const kinds = files
  .filter(({ name }) => name.startsWith('domain/content/'))
  .flatMap(({ text }) => [...text.matchAll(/Content \{\n\s+readonly kind: '([a-z-]+)'/gu)])
  .map(([, kind = '']) => kind)

/** Also where a function that several calls share gives the method, or ends the path. */
const describes = (text: string, method: string, path: string): boolean =>
  (text.includes(`'${path}'`) || pathsOfTemplates(text).some((pattern) => pattern.test(path))) &&
  (text.includes(`method: '${method}'`) || !text.includes("method: '"))

const pathsOfTemplates = (text: string): readonly RegExp[] =>
  [...text.matchAll(/path: `([^`]+)`/gu)].map(
    ([, path = '']) => new RegExp(`^${path.replaceAll(/\$\{[^}]+\}/gu, '[a-z-]+')}$`, 'u'),
  )

test('each call is described in one file', () => {
  const calls = files.filter(({ name }) => /^zapi\/.+\//u.test(name))
  const described = endpoints.map(({ method, paths: [path = ''] }) => ({
    call: `${method} ${path}`,
    in: calls.filter(({ text }) => describes(text, method, path)).map(({ name }) => name),
  }))
  expect(described.length).toBeGreaterThan(50)
  expect(described.filter((each) => each.in.length !== 1)).toEqual([])
})

/** They ask for the kind of something else. */
const otherKinds = [
  // Received messages.
  /^zapi\/callback-/u,
  /^zapi\/chats\/without-code\.ts$/u,
  /^whatsapp\/receive\/known-people\.ts$/u,
  // Changes of chats.
  /^whatsapp\/account\/chat-api\.ts$/u,
  // Files.
  /^media\/media\.ts$/u,
  /^whatsapp\/media\/(?:media|newsletter)-upload\.ts$/u,
  // Rows of an older version.
  /^outbox\/message-row\.ts$/u,
]

test('no file outside the two folders of kinds asks for the kind of an outgoing message', () => {
  expect(kinds.length).toBeGreaterThan(10)
  const asks = new RegExp(
    `kind [!=]== '(?:${kinds.join('|')})'|case '(?:${kinds.join('|')})':`,
    'u',
  )
  const asking = files
    .filter(({ name }) => !/^(?:domain|whatsapp)\/content\//u.test(name))
    .filter(({ name }) => !otherKinds.some((other) => other.test(name)))
    .filter(({ text }) => asks.test(text))
  expect(asking.map(({ name }) => name)).toEqual([])
})

test('each kind of message has one file with its traits and one with its shape on the wire', () => {
  const types = files.flatMap(({ name, text }) =>
    name.startsWith('domain/content/') && /\n\s+readonly kind: '/u.test(text) ? [name] : [],
  )
  for (const kind of kinds) {
    const declaring = types.filter((name) =>
      files.some((file) => file.name === name && file.text.includes(`readonly kind: '${kind}'`)),
    )
    expect([kind, declaring.length]).toEqual([kind, 1])
  }
})
