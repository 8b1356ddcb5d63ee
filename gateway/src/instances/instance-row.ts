/** Rows of the table `instance` in the domain's words. */

import type { Selectable } from 'kysely'
import type { InstanceTable } from '../db/schema.js'
import {
  defaultInstanceSettings,
  type Instance,
  type InstanceSettings,
} from '../domain/instance.js'

export type InstanceRow = Selectable<InstanceTable>

export interface KnownInstance {
  readonly row: InstanceRow
  readonly instance: Instance
}

export function instanceOf(row: InstanceRow): Instance {
  return {
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    settings: settingsOf(row),
    isPool: row.is_pool === 1,
    ...(row.allowed_callers === null ? {} : { allowedCallers: parseNetworks(row.allowed_callers) }),
    ...(row.cancelled_at === null ? {} : { cancelledAt: row.cancelled_at }),
  }
}

function parseNetworks(json: string): readonly string[] {
  const networks: readonly string[] = JSON.parse(json)
  return networks
}

function settingsOf(row: InstanceRow): InstanceSettings {
  return parseSettings(row.settings)
}

/** Settings that came with a later version than the row have their default. */
export function parseSettings(json: string): InstanceSettings {
  const stored: Partial<InstanceSettings> = JSON.parse(json)
  return { ...defaultInstanceSettings, ...stored }
}
