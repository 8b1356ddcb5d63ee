/**
 * Calls every documented endpoint with its documented example on a real gateway
 * that is linked to a phone of the simulator, and judges what it answers.
 */

import { fileURLToPath } from 'node:url'
import type { SandboxInstance } from '../../../sandbox/src/gateway-client.js'
import { clientToken, Journey, partnerToken } from '../support/journey.js'
import { ProxyServer } from '../support/proxy-server.js'
import { answerProblems } from './answer-check.js'
import { type ContractEndpoint, contract } from './contract.js'
import { prepareLabels, prepareShops } from './example-business.js'
import { addExamplePeople, prepareCommunities, prepareGroup } from './example-groups.js'
import { prepareNewsletter } from './example-newsletters.js'
import { type Access, atEachPath, exampleCall } from './example-call.js'

export type Verdict = 'works' | 'cannot' | 'not supported' | 'missing'

export interface Finding {
  readonly endpoint: ContractEndpoint
  /**
   * `works` only with the documented status and attributes, `cannot` and `not supported` only with
   * the text of that refusal; any other answer is `missing`.
   */
  readonly verdict: Verdict
  /** Why it cannot be done. */
  readonly reason?: string | undefined
  /** What made it `missing`. */
  readonly problems: readonly string[]
}

/** They answer as documented only while no phone is linked. */
const unpaired = new Set(['instance/qr-code', 'instance/qr-code-image', 'instance/phone-code'])
/** After them the instance is of no more use, so they are asked last. */
const last = new Set(['instance/disconnect', 'partner/unsubscribe-instance'])

const onePixel =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='

/** In place of an example that leads nowhere. */
const bodies: Readonly<Record<string, unknown>> = {
  'instance/profile-picture': { value: onePixel },
  // Their cursor belongs to no list.
  'business/get-products-v2': {},
  'business/get-products-phone-v2': {},
  'communities/update-community-photo': {
    communityId: '120363019502650977',
    communityPhoto: onePixel,
  },
  'newsletter/update-newsletter-picture': {
    id: '999999999999999999@newsletter',
    pictureUrl: onePixel,
  },
  'group/update-group-photo': { groupId: '120363019502650977-group', groupPhoto: onePixel },
}

/** A new proxy means a new connection, for which the others would have to wait. */
const apart = new Set(['partner/configure-proxy'])

/** Also outside a run of tests, where the program is not built. */
const sources = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

const prepares: Readonly<Record<string, typeof prepareGroup>> = {
  group: prepareGroup,
  communities: prepareCommunities,
  newsletter: prepareNewsletter,
}
const isLast = ({ page }: ContractEndpoint): boolean => last.has(page)

/** Takes some seconds. The findings come in the order of the contract. */
export async function judgeEveryEndpoint(): Promise<readonly Finding[]> {
  await using journey = await Journey.start({ program: sources })
  await using proxy = await ProxyServer.start()
  // Examples are about this number and the chat with it, so it needs an account.
  const writer = await journey.newPhone({ phone: '5511999999999' })
  const { instance: paired, phone: own } = await journey.pairedInstance({ business: true })
  const told = journey.callbacks.next(({ body }) => body['type'] === 'ReceivedCallback')
  await writer.post(own.phone, { text: 'Olá' })
  await told
  await addExamplePeople(journey)
  await hearReported(journey, own.phone)
  prepareShops([own.phone, '5511999999999'], journey.simulator)
  await prepareLabels(own)

  const findings = new Map<string, Finding>()
  const inOrder = [...contract.filter((endpoint) => !isLast(endpoint)), ...contract.filter(isLast)]
  for (const endpoint of inOrder) {
    const isApart = unpaired.has(endpoint.page) || apart.has(endpoint.page)
    const prepare = prepares[endpoint.group]
    prepare?.(endpoint.page, own.phone, journey.simulator)
    const instance = isApart ? await journey.newInstance() : paired
    const path = await pathFor(endpoint, journey, instance)
    const paths = path === undefined ? {} : { [endpoint.page]: path }
    const access = {
      instanceId: instance.id,
      token: instance.token,
      clientToken,
      partnerToken,
      paths,
    }
    findings.set(endpoint.page, await judge(journey, endpoint, access, proxy.url('socks5')))
  }
  return contract.flatMap(({ page }) => findings.get(page) ?? [])
}

/** A deleted thing is not there for the next example, and the example names a message that Z-API has. */
async function pathFor(
  { group, page, example }: ContractEndpoint,
  { client }: Journey,
  instance: SandboxInstance,
): Promise<string | undefined> {
  if (page === 'business/delete-tag') return '/business/tag/2'
  if (page === 'chats/get-message-chats') return '/chat-messages/5511999999999?amount=10'
  if (group !== 'broadcast' || !example.path.includes('@')) return undefined
  const list = { name: 'Lista', phones: ['5511999999999'] }
  const made = await client.onInstance(instance, 'POST', 'broadcast', list)
  return example.path.replace(/\d+@broadcast/u, String(Object(made).broadcastId))
}

/** A report is about what the person wrote. */
async function hearReported({ simulator, callbacks }: Journey, own: string): Promise<void> {
  const said = await simulator.phone('5511999999999')?.send(own, 'oi')
  await callbacks.next(({ body }) => body['messageId'] === said?.id)
}

async function judge(
  journey: Journey,
  endpoint: ContractEndpoint,
  access: Access,
  proxyUrl: string,
): Promise<Finding> {
  const outcomes: {
    readonly notSupported: boolean
    readonly reason: string | undefined
    readonly problems: readonly string[]
  }[] = []
  for (const { example, ...rest } of atEachPath(endpoint)) {
    const body = withOwnUrls(bodies[endpoint.page] ?? example.body, journey.callbacks.url, proxyUrl)
    const { url, payload, ...request } = exampleCall({ ...rest, example }, access, body)
    const response = await fetch(journey.gateway.url + url, {
      ...request,
      ...(payload === undefined ? {} : { body: payload }),
    })
    const answer = { status: response.status, text: await response.text() }
    outcomes.push({
      notSupported: answer.status === 501 && answer.text.startsWith('{"error":"Not supported: '),
      reason: reasonIn(answer),
      problems: answerProblems(answer, endpoint),
    })
  }
  const [first] = outcomes
  if (first?.reason !== undefined && outcomes.every(({ reason }) => reason === first.reason))
    return { endpoint, verdict: 'cannot', reason: first.reason, problems: [] }
  if (outcomes.every(({ notSupported }) => notSupported))
    return { endpoint, verdict: 'not supported', problems: [] }
  const problems = outcomes.flatMap((outcome) => outcome.problems)
  return { endpoint, verdict: problems.length === 0 ? 'works' : 'missing', problems }
}

/** The reason that `cannot()` answers with. */
function reasonIn({ status, text }: { status: number; text: string }): string | undefined {
  if (status !== 400 || !text.startsWith('{"error":"Cannot be done: ')) return undefined
  const { error }: { error: string } = JSON.parse(text)
  return error.replace('Cannot be done: ', '')
}

/** The hosts of the examples are not ours: nothing is to be sent there. */
function withOwnUrls(value: unknown, url: string, proxyUrl: string): unknown {
  if (value === undefined) return undefined
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    if (typeof inner !== 'string') return inner
    if (inner.startsWith('socks5:')) return proxyUrl
    return /^https?:/u.test(inner) ? url : inner
  })
}
