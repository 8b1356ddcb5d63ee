/** Groups as WhatsApp tells them now, or as it told them last if it cannot be asked. */

import type { Page } from '../../domain/directory.js'
import { NotConnectedError, WhatsappSilentError } from '../../domain/errors.js'
import type { GroupInfo } from '../../domain/group.js'
import type { InstanceId } from '../../domain/instance.js'
import type { Modules } from '../modules.js'
import type { MemberNames } from './group-answer.js'

type Known = Pick<Modules, 'groups' | 'directory'>

/** Lists that the directory has: a connection gives the same one for some seconds. */
const taken = new WeakSet<readonly GroupInfo[]>()

/**
 * By id; groups, or the communities that hold some. The directory learns what WhatsApp tells. Throws why
 * WhatsApp could not be asked if nothing is known either.
 */
export async function groupsOnPage(
  instanceId: InstanceId,
  page: Page,
  { groups, directory }: Known,
  wanted: 'groups' | 'communities' = 'groups',
): Promise<readonly GroupInfo[]> {
  try {
    const all = await groups.groupsOf(instanceId).list()
    if (!taken.has(all)) await directory.takeGroups(instanceId, all)
    taken.add(all)
    return all
      .filter(({ isCommunity }) => isCommunity === (wanted === 'communities'))
      .toSorted((one, other) => (one.group < other.group ? -1 : 1))
      .slice(page.offset, page.offset + page.limit)
  } catch (cause) {
    if (!isUnheard(cause)) throw cause
    const [first] = await directory.groups.list(instanceId, { offset: 0, limit: 1 }, wanted)
    if (first === undefined) throw cause
    return directory.groups.list(instanceId, page, wanted)
  }
}

/** The same of one group; `isNow` says whether WhatsApp was asked. */
export async function groupNow(
  instanceId: InstanceId,
  group: string,
  { groups, directory }: Known,
): Promise<{ readonly info: GroupInfo; readonly isNow: boolean }> {
  try {
    const info = await groups.groupsOf(instanceId).find(group)
    await directory.take(instanceId, [{ kind: 'group', group: info }])
    return { info, isNow: true }
  } catch (cause) {
    const known = isUnheard(cause) ? await directory.groups.find(instanceId, group) : undefined
    if (known === undefined) throw cause
    return { info: known, isNow: false }
  }
}

/** What the members are called, as far as the number knows them. */
export async function memberNames(
  instanceId: InstanceId,
  { members }: GroupInfo,
  { directory }: Pick<Modules, 'directory'>,
): Promise<MemberNames> {
  const people = members.map(({ person }) => person)
  const known = await directory.contacts.findAll(instanceId, people)
  return new Map(
    known.flatMap(({ person, ...facts }) =>
      [person.phone, person.lid].flatMap((name) => (name === undefined ? [] : [[name, facts]])),
    ),
  )
}

/** WhatsApp could not be asked, or did not answer. */
export function isUnheard(cause: unknown): boolean {
  return cause instanceof NotConnectedError || cause instanceof WhatsappSilentError
}
