/** docs/openapi.json and the Postman collection are what the routes make of them. */

import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../../src/http/api-document.js'
import { apiFiles } from '../../tool/api-files.js'
import type { PostmanCollection } from '../../tool/postman-collection.js'
import { operationsOf } from '../support/api-document.js'

const root = resolve(import.meta.dirname, '../../..')
const files = await apiFiles()
const document: OpenApiDocument = JSON.parse(files.get('docs/openapi.json') ?? '')
const collection: PostmanCollection = JSON.parse(
  files.get('docs/recado.postman_collection.json') ?? '',
)
const requests = collection.item.flatMap(({ item }) => item.map(({ request }) => request))

test.each([...files.keys()])('%s is up to date', async (path) => {
  const committed = await readFile(resolve(root, path), 'utf8')
  expect(committed === files.get(path), 'run npm run docs:openapi').toBe(true)
})

test('the document is OpenAPI 3.1 and every reference in it leads somewhere', () => {
  expect(document.openapi).toBe('3.1.0')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/gu)]
  expect(references.length).toBeGreaterThan(50)
  for (const [, path = ''] of references) {
    const found = path
      .split('/')
      .reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), document)
    expect([path, found]).toEqual([path, expect.any(Object)])
  }
})

test('every parameter of a path is declared, and every key that a route takes', () => {
  const schemes = Object.keys(document.components.securitySchemes ?? {})
  for (const { path, operation } of operationsOf(document)) {
    const named = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name)
    const declared = (operation.parameters ?? []).filter((each) => each.in === 'path')
    expect(declared.map(({ name }) => name)).toEqual(named)
    const asked = (operation.security ?? []).flatMap((each) => Object.keys(each))
    expect(schemes).toEqual(expect.arrayContaining(asked))
  }
})

test('the collection has each operation once', () => {
  const inDocument = operationsOf(document).map(({ method, path }) => `${method} ${path}`)
  const inCollection = requests.map(
    ({ method, url }) =>
      `${method} /${url.path.map((part) => part.replace(/^:(\w+)$|^\{\{(\w+)\}\}$/u, '{$1$2}')).join('/')}`,
  )
  expect(inCollection.toSorted()).toEqual(inDocument.toSorted())
})

test('the collection uses no variable that it does not have, and holds no key', () => {
  const have = collection.variable.map(({ key }) => key)
  expect(have).toEqual(expect.arrayContaining(['baseUrl', 'instanceId', 'token', 'clientToken']))
  const used = [...JSON.stringify(requests).matchAll(/\{\{(\w+)\}\}/gu)].map(([, name]) => name)
  expect(new Set(used).size).toBeGreaterThan(3)
  expect(have).toEqual(expect.arrayContaining(used))
  const tokens = collection.variable.filter(({ key }) => /token/iu.test(key))
  expect(tokens.length).toBeGreaterThan(2)
  expect(tokens.map(({ value }) => value).join('')).toBe('')
})

test('the collection has what its schema demands', () => {
  expect(collection.info.schema).toContain('/v2.1.0/')
  for (const { method, url, header, body } of requests) {
    expect(url.raw).toMatch(/^\{\{baseUrl\}\}\//u)
    expect(url.raw.split('?')[0]).toBe([url.host[0], ...url.path].join('/'))
    expect(header.every(({ key }) => key !== '')).toBe(true)
    expect(JSON.parse(body?.raw ?? '{}')).toEqual(expect.anything())
    expect(method === 'GET' && body !== undefined).toBe(false)
    const own = url.path.filter((part) => part.startsWith(':')).map((part) => part.slice(1))
    expect((url.variable ?? []).map(({ key }) => key)).toEqual(own)
  }
})
