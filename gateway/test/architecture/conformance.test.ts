/** The table of what works is what a real gateway answers, and the judge is strict. */

import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { answerProblems } from '../zapi/answer-check.js'
import { type ContractEndpoint, contract } from '../zapi/contract.js'
import { atEachPath } from '../zapi/example-call.js'

const root = resolve(import.meta.dirname, '../../..')

test('docs/conformance.md is what the gateway answers', async () => {
  const tool = ['--import', 'tsx', 'gateway/tool/conformance.ts', '--check']
  const run = await promisify(execFile)(process.execPath, tool, { cwd: root }).then(
    ({ stdout }) => ({ failed: false, stdout }),
    (error: { stdout?: string; stderr?: string }) => ({
      failed: true,
      stdout: [error.stdout, error.stderr].join('\n'),
    }),
  )
  expect(run).toMatchObject({ failed: false })
  expect(run.stdout).toMatch(/^all .* 222$/mu)
})

const status = endpointOf('instance/status')
const good = { connected: true, error: null, smartphoneConnected: false }

test.each([
  ['a documented answer', 200, good, []],
  ['one with more in it', 200, { ...good, more: 1 }, []],
  ['another success', 201, good, ['answered 201 instead of 200: ']],
  ['nothing', 200, {}, ['connected is missing', 'error is missing', 'smartphoneConnected']],
  ['another type', 200, { ...good, connected: 'true' }, ['answer.connected is no boolean']],
  ['a list', 200, [good], ['answer is no object']],
])('%s is judged rightly', (_what, code, answer, problems) => {
  const found = answerProblems({ status: code, text: JSON.stringify(answer) }, status)
  expect(found).toEqual(problems.map((problem) => expect.stringContaining(problem)))
})

test('an error in a success, or a body where there is none, is noticed', () => {
  const restart = endpointOf('instance/restart')
  const failure = { status: 200, text: '{"value":true,"error":"no"}' }
  expect(answerProblems(failure, restart)).toEqual(['error stands in a success'])
  const read = endpointOf('message/read-message')
  expect(answerProblems({ status: 204, text: '' }, read)).toEqual([])
  expect(answerProblems({ status: 204, text: '{}' }, read)).toEqual(['204 has no body'])
})

test('items of lists are judged too', () => {
  const queue = endpointOf('queue/post-queue')
  const text = JSON.stringify({ messages: [{}], pagingState: null, hasMore: false })
  expect(answerProblems({ status: 200, text }, queue)).toContain(
    'answer.messages[0].ZaapId is missing',
  )
})

test('the other paths of an endpoint are asked with the same parameters', () => {
  const paths = atEachPath(endpointOf('chats/get-metadata-chat')).map(({ example }) => example.path)
  expect(paths).toEqual(['/chats/5511999999999', '/chat/5511999999999'])
})

function endpointOf(page: string): ContractEndpoint {
  const found = contract.find((endpoint) => endpoint.page === page)
  if (found === undefined) throw new Error(`The contract has no page ${page}`)
  return found
}
