/** Groups and channels as a phone shows them. */

import type { ChannelView, GroupView } from './control-answers.js'
import type { GroupFace, NewsletterFace, PhoneFace, World } from './model.js'

/** Those that the phone is in, and those that it waits for. */
export function viewGroups({ phone }: PhoneFace, { groups }: World): readonly GroupView[] {
  return groups
    .filter(
      ({ members, requesters, isCommunity }) =>
        !isCommunity && (members.includes(phone) || requesters.includes(phone)),
    )
    .map((group) => viewGroup(group, phone))
}

function viewGroup(group: GroupFace, own: string): GroupView {
  const { id, subject, description, members, admins, requesters, settings, inviteCode } = group
  const isAdmin = admins.includes(own)
  return {
    id,
    subject,
    ...(description === undefined ? {} : { description: description.text }),
    members: members.map((phone) => ({ phone, isAdmin: admins.includes(phone) })),
    isMember: members.includes(own),
    isAdmin,
    requesters: isAdmin ? requesters : [],
    switches: {
      announcement: settings.has('announcement'),
      locked: settings.has('locked'),
      approval: settings.has('membership_approval_mode'),
      'members-add': group.membersMayAdd,
    },
    ...(isAdmin ? { inviteCode } : {}),
  }
}

/** All that exist: a search for channels finds them. */
export function viewChannels({ phone }: PhoneFace, world: World): readonly ChannelView[] {
  return world.newsletters.map((channel) => viewChannel(channel, phone))
}

function viewChannel(channel: NewsletterFace, own: string): ChannelView {
  const { id, name, description, owner, admins, followers, muted, invited } = channel
  const followerPhones = phonesOf(followers)
  const adminPhones = phonesOf(admins)
  return {
    id,
    name,
    description,
    role:
      owner.phone === own
        ? 'owner'
        : adminPhones.includes(own)
          ? 'admin'
          : followerPhones.includes(own)
            ? 'follower'
            : 'guest',
    followers: followerPhones.length,
    admins: adminPhones,
    muted: phonesOf(muted).includes(own),
    invited: phonesOf(invited.keys()).includes(own),
  }
}

function phonesOf(people: Iterable<{ readonly phone: string }>): readonly string[] {
  return [...people].map(({ phone }) => phone)
}
