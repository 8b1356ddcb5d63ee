/** A label that a path names. */

import type { Directory } from '../../directory/directory.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Label } from '../../domain/label.js'
import { InvalidRequestError } from '../error-replies.js'

/** Throws `InvalidRequestError` where the number has no such label, or the phone has not told of it. */
export async function labelOf(
  instanceId: InstanceId,
  id: string,
  { labels }: Pick<Directory, 'labels'>,
  attribute = 'tagId',
): Promise<Label> {
  const label = await labels.find(instanceId, id)
  if (label !== undefined) return label
  throw new InvalidRequestError(`${attribute} names no label. GET /tags lists those that are known`)
}
