/**
 * What rings: WhatsApp's stanzas about a call, as one call that rings and is
 * then perhaps taken or missed.
 *
 * Every device of the number hears every step. A call that another device, or
 * we ourselves, rejected was not missed.
 */

import { type BinaryNode, isJidGroup, type WASocket } from 'baileys'
import type { Call, CallId } from '../../domain/call.js'
import type { EpochMs } from '../../domain/time.js'
import { chatOfJid, jidOfPerson, personOfJid, withOtherAddress } from '../jid.js'

/** Calls that can ring at once are few; the oldest of a flood is forgotten first. */
const mostCalls = 500
/** A caller gives up before that. */
const ringingMs = 60_000

/** Why it rings no more on this device, in WhatsApp's words, where the caller did not give up. */
const takenElsewhere = 'accepted_elsewhere'
const rejectedElsewhere = 'rejected_elsewhere'

interface Ringing {
  readonly call: Call
  readonly creator: string
}

export class IncomingCalls {
  readonly #ringing = new Map<string, Ringing>()

  /** What is to be told of this stanza, if anything is. */
  hear({ attrs, content }: BinaryNode, now: EpochMs): Call | undefined {
    const [info] = Array.isArray(content) ? content : []
    const id = info?.attrs['call-id']
    if (info === undefined || !isCallId(id)) return undefined
    switch (info.tag) {
      case 'offer':
      case 'offer_notice':
        return this.#ring(id, attrs, info, now)
      case 'accept':
        return this.#end(id, 'taken', now)
      case 'reject':
        return this.#end(id, undefined, now)
      case 'terminate':
        return this.#end(id, endOf(info.attrs['reason']), now)
      default:
        return undefined
    }
  }

  /** Tells the caller that the call is rejected. Throws when WhatsApp does not take it. */
  async reject(sock: Pick<WASocket, 'rejectCall'>, { id, caller }: Call): Promise<void> {
    const creator = this.#ringing.get(id)?.creator ?? jidOfPerson(caller)
    if (creator === undefined) return
    this.#ringing.delete(id)
    await sock.rejectCall(id, creator)
  }

  #ring(id: CallId, attrs: BinaryNode['attrs'], info: BinaryNode, now: EpochMs): Call | undefined {
    const creator = info.attrs['call-creator'] ?? attrs['from']
    const caller = personOfJid(creator)
    if (creator === undefined || caller === undefined) return undefined
    const person = withOtherAddress(caller, personOfJid(info.attrs['caller_pn']))
    const group = info.attrs['group-jid']
    const at = attrs['t'] === undefined ? now : Number(attrs['t']) * 1_000
    const call: Call = {
      id,
      chat: (isJidGroup(group) ? chatOfJid(group) : undefined) ?? { kind: 'person', ...person },
      caller: person,
      callerName: attrs['notify'],
      video: Array.isArray(info.content) && info.content.some(({ tag }) => tag === 'video'),
      step: 'ringing',
      at: Math.floor(now / 1_000) * 1_000 === at ? now : at,
      over: attrs['offline'] !== undefined || now - at > ringingMs,
    }
    this.#remember({ call, creator })
    return call
  }

  /** Nothing is told of a call that was rejected, or that ended when it rang no more. */
  #end(id: CallId, step: 'taken' | 'missed' | undefined, now: EpochMs): Call | undefined {
    const ringing = this.#ringing.get(id)
    this.#ringing.delete(id)
    if (ringing === undefined || step === undefined) return undefined
    return { ...ringing.call, step, at: now, over: true }
  }

  #remember(ringing: Ringing): void {
    const [oldest] = this.#ringing.keys()
    if (this.#ringing.size >= mostCalls && oldest !== undefined) this.#ringing.delete(oldest)
    this.#ringing.set(ringing.call.id, ringing)
  }
}

function endOf(reason: string | undefined): 'taken' | 'missed' | undefined {
  if (reason === rejectedElsewhere) return undefined
  return reason === takenElsewhere ? 'taken' : 'missed'
}

function isCallId(id: string | undefined): id is CallId {
  return id !== undefined && id !== ''
}
