/** The channel that the documented examples are about, as each of them needs it. */

import type { Simulator } from '@recado/simulator'

const ids = ['999999999999999999@newsletter', '120363166555745933@newsletter']
const other = '5511999999999'

/** Pages whose example is that of a person who does not run the channel. */
const ofFollowers = ['follow', 'unfollow', 'mute', 'unmute', 'accept-newsletter-admin-invite']

/** Puts the channel back into the state that the example of this page expects. */
export function prepareNewsletter(page: string, own: string, { network }: Simulator): void {
  const name = page.replace('newsletter/', '')
  const isFollowers = ofFollowers.some((each) => name.startsWith(each))
  const [mine, theirs] = [network.byPhone(own), network.byPhone(other)]
  if (mine === undefined || theirs === undefined) throw new Error('the channel has no people')
  for (const id of ids) {
    const owner = isFollowers ? theirs : mine
    const newsletter = network.addNewsletter({ id, name: 'Z-API', description: 'Canal', owner })
    newsletter.followers.add(mine)
    if (name === 'accept-newsletter-admin-invite') newsletter.inviteAdmin(mine, network.now())
    if (name === 'newsletter-revoke-admin-invite') newsletter.inviteAdmin(theirs, network.now())
    if (name === 'newsletter-remove-admin' || name === 'transfer-newsletter-ownership')
      newsletter.admins.add(theirs)
  }
}
