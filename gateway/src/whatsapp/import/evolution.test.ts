import { BufferJSON } from 'baileys'
import { expect, test } from 'vitest'
import { donorFiles, inFolder } from '../../../test/support/donor-creds.js'
import { ImportChoiceError } from '../../domain/errors.js'
import type { ImportFile } from '../../domain/session-import.js'
import { readCsv } from './csv.js'
import { readLinkedSession } from './read-session.js'

const file = (name: string, text: string): ImportFile => ({ name, bytes: Buffer.from(text) })
const json = (value: unknown) => JSON.stringify(value, BufferJSON.replacer)
const read = async (files: readonly ImportFile[], device?: string) =>
  (await readLinkedSession(files, { device }, () => undefined)).findings

/** The column as it is stored: the JSON of a JSON text. */
const columnOf = (phone?: string) => json(json(donorFiles(phone).creds))
const keyFiles = () => inFolder(donorFiles()).filter(({ name }) => name !== 'creds.json')

test.each([
  ['the column alone', columnOf()],
  ['a row', json({ id: 'c', sessionId: '3f', creds: columnOf() })],
  ['a list of rows', json([{ sessionId: '3f', creds: columnOf() }])],
  ['a table', `sessionId,creds\n3f,"${columnOf().replaceAll('"', '""')}"\n`],
])('the session is read from %s, and the keys from files', async (_, text) => {
  expect(await read([file('session.txt', text), ...keyFiles()])).toMatchObject({
    source: 'evolution',
    phone: '5511988880001',
    taken: { 'pre-keys': 2, 'app-state-keys': 1, 'lid-mappings': 1 },
  })
})

test('a hash of Redis may hold the session too, and its fields keep their own names', async () => {
  const { creds, keys } = donorFiles()
  const fields = Object.entries(keys).map(([name, value]) => [
    name.slice(0, -5).replace('__w', '/w'),
    json(value),
  ])
  const hash = json({ ...Object.fromEntries(fields), creds: json(creds) })
  const { keys: kept, findings } = await readLinkedSession(
    [file('hash.json', hash)],
    {},
    () => undefined,
  )
  expect(findings).toMatchObject({ source: 'evolution', taken: { 'pre-keys': 2 } })
  expect(kept.find(({ type }) => type === 'app-state-sync-key')?.id).toBe('AAAA/w==')
})

test('of several rows the one with this number or id is taken, and rows without a link do not count', async () => {
  const rows = file(
    'rows.json',
    json([
      { sessionId: 'a', creds: columnOf('5511988880002') },
      { sessionId: 'b', creds: columnOf('5511988880003') },
      { sessionId: 'c', creds: json(json({ noiseKey: {} })) },
    ]),
  )
  const asked = read([rows])
  await expect(asked).rejects.toBeInstanceOf(ImportChoiceError)
  await expect(asked).rejects.toMatchObject({ devices: { length: 2 } })
  expect((await read([rows], '5511988880003')).phone).toBe('5511988880003')
  expect((await read([rows], 'a')).phone).toBe('5511988880002')
  await expect(read([rows], 'z')).rejects.toThrow('device: the files hold no such session.')
})

test('a table may hold quotes, commas and lines in its cells', () => {
  expect(readCsv('a,b\r\n"x ""y"", z\n1",\n2,3')).toEqual([
    { a: 'x "y", z\n1', b: '' },
    { a: '2', b: '3' },
  ])
  expect(readCsv('a,b"c\n1,2')).toEqual([])
})
