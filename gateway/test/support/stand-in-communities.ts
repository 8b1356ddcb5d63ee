/** What WhatsApp would say of communities, where there is no WhatsApp: one community, whose changes all succeed. */

import type { CommunityApi, CommunityInfo } from '../../src/domain/community.js'

const someCommunity: CommunityInfo = {
  community: '120363186053925765',
  subject: 'Condomínio',
  description: 'Avisos do prédio',
  groups: [{ group: '120363019502650977', subject: 'Condomínio', isAnnouncement: true }],
}

export const standInCommunities: CommunityApi = {
  find: async () => someCommunity,
  create: async () => someCommunity,
  link: async (_community, groups) => groups.map((group) => ({ group })),
  unlink: async (_community, groups) => groups.map((group) => ({ group })),
  deactivate: async () => {},
  setAdminsAddGroups: async () => {},
  changeMembers: async (_community, _change, people) => people.map((asked) => ({ asked })),
}
