/** `xmlns=w:mex`: channels, by the id of the stored GraphQL document. A variable that is missing is answered with 400. */

import type { Account } from '../account.js'
import type { Newsletter } from '../newsletter.js'
import { secondsOf } from '../wire/stanza.js'
import type { IqCall } from './iq-call.js'
import type { NewsletterOperation } from './mex-ids.js'
import { tellRole } from './newsletter-roles.js'

/** Becomes an error of GraphQL: `errors[0].extensions.error_code`. */
export class MexError extends Error {
  override readonly name = 'MexError'
  readonly code: number

  constructor(code: number, message: string) {
    super(message)
    this.code = code
  }
}

type Variables = Readonly<Record<string, unknown>>

interface Question {
  readonly variables: Variables
  readonly account: Account
  readonly call: IqCall
}

interface Operation {
  /** The key of the answer. */
  readonly answer: string
  readonly variables: readonly string[]
  readonly run: (question: Question) => unknown
}

const flags = ['fetch_status_metadata', 'fetch_wamo_sub']

const OPERATIONS: Readonly<Record<NewsletterOperation, Operation>> = {
  list: {
    answer: 'xwa2_newsletter_subscribed',
    variables: flags,
    run: ({ account, call }) =>
      call.network.newsletters
        .filter(({ followers }) => followers.has(account))
        .map((newsletter) => describe(newsletter, account)),
  },
  find: {
    answer: 'xwa2_newsletter',
    variables: [
      ...flags,
      'input',
      'fetch_creation_time',
      'fetch_full_image',
      'fetch_pinned_messages',
      'fetch_viewer_metadata',
    ],
    run: ({ variables, account, call }) => {
      const key = text(variables['input'], 'key')
      const found = call.network.newsletters.find(({ id, invite }) => [id, invite].includes(key))
      if (found === undefined) throw new MexError(404, 'not found')
      return describe(found, account)
    },
  },
  search: {
    answer: 'xwa2_newsletters_directory_search',
    variables: ['fetch_status_metadata', 'input'],
    run: (question) => {
      const wanted = text(question.variables['input'], 'search_text').toLowerCase()
      return page(question, ({ name, description }) =>
        `${name}\n${description}`.toLowerCase().includes(wanted),
      )
    },
  },
  directory: {
    answer: 'xwa2_newsletters_directory_list',
    variables: ['fetch_status_metadata', 'input'],
    run: (question) => {
      if (text(question.variables['input'], 'view') === '') throw new MexError(400, 'no view')
      return page(question, () => true)
    },
  },
  create: {
    answer: 'xwa2_newsletter_create',
    variables: ['input'],
    run: ({ variables, account, call }) => {
      const name = text(variables['input'], 'name')
      if (name === '') throw new MexError(400, 'no name')
      const description = text(variables['input'], 'description')
      return describe(call.network.addNewsletter({ name, description, owner: account }), account)
    },
  },
  update: {
    answer: 'xwa2_newsletter_update',
    variables: ['newsletter_id', 'updates'],
    run: (question) => {
      const newsletter = ownOf(question)
      update(newsletter, question)
      return describe(newsletter, question.account)
    },
  },
  delete: {
    answer: 'xwa2_newsletter_delete_v2',
    variables: ['newsletter_id'],
    run: (question) => {
      const newsletter = ownedOf(question)
      question.call.network.removeNewsletter(newsletter)
      return { id: newsletter.id, state: { type: 'DELETED' } }
    },
  },
  join: {
    answer: 'xwa2_newsletter_join_v2',
    variables: ['newsletter_id'],
    run: (question) => {
      const newsletter = named(question)
      newsletter.followers.add(question.account)
      return describe(newsletter, question.account)
    },
  },
  leave: {
    answer: 'xwa2_newsletter_leave_v2',
    variables: ['newsletter_id'],
    run: (question) => {
      const { account } = question
      const newsletter = named(question)
      if (newsletter.owner === account) throw new MexError(403, 'the owner stays')
      newsletter.followers.delete(account)
      newsletter.admins.delete(account)
      newsletter.muted.delete(account)
      return { id: newsletter.id, state: { type: 'ACTIVE' } }
    },
  },
  setting: {
    answer: 'xwa2_newsletter_update_user_setting',
    variables: ['input'],
    run: (question) => {
      const { variables, account } = question
      const newsletter = named({ ...question, variables: object(variables['input']) })
      if (!newsletter.followers.has(account)) throw new MexError(403, 'no follower')
      if (text(variables['input'], 'value') === 'ON') newsletter.muted.add(account)
      else newsletter.muted.delete(account)
      return { id: newsletter.id }
    },
  },
  inviteAdmin: {
    answer: 'xwa2_newsletter_admin_invite_create',
    variables: ['newsletter_id', 'user_id'],
    run: (question) => {
      const newsletter = ownedOf(question)
      const until = newsletter.inviteAdmin(person(question), question.call.network.now())
      return { id: newsletter.id, invite_expiration_time: secondsOf(until) }
    },
  },
  acceptInvite: {
    answer: 'xwa2_newsletter_admin_invite_accept',
    variables: ['newsletter_id'],
    run: (question) => {
      const newsletter = named(question)
      const accepted = newsletter.acceptInvitation(question.account, question.call.network.now())
      if (!accepted) throw new MexError(404, 'no invitation')
      tellRole(question.call, { newsletter, person: question.account, isAdmin: true })
      return { id: newsletter.id }
    },
  },
  revokeInvite: {
    answer: 'xwa2_newsletter_admin_invite_revoke',
    variables: ['newsletter_id', 'user_id'],
    run: (question) => {
      const newsletter = ownedOf(question)
      if (!newsletter.invited.delete(person(question))) throw new MexError(404, 'no invitation')
      return { id: newsletter.id }
    },
  },
  removeAdmin: {
    answer: 'xwa2_newsletter_admin_demote',
    variables: ['newsletter_id', 'user_id'],
    run: (question) => {
      const newsletter = named(question)
      const admin = person(question)
      // An admin may resign.
      if (newsletter.owner !== question.account && admin !== question.account)
        throw new MexError(403, 'not the owner')
      if (!newsletter.admins.delete(admin)) throw new MexError(404, 'no admin')
      tellRole(question.call, { newsletter, person: admin, isAdmin: false })
      return { id: newsletter.id }
    },
  },
  transfer: {
    answer: 'xwa2_newsletter_change_owner',
    variables: ['newsletter_id', 'user_id'],
    run: (question) => {
      const newsletter = ownedOf(question)
      const heir = person(question)
      if (!newsletter.admins.has(heir)) throw new MexError(404, 'no admin')
      newsletter.transferTo(heir)
      return { id: newsletter.id }
    },
  },
}

/** The `data` of the answer. Throws `MexError`. */
export function answerNewsletterQuery(
  operation: NewsletterOperation,
  variables: Variables,
  call: IqCall,
): Readonly<Record<string, unknown>> {
  const { answer, variables: declared, run } = OPERATIONS[operation]
  const missing = declared.find((name) => !Object.hasOwn(variables, name))
  if (missing !== undefined) throw new MexError(400, `${missing} is missing`)
  return { [answer]: run({ variables, account: call.device.account, call }) }
}

function update(newsletter: Newsletter, { variables, call }: Question): void {
  const updates = object(variables['updates'])
  const { name, description, picture } = updates
  if (typeof name === 'string') newsletter.name = name
  if (typeof description === 'string') newsletter.description = description
  if (typeof picture === 'string') {
    newsletter.picture = Buffer.from(picture, 'base64')
    newsletter.picturePath = new URL(call.publish(Buffer.from(picture, 'base64'))).pathname
  }
  const reactions = text(object(updates['settings'])['reaction_codes'], 'value')
  if (reactions === 'BASIC' || reactions === 'ALL') newsletter.reactionCodes = reactions
}

/** Numbers are texts, as at WhatsApp. */
function describe(newsletter: Newsletter, viewer: Account): object {
  const { id, name, description, createdAt, invite, followers, picturePath, muted } = newsletter
  const picture =
    picturePath === undefined ? null : { id: '1', type: 'IMAGE', direct_path: picturePath }
  return {
    id,
    state: { type: 'ACTIVE' },
    thread_metadata: {
      creation_time: secondsOf(createdAt),
      name: { id: '1', text: name },
      description: { id: '1', text: description },
      invite,
      subscribers_count: followers.size.toString(),
      verification: 'UNVERIFIED',
      picture,
      preview: picture,
      settings: { reaction_codes: { value: newsletter.reactionCodes } },
    },
    viewer_metadata: {
      role: newsletter.roleOf(viewer),
      settings: [{ type: 'MUTE_FOLLOWER_ACTIVITY', value: muted.has(viewer) ? 'ON' : 'OFF' }],
    },
  }
}

function page({ variables, account, call }: Question, matches: (one: Newsletter) => boolean) {
  const limit = Number(object(variables['input'])['limit'])
  const found = call.network.newsletters.filter(matches).slice(0, limit)
  return {
    page_info: { has_next_page: false, end_cursor: null },
    result: found.map((each) => describe(each, account)),
  }
}

function named({ variables, call }: Question): Newsletter {
  const found = call.network.newsletter(text(variables, 'newsletter_id'))
  if (found === undefined) throw new MexError(404, 'not found')
  return found
}

function ownOf(question: Question): Newsletter {
  const newsletter = named(question)
  if (!newsletter.isRunBy(question.account)) throw new MexError(403, 'no admin')
  return newsletter
}

function ownedOf(question: Question): Newsletter {
  const newsletter = named(question)
  if (newsletter.owner !== question.account) throw new MexError(403, 'not the owner')
  return newsletter
}

/** WhatsApp knows the admins of channels by LID alone. */
function person({ variables, call }: Question): Account {
  const id = text(variables, 'user_id')
  const account = id.endsWith('@lid') ? call.network.accountOf(id) : undefined
  if (account === undefined) throw new MexError(400, 'user_id is no LID')
  return account
}

function object(value: unknown): Variables {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Empty for what is no text. */
function text(value: unknown, name: string): string {
  const found = object(value)[name]
  return typeof found === 'string' ? found : ''
}
