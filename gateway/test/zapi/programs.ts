/**
 * Public programs that call Z-API: which calls they make, and where they differ from what Z-API
 * documents (docs/appendix/programs.json). What a gateway makes of the latter is asked of a real one.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { endpoints } from '../../src/zapi/endpoints.js'
import { clientToken, Journey, partnerToken } from '../support/journey.js'
import { contract } from './contract.js'
import { prepareGroup } from './example-groups.js'

export interface Program {
  readonly id: number
  readonly language: string
  /** What was searched for: the address of Z-API and names of its settings, or the name of a call. */
  readonly foundBy: 'address' | 'call'
  /** Of a part only the calls in the excerpts of the search are known. */
  readonly read: 'whole' | 'part'
  /** Method and path, with the parameters of the contract where Z-API documents the call. */
  readonly calls: readonly string[]
  /** Names of `differences`. */
  readonly differences?: readonly string[]
}

/** A documented call that programs write in another way than it is documented. */
export interface Difference {
  readonly name: string
  readonly call: string
  readonly what: string
  /** An attribute beside the documented ones; a dot leads into an object, or into those of a list. */
  readonly field?: string
  /** The path of the call if unset. */
  readonly path?: string
  readonly body?: unknown
  /** Whether the body is sent as a form. */
  readonly form?: boolean
}

export interface Answer {
  readonly status: number
  readonly error: string | undefined
}

/** What a gateway answered, by the name of the difference or by the call that Z-API does not document. */
export type Answers = ReadonlyMap<string, Answer>

const file = new URL('../../../docs/appendix/programs.json', import.meta.url)
const data: {
  readonly programs: readonly Program[]
  readonly differences: readonly Difference[]
} = JSON.parse(readFileSync(file, 'utf8'))

export const { programs, differences } = data

export const documentedCalls: ReadonlySet<string> = new Set(
  contract.flatMap(({ method, paths }) => paths.map((path) => `${method} ${path}`)),
)

/** Calls of programs that Z-API does not document. */
export const otherCalls: readonly string[] = [
  ...new Set(programs.flatMap(({ calls }) => calls)),
].filter((call) => !documentedCalls.has(call))

/** Whether Recado reads the attribute that makes the difference. */
export function isRead({ call, field = '' }: Difference): boolean {
  const found = endpoints.find(({ method, paths }) =>
    paths.some((path) => `${method} ${path.replaceAll(/:(\w+)/gu, '{$1}')}` === call),
  )
  const { body, querystring } = found?.schema ?? {}
  return [body, querystring].some((schema) => hasAttribute(schema, field.split('.')))
}

function hasAttribute(schema: unknown, [name = '', ...deeper]: readonly string[]): boolean {
  const { items, properties } = Object(schema)
  if (items !== undefined) return hasAttribute(items, [name, ...deeper])
  const attribute: unknown = Object(properties)[name]
  if (attribute === undefined || deeper.length === 0) return attribute !== undefined
  return hasAttribute(attribute, deeper)
}

/** Makes every call of `differences` and `otherCalls` on a linked number. Takes some seconds. */
export async function askGateway(): Promise<Answers> {
  await using journey = await Journey.start({ program: sources })
  await journey.newPhone({ phone: '5511999999999' })
  const { instance, phone } = await journey.pairedInstance()
  prepareGroup('group/metadata-group', phone.phone, journey.simulator)

  const answers = new Map<string, Answer>()
  for (const each of differences) answers.set(each.name, await ask(journey, instance, each))
  for (const call of otherCalls) answers.set(call, await ask(journey, instance, { call, body: {} }))
  return answers
}

/** Also outside a run of tests, where the program is not built. */
const sources = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

async function ask(
  { gateway, callbacks }: Journey,
  { id, token }: SandboxInstance,
  { call, path: given, body, form = false }: Pick<Difference, 'call' | 'path' | 'body' | 'form'>,
): Promise<Answer> {
  const [method = '', path = ''] = call.split(' ')
  const filled = (given ?? path)
    .replace('{instanceId}', id)
    .replaceAll(/\{\w+\}/gu, '5511999999999')
  const isWhole = /^\/(?:instances|partners)\//u.test(filled)
  const response = await fetch(
    gateway.url + (isWhole ? filled : `/instances/${id}/token/${token}${filled}`),
    {
      method,
      headers: {
        'client-token': clientToken,
        ...(isWhole ? { authorization: `Bearer ${partnerToken}` } : {}),
        ...(method === 'GET' || form ? {} : { 'content-type': 'application/json' }),
      },
      ...(method === 'GET' ? {} : { body: payloadOf(body, form, callbacks.url) }),
    },
  )
  return { status: response.status, error: errorIn(await response.text()) }
}

/** The hosts of the examples belong to others: nothing is to be sent there. */
function payloadOf(body: unknown, form: boolean, url: string): string | URLSearchParams {
  if (form) return new URLSearchParams(Object(body))
  return JSON.stringify(body).replaceAll('https://example.com/hook', url)
}

function errorIn(text: string): string | undefined {
  try {
    const { error, message } = Object(JSON.parse(text))
    return message ?? error
  } catch {
    return undefined
  }
}
