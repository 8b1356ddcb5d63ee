/** The instance that a route of the console names. */

import type { Instance } from '../domain/instance.js'
import type { Instances } from '../instances/instances.js'
import { RefusedError } from './refusals.js'

/** Throws `RefusedError` with 404 when there is none. */
export async function knownInstance(
  instances: Pick<Instances, 'find'>,
  id: string,
): Promise<Instance> {
  const instance = await instances.find(id)
  if (instance === undefined) throw new RefusedError(404, 'There is no such instance.')
  return instance
}
