/** What WhatsApp would say of groups, where there is no WhatsApp: one group, whose changes all succeed. */

import type { Recipient } from '../../src/domain/chat.js'
import type { GroupApi, GroupInfo, MemberOutcome } from '../../src/domain/group.js'

const someGroup: GroupInfo = {
  group: '120363019502650977',
  subject: 'Turma',
  subjectAt: 1_700_000_000_000,
  subjectBy: { phone: '5511988880001' },
  createdAt: 1_700_000_000_000,
  createdBy: { phone: '5511988880001' },
  isCommunity: false,
  isAnnouncement: false,
  adminsWrite: false,
  adminsEdit: false,
  adminsApprove: false,
  adminsAdd: false,
  size: 2,
  members: [
    { person: { phone: '5511988880001' }, isAdmin: true, isCreator: true },
    { person: { lid: '164354629388413' }, isAdmin: false, isCreator: false },
  ],
}

export const standInGroups: GroupApi = {
  list: () => told([someGroup, { ...someGroup, group: '120363186053925765', isCommunity: true }]),
  find: () => told(someGroup),
  create: (_subject, people) => told({ group: someGroup.group, outcomes: doneFor(people) }),
  changeMembers: (_group, _change, people) => told(doneFor(people)),
  leave: () => told(undefined),
  rename: () => told(undefined),
  describe: () => told(undefined),
  setPicture: () => told(undefined),
  setSettings: () => told(undefined),
  setTimer: () => told(undefined),
  invitation: () => told('GONwbGGDkLe8BifUWwLgct'),
  renewInvitation: () => told('C1adgkdEGki7554BWDdMkd'),
  invited: () => told(someGroup),
  join: () => told('joined'),
}

async function told<T>(answer: T): Promise<T> {
  return answer
}

function doneFor(people: readonly Recipient[]): readonly MemberOutcome[] {
  return people.map((asked) => ({ asked }))
}
