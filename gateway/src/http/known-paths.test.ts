import { expect, test } from 'vitest'
import { createKnownPaths } from './known-paths.js'

test('a path knows the methods of every pattern that it matches, also of those that come later', () => {
  const paths = createKnownPaths()
  paths.remember('/instances/:id/status', ['GET'])
  expect(paths.methodsOf('/instances/1/status')).toEqual(['GET'])
  paths.remember('/instances/:id/status', ['PUT'])
  paths.remember('/instances/:id/:call', ['DELETE'])
  expect(paths.methodsOf('/instances/1/status')).toEqual(['DELETE', 'GET', 'PUT'])
  expect(paths.methodsOf('/instances/1')).toEqual([])
})
