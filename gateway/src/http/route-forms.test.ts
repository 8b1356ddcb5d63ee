import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalUrl, noRouteNames } from './route-forms.js'

it.each([
  ['//instances//1/token/2/status', '/instances/1/token/2/status'],
  ['/instances/1/token/2/status/', '/instances/1/token/2/status'],
  ['/instances/1/token/2/queue//?page=1//2/', '/instances/1/token/2/queue?page=1//2/'],
  ['/', '/'],
  ['//', '/'],
  ['/console/', '/console/'],
  ['/docs/', '/docs/'],
  ['/consoles/', '/consoles'],
  ['*', '*'],
  ['http://host//path/', 'http://host//path/'],
])('%s is %s', (url, canonical) => {
  expect(canonicalUrl(url, noRouteNames)).toBe(canonical)
})

it('is its own canonical form', () => {
  fc.assert(
    fc.property(fc.webPath(), (path) => {
      const canonical = canonicalUrl(`/${path}`, noRouteNames)
      expect(canonicalUrl(canonical, noRouteNames)).toBe(canonical)
    }),
  )
})
