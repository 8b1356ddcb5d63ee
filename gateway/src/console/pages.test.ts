import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type ConsoleStage, openConsoleStage } from '../../test/support/console-stage.js'

let stage: ConsoleStage
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'recado-test-pages-'))
  await mkdir(join(folder, 'assets'))
  await writeFile(join(folder, 'index.html'), '<!doctype html><title>console</title>')
  await writeFile(join(folder, 'assets/index-abc.js'), 'export {}')
  stage = await openConsoleStage({ pagesFolder: folder })
})

afterEach(async () => {
  await stage[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

it('gives the one document for every page, and asks browsers to ask again', async () => {
  for (const url of ['/console/', '/console/instances/3A/messages', '/console/account']) {
    const answer = await stage.app.inject({ url })
    expect([answer.statusCode, answer.body]).toEqual([200, expect.stringContaining('<title>')])
    expect(answer.headers['cache-control']).toBe('no-cache')
  }
  const bare = await stage.app.inject({ url: '/console' })
  expect([bare.statusCode, bare.headers.location]).toEqual([302, '/console/'])
})

async function answerTo(accept: string) {
  const { statusCode, headers } = await stage.app.inject({ url: '/', headers: { accept } })
  return [statusCode, headers.location]
}

it('leads a browser that knows the port alone here, and tells programs that nothing is there', async () => {
  expect(await answerTo('text/html,application/xhtml+xml,*/*;q=0.8')).toEqual([302, '/console/'])
  expect(await answerTo('*/*')).toEqual([404, undefined])
})

it('lets a page load from here alone, and into no other page', async () => {
  const { headers } = await stage.app.inject({ url: '/console/' })
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self';")
  expect(policy).toContain("connect-src 'self';")
  expect(policy).toContain("frame-ancestors 'none'")
  // Files to be sent are previewed: pictures, videos and recordings, and nothing that runs.
  const withBlobs = policy.split(';').filter((directive) => directive.includes('blob:'))
  expect(withBlobs.map((directive) => directive.split(' ')[0])).toEqual(['img-src', 'media-src'])
  expect(policy).not.toContain('unsafe')
  expect(headers['x-content-type-options']).toBe('nosniff')
})

it('gives files whose names change with their content for a year', async () => {
  const answer = await stage.app.inject({ url: '/console/assets/index-abc.js' })
  expect([answer.statusCode, answer.body]).toEqual([200, 'export {}'])
  expect(answer.headers['cache-control']).toContain('immutable')
  const statusOf = async (url: string) => (await stage.app.inject({ url })).statusCode
  expect(await statusOf('/console/assets/none.js')).toBe(404)
  expect(await statusOf('/console/assets/..%2f..%2fpackage.json')).toBe(403)
})

it('says what to do when the pages are not built', async () => {
  await stage[Symbol.asyncDispose]()
  stage = await openConsoleStage({ pagesFolder: join(folder, 'nothing') })
  const answer = await stage.app.inject({ url: '/console/' })
  expect([answer.statusCode, answer.body]).toEqual([
    503,
    expect.stringContaining('npm run build:web'),
  ])
})
