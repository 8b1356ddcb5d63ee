import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { zipOf } from './zip.js'

const run = promisify(execFile)

test('another program unpacks what was packed, and finds its check sums right', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'recado-zip-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const entries = [
    { name: 'inside/manifest.json', content: Buffer.from('{"name":"Olá"}') },
    { name: 'inside/empty.js', content: Buffer.alloc(0) },
    { name: 'inside/bytes', content: Buffer.from(Array.from({ length: 256 }, (_, at) => at)) },
  ]
  await writeFile(join(folder, 'packed.zip'), zipOf(entries))
  // Python comes with the tools that compile the gateway's database driver.
  await run('python3', ['-m', 'zipfile', '-t', 'packed.zip'], { cwd: folder })
  await run('python3', ['-m', 'zipfile', '-e', 'packed.zip', '.'], { cwd: folder })
  for (const { name, content } of entries)
    expect(await readFile(join(folder, name))).toEqual(content)
})

test('the same files give the same bytes', () => {
  const entries = [{ name: 'a', content: Buffer.from('a') }]
  expect(zipOf(entries)).toEqual(zipOf(entries))
})
