/** What turns the events of one socket into ours. */

import type { WASocket } from 'baileys'
import { GroupAdmins } from '../account/group-admins.js'
import { GroupNames } from '../account/group-names.js'
import { AnswerReader } from '../receive/answer-reader.js'
import { isLoopbackHost } from '../../runtime/loopback.js'
import type { EventQueue } from '../receive/event-queue.js'
import type { HearOptions } from '../receive/hear-options.js'
import type { HistorySync } from '../receive/history-sync.js'
import { OrderLines } from '../receive/order-lines.js'
import { StanzaFacts } from '../receive/stanza-facts.js'
import type { Directory } from '../send/resolve.js'
import type { ConnectionOptions } from './connection-options.js'

/** `closing` aborts when nothing more may be written. */
export function heardOn(
  sock: WASocket,
  events: EventQueue,
  directory: Directory,
  options: ConnectionOptions & {
    readonly mediaHost: () => Promise<string>
    readonly history: HistorySync
  },
  closing: AbortSignal,
): HearOptions {
  const { instanceId, answerSecrets, keptMessages, memory, told, untold, clock } = options
  return {
    sock,
    events,
    directory,
    untold,
    calls: memory.calls,
    facts: new StanzaFacts(),
    keepStatus: (status) => told.takeSaid(instanceId, [status], 'as-it-comes'),
    answers: new AnswerReader(instanceId, answerSecrets, keptMessages),
    orders: new OrderLines(sock),
    admins: new GroupAdmins(sock, clock),
    names: new GroupNames(sock, memory),
    keptHistory: (messageId) => options.history.kept(messageId),
    hostHere: isLoopbackHost(options.url) ? options.mediaHost : undefined,
    clock,
    closing,
  }
}
