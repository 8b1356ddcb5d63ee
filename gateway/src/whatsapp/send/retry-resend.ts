/**
 * Answers devices that could not decrypt a message and ask for it again.
 *
 * Baileys' own answer loses the node that makes the button show, forgets all
 * messages at a restart, and gives a message away for as long as it remembers
 * it. This one repeats exactly what was sent, to the one device that asked,
 * as long as the message's sender allowed it, and only to a device of the chat.
 */

import {
  areJidsSameUser,
  type BinaryNode,
  buildAckStanza,
  encodeSignedDeviceIdentity,
  encodeWAMessage,
  extractE2ESessionFromRetryReceipt,
  getBinaryNodeChild,
  isJidGroup,
  isLidUser,
  jidNormalizedUser,
  type proto,
  type WASocket,
} from 'baileys'
import type { InstanceId } from '../../domain/instance.js'
import type { Log } from '../../runtime/telemetry.js'
import type { PairingMemory } from '../connection/pairing-memory.js'
import { statusJid } from '../jid.js'
import type { RatchetDoubts } from '../keys/ratchet-doubts.js'
import { keyHolders } from '../keys/renew-encryption.js'
import { attributesOf, nodesOf, planOf } from './stanza-plan.js'
import { decodeCopy, type ResendCopy, type ResendPort } from './resend-copy.js'

/** How often one device gets one message again. More means that it never will understand it. */
const maxResends = 4

export interface RetryResendOptions {
  readonly instanceId: InstanceId
  readonly sock: WASocket
  readonly resends: ResendPort
  readonly doubts: RatchetDoubts
  readonly memory: Pick<PairingMemory, 'resendRequests' | 'sentIds'>
  readonly log: Log
}

/** Takes the requests for a resend away from Baileys and leaves it all other receipts. */
export function installRetryResend(options: RetryResendOptions): void {
  const { ws } = options.sock
  const listeners = ws.listeners('CB:receipt')
  const leaveToBaileys = (node: BinaryNode): void => {
    for (const listener of listeners) Reflect.apply(listener, ws, [node])
  }
  ws.removeAllListeners('CB:receipt')

  const handle = async (node: BinaryNode): Promise<void> => {
    try {
      if (!(await answer(node, options))) leaveToBaileys(node)
    } catch (cause) {
      options.log.warn('whatsapp.resend-failed', { instanceId: options.instanceId, cause })
    }
  }
  let previous = Promise.resolve()
  ws.on('CB:receipt', (node: BinaryNode) => {
    if (node.attrs['type'] === 'retry') previous = previous.then(() => handle(node))
    else leaveToBaileys(node)
  })
}

/** `false`: not a message of ours, Baileys may know it. */
async function answer(node: BinaryNode, options: RetryResendOptions): Promise<boolean> {
  const { sock, resends, memory, instanceId } = options
  const { id } = node.attrs
  if (id === undefined) return false
  const stored = await resends.find(instanceId, id)
  // Past its time, or not worth keeping: Baileys must not give it away all the same.
  if (stored === undefined && (await memory.sentIds.get(id)) === undefined) return false
  try {
    if (stored !== undefined) await resend(node, id, decodeCopy(stored), options)
  } finally {
    await sock.sendNode(buildAckStanza(node))
  }
  return true
}

async function resend(
  node: BinaryNode,
  id: string,
  copy: ResendCopy,
  options: RetryResendOptions,
): Promise<void> {
  const { sock, doubts, instanceId, log } = options
  const device = node.attrs['participant'] ?? node.attrs['from']
  if (device === undefined || !(await belongsToChat(node, device, copy.to, sock))) {
    log.warn('whatsapp.resend-refused', { instanceId, reason: 'not in the chat' })
    return
  }
  const attempts = await countRequest(`${id} ${device}`, options)
  if (attempts > maxResends) {
    log.warn('whatsapp.resend-refused', { instanceId, reason: 'asked too often', attempts })
    return
  }

  let written = false
  const write = (): Promise<void> =>
    // The same queue in which Baileys sends: two ratchet steps never overtake each other.
    sock.authState.keys.transaction(async () => {
      await renewSession(node, device, sock)
      const stanza = await resendStanza(node, id, device, copy, sock)
      written = true
      await sock.sendNode(stanza)
    }, sock.authState.creds.me?.id ?? device)
  const mark = doubts.mark(jidNormalizedUser(device))
  await doubts.store(mark)
  await doubts.during(mark, write, () => written)
  log.info('whatsapp.resent', { instanceId, attempts })
}

async function countRequest(key: string, { memory }: RetryResendOptions): Promise<number> {
  const before = (await memory.resendRequests.get<number>(key)) ?? 0
  await memory.resendRequests.set(key, before + 1)
  return before + 1
}

/** An id alone proves nothing: a code must not go to every device that asks for it. */
async function belongsToChat(
  node: BinaryNode,
  device: string,
  chat: string,
  sock: WASocket,
): Promise<boolean> {
  // Of a group, the server lets only members speak.
  if (isJidGroup(chat)) return node.attrs['from'] === chat
  if (chat === statusJid) return isOwn(device, sock) || (await sawStatus(device, sock))
  if (isOwn(device, sock) || areJidsSameUser(device, chat)) return true
  const { lidMapping } = sock.signalRepository
  const other = isLidUser(device)
    ? await lidMapping.getPNForLID(device)
    : await lidMapping.getLIDForPN(device)
  return other !== null && areJidsSameUser(other, chat)
}

/** Whether the last status went to a device of that person. */
async function sawStatus(device: string, sock: WASocket): Promise<boolean> {
  const holders = await keyHolders(statusJid, sock)
  return [...holders].some((holder) => areJidsSameUser(holder, device))
}

function isOwn(device: string, sock: WASocket): boolean {
  const { id, lid } = sock.authState.creds.me ?? {}
  return areJidsSameUser(device, isLidUser(device) ? lid : id)
}

/** The device brings its keys along when it noticed before that ours do not fit. */
async function renewSession(node: BinaryNode, device: string, sock: WASocket): Promise<void> {
  const bundle = extractE2ESessionFromRetryReceipt(node)
  if (bundle === null) {
    await sock.assertSessions([device], true)
    return
  }
  const { preKey, ...rest } = bundle
  const session = preKey === undefined ? rest : { ...rest, preKey }
  await sock.signalRepository.injectE2ESession({ jid: device, session })
}

async function resendStanza(
  node: BinaryNode,
  id: string,
  device: string,
  copy: ResendCopy,
  sock: WASocket,
): Promise<BinaryNode> {
  const { from, participant } = node.attrs
  const own = isOwn(device, sock)
  const group = isJidGroup(copy.to) || copy.to === statusJid
  const content = group ? await withSenderKey(copy, sock) : copy.message
  const { type, ciphertext } = await sock.signalRepository.encryptMessage({
    jid: device,
    data: encodeWAMessage(
      own ? { deviceSentMessage: { destinationJid: copy.to, message: content } } : content,
    ),
  })

  const { account } = sock.authState.creds
  const plan = planOf(copy.message)
  const { mediatype, hidden } = plan
  return {
    tag: 'message',
    attrs: {
      id,
      to: from ?? device,
      ...attributesOf(plan),
      ...(participant === undefined ? {} : { participant }),
      ...(own && !group ? { recipient: copy.to } : {}),
      ...(group ? {} : { device_fanout: 'false' }),
    },
    content: [
      {
        tag: 'enc',
        attrs: {
          v: '2',
          type,
          count: countOf(node),
          ...(mediatype === undefined ? {} : { mediatype }),
          ...(hidden ? { 'decrypt-fail': 'hide' } : {}),
        },
        content: ciphertext,
      },
      ...(account
        ? [
            {
              tag: 'device-identity',
              attrs: {},
              content: encodeSignedDeviceIdentity(account, true),
            },
          ]
        : []),
      ...nodesOf(plan),
      ...copy.additionalNodes,
    ],
  }
}

/** In a group the device may lack our sender key, so it comes along. */
async function withSenderKey(copy: ResendCopy, sock: WASocket): Promise<proto.IMessage> {
  const { id, lid } = sock.authState.creds.me ?? {}
  for (const meId of [lid, id]) {
    if (meId === undefined) continue
    const key = { group: copy.to, meId }
    if (!(await sock.signalRepository.hasSenderKey(key))) continue
    const distribution = await sock.signalRepository.getSenderKeyDistributionMessage(key)
    return {
      ...copy.message,
      senderKeyDistributionMessage: {
        groupId: copy.to,
        axolotlSenderKeyDistributionMessage: distribution,
      },
    }
  }
  return copy.message
}

function countOf(node: BinaryNode): string {
  return getBinaryNodeChild(node, 'retry')?.attrs['count'] ?? '1'
}
