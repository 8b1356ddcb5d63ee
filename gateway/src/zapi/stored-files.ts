/** Accepts messages whose files were stored while their call arrived. */

import { filesOf } from '../domain/content/index.js'
import type { InstanceId } from '../domain/instance.js'
import type { AcceptOptions, Submission } from '../outbox/submission.js'
import type { Modules } from './modules.js'

/**
 * What the outbox needs besides the message: its files are bound to it in its own transaction, and
 * their ids do not make a repeated request another one.
 */
export function withStoredFiles(
  message: Submission,
  instanceId: InstanceId,
  { files }: Pick<Modules, 'files'>,
): Pick<AcceptOptions, 'parameters' | 'alongside'> {
  const ids = filesOf(message.content).flatMap(({ source }) =>
    source.kind === 'stored' ? [source.id] : [],
  )
  if (ids.length === 0) return {}
  const text = JSON.stringify(message, (_name, value: unknown) =>
    typeof value === 'string' && ids.includes(value) ? undefined : value,
  )
  return {
    parameters: JSON.parse(text),
    alongside: ({ id }, transaction) => files.attach(ids, instanceId, id, transaction),
  }
}
