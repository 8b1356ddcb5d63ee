import { expect, test } from 'vitest'
import { judgeNodes } from './judge-nodes.js'

const node = {
  url: 'http://10.0.0.1:8080',
  version: '1.0.0',
  instances: 3,
  heartbeatAgoMs: 200,
  isReachable: true,
}

test('nothing is said of a gateway that has its database alone', () => {
  expect(judgeNodes([])).toEqual([])
})

test('nodes that reach each other and have the same clock and version are in order', () => {
  const other = { ...node, url: 'http://10.0.0.2:8080', instances: 4, clockAheadMs: -2_000 }
  const text = '2 live, with 3, 4 instances'
  expect(judgeNodes([node, other])).toEqual([{ name: 'nodes', verdict: 'ok', text }])
})

test('a node that cannot be reached fails, and another clock or version warns', () => {
  const away = { ...node, url: 'http://10.0.0.2:8080', version: '1.1.0', isReachable: false }
  const findings = judgeNodes([{ ...node, clockAheadMs: 2_001 }, away])
  expect(findings.map(({ verdict }) => verdict)).toEqual(['ok', 'warn', 'fail', 'warn'])
  expect(findings[1]?.text).toContain('2001 ms apart')
  expect(findings[2]?.text).toContain('http://10.0.0.2:8080')
  expect(findings[3]?.text).toContain('1.0.0, 1.1.0')
})
