// Made by "npm run docs:openapi" from the list of calls. A test fails when it is out of date.

import type { CallOptions } from './options.js'

/** The number is in the group, or asked to join it. */
export type AcceptInviteGroupAnswer = {
  /** Always true. */
  success: boolean
  /** Ours: there if an admin has to agree first. */
  approvalPending?: boolean
}

/** It holds from now on. */
export type AddContactsAnswer = {
  /** Whether all of them are done. */
  success: boolean
  /** Those that are not. */
  errors: readonly ({
    /** As it was given, digits only. */
    phone: string
    /** Why it was left out. */
    error: string
  })[]
}

export type AddParticipantRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId?: string
  /** A community in place of a group, as GET /communities tells its id. */
  communityId?: string
  /** Numbers with their country, or LIDs (164354629388413@lid). */
  phones: readonly (string)[]
  /** Whether those who may not be added get the invitation link in a private message. */
  autoInvite?: boolean
}

export type AnswerPasskeyRequest = {
  /** The same as rawId. */
  id?: string
  /** The credential's id, base64 or base64url. */
  rawId: string
  /** public-key */
  type?: 'public-key'
  /** The authenticator's answer. */
  response: {
    /** As the browser gives it, base64 or base64url. */
    authenticatorData: string
    /** As the browser gives it, base64 or base64url. */
    clientDataJSON: string
    /** As the browser gives it, base64 or base64url. */
    signature: string
    /** As the browser gives it, base64 or base64url; null where it gives none. */
    userHandle?: string | null
  }
  /** Not used. */
  clientExtensionResults?: {

  }
}

/** The message will not be sent. */
export type CancelMessageAnswer = {
  /** **Ours.** 0 if there was nothing to delete. */
  deleted: number
}

/** It does not tell whether a phone exists. */
export type CheckOtpAnswer = {
  /** Whether it is the right code, in time and unused. */
  valid: boolean
}

export type CheckOtpRequest = {
  /** Required. A person: a number with or without mask, or `…@lid`. */
  phone: string
  /** As it was typed: only letters and digits count, and their case makes no difference. */
  code: string
}

/** What WhatsApp says, at most ten minutes ago. */
export type CheckPhoneExistsAnswer = {
  /** Whether it is on WhatsApp. */
  exists: boolean
  /** The same as outputPhone. */
  phone: string
  /** The number that was asked for, digits only. */
  inputPhone: string
  /** The number as WhatsApp knows it; the inputPhone if it is not on WhatsApp. */
  outputPhone: string
  /** The LID, by which WhatsApp names a person without the number. */
  lid: string | null
  /** Ours: there if WhatsApp did not say whether the number exists. Ask again. */
  error?: string
}

export type CheckPhonesExistRequest = {
  /** Numbers with their country. */
  phones: readonly (string)[]
}

/** A deleted message is not sent. */
export type ClearQueueAnswer = {
  /** **Ours.** How many were deleted. */
  deleted: number
  /** **Ours.** How many were kept: they may have left. */
  kept: number
}

export type ConfirmPasskeyCodeRequest = {
  /** Whether the codes are the same. */
  same: boolean
}

/** The length of the queue. */
export type CountQueueAnswer = {
  /** How many messages wait. */
  count: number
}

/** The list as it is now. */
export type CreateBroadcastListAnswer = {
  /** The id of the list. Sends take it as phone. */
  broadcastId: string
  /** Of the list. */
  name: string
  /** Who is in it. */
  phones: readonly (string)[]
}

export type CreateBroadcastListRequest = {
  /** Of the list. */
  name: string
  /** Numbers with their country, or LIDs (164354629388413@lid). At most 256. */
  phones: readonly (string)[]
}

/** The community was made. */
export type CreateCommunityAnswer = {
  /** The id of the community. */
  id: string
  /** The groups of the community. */
  subGroups: readonly ({
    /** The name of the group. */
    name: string
    /** The id of the group. */
    phone: string
    /** Whether the community tells its news in the group. */
    isGroupAnnouncement: boolean
  })[]
}

export type CreateCommunityRequest = {
  /** The name of the community. */
  name: string
  /** What the community is for. */
  description?: string
}

/** The group was made. */
export type CreateGroupAnswer = {
  /** The id of the group. */
  phone: string
  /** The phones that WhatsApp did not add, as they were given. */
  phonesNotAdded: readonly (string)[]
  /** The invitation link; empty where WhatsApp did not give it. */
  invitationLink: string
}

export type CreateGroupRequest = {
  /** The name of the group. */
  groupName: string
  /** Numbers with their country, or LIDs (164354629388413@lid). */
  phones: readonly (string)[]
  /** Whether those who may not be added get the invitation link in a private message. */
  autoInvite?: boolean
  /** The picture of the group: a URL, or base64, at most 5 MB. */
  profileImage?: string
}

/** The channel was made. */
export type CreateNewsletterAnswer = {
  /** The id of the channel. */
  id: string
}

export type CreateNewsletterRequest = {
  /** The name of the channel. */
  name: string
  /** What the channel is about. */
  description?: string
}

/** The link. */
export type CreatePasskeyLinkAnswer = {
  /** For a browser on a computer. Shown only now. */
  url: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** The label was made. */
export type CreateTagAnswer = {
  /** The number of the label. */
  id: string
}

export type CreateTagRequest = {
  /** Of the label. */
  name: string
  /** The number of the colour, as GET /business/tags/colors tells them. */
  color?: number
}

export type DeleteNewsletterRequest = {
  /** Required. The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
  id: string
}

/** It holds from now on. */
export type Done = {
  /** Always true. */
  value: boolean
}

/** One page of the queue. */
export type FilterQueueAnswer = {
  /** In sending order. */
  messages: readonly ({
    /** The same as ZaapId. */
    _id: string
    /** Seconds before the next message; -1: the default. */
    DelayMessage: number
    /** The text, its code masked. */
    Message: string
    /** **Ours.** The code, masked. */
    Code?: string
    /** **Ours.** Only a QUEUED message can be deleted. */
    Status: string
    /** **Ours.** Also high: what waits in a chat before a message that is. */
    Priority: 'high' | 'normal' | 'low'
    /** **Ours.** When it is expected to leave, milliseconds since 1970; absent while the instance is disconnected. */
    ExpectedAt?: number
    /** **Ours.** The limit that holds it now (update-sending-limits); absent if none does. */
    HeldBy?: 'daily-messages' | 'new-people' | 'quiet-hours'
    /** Always false. */
    IsTrial: boolean
    /** The instance that sends it. */
    InstanceId: string
    /** The recipient. */
    Phone: string
    /** Our id of the message. */
    ZaapId: string
    /** Seconds of "typing…" before it. */
    DelayTyping: number
    /** WhatsApp's id of it. */
    MessageId: string
    /** When it was accepted, milliseconds since 1970. */
    Created: number
    /** The same as Created, ISO 8601. */
    CreatedAt: string
    /** Always false. */
    Beta: boolean
  })[]
  /** Asks for the next page; null on the last one. */
  pagingState: string | null
  /** Whether there is a next page. */
  hasMore: boolean
}

export type FilterQueueRequest = {
  /** How many messages, 20 if unset, at most 30. */
  pageSize?: number
  /** The pagingState of the page before. */
  pagingState?: string
}

/** The wait at this moment. */
export type ForecastQueueAnswer = {
  /** Whether the instance, or a member of the pool, can send now. */
  connected: boolean
  /** Seconds that a new code, or a message with priority high, would wait; null while nothing can be sent. */
  high: number | null
  /** Seconds that a new text would wait; null while nothing can be sent. */
  normal: number | null
  /** Seconds that a message with priority low would wait; null while nothing can be sent. */
  low: number | null
  /** What waits, with what is being sent. */
  waiting: {
    /** How many wait with priority high. */
    high: number
    /** How many wait with priority normal. */
    normal: number
    /** How many wait with priority low. */
    low: number
  }
}

/** The message is stored and queued. A callback tells what becomes of it. */
export type ForwardMessageAnswer = {
  /** Our id of the message. */
  zaapId: string
}

export type ForwardMessageRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The message, own or received. */
  messageId: string
  /** The chat in which it was said, as in phone. */
  messagePhone: string | number
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

/** What WhatsApp shows now. What is not set is empty. */
export type GetBusinessProfileAnswer = {
  /** What the business says of itself. */
  description: string
  /** Its address. */
  address: string
  /** Its e-mail address. */
  email: string
  /** At most two. */
  websites: readonly (string)[]
  /** Its categories. */
  categories: readonly ({
    /** The name that people see. */
    displayName: string
    /** The name for programs. */
    label: string
    /** WhatsApp's id. */
    id: string
  })[]
  /** The opening hours. null where none are set. */
  businessHours: {
    /** The IANA name of the time zone. */
    timezone: string
    /** The open days. A day with two openings is there twice. */
    days: readonly ({
      /** SUNDAY to SATURDAY. */
      dayOfWeek: string
      /** When it opens. null where the mode has no hours. */
      openTime: string | null
      /** When it closes. null where the mode has no hours. */
      closeTime: string | null
    })[]
    /** specificHours, open24h or appointmentOnly. */
    mode: string
  } | null
  /** Whether it has a cover photo. */
  hasCoverPhoto: boolean
}

/** The callback. */
export type GetCallbackAnswer = {
  /** The same as its header webhook-id. */
  id: string
  /** The type of its body: DeliveryCallback, …. */
  type: string
  /** pending, dead or done. */
  status: string
  /** The chat that it tells of. */
  phone: string | null
  /** The message that it tells of, if that was sent by this gateway. */
  zaapId: string | null
  /** WhatsApp's id of that message, also of a received one. */
  messageId: string | null
  /** Where it goes. */
  url: string
  /** How often it was tried. */
  attempts: number
  /** Why the last attempt failed. */
  error: string | null
  /** Milliseconds since 1970. */
  created: number
  /** When the last attempt failed for good, milliseconds since 1970. */
  ended: number | null
  /** Its attempts, the oldest first. None where an older version made them. */
  tries: readonly ({
    /** When it began, milliseconds since 1970. */
    at: number
    /** How long it took. */
    durationMs: number
    /** What the receiver answered; null if no answer came. */
    statusCode: number | null
    /** What was wrong; null if it was taken. */
    error: string | null
    /** The beginning of what it answered, at most 1,000 characters, codes masked. */
    answer: string | null
  })[]
  /** Only if the query asks for it; null once it is erased. */
  body?: unknown
}

/** What is known of the chat. */
export type GetChatAnswer = {
  /** The number, the LID, the group or the channel. */
  phone: string
  /** The name in the address book, else that of the group, of the business, or the one that the person chose. Empty if none is known. */
  name: string
  /** How many messages are unread; 1 if it was marked unread. */
  unread: string
  /** How many messages are unread. */
  messagesUnread: number
  /** When the last message was sent, in seconds since 1970; 0 if none is known. */
  lastMessageTime: string
  /** `true` or `false`. */
  archived: string
  /** `true` or `false`. */
  pinned: string
  /** `1` or `0`. */
  isMuted: string
  /** Until when it is muted, in milliseconds since 1970; -1 for ever. Only if it is. */
  muteEndTime?: number
  /** `true` if it was reported, or the person is a stranger who is not accepted yet. */
  isMarkedSpam: string
  /** Whether it is a group. */
  isGroup: boolean
  /** Whether it is the group in which a community tells its news. */
  isGroupAnnouncement: boolean
  /** What was written down with POST /chats/{phone}/notes. Only if there is one. */
  notes?: {
    /** Of the note. */
    id: string
    /** The note. */
    content: string
    /** In milliseconds since 1970. */
    createdAt: number
    /** In milliseconds since 1970. */
    lastUpdateAt: number
  }
  /** Where WhatsApp serves the picture, for some hours. Empty without one, where this number may not see it, or without a connection. */
  profileThumbnail: string
  /** The about text of the person, as WhatsApp told it last. Empty if it is not known. */
  about: string
}

/** What WhatsApp tells now. */
export type GetCommunityAnswer = {
  /** The name of the community. */
  name: string
  /** Its id. */
  id: string
  /** Its description; empty where there is none. */
  description: string
  /** The groups of the community. */
  subGroups: readonly ({
    /** The name of the group. */
    name: string
    /** The id of the group. */
    phone: string
    /** Whether the community tells its news in the group. */
    isGroupAnnouncement: boolean
  })[]
}

/** What is known of the person. A name that is not known is empty. */
export type GetContactAnswer = {
  /** The number; `…@lid` where it is not known. */
  phone: string
  /** The name in the address book of the phone. */
  name: string
  /** The first name in the address book. */
  short: string
  /** The name that the person chose. */
  notify: string
  /** The name of a business that WhatsApp has verified. */
  vname: string
  /** Where WhatsApp serves the picture, for some hours. Empty without one, where this number may not see it, or without a connection. */
  imgUrl: string
  /** The about text, as WhatsApp told it last. Empty if it is not known. */
  about: string
}

/** As WhatsApp has it now. */
export type GetDeviceAnswer = {
  /** The number. */
  phone: string
  /** WhatsApp's URL of the picture, for some hours; empty if there is none. */
  imgUrl: string
  /** The text about it; empty if there is none. */
  about: string
  /** The name that it shows; empty as long as it is unknown. */
  name: string
  /** This linked device. */
  device: {
    /** The instance's name. */
    sessionName: string
    /** Recado. */
    device_model: string
  }
  /** The app on the phone: android, iphone, or smba and smbi for WhatsApp Business. */
  originalDevice: string
  /** The number of this linked device on the account. */
  sessionId: number
  /** Whether the phone has WhatsApp Business. */
  isBusiness: boolean
}

/** The token. */
export type GetExtensionTokenAnswer = {
  /** Shown only now. */
  token: string
  /** Milliseconds since 1970. */
  expiresAt: number
}

/** What WhatsApp tells now. */
export type GetGroupAnswer = {
  /** The id of the group. */
  phone: string
  /** Its description; empty where there is none. */
  description: string
  /** Who made it. */
  owner: string
  /** Its name. */
  subject: string
  /** When it was made, in milliseconds since 1970. */
  creation: number
  /** The members. */
  participants: readonly ({
    /** The number; `…@lid` where it is not known. */
    phone: string
    /** Whether the member is an admin. */
    isAdmin: boolean
    /** Whether the member made the group. */
    isSuperAdmin: boolean
    /** The name in the address book, if the member is in it. */
    name?: string
    /** The first name in the address book. */
    short?: string
  })[]
  /** When the name was set, in milliseconds since 1970. */
  subjectTime: number
  /** Who set the name. */
  subjectOwner: string
  /** The invitation link; null where it was not asked for, or not given to this number. */
  invitationLink: string | null
  /** Why there is no link: `not-authorized` (no admin), `forbidden`, `too many requests`. */
  invitationLinkError?: string
  /** The community that the group belongs to. */
  communityId: string | null
  /** Whether only admins send messages. */
  adminOnlyMessage: boolean
  /** Whether only admins change name, description and picture. */
  adminOnlySettings: boolean
  /** Whether an admin has to agree before a person joins. */
  requireAdminApproval: boolean
  /** Whether a community tells its news in the group. */
  isGroupAnnouncement: boolean
}

/** What WhatsApp tells now. */
export type GetGroupInvitationLinkAnswer = {
  /** The id of the group. */
  phone: string
  /** A person with the link can join. */
  invitationLink: string
}

/** What WhatsApp tells to those who have the link. */
export type GetGroupOfInvitationAnswer = {
  /** The id of the group. */
  phone: string
  /** Its description; empty where there is none. */
  description: string
  /** Who made it. */
  owner: string
  /** Its name. */
  subject: string
  /** When it was made, in milliseconds since 1970. */
  creation: number
  /** The members. */
  participants: readonly ({
    /** The number; `…@lid` where it is not known. */
    phone: string
    /** Whether the member is an admin. */
    isAdmin: boolean
    /** Whether the member made the group. */
    isSuperAdmin: boolean
    /** The name in the address book, if the member is in it. */
    name?: string
    /** The first name in the address book. */
    short?: string
  })[]
  /** When the name was set, in milliseconds since 1970. */
  subjectTime: number
  /** Who set the name. */
  subjectOwner: string
  /** The link that was asked for. */
  invitationLink: string
  /** How many members WhatsApp names here. */
  contactsCount: number
  /** How many members there are. */
  participantsCount: number
}

/** The settings at this moment. */
export type GetInstanceAnswer = {
  /** The instance's id. */
  id: string
  /** The instance's token. */
  token: string
  /** What update-name set. */
  name: string
  /** Far ahead: nothing ends here. Milliseconds since 1970. */
  due: number
  /** Whether it can send now. */
  connected: boolean
  /** Always PAID: Recado costs nothing. */
  paymentStatus: string
  /** When it was made, ISO 8601. */
  created: string
  /** The URL of these callbacks; empty if there is none. */
  connectedCallbackUrl: string
  /** The URL of these callbacks; empty if there is none. */
  deliveryCallbackUrl: string
  /** The URL of these callbacks; empty if there is none. */
  disconnectedCallbackUrl: string
  /** The URL of these callbacks; empty if there is none. */
  messageStatusCallbackUrl: string
  /** The URL of these callbacks; empty if there is none. */
  presenceChatCallbackUrl: string
  /** The URL of these callbacks; empty if there is none. */
  receivedCallbackUrl: string
  /** What update-notify-sent-by-me set. */
  receiveCallbackSentByMe: boolean
  /** What update-call-reject-auto set. */
  callRejectAuto: boolean
  /** What update-call-reject-message set. */
  callRejectMessage: string
  /** What update-auto-read-message set. */
  autoReadMessage: boolean
  /** **Ours.** What update-button-form set. */
  buttonForm: 'buttons' | 'text' | 'both'
  /** **Ours.** What update-late-sends set. */
  lateSends: 'refuse' | 'accept'
  /** **Ours.** What update-code-times set; null: as the gateway says. */
  codeLifeSeconds: number | null
  /** **Ours.** What update-code-times set; null: as the gateway says. */
  undeliverableAfterSeconds: number | null
  /** **Ours.** What update-pacing set; null: as the gateway says. */
  minGapMs: number | null
  /** **Ours.** What update-pacing set; null: as the gateway says. */
  maxGapMs: number | null
  /** **Ours.** What update-retention set; null: as the gateway says. */
  keepMessagesDays: number | null
  /** **Ours.** What update-retention set; null: as the gateway says. */
  keepMediaLinksDays: number | null
  /** **Ours.** What update-retention set; null: as the gateway says. */
  keepDirectoryDays: number | null
  /** Always empty: there are no such callbacks. */
  initialDataCallbackUrl: string
  /** The proxy to WhatsApp; empty if there is none. */
  proxyUrl: string
  /** Whether there is one. */
  useProxy: boolean
}

/** Times of what did not happen are left out. */
export type GetMessageAnswer = {
  /** Our id of the message. */
  zaapId: string
  /** WhatsApp's id of it. Callbacks name it. */
  messageId: string
  /** The same as messageId. */
  id: string
  /** Whose message it is. */
  instanceId: string
  /** As it was written to. */
  phone: string
  /** Where it stands. UNKNOWN: written and not confirmed, it goes again under the same id. RECEIVED: delivered. CANCELLED: deleted from the queue. */
  status: 'QUEUED' | 'SENDING' | 'UNKNOWN' | 'SENT' | 'RECEIVED' | 'READ' | 'PLAYED' | 'FAILED' | 'EXPIRED' | 'CANCELLED'
  /** When it was stored, milliseconds since 1970. */
  acceptedAt: number
  /** After this it is not sent any more, milliseconds since 1970. */
  expiresAt?: number
  /** When WhatsApp took it, milliseconds since 1970. */
  sentAt?: number
  /** When it was delivered, milliseconds since 1970. */
  receivedAt?: number
  /** When it was read, milliseconds since 1970. */
  readAt?: number
  /** When it was played, milliseconds since 1970. */
  playedAt?: number
  /** When it failed, expired or was cancelled, milliseconds since 1970. */
  endedAt?: number
  /** The last 20 times it was given to WhatsApp. */
  attempts: readonly ({
    /** When it began, milliseconds since 1970. */
    startedAt: number
    /** When it ended, milliseconds since 1970. */
    endedAt?: number
    /** WhatsApp's id in this attempt. */
    messageId: string
    /** How it ended. UNKNOWN: it may have arrived. NOT_SENT: the connection broke before it left. RECIPIENT_UNREACHABLE: WhatsApp takes nothing for this recipient. FILE_REFUSED: by the media server of WhatsApp. */
    outcome: 'SENDING' | 'SENT' | 'REFUSED' | 'UNKNOWN' | 'NOT_SENT' | 'EXPIRED' | 'NO_SUCH_RECIPIENT' | 'RECIPIENT_UNREACHABLE' | 'FILE_REFUSED' | 'NOT_POSSIBLE'
    /** WhatsApp's code of a refusal. */
    code?: number
  })[]
  /** The pool that it was sent to. */
  poolId?: string
  /** Of a message of a pool that went from one member to another. */
  moves?: readonly ({
    /** When, milliseconds since 1970. */
    movedAt: number
    /** The id of the member that had it. */
    from: string
    /** The id of the member that took it over. */
    to: string
    /** disconnected: its member was away. restricted: its member may start no conversation. refused: WhatsApp refused it because of the number. unknown: WhatsApp did not confirm it, and `onUnknown` allows a second copy. removed: its member left the pool. full: its member has reached a limit. order: another member writes to the person by now, and the order of the chat holds. */
    reason: 'disconnected' | 'restricted' | 'refused' | 'unknown' | 'removed' | 'full' | 'order'
  })[]
  /** What went instead of the button, and why: as in the DeliveryCallback. */
  fallback?: unknown
  /** Why it was not sent, with `error` and `errorCode` as in the DeliveryCallback. */
  failure?: {
    /** One word for programs. */
    reason: string
  }
}

/** What WhatsApp tells now. */
export type GetNewsletterAnswer = {
  /** The id of the channel. */
  id: string
  /** When it was made, in seconds since 1970; 0 if it is not told. */
  creationTime: number
  /** `ACTIVE` or `NON_EXISTING`. */
  state: string
  /** Its name. */
  name: string
  /** Its description; empty where there is none. */
  description: string
  /** How many people follow it. */
  subscribersCount: string
  /** Its link; empty if it is not told. */
  inviteLink: string
  /** `VERIFIED` or `UNVERIFIED`. */
  verification: string
  /** The URL of its picture; null where there is none. */
  picture: string | null
  /** The URL of the small picture; null where there is none. */
  preview: string | null
  /** How this number stands to it. */
  viewMetadata: {
    /** `ON` or `OFF`. */
    mute: string
    /** `OWNER`, `ADMIN`, `SUBSCRIBER` or `GUEST`. */
    role: string
  }
}

/** One page. */
export type GetOwnCatalogAnswer = {
  /** Whether the catalogue takes carts. */
  cartEnabled: boolean
  /** At most 50. */
  products: readonly ({
    /** WhatsApp's word: in stock, out of stock. */
    availability: string
    /** Of the product. */
    id: string
    /** The business's own code. null where there is none. */
    retailerId: string | null
    /** The text below the name. */
    description: string
    /** In thousandths of the currency: 100000 is 100.00. null without a price. */
    price: string | null
    /** The lower price, in thousandths. null without one. */
    salePrice: string | null
    /** Of the prices: BRL. */
    currency: string
    /** Of the product. */
    name: string
    /** Where WhatsApp serves the pictures, for some time. */
    images: readonly (string)[]
    /** Always null: WhatsApp does not tell it. */
    quantity: null
  })[]
  /** Asks for the next page. Left out on the last one. */
  nextCursor?: string
}

export type GetOwnCatalogPageRequest = {
  /** Of the page before. The first if unset. */
  nextCursor?: string
}

/** The state at this moment. */
export type GetPasskeyAnswer = {
  /** none: WhatsApp has not asked. passkey: the owner signs. phone: the owner confirms on the phone. code: the codes are compared. finishing: the phone completes the linking. linked, failed: it is over. */
  state: 'none' | 'passkey' | 'phone' | 'code' | 'finishing' | 'linked' | 'failed'
  /** When this state fails. Milliseconds since 1970. */
  deadline?: number
  /** In state passkey: who signs later has to compare a code too. Milliseconds since 1970. */
  codeAfter?: number
  /** In state code: the phone must show the same. */
  code?: string
  /** In state failed: why, by name. */
  reason?: string
  /** The same as a sentence. */
  cause?: string
  /** What to try next. */
  cure?: string
  /** WhatsApp's request, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. It can be signed on https://web.whatsapp.com alone. */
  challenge?: {
    /** What has to be signed, base64url. */
    challenge: string
    /** whatsapp.com */
    rpId: string
    /** required */
    userVerification: string
  }
}

/** The product as it is now. */
export type GetProductAnswer = {
  /** Whether the catalogue takes carts. */
  cartEnabled: boolean
  /** Always empty: WhatsApp does not tell it. */
  catalogId: string
  /** WhatsApp's word: in stock, out of stock. */
  availability: string
  /** Of the product. */
  id: string
  /** The business's own code. null where there is none. */
  retailerId: string | null
  /** The text below the name. */
  description: string
  /** In thousandths of the currency: 100000 is 100.00. null without a price. */
  price: string | null
  /** The lower price, in thousandths. null without one. */
  salePrice: string | null
  /** Of the prices: BRL. */
  currency: string
  /** Of the product. */
  name: string
  /** Where WhatsApp serves the pictures, for some time. */
  images: readonly (string)[]
}

/** What WhatsApp tells now. */
export type GetProfilePictureAnswer = {
  /** null without a picture, or where this number may not see it. */
  link: string | null
}

/** The limits and today. */
export type GetSendingLimitsAnswer = {
  /** Most messages a day. 0: no limit. */
  dailyMessages: number
  /** Most people a day with whom the number has no conversation. 0: no limit. */
  dailyNewPeople: number
  /** true: 20 messages on the first day, more each day, and the daily limit (1,000 without one) from day 14 on. A day counts on which the number sent something. Of a pool: for its members that have null. null (so it is unless set): as the pools of the number say; false: no warm-up, whatever they say. */
  warmUp: boolean | null
  /** From then on messages with priority low wait, HH:MM. Empty: no such hours. */
  quietFrom: string
  /** Until then, HH:MM; the next day if it is not after quietFrom. */
  quietTo: string
  /** Where days begin and quiet hours count, such as America/Sao_Paulo. UTC if unset. */
  timeZone: string
  /** false (so it is unless set): codes and other messages with priority high neither count nor wait. true: they do. */
  limitCodes: boolean
  /** Where the number, or the pool, stands. */
  today: {
    /** When the day ends, milliseconds since 1970. */
    endsAt: number
    /** How many messages were sent that count. */
    messages: number
    /** How many may be; null: no limit. */
    mostMessages: number | null
    /** How many people it has begun to write to; counted where that is limited. */
    newPeople: number
    /** Which limit mostMessages is: daily-messages, warm-up (of the number), pool-warm-up (of its pool); null: no limit. */
    mostFrom: 'daily-messages' | 'warm-up' | 'pool-warm-up' | null
    /** The day of the warm-up, from 1; null: none, or it is over. */
    warmUpDay: number | null
    /** The id of the pool whose warmUp the number has; null: its own, or none. */
    warmUpPool: string | null
  }
}

/** The state at this moment. */
export type GetStatusAnswer = {
  /** Whether it can send now. */
  connected: boolean
  /** A text about the state and no failure, also while connected: Z-API writes it so. */
  error: string | null
  /** The same as connected. */
  smartphoneConnected: boolean
  /** **Ours**, only while it is so: strangers are refused until then, milliseconds since 1970. */
  restrictedUntil?: number
  /** **Ours**, only while it is not connected: why. */
  disconnection?: {
    /** By name, such as `banned`: docs/operator-reference.md lists them all. */
    reason: string
    /** Milliseconds since 1970. */
    since: number
    /** One sentence. */
    cause: string
    /** What helps. */
    cure: string
    /** wait: the gateway keeps trying. pair: it needs a new QR code. reconnect: a person has to act, then `restore-session`. */
    remedy: 'wait' | 'pair' | 'reconnect'
    /** When WhatsApp ends it by itself. Milliseconds since 1970. */
    until?: number
  }
}

/** Keep it secret. */
export type GetWebhookSecretAnswer = {
  /** Signs the callbacks of this instance. */
  webhookSecret: string
}

export type LeaveGroupRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId: string
}

export type LinkGroupsRequest = {
  /** The id of the community, as GET /communities tells it. */
  communityId?: string
  /** The ids of the groups, such as 120363019502650977-group. */
  groupsPhones: readonly (string)[]
}

/** One page. */
export type ListCallbacksAnswer = {
  /** At most 100, the oldest first. */
  callbacks: readonly ({
    /** The same as its header webhook-id. */
    id: string
    /** The type of its body: DeliveryCallback, …. */
    type: string
    /** pending, dead or done. */
    status: string
    /** The chat that it tells of. */
    phone: string | null
    /** The message that it tells of, if that was sent by this gateway. */
    zaapId: string | null
    /** WhatsApp's id of that message, also of a received one. */
    messageId: string | null
    /** Where it goes. */
    url: string
    /** How often it was tried. */
    attempts: number
    /** Why the last attempt failed. */
    error: string | null
    /** Milliseconds since 1970. */
    created: number
    /** When the last attempt failed for good, milliseconds since 1970. */
    ended: number | null
  })[]
  /** Asks for the next page as `after`; null on the last one. */
  next: string | null
}

/** The products as they are now. */
export type ListCollectionProductsAnswer = {
  /** Always null: there is one page. */
  nextCursor: null
  /** In the order of the collection. */
  products: readonly ({
    /** WhatsApp's word: in stock, out of stock. */
    availability: string
    /** Of the product. */
    id: string
    /** The text below the name. */
    description: string
    /** In thousandths of the currency: 100000 is 100.00. null without a price. */
    price: string | null
    /** Of the prices: BRL. */
    currency: string
    /** Of the product. */
    name: string
    /** Where WhatsApp serves the pictures, for some time. */
    images: readonly (string)[]
    /** Its page elsewhere; empty where there is none. */
    url: string
    /** Whether people do not see it. */
    isHidden: boolean
    /** The business's own code; empty without one. */
    retailerId: string
    /** Always empty: WhatsApp does not tell it. */
    quantity: string
  })[]
}

/** The collections as they are now. */
export type ListCollectionsAnswer = {
  /** Always empty: there is one page. */
  nextCursor: string
  /** In the order of the catalogue. */
  collections: readonly ({
    /** Of the collection. */
    id: string
    /** Of the collection. */
    name: string
    /** WhatsApp's word on it: APPROVED. */
    status: string
  })[]
}

/** The list. */
export type ListDisallowedContactsAnswer = {
  /** Numbers; the LID (164354629388413@lid) of a person whose number is not known. */
  disallowedContacts: readonly (string)[]
}

/** What is known. */
export type ListPrivacyAnswer = {
  /** ALL, CONTACTS, NONE or CONTACT_BLACKLIST. */
  lastSeen: string | null
  /** The same. */
  photo: string | null
  /** The same. */
  description: string | null
  /** The same. */
  groupAdd: string | null
  /** ALL or SAME_LAST_SEEN. */
  online: string | null
  /** Whether others see what this number has read. */
  readReceipts: boolean | null
  /** hours24, days7, days90 or disable, of new chats. */
  messagesDuration: string | null
  /** Numbers; the LID (164354629388413@lid) of a person whose number is not known. */
  blocked: readonly (string)[] | null
}

/** The beginning of the queue. */
export type ListQueueAnswer = {
  /** In sending order. */
  messages: readonly ({
    /** The same as ZaapId. */
    _id: string
    /** Seconds before the next message; -1: the default. */
    DelayMessage: number
    /** The text, its code masked. */
    Message: string
    /** **Ours.** The code, masked. */
    Code?: string
    /** **Ours.** Only a QUEUED message can be deleted. */
    Status: string
    /** **Ours.** Also high: what waits in a chat before a message that is. */
    Priority: 'high' | 'normal' | 'low'
    /** **Ours.** When it is expected to leave, milliseconds since 1970; absent while the instance is disconnected. */
    ExpectedAt?: number
    /** **Ours.** The limit that holds it now (update-sending-limits); absent if none does. */
    HeldBy?: 'daily-messages' | 'new-people' | 'quiet-hours'
    /** Always false. */
    IsTrial: boolean
    /** The instance that sends it. */
    InstanceId: string
    /** The recipient. */
    Phone: string
    /** Our id of the message. */
    ZaapId: string
    /** Seconds of "typing…" before it. */
    DelayTyping: number
    /** WhatsApp's id of it. */
    MessageId: string
    /** When it was accepted, milliseconds since 1970. */
    Created: number
  })[]
}

/** All of them. */
export type ListReceiversAnswer = {
  /** By their URLs. */
  receivers: readonly ({
    /** Where it listens. */
    url: string
    /** The types of callback that go there; none if it is a former receiver. */
    types: readonly (string)[]
    /** Since when it is paused, milliseconds since 1970. */
    pausedAt: number | null
    /** Since when nothing goes there because it answered 410, milliseconds since 1970. */
    disabledAt: number | null
    /** How many callbacks wait for it. */
    pending: number
    /** How many failed in the last 30 days. */
    failed: number
  })[]
}

/** Each colour by its number. */
export type ListTagColorsAnswer = {
  /** As #RRGGBB. */
  '0': string
  /** As #RRGGBB. */
  '1': string
  /** As #RRGGBB. */
  '2': string
  /** As #RRGGBB. */
  '3': string
  /** As #RRGGBB. */
  '4': string
  /** As #RRGGBB. */
  '5': string
  /** As #RRGGBB. */
  '6': string
  /** As #RRGGBB. */
  '7': string
  /** As #RRGGBB. */
  '8': string
  /** As #RRGGBB. */
  '9': string
  /** As #RRGGBB. */
  '10': string
  /** As #RRGGBB. */
  '11': string
  /** As #RRGGBB. */
  '12': string
  /** As #RRGGBB. */
  '13': string
  /** As #RRGGBB. */
  '14': string
  /** As #RRGGBB. */
  '15': string
  /** As #RRGGBB. */
  '16': string
  /** As #RRGGBB. */
  '17': string
  /** As #RRGGBB. */
  '18': string
  /** As #RRGGBB. */
  '19': string
}

export type ModifyBlockedRequest = {
  /** Required. A number with its country, or a LID. */
  phone: string
  /** What is done. */
  action: 'block' | 'unblock'
}

export type ModifyChatRequest = {
  /** Required. A number with its country, a group or a LID. */
  phone: string
  /** What is done to the chat. */
  action: 'archive' | 'unarchive' | 'pin' | 'unpin' | 'mute' | 'unmute' | 'read' | 'unread' | 'clear' | 'delete'
}

export type PauseReceiverRequest = {
  /** The URL of the receiver, as `GET callbacks/receivers` names it. */
  url: string
}

export type PinMessageRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The message, own or received. */
  messageId: string
  /** pin or unpin. */
  messageAction: 'pin' | 'unpin'
  /** How long. Required to pin, without effect to unpin. */
  pinMessageDuration?: '24_hours' | '7_days' | '30_days'
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type ReadMessageRequest = {
  /** Required. The chat. */
  phone: string
  /** The message. In a group it must be one that is kept. */
  messageId: string
}

/** The link holds from now on. */
export type RedefineInvitationLinkAnswer = {
  /** The new link. */
  invitationLink: string
}

export type RemoveParticipantRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId?: string
  /** A community in place of a group, as GET /communities tells its id. */
  communityId?: string
  /** Numbers with their country, or LIDs (164354629388413@lid). */
  phones: readonly (string)[]
}

/** They are queued again. */
export type ReplayCallbacksAnswer = {
  /** How many go again. */
  replayed: number
}

export type ReplayCallbacksRequest = {
  /** The moment: ISO 8601 with its zone, a date alone, or milliseconds since 1970. */
  since: string | number
}

export type ReplyButtonRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** Of the button, as the callback of the message told it. */
  responseButtonId: string | number
  /** The message with the button. */
  messageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type ReplyStatusGifRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 100 MB. */
  gif: string
  /** The status, which the person of `phone` posted in the last 24 hours. */
  statusMessageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type ReplyStatusStickerRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 16 MB. */
  sticker: string
  /** The status, which the person of `phone` posted in the last 24 hours. */
  statusMessageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type ReplyStatusTextRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** The status, which the person of `phone` posted in the last 24 hours. */
  statusMessageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type ReplyTemplateButtonRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** Of the button, as the callback of the message told it. */
  responseTemplateButtonId: string | number
  /** The message with the button. */
  messageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

/** What became of it. */
export type ReportContactAnswer = {
  /** Whether WhatsApp has the report. */
  success: boolean
  /** Why not. */
  error?: string
}

/** The state after at most 15 seconds. */
export type RestartAnswer = {
  /** Whether the connection is open. false: not within 15 seconds; Recado goes on trying. */
  value: boolean
}

export type RevokeNewsletterAdminInviteRequest = {
  /** Required. The number of the person with its country, or a LID. */
  phone: string
}

export type SearchNewsletterRequest = {
  /** How many channels to give, 1 to 100. */
  limit: number
  /** Which of the view. */
  filters: {
    /** Countries by their two letters: BR. */
    countryCodes?: readonly (string)[]
  }
  /** Which list. RECOMMENDED if it is not given. */
  view?: 'RECOMMENDED' | 'TRENDING' | 'POPULAR' | 'NEW'
  /** A part of name or description. */
  searchText?: string
}

export type SendAudioRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 16 MB. */
  audio: string
  /** Draws the waveform of a voice message. Needs ffmpeg. */
  waveform?: boolean
  /** Phones show it once, and WhatsApp Web not at all. */
  viewOnce?: boolean
  /** Ignored: the file is always read after the answer. */
  async?: boolean
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendButtonActionsRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** Above the text. */
  title?: string | null
  /** Below the text. */
  footer?: string | null
  /** Above the text: a URL, or base64 of at most 5 MB. */
  image?: string
  /** One to twenty. */
  buttonActions: readonly ({
    /** Comes back when it is tapped. Its number in the list, from 1, if unset. */
    id?: string | number | null
    /** What a tap does. */
    type: 'CALL' | 'URL' | 'REPLY'
    /** On the button. Phones show about 25 characters. */
    label: string
    /** With CALL: the number to call, with its country. */
    phone?: string | number | null
    /** With URL: https://… or http://…. https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456 makes a button that copies 123456. */
    url?: string | null
  })[]
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendButtonListRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** The buttons. */
  buttonList: {
    /** An image: a URL, or base64 of at most 5 MB, above the text. */
    image?: string | null
    /** A video: a URL, or base64, above the text. */
    video?: string | null
    /** One to twenty. */
    buttons: readonly ({
      /** Comes back when it is tapped. Its number in the list, from 1, if unset. */
      id?: string | number | null
      /** On the button. Phones show about 25 characters. */
      label: string
    })[]
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendButtonOtpRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** What the button copies. A number must be whole and lose no digit; leading zeros need a string. */
  code: string | number
  /** On the button, at most 60 characters. "Copiar código" if unset. */
  buttonText?: string
  /** Above the text: a URL, or base64 of at most 5 MB. */
  image?: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendButtonPixRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The key. */
  pixKey: string
  /** What the key is. EVP is a random key. */
  type: 'CPF' | 'CNPJ' | 'PHONE' | 'EMAIL' | 'EVP'
  /** Above the key. "Pix" if unset. */
  merchantName?: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendCarouselRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** The cards. */
  carousel: readonly ({
    /** Below the image. */
    text: string
    /** A URL, or base64 of at most 5 MB. */
    image: string
    /** At most three; kinds may be mixed. */
    buttons?: readonly ({
      /** Comes back when it is tapped. Its number in the list, from 1, if unset. */
      id?: string | number | null
      /** What a tap does. */
      type: 'CALL' | 'URL' | 'REPLY'
      /** On the button. Phones show about 25 characters. */
      label: string
      /** With CALL: the number to call, with its country. */
      phone?: string | number | null
      /** With URL: https://… or http://…. https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp123456 makes a button that copies 123456. */
      url?: string | null
    })[]
  })[]
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendCatalogRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The number of the business, with its country. */
  catalogPhone: string | number
  /** Of the texts that are not given. PT if unset. */
  translation?: 'EN' | 'PT'
  /** Above the link. */
  message?: string | null
  /** Of the preview. */
  title?: string | null
  /** Of the preview. */
  catalogDescription?: string | null
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendChatExpirationRequest = {
  /** Required. A number with its country, a group or a LID. */
  phone: string
  /** How long. OFF: for ever. */
  chatExpiration: '24_HOURS' | '7_DAYS' | '90_DAYS' | 'OFF' | '24_hours' | '7_days' | '90_days' | 'off'
}

export type SendContactRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The name on the card. */
  contactName: string
  /** The number on the card, with its country: 5511999999999. */
  contactPhone: string | number
  /** Of a business: what it does. */
  contactBusinessDescription?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendContactsRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** At most 100 cards. */
  contacts: readonly ({
    /** The name on the card. */
    name: string
    /** At most 10. */
    phones: readonly (string | number)[]
    /** Of a business: what it does. */
    businessDescription?: string | null
  })[]
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendDocumentRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 100 MB. */
  document: string
  /** As the phone shows it. "document" if unset. */
  fileName?: string
  /** The text below it. */
  caption?: string
  /** An own message, whose caption is changed. The file stays as it is. */
  editDocumentMessageId?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendEditEventRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The event. It must be one of this chat that is kept. */
  eventMessageId: string
  /** What is planned. */
  event: {
    /** The title. */
    name: string
    /** The text below it, at most 2048 characters. */
    description?: string | null
    /** The begin, ISO 8601: 2026-12-24T18:00:00-03:00. */
    dateTime: string
    /** Of a dateTime that has none: America/Sao_Paulo or UTC-3. UTC if neither says it. */
    timeZone?: string | null
    /** The place: its `name`. */
    location?: {
      /** As people call it. */
      name?: string | null
    } | null
    /** Adds the link to a call of this kind: voice or video. */
    callLinkType?: 'voice' | 'video' | '' | null
    /** Shows it as called off. */
    canceled?: boolean | null
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendEventRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** What is planned. */
  event: {
    /** The title. */
    name: string
    /** The text below it, at most 2048 characters. */
    description?: string | null
    /** The begin, ISO 8601: 2026-12-24T18:00:00-03:00. */
    dateTime: string
    /** Of a dateTime that has none: America/Sao_Paulo or UTC-3. UTC if neither says it. */
    timeZone?: string | null
    /** The place: its `name`. */
    location?: {
      /** As people call it. */
      name?: string | null
    } | null
    /** Adds the link to a call of this kind: voice or video. */
    callLinkType?: 'voice' | 'video' | '' | null
    /** Shows it as called off. */
    canceled?: boolean | null
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendEventResponseRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The event. It must be one of this chat that is kept. */
  eventMessageId: string
  /** GOING or NOT_GOING. */
  eventResponse: 'GOING' | 'NOT_GOING'
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendGifRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 100 MB. */
  gif: string
  /** The text below it. */
  caption?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendImageRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 16 MB. */
  image: string
  /** The text below it. */
  caption?: string
  /** Phones show it once, and WhatsApp Web not at all. */
  viewOnce?: boolean
  /** An own message, whose caption is changed. The image stays as it is. */
  editImageMessageId?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendImageStatusRequest = {
  /** A URL, or base64; at most 16 MB. */
  image: string
  /** The text below it. */
  caption?: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendLinkRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** The address of the page: https://… or http://…. */
  linkUrl: string
  /** Of the preview. The name of the host if it is not given. */
  title?: string
  /** Of the preview. */
  linkDescription?: string
  /** Of the preview: a URL, or base64 of at most 5 MB. */
  image?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendLocationRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The name of the place. */
  title: string
  /** Below the title. */
  address: string
  /** -90 to 90 in degrees, as a text or a number. */
  latitude: string | number
  /** -180 to 180 in degrees, as a text or a number. */
  longitude: string | number
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendNewsletterAdminInviteRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The channel, and what to say of it. */
  adminInviteMessage: {
    /** Required. The id of the channel with its `@newsletter`. */
    newsletterId: string
    /** The text of the message. */
    caption?: string
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendOptionListRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** The list. */
  optionList: {
    /** Above the text and above the options. */
    title: string
    /** On the button. Phones show about 25 characters. */
    buttonLabel: string
    /** One to a hundred. */
    options: readonly ({
      /** Comes back when it is tapped. Its number in the list, from 1, if unset. */
      id?: string | number | null
      /** The option. Phones show about 24 characters. */
      title: string
      /** Below its title. */
      description?: string | null
      /** **Ours.** The options of a section, whose heading is this title. */
      rows?: readonly ({
        /** Comes back when it is tapped. Its number in the list, from 1, if unset. */
        id?: string | number | null
        /** The option. Phones show about 24 characters. */
        title: string
        /** Below its title. */
        description?: string | null
      })[]
    })[]
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendOrderRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message?: string
  /** What is ordered. */
  order: {
    /** Of all amounts: BRL. */
    currency: string
    /** The items. */
    products: readonly ({
      /** Of the catalogue. Without it the item stands for itself. */
      productId?: string | number | null
      /** Of the product. */
      name: string
      /** Price of one piece. */
      value: number
      /** How many. */
      quantity: number
      /** Whether no catalogue has it. */
      isCustomItem?: boolean | null
    })[]
    /** Taken off the sum. */
    discount?: number | null
    /** Added to the sum. */
    tax?: number | null
    /** Added to the sum. */
    shipping?: number | null
  }
  /** The ways to pay. */
  paymentSettings?: {
    /** A Pix key to pay to. */
    pix?: {
      /** The key. */
      key: string
      /** What the key is. */
      keyType: 'cpf' | 'cnpj' | 'phone' | 'email' | 'randomKey'
      /** Whose key it is. */
      name: string
    }
    /** Cards. */
    card?: {
      /** Whether cards are taken. */
      enabled: boolean
    }
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendPollRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The question. */
  message: string
  /** 2 to 12 answers, all different. */
  poll: readonly ({
    /** The answer. */
    name: string
  })[]
  /** How many answers one person may choose. As many as there are if unset or 0. */
  pollMaxOptions?: number
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendPollVoteRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The poll. It must be one of this chat that is kept. */
  pollMessageId: string
  /** The chosen options. */
  pollVote: readonly ({
    /** As the poll writes it. */
    name: string
  })[]
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendProductRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The number of the business, with its country. */
  catalogPhone: string | number
  /** Of the product in its catalogue. */
  productId: string | number
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendPtvRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 100 MB. */
  ptv: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendReactionRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** One emoji. */
  reaction: string
  /** The message, own or received. */
  messageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendRemoveReactionRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The message, own or received. */
  messageId: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendStickerRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 16 MB. */
  sticker: string
  /** Shown when the sticker is tapped. */
  stickerAuthor?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendTextRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message: string
  /** An own text, in whose place this one is shown. Nothing new is sent. */
  editMessageId?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Numbers or LIDs of people whom the text names as @5511999999999. */
  mentioned?: readonly (string)[]
  /** **Ours.** The same as mentioned, under the name that some programs use. */
  mentionedPhones?: readonly (string)[]
  /** Groups of a community that the text names as @120363019502650977-group. */
  groupMentioned?: readonly ({
    /** The group. */
    phone: string
    /** Its name. */
    subject: string
  })[]
  /** true: all members of the group are mentioned. */
  mentionAll?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendTextStatusRequest = {
  /** The text. */
  message: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendVideoRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** A URL, or base64; at most 100 MB. */
  video: string
  /** The text below it. */
  caption?: string
  /** Phones show it once, and WhatsApp Web not at all. */
  viewOnce?: boolean
  /** Ignored: the file is always read after the answer. */
  async?: boolean
  /** An own message, whose caption is changed. The video stays as it is. */
  editVideoMessageId?: string
  /** The message that this one answers. It must be one of this chat that is kept. */
  messageId?: string
  /** true: the message of a group is answered to its author alone. Not counted for an own message. */
  privateAnswer?: boolean
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type SendVideoStatusRequest = {
  /** A URL, or base64; Z-API takes 10 MB. */
  video: string
  /** The text below it. */
  caption?: string
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

/** The message is stored and queued. A callback tells what becomes of it. */
export type SentMessage = {
  /** Our id of the message. */
  zaapId: string
  /** WhatsApp's id of it. Callbacks name it. */
  messageId: string
  /** The same as messageId. */
  id: string
  /** **Ours.** Of a broadcast list alone: the message of each person. The ids above are those of the first. */
  messages?: readonly ({
    /** The person. */
    phone: string
    /** Our id of the message. */
    zaapId: string
    /** WhatsApp's id of it. Callbacks name it. */
    messageId: string
  })[]
  /** **Ours.** Only where the message is expected to expire before its turn: when that would be, milliseconds since 1970. */
  lateAt?: number
}

export type SetBusinessCategoriesRequest = {
  /** Ids or labels of GET /business/available-categories, or ids of GET /business/profile. */
  categories: readonly (string)[]
}

export type SetBusinessHoursRequest = {
  /** The IANA name of the time zone. */
  timezone: string
  /** Of all the days. specificHours if unset. */
  mode?: 'specificHours' | 'open24h' | 'appointmentOnly'
  /** The open days. Required with specificHours; the whole week with another mode if unset. */
  days?: readonly ({
    /** The day. With two openings it stands in the list twice. */
    dayOfWeek: 'SUNDAY' | 'MONDAY' | 'TUESDAY' | 'WEDNESDAY' | 'THURSDAY' | 'FRIDAY' | 'SATURDAY'
    /** When it opens. Only with specificHours. */
    openTime?: string
    /** When it closes. Only with specificHours. */
    closeTime?: string
  })[]
}

export type SetChatNotesRequest = {
  /** The note; empty removes it. */
  notes: string
}

export type SetCompanyAddressRequest = {
  /** The address. Empty or left out: it is cleared. */
  value?: string | null
}

export type SetCompanyDescriptionRequest = {
  /** The text. Empty or left out: it is cleared. */
  value?: string | null
}

export type SetCompanyEmailRequest = {
  /** The e-mail address. Empty or left out: it is cleared. */
  value?: string | null
}

export type SetCompanyWebsitesRequest = {
  /** At most two, with https:// or http://. Empty or left out: they are cleared. */
  websites?: readonly (string)[]
}

export type SetPrivacyOfGroupAddRequest = {
  /** Who may. */
  type: 'ALL' | 'CONTACTS' | 'CONTACT_BLACKLIST'
  /** Changes of the list of those who are left out, with CONTACT_BLACKLIST alone. The rest of the list stays. */
  contactsBlacklist?: readonly ({
    /** Whether the person is left out. */
    action: 'add' | 'remove'
    /** A number with its country, or a LID. */
    phone: string
  })[]
}

export type SetPrivacyOfLastSeenRequest = {
  /** Who sees it. */
  visualizationType: 'ALL' | 'CONTACTS' | 'NONE' | 'CONTACT_BLACKLIST'
  /** Changes of the list of those who are left out, with CONTACT_BLACKLIST alone. The rest of the list stays. */
  contactsBlacklist?: readonly ({
    /** Whether the person is left out. */
    action: 'add' | 'remove'
    /** A number with its country, or a LID. */
    phone: string
  })[]
}

export type SetPrivacyOfOnlineRequest = {
  /** Who sees it. */
  visualizationType: 'ALL' | 'SAME_LAST_SEEN'
}

/** The code is stored and queued. */
export type StartOtpAnswer = {
  /** Our id of the message. */
  zaapId: string
  /** WhatsApp's id of it. Callbacks name it. */
  messageId: string
  /** The same as messageId. */
  id: string
  /** When the code ends, milliseconds since 1970. */
  expiresAt: number
}

export type StartOtpRequest = {
  /** Required. A person: a number with or without mask, or `…@lid`. */
  phone: string
  /** The text; `{code}` in it becomes the code. */
  message?: string
  /** The label, at most 60 characters. */
  buttonText?: string
  /** A URL or base64, as in send-button-otp. */
  image?: string
  /** How many characters the code has. */
  length?: number
  /** digits, or letters and digits without those that look alike. */
  charset?: 'digits' | 'alphanumeric'
  /** The life of the code in seconds. */
  expiresIn?: number
  /** For how many seconds after this code the phone is sent no other one. */
  cooldown?: number
}

/** It holds from now on. */
export type Success = {
  /** Always true. */
  success: boolean
}

/** What came of it. */
export type TestReceiverAnswer = {
  /** When it began, milliseconds since 1970. */
  at: number
  /** How long it took. */
  durationMs: number
  /** What the receiver answered; null if no answer came. */
  statusCode: number | null
  /** What was wrong; null if it was taken. */
  error: string | null
  /** The beginning of what it answered, at most 1,000 characters, codes masked. */
  answer: string | null
}

export type TransferNewsletterRequest = {
  /** Required. The number of the person with its country, or a LID. */
  phone: string
  /** true: this number is no admin afterwards. */
  quitAdmin?: boolean
}

/** They are due. */
export type TryCallbacksAnswer = {
  /** How many are tried now. What waits behind them in their chats follows. */
  tried: number
}

export type TryCallbacksRequest = {
  /** The URL of the receiver, as `GET callbacks/receivers` names it. */
  url?: string
  /** The moment: ISO 8601 with its zone, a date alone, or milliseconds since 1970. */
  since?: string | number
}

export type UpdateAutoReadMessageRequest = {
  /** Whether messages are marked as read. */
  value: boolean
}

export type UpdateAutoReadStatusRequest = {
  /** Whether statuses are marked as seen. */
  value: boolean
}

export type UpdateBroadcastListRequest = {
  /** Of the list. */
  name?: string
  /** Numbers with their country, or LIDs (164354629388413@lid). At most 256. */
  phones: readonly (string)[]
}

export type UpdateButtonFormRequest = {
  /** From now on. */
  value: 'buttons' | 'text' | 'both'
}

export type UpdateCallRejectAutoRequest = {
  /** Whether calls are rejected. */
  value: boolean
}

export type UpdateCallRejectMessageRequest = {
  /** The text, sent through the queue. Empty text sends nothing. */
  value: string
}

export type UpdateCodeTimesRequest = {
  /** How long a code of at most 15 characters is worth sending, where the call has no expiresIn. */
  codeLifeSeconds?: number | null
  /** How long after its acceptance an UndeliverableCallback tells that a code is not sent yet. 0: never; else at least 5. */
  undeliverableAfterSeconds?: number | null
}

export type UpdateCommunityDescriptionRequest = {
  /** The id of the community, as GET /communities tells it. */
  communityId?: string
  /** The new text; empty to take it away. */
  communityDescription: string
}

export type UpdateCommunityPhotoRequest = {
  /** The id of the community, as GET /communities tells it. */
  communityId?: string
  /** A URL, or base64, at most 5 MB. */
  communityPhoto: string
}

export type UpdateCommunitySettingsRequest = {
  /** The id of the community, as GET /communities tells it. */
  communityId?: string
  /** `admins` alone, or `all` members. */
  whoCanAddNewGroups: 'admins' | 'all'
}

export type UpdateEveryWebhooksRequest = {
  /** Where callbacks are POSTed to: https://… . "" or null ends them. */
  value: string | null
  /** Also tell what this number sends from other devices. */
  notifySentByMe?: boolean
}

export type UpdateFiltersRequest = {
  /** What is not told: FILTER_FROM_GROUP, FILTER_FROM_PRIVATE_CHAT, FILTER_TEXT_MESSAGE, FILTER_IMAGE_MESSAGE, FILTER_VIDEO_MESSAGE, FILTER_AUDIO_MESSAGE, FILTER_DOCUMENT_MESSAGE. An empty list filters nothing; left out, it stays as it is. */
  messageFilters?: readonly (unknown)[] | null
  /** What is not told: FILTER_RECEIVED_CALLBACK, FILTER_DELIVERY_CALLBACK, FILTER_MESSAGE_STATUS_CALLBACK, FILTER_CONNECTED_CALLBACK, FILTER_DISCONNECTED_CALLBACK, FILTER_PRESENCE_CHAT_CALLBACK. An empty list filters nothing; left out, it stays as it is. */
  callbackTypeFilters?: readonly (unknown)[] | null
}

export type UpdateGroupDescriptionRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId: string
  /** The new text; empty to take it away. */
  groupDescription: string
}

export type UpdateGroupNameRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId: string
  /** The name of the group. */
  groupName: string
}

export type UpdateGroupPhotoRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  groupId?: string
  /** The same as groupId. */
  groupID?: string
  /** A URL, or base64, at most 5 MB. */
  groupPhoto: string
}

export type UpdateGroupSettingsRequest = {
  /** The id of the group, as in callbacks and in the list of groups. */
  phone?: string
  /** The same as phone. */
  groupId?: string
  /** Whether only admins send messages. */
  adminOnlyMessage?: boolean
  /** Whether only admins change name, description and picture. */
  adminOnlySettings?: boolean
  /** Whether an admin has to agree before a person joins. */
  requireAdminApproval?: boolean
  /** Whether only admins add members. */
  adminOnlyAddMember?: boolean
}

export type UpdateLateSendsRequest = {
  /** From now on. */
  value: 'refuse' | 'accept'
}

export type UpdateNameRequest = {
  /** The new name. */
  value: string
}

export type UpdateNewsletterDescriptionRequest = {
  /** Required. The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
  id: string
  /** The new text; empty to take it away. */
  description: string
}

export type UpdateNewsletterNameRequest = {
  /** Required. The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
  id: string
  /** The name of the channel. */
  name: string
}

export type UpdateNewsletterPictureRequest = {
  /** Required. The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
  id: string
  /** A URL, or base64, at most 5 MB. */
  pictureUrl: string
}

export type UpdateNewsletterSettingsRequest = {
  /** `basic`: the usual six alone. `all`: every emoji. */
  reactionCodes: 'basic' | 'all'
}

export type UpdateNotifySentByMeRequest = {
  /** Required. Whether messages of this number come as ReceivedCallback too. */
  notifySentByMe: boolean
  /** Another name of notifySentByMe, used if that is not sent. */
  value?: boolean
  /** **Ours.** Whether these callbacks show codes; otherwise they are masked. */
  tellCodes?: boolean
}

export type UpdateOrderStatusRequest = {
  /** Required. A number with its country (5511999999999), a group (120363019502650977-group), a LID (164354629388413@lid), a broadcast list (1779474934@broadcast), or, for texts, links, images, videos, audio, stickers, reactions and edits, a channel (120363166555745933@newsletter). */
  phone: string
  /** The text. */
  message?: string
  /** The message with the order. It is quoted if it is kept. */
  messageId: string
  /** Of the order, as the callback told it. */
  referenceId: string
  /** Of the order, as the callback told it. */
  orderRequestId: string
  /** Where the order stands. */
  orderStatus: 'pending' | 'processing' | 'shipped' | 'completed' | 'canceled'
  /** Whether it is paid. */
  paymentStatus: 'pending' | 'paid'
  /** What is ordered. */
  order: {
    /** Of all amounts: BRL. */
    currency: string
    /** The items. */
    products: readonly ({
      /** Of the catalogue. Without it the item stands for itself. */
      productId?: string | number | null
      /** Of the product. */
      name: string
      /** Price of one piece. */
      value: number
      /** How many. */
      quantity: number
      /** Whether no catalogue has it. */
      isCustomItem?: boolean | null
    })[]
    /** Taken off the sum. */
    discount?: number | null
    /** Added to the sum. */
    tax?: number | null
    /** Added to the sum. */
    shipping?: number | null
  }
  /** Seconds, 1 to 15, between this message and the next one. A random gap if unset. */
  delayMessage?: number
  /** Seconds, 1 to 15, of "typing…" before this message. None if unset. */
  delayTyping?: number
  /** **Ours.** Seconds after which the message is not sent any more. */
  expiresIn?: number
  /** **Ours.** Of a pool, for a message that WhatsApp did not confirm: wait, or send it by another member, so that the person may have it twice. wait if unset. */
  onUnknown?: 'wait' | 'resend-elsewhere'
  /** **Ours.** Which waiting message leaves first; unset: high for a code or with expiresIn, else normal. Order within a chat always holds. */
  priority?: 'high' | 'normal' | 'low'
}

export type UpdatePacingRequest = {
  /** The shortest gap, in milliseconds. */
  minGapMs: number | null
  /** The longest gap, in milliseconds. Not less than minGapMs. */
  maxGapMs: number | null
}

export type UpdateProfileDescriptionRequest = {
  /** The new text; empty clears it. */
  value: string
}

export type UpdateProfileNameRequest = {
  /** The new name. */
  value: string
}

export type UpdateProfilePictureRequest = {
  /** A URL, or base64, at most 5 MB. */
  value: string
}

export type UpdateQueueSettingsRequest = {
  /** true refuses sends while the instance is disconnected, instead of keeping them. */
  disableEnqueueWhenDisconnected: boolean
}

export type UpdateRetentionRequest = {
  /** Messages, so that a later one can answer, edit, forward, pin or delete them. 0: none is kept. Polls and events stay at least 90 days. */
  keepMessagesDays?: number | null
  /** Links to the files of received messages. */
  keepMediaLinksDays?: number | null
  /** Chats, contacts and groups, after they last changed. 0: none is kept. */
  keepDirectoryDays?: number | null
}

export type UpdateSendingLimitsRequest = {
  /** off: no limits of its own. recommended: 1,000 messages and 50 new people a day, warm-up, quiet hours from 21:00 to 08:00. What else is named counts on top of it. */
  preset?: 'off' | 'recommended'
  /** Most messages a day. 0: no limit. */
  dailyMessages?: number
  /** Most people a day with whom the number has no conversation. 0: no limit. */
  dailyNewPeople?: number
  /** true: 20 messages on the first day, more each day, and the daily limit (1,000 without one) from day 14 on. A day counts on which the number sent something. Of a pool: for its members that have null. null (so it is unless set): as the pools of the number say; false: no warm-up, whatever they say. */
  warmUp?: boolean | null
  /** From then on messages with priority low wait, HH:MM. Empty: no such hours. */
  quietFrom?: string
  /** Until then, HH:MM; the next day if it is not after quietFrom. */
  quietTo?: string
  /** Where days begin and quiet hours count, such as America/Sao_Paulo. UTC if unset. */
  timeZone?: string
  /** false (so it is unless set): codes and other messages with priority high neither count nor wait. true: they do. */
  limitCodes?: boolean
}

export type UpdateWebhookDeliveryRequest = {
  /** Where callbacks are POSTed to: https://… . "" or null ends them. */
  value: string | null
}

/** Every call of an instance. Each rejects with `RecadoError` when it is refused. */
export interface Calls {
  /** Sends a message with a button that copies a code. The answer means that the message is stored and queued, also for a number that is not on WhatsApp. A DeliveryCallback tells the end. */
  sendButtonOtp(input: SendButtonOtpRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text, also as an answer, with mentions, or in place of an earlier one. WhatsApp formatting applies: *bold*, _italic_, ~struck~, ```code```. An edit is shown by apps for about 20 minutes after the message; WhatsApp takes it for 7 days, and the DeliveryCallback has a `warning` then. */
  sendText(input: SendTextRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends an image. JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG. */
  sendImage(input: SendImageRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a file of any type as a document. Without an extension in the path, that of fileName counts. */
  sendDocument(input: {
    /** Of the file, without dot. */
    extension: string
  } & SendDocumentRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with a preview of a page. The preview is what the call says: the page is not read. If linkUrl is not in the text, it is put at its end. Every linkType shows the small preview. */
  sendLink(input: SendLinkRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a voice message. Opus in Ogg with one channel goes as it is. With ffmpeg on the PATH of the gateway everything else becomes that; without it MP3, M4A, AAC and AMR go as a file with sound, and other formats end in a DeliveryCallback with the cause. */
  sendAudio(input: SendAudioRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a video. MP4 with H.264 goes as it is. Everything else is converted where ffmpeg is on the PATH of the gateway, and ends in a DeliveryCallback with the cause where it is not. The small picture that phones show before they load the video needs ffmpeg, too. */
  sendVideo(input: SendVideoRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a video that plays by itself, again and again. An MP4 with H.264, as WhatsApp itself sends GIFs. A file that is a GIF is converted where ffmpeg is on the PATH of the gateway, and ends in a DeliveryCallback with the cause where it is not. */
  sendGif(input: SendGifRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a video that phones show as a circle. MP4 with H.264; what is not in the middle is cut off by phones. Everything else needs ffmpeg, as in `/send-video`. */
  sendPtv(input: SendPtvRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends an image as a sticker. JPEG, PNG, WebP, GIF, AVIF or TIFF; it becomes WebP of 512 x 512 pixels. GIF and WebP stay animated. */
  sendSticker(input: SendStickerRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a place on the map. Phones show a pin with the title and the address. */
  sendLocation(input: SendLocationRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends the card of a contact. Whether the number is on WhatsApp is not asked. */
  sendContact(input: SendContactRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends the cards of several contacts in one message. Whether the numbers are on WhatsApp is not asked. */
  sendContacts(input: SendContactsRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a poll. To a group or a person. Votes arrive at the webhook of received messages. */
  sendPoll(input: SendPollRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends an event that people accept or decline. To a group or a person. With callLinkType WhatsApp makes a link to a call first. */
  sendEvent(input: SendEventRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with buttons that answer it. A tap comes back as buttonsResponseMessage. Clients show up to three buttons; Web shows ten. If WhatsApp refuses them, the options go as numbered lines. */
  sendButtonList(input: SendButtonListRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with buttons that answer it. A tap comes back as buttonsResponseMessage. Clients show up to three buttons; Web shows ten. If WhatsApp refuses them, the options go as numbered lines. */
  sendButtonListImage(input: SendButtonListRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with buttons that answer it. A tap comes back as buttonsResponseMessage. Clients show up to three buttons; Web shows ten. If WhatsApp refuses them, the options go as numbered lines. */
  sendButtonListVideo(input: SendButtonListRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with buttons that open a link, call a number, copy a code, or answer it. REPLY cannot stand beside CALL or URL: phones show no button then. Web shows up to three of CALL and URL. If WhatsApp refuses the buttons, what they lead to goes as plain text. */
  sendButtonActions(input: SendButtonActionsRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with a button that opens a list of options. A choice comes back as listResponseMessage. WhatsApp documents ten options; more are sent all the same. If WhatsApp refuses the list, the options go as numbered lines. */
  sendOptionList(input: SendOptionListRequest, options?: CallOptions): Promise<SentMessage>
  /** Deletes a message for everyone. It is queued behind the messages of its chat, as a message of its own. A DeliveryCallback tells the end. */
  deleteMessage(input: {
    /** The chat. */
    phone: string
    /** The message. */
    messageId: string
    /** true: this number wrote it. false: another member of a group whose admin this number is. false in a private chat is refused with 400. */
    owner: 'true' | 'false'
  }, options?: CallOptions): Promise<unknown>
  /** Says a message once more in another chat, marked as forwarded. A file is not uploaded again. What this number wrote itself has no mark the first time. Polls, events, buttons and what is shown once cannot be forwarded. */
  forwardMessage(input: ForwardMessageRequest, options?: CallOptions): Promise<ForwardMessageAnswer>
  /** Pins a message at the top of its chat, or takes the pin away. In a group whose info only admins change, the number has to be an admin. */
  pinMessage(input: PinMessageRequest, options?: CallOptions): Promise<SentMessage>
  /** Shows the author of a message that it was read. At once, past the queue. If the number hides its read receipts, only its own devices are told. */
  readMessage(input: ReadMessageRequest, options?: CallOptions): Promise<unknown>
  /** Reacts to a message with an emoji. A person has one reaction to a message: another one takes its place. */
  sendReaction(input: SendReactionRequest, options?: CallOptions): Promise<SentMessage>
  /** Takes the own reaction to a message back. Without a reaction nothing changes. */
  sendRemoveReaction(input: SendRemoveReactionRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a card with a Pix key. If WhatsApp refuses the card, it goes marked in another way, then as a button that copies the key, then as plain text. The DeliveryCallback tells which of them was used. */
  sendButtonPix(input: SendButtonPixRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a text with cards to scroll through, each with an image and buttons. WhatsApp takes at most ten cards; one alone goes as a message with buttons. If WhatsApp refuses the carousel, the text goes, and after it each card as an image with its links. */
  sendCarousel(input: SendCarouselRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a link to a product of a catalogue. It goes as WhatsApp's own link to the product, which opens it in the app: the catalogue is not read, so name, price and image are not in the message. */
  sendProduct(input: SendProductRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends a link to the catalogue of a business, with a preview. WhatsApp has no message of its own for it: its apps send this link, too. */
  sendCatalog(input: SendCatalogRequest, options?: CallOptions): Promise<SentMessage>
  /** Sends an order to review and pay. Only WhatsApp Business has orders. If WhatsApp refuses it, the items, the sum and the Pix key go as plain text. The order's ids come with your own messages, as reviewAndPay. */
  sendOrder(input: SendOrderRequest, options?: CallOptions): Promise<SentMessage>
  /** Asks a person to be an admin of a channel. WhatsApp opens the invitation before the message is sent, so the number has to be the owner of the channel. To people alone. */
  sendNewsletterAdminInvite(input: SendNewsletterAdminInviteRequest, options?: CallOptions): Promise<SentMessage>
  /** Tells how far an order is. The ids and the items are those of the order. If WhatsApp refuses it, the same goes as plain text. */
  updateOrderStatus(input: UpdateOrderStatusRequest, options?: CallOptions): Promise<SentMessage>
  /** Tells whether an order is paid. The ids and the items are those of the order. If WhatsApp refuses it, the same goes as plain text. */
  updateOrderPayment(input: UpdateOrderStatusRequest, options?: CallOptions): Promise<SentMessage>
  /** Taps a button of a message that has buttons to answer it. The author of the message sees the answer as a tap. A message or a button that is not known ends in a DeliveryCallback with the cause. */
  replyButton(input: ReplyButtonRequest, options?: CallOptions): Promise<SentMessage>
  /** Taps a button of a template. The author of the message sees the answer as a tap. A message or a button that is not known ends in a DeliveryCallback with the cause. */
  replyTemplateButton(input: ReplyTemplateButtonRequest, options?: CallOptions): Promise<SentMessage>
  /** Changes an own event, or calls it off. Give the whole event again. People who answered keep their answers. */
  sendEditEvent(input: SendEditEventRequest, options?: CallOptions): Promise<SentMessage>
  /** Accepts or declines an event. Another answer takes the place of the first one. */
  sendEventResponse(input: SendEventResponseRequest, options?: CallOptions): Promise<SentMessage>
  /** Votes in a poll. Another vote takes the place of the first one, and an empty list takes it back. */
  sendPollVote(input: SendPollVoteRequest, options?: CallOptions): Promise<SentMessage>
  /** Tells where a message stands, its attempts and why it ended. **Ours**, for callers that ask instead of receiving callbacks. */
  getMessage(input: {
    /** The zaapId of the answer to the send. */
    zaapId: string
  }, options?: CallOptions): Promise<GetMessageAnswer>
  /** Makes a login code and sends it; only the phone sees it. **Ours.** The code is kept as a keyed hash only. A new one ends the one before. */
  startOtp(input: StartOtpRequest, options?: CallOptions): Promise<StartOtpAnswer>
  /** Tells whether this is the code that the phone was sent last; once. **Ours.** A code has five tries, and is right only once. */
  checkOtp(input: CheckOtpRequest, options?: CallOptions): Promise<CheckOtpAnswer>
  /** Lists the chats of the number. From the history that the phone uploads when the number is linked, and from what was heard since. Reading the history takes some minutes after the linking. It answers without a connection too. The chat that was last talked in comes first, so pages shift while people write. */
  listChats(input?: {
    /** The page, from 1. */
    page?: string
    /** How many chats a page has, at most 1,000. 100 if it is not given. */
    pageSize?: string
    /** **Ours.** Lists only chats with this in their name or number; case and accents do not count. The 20,000 chats that were last talked in are searched. */
    search?: string
  }, options?: CallOptions): Promise<readonly ({
  /** The number, the LID, the group or the channel. */
  phone: string
  /** The name in the address book, else that of the group, of the business, or the one that the person chose. Empty if none is known. */
  name: string
  /** How many messages are unread; 1 if it was marked unread. */
  unread: string
  /** How many messages are unread. */
  messagesUnread: number
  /** When the last message was sent, in seconds since 1970; 0 if none is known. */
  lastMessageTime: string
  /** `true` or `false`. */
  archived: string
  /** `true` or `false`. */
  pinned: string
  /** `1` or `0`. */
  isMuted: string
  /** Until when it is muted, in milliseconds since 1970; -1 for ever. Only if it is. */
  muteEndTime?: number
  /** `true` if it was reported, or the person is a stranger who is not accepted yet. */
  isMarkedSpam: string
  /** Whether it is a group. */
  isGroup: boolean
  /** Whether it is the group in which a community tells its news. */
  isGroupAnnouncement: boolean
  /** What was written down with POST /chats/{phone}/notes. Only if there is one. */
  notes?: {
    /** Of the note. */
    id: string
    /** The note. */
    content: string
    /** In milliseconds since 1970. */
    createdAt: number
    /** In milliseconds since 1970. */
    lastUpdateAt: number
  }
})[]>
  /** Tells about one chat. From what WhatsApp told, without a connection too. With a connection it asks WhatsApp for the picture and the about text. */
  getChat(input: {
    /** A number with its country, a LID, a group or a channel. */
    phone: string
  }, options?: CallOptions): Promise<GetChatAnswer>
  /** Lists what was said in a chat. The last messages, the oldest of them first, as they read after their edits. From what is kept of them (`RECADO_KEEP_MESSAGES_DAYS`): the messages since the number was linked, and the history that the phone uploaded then. It answers without a connection too. Login codes are masked. Links to files end after 30 days. */
  listChatMessages(input: {
    /** How many messages, at most 100. 20 if it is not given. */
    amount?: string
    /** Our addition, for programs that count pages from 1: the page, up to message 5,000. New messages shift the pages; lastMessageId has no such limits. */
    page?: string
    /** Our addition: amount under the name that other lists use. */
    pageSize?: string
    /** For older messages: the messageId of the first message of the answer before. Only messages that were written before it are listed. */
    lastMessageId?: string
    /** Our addition: true asks the phone for older messages where those that are kept end, at most once a minute for a chat. The phone uploads them seconds later, if it is online: the same call lists them then. At least one message of the chat must be kept, since it says from where on. */
    older?: 'true' | 'false'
    /** A number with its country, a LID, a group or a channel. */
    phone: string
  }, options?: CallOptions): Promise<readonly ({
  /** Of the instance. */
  instanceId: string
  /** Of the message. */
  messageId: string
  /** The chat. */
  phone: string
  /** Whether this number wrote it. */
  fromMe: boolean
  /** When it was written, in milliseconds since 1970. */
  momment: number
  /** `SENT` of an own message, else `RECEIVED`. */
  status: string
  /** The name of the chat; its phone if none is known. */
  chatName: string
  /** Who wrote it; the phone if no name is known. */
  senderName: string
  /** Always empty: GET /profile-picture has it. */
  senderPhoto: string
  /** Always empty. */
  photo: string
  /** In a group the phone of its author, if it is known. */
  participantPhone: string | null
  /** Always false. */
  broadcast: boolean
  /** Whether the chat is a group. */
  isGroup: boolean
  /** Whether it was forwarded. */
  forwarded: boolean
})[]>
  /** Archives, pins, mutes, marks, clears or deletes a chat. The phone and the other linked devices show it, too. `read` shows the authors of the last messages that they were read; `mute` lasts until `unmute`; `clear` and `delete` erase the messages of this number alone, here too. */
  modifyChat(input: ModifyChatRequest, options?: CallOptions): Promise<Done>
  /** Sets after how long new messages of a chat disappear. All messages that are sent to the chat from then on disappear after that time. To a person it is queued as a message of its own behind the messages of the chat, and a DeliveryCallback tells the end. In a group it is done at once; where only admins change the group, the number has to be one. */
  sendChatExpiration(input: SendChatExpirationRequest, options?: CallOptions): Promise<Done>
  /** Lists the people whose names the number knows. From the history and the address book that the phone uploads when the number is linked, and from what was heard since. Reading them takes some minutes after the linking. People who are not in the address book are listed with the name that they chose. It answers without a connection too. */
  listContacts(input?: {
    /** The page, from 1. */
    page?: string
    /** How many people a page has, at most 1,000. 100 if it is not given. */
    pageSize?: string
  }, options?: CallOptions): Promise<readonly ({
  /** The number; `…@lid` where it is not known. */
  phone: string
  /** The name in the address book of the phone. */
  name: string
  /** The first name in the address book. */
  short: string
  /** The name that the person chose. */
  notify: string
  /** The name of a business that WhatsApp has verified. */
  vname: string
})[]>
  /** Tells about one person. The names are those that WhatsApp told, without a connection too. With a connection it asks WhatsApp for the picture and the about text. */
  getContact(input: {
    /** A number with its country, or a LID. */
    phone: string
  }, options?: CallOptions): Promise<GetContactAnswer>
  /** Tells whether a number is on WhatsApp. Brazilian, Mexican and Argentinian mobile numbers are found with and without their mobile digit. */
  checkPhoneExists(input: {
    /** The number, with its country. */
    phone: string
  }, options?: CallOptions): Promise<CheckPhoneExistsAnswer>
  /** Tells which of many numbers are on WhatsApp. At most 50,000, in the given order. WhatsApp is asked about 200 at once, with rests; an answer is given again for ten minutes. WhatsApp restricts numbers that ask about many strangers: ask for no more than you need. */
  checkPhonesExist(input: CheckPhonesExistRequest, options?: CallOptions): Promise<readonly ({
  /** Whether it is on WhatsApp. */
  exists: boolean
  /** The same as outputPhone. */
  phone: string
  /** The number that was asked for, digits only. */
  inputPhone: string
  /** The number as WhatsApp knows it; the inputPhone if it is not on WhatsApp. */
  outputPhone: string
  /** The LID, by which WhatsApp names a person without the number. */
  lid: string | null
  /** Ours: there if WhatsApp did not say whether the number exists. Ask again. */
  error?: string
})[]>
  /** Tells where WhatsApp serves the picture of a person or a group. The link holds for some hours. */
  getProfilePicture(input: {
    /** A number with its country, a group or a LID. */
    phone: string
  }, options?: CallOptions): Promise<GetProfilePictureAnswer>
  /** Changes the picture that the number shows on WhatsApp. Any image; its middle becomes a square. */
  updateProfilePicture(input: UpdateProfilePictureRequest, options?: CallOptions): Promise<Done>
  /** Saves people in the address book of the phone. A person who is saved already gets the new name. After an error the first of them may be saved; saving them again is safe. */
  addContacts(input: readonly ({
  /** First name. */
  firstName: string
  /** Last name. */
  lastName?: string | null
  /** The number, with its country. */
  phone: string
})[], options?: CallOptions): Promise<AddContactsAnswer>
  /** Removes people from the address book of the phone. Chats with them stay. Numbers that are not saved are left as they are. */
  removeContacts(input: readonly (string)[], options?: CallOptions): Promise<AddContactsAnswer>
  /** Blocks a person, or ends that. Messages and calls of a blocked person do not arrive, and they do not see when this number is online. */
  modifyBlocked(input: ModifyBlockedRequest, options?: CallOptions): Promise<Done>
  /** Reports a person to WhatsApp as spam. WhatsApp gets the last message that the person wrote. `success` is false where none of them is kept, since WhatsApp takes no report without. */
  reportContact(input: {
    /** The number, with its country. */
    phone: string
  }, options?: CallOptions): Promise<ReportContactAnswer>
  /** Lists who is left out with CONTACT_BLACKLIST. Each setting has a list of its own. WhatsApp is asked; while the instance is disconnected the answer is the list as it was known last. */
  listDisallowedContacts(input: {
    /** The list of which setting. */
    type: 'lastSeen' | 'photo' | 'description' | 'groupAdd'
  }, options?: CallOptions): Promise<ListDisallowedContactsAnswer>
  /** Lists the privacy settings of this number and the people whom it blocks. **Ours.** From what WhatsApp told: read at each login, and heard since. It answers without a connection too. What is not known is null. */
  listPrivacy(options?: CallOptions): Promise<ListPrivacyAnswer>
  /** Sets who may put this number into groups. Everyone, the contacts, or the contacts without those on the list. The others can send an invitation. */
  setPrivacyOfGroupAdd(input: SetPrivacyOfGroupAddRequest, options?: CallOptions): Promise<Success>
  /** Sets who sees when this number was last online. For everyone, the contacts, no one, or the contacts without those on the list. WhatsApp applies it at once. */
  setPrivacyOfLastSeen(input: SetPrivacyOfLastSeenRequest, options?: CallOptions): Promise<Success>
  /** Sets after how long the messages of new chats disappear. Chats that are there keep their own time. */
  setMessagesDuration(input: {
    /** After how long, or never. */
    value: 'hours24' | 'days7' | 'days90' | 'disable'
  }, options?: CallOptions): Promise<Success>
  /** Sets who sees the picture of this number. For everyone, the contacts, no one, or the contacts without those on the list. WhatsApp applies it at once. */
  setPrivacyOfPhoto(input: SetPrivacyOfLastSeenRequest, options?: CallOptions): Promise<Success>
  /** Sets who sees the description of this number. For everyone, the contacts, no one, or the contacts without those on the list. WhatsApp applies it at once. */
  setPrivacyOfDescription(input: SetPrivacyOfLastSeenRequest, options?: CallOptions): Promise<Success>
  /** Sets who sees that this number is online. Everyone, or the people who see when it was last online. */
  setPrivacyOfOnline(input: SetPrivacyOfOnlineRequest, options?: CallOptions): Promise<Success>
  /** Shows others that this number has read their messages, or does not. Switched off, this number does not see it of others either. Groups show it always. */
  setReadReceipts(input: {
    /** On or off. */
    value: 'enable' | 'disable'
  }, options?: CallOptions): Promise<Success>
  /** Lists the groups that the number is in. It asks WhatsApp, at most every 10 seconds. Without a connection it answers what WhatsApp told last. What it tells of the chat is from the directory, as in GET /chats. */
  listGroups(input?: {
    /** The page, from 1. */
    page?: string
    /** How many groups a page has, at most 1,000. 100 if it is not given. */
    pageSize?: string
  }, options?: CallOptions): Promise<readonly ({
  /** Always true. */
  isGroup: boolean
  /** The name of the group. */
  name: string
  /** The id of the group. */
  phone: string
  /** How many messages are unread; 1 if it was marked unread. */
  unread: string
  /** When the last message was sent, in milliseconds since 1970, unlike in GET /chats; 0 if none is known. */
  lastMessageTime: string
  /** `1` or `0`. */
  isMuted: string
  /** `true` if it was reported. */
  isMarkedSpam: string
  /** `true` or `false`. */
  archived: string
  /** `true` or `false`. */
  pinned: string
  /** Until when it is muted, in milliseconds since 1970; -1 for ever. */
  muteEndTime: string | null
  /** How many messages are unread. */
  messagesUnread: string
})[]>
  /** Makes a group with this number as its admin. People who may not be added are told in phonesNotAdded, whether they are invited or not. Sent again after no answer, it may make a second group. */
  createGroup(input: CreateGroupRequest, options?: CallOptions): Promise<CreateGroupAnswer>
  /** Tells about a group and its members. It asks WhatsApp each time, twice: leave the link out with light-group-metadata. Without a connection it answers what WhatsApp told last, without the link. */
  getGroup(input: {
    /** The id of the group, as in callbacks and in the list of groups. */
    phone: string
  }, options?: CallOptions): Promise<GetGroupAnswer>
  /** Tells about a group and its members, without the invitation link. It asks WhatsApp each time. Without a connection it answers what WhatsApp told last. */
  getGroupWithoutLink(input: {
    /** The id of the group, as in callbacks and in the list of groups. */
    phone: string
  }, options?: CallOptions): Promise<GetGroupAnswer>
  /** Tells about the group that an invitation leads to. The number need not be in the group. WhatsApp names few of the members. */
  getGroupOfInvitation(input: {
    /** The invitation link, or its last part. */
    url: string
  }, options?: CallOptions): Promise<GetGroupOfInvitationAnswer>
  /** Tells the invitation link of a group. The number has to be an admin. */
  getGroupInvitationLink(input: {
    /** The id of the group, as in callbacks and in the list of groups. */
    groupId: string
  }, options?: CallOptions): Promise<GetGroupInvitationLinkAnswer>
  /** Makes a new invitation link of a group or a community. The old link leads nowhere from then on. The number has to be an admin. */
  redefineInvitationLink(input: {
    /** The id of the group, as in callbacks and in the list of groups. */
    groupId: string
  }, options?: CallOptions): Promise<RedefineInvitationLinkAnswer>
  /** Joins the group that an invitation leads to. A number that is in the group already stays in it. */
  acceptInviteGroup(input: {
    /** The invitation link, or its last part. */
    url: string
  }, options?: CallOptions): Promise<AcceptInviteGroupAnswer>
  /** Adds people to a group. If WhatsApp refuses some of them and they are not invited either, 400 says which, and the others are added. */
  addParticipant(input: AddParticipantRequest, options?: CallOptions): Promise<Done>
  /** Removes members from a group. The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are removed. */
  removeParticipant(input: RemoveParticipantRequest, options?: CallOptions): Promise<Done>
  /** Makes members admins of their group. The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are admins. */
  addAdmin(input: RemoveParticipantRequest, options?: CallOptions): Promise<Done>
  /** Makes admins ordinary members of their group. The number has to be an admin. If WhatsApp refuses some of them, 400 says which, and the others are no admins any more. */
  removeAdmin(input: RemoveParticipantRequest, options?: CallOptions): Promise<Done>
  /** Lets people into a group who asked to join. The number has to be an admin. If one of them did not ask, 400 says which, and the others are let in. */
  approveParticipant(input: RemoveParticipantRequest, options?: CallOptions): Promise<Done>
  /** Turns people away who asked to join a group. The number has to be an admin. If one of them did not ask, 400 says which, and the others are turned away. */
  rejectParticipant(input: RemoveParticipantRequest, options?: CallOptions): Promise<Done>
  /** Leaves a group. The number gets nothing of the group from then on, and cannot come back by itself. */
  leaveGroup(input: LeaveGroupRequest, options?: CallOptions): Promise<Done>
  /** Changes the name of a group. Where only admins change it, the number has to be one. */
  updateGroupName(input: UpdateGroupNameRequest, options?: CallOptions): Promise<Done>
  /** Changes the description of a group. Where only admins change it, the number has to be one. */
  updateGroupDescription(input: UpdateGroupDescriptionRequest, options?: CallOptions): Promise<Done>
  /** Changes the picture of a group. Any image; its middle becomes a square. Where only admins change it, the number has to be one. */
  updateGroupPhoto(input: UpdateGroupPhotoRequest, options?: CallOptions): Promise<Done>
  /** Changes what only admins may do in a group. What is not given keeps as it is. The number has to be an admin. They are set one after the other: after an error the first ones may hold. */
  updateGroupSettings(input: UpdateGroupSettingsRequest, options?: CallOptions): Promise<Done>
  /** Tells what a business shows of itself on WhatsApp. Of any business, the own one too. It asks WhatsApp each time. */
  getBusinessProfile(input: {
    /** The number of the business, with its country. */
    phone: string
  }, options?: CallOptions): Promise<GetBusinessProfileAnswer>
  /** Changes the address on the business profile. Only for numbers of the WhatsApp Business app. */
  setCompanyAddress(input: SetCompanyAddressRequest, options?: CallOptions): Promise<Success>
  /** Changes the description on the business profile. Only for numbers of the WhatsApp Business app. */
  setCompanyDescription(input: SetCompanyDescriptionRequest, options?: CallOptions): Promise<Success>
  /** Changes the e-mail address on the business profile. Only for numbers of the WhatsApp Business app. */
  setCompanyEmail(input: SetCompanyEmailRequest, options?: CallOptions): Promise<Success>
  /** Changes the websites on the business profile. Only for numbers of the WhatsApp Business app. */
  setCompanyWebsites(input: SetCompanyWebsitesRequest, options?: CallOptions): Promise<Success>
  /** Changes the opening hours on the business profile. They replace all that were set. Only for numbers of the WhatsApp Business app. */
  setBusinessHours(input: SetBusinessHoursRequest, options?: CallOptions): Promise<Success>
  /** Changes the categories on the business profile. Only for numbers of the WhatsApp Business app. */
  setBusinessCategories(input: SetBusinessCategoriesRequest, options?: CallOptions): Promise<Success>
  /** Lists categories that a business profile can have. The main ones of WhatsApp, from a list that Recado brings with it. The finer ones are set on the phone. */
  listBusinessCategories(input?: {
    /** A part of the name. */
    query?: string
  }, options?: CallOptions): Promise<readonly ({
  /** The name that people see. */
  displayName: string
  /** The name for programs. */
  label: string
  /** WhatsApp's id. */
  id: string
})[]>
  /** Lists the products of the own catalogue. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. POST takes cursors that are too long for a URL. */
  getOwnCatalog(input?: {
    /** Of the page before. The first if unset. */
    nextCursor?: string
  }, options?: CallOptions): Promise<GetOwnCatalogAnswer>
  /** Lists the products of the own catalogue, with the cursor in the body. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. */
  getOwnCatalogPage(input: GetOwnCatalogPageRequest, options?: CallOptions): Promise<GetOwnCatalogAnswer>
  /** Lists the products of the catalogue of a business. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. POST takes cursors that are too long for a URL. */
  getCatalog(input: {
    /** Of the page before. The first if unset. */
    nextCursor?: string
    /** The number of the business, with its country. */
    phone: string
  }, options?: CallOptions): Promise<GetOwnCatalogAnswer>
  /** Lists the products of the catalogue of a business, with the cursor in the body. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. */
  getCatalogPage(input: {
    /** The number of the business, with its country. */
    phone: string
  } & GetOwnCatalogPageRequest, options?: CallOptions): Promise<GetOwnCatalogAnswer>
  /** Tells about one product of the own catalogue. It is looked for among the first 1,000 products. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. */
  getProduct(input: {
    /** Of the product. */
    productId: string
  }, options?: CallOptions): Promise<GetProductAnswer>
  /** Lists the collections of the own catalogue. The first 51, on one page. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. */
  listCollections(input?: {
    /** Of the page before. The first if unset. */
    nextCursor?: string
  }, options?: CallOptions): Promise<ListCollectionsAnswer>
  /** Lists the products of a collection of a business. The first 51, on one page. WhatsApp gives catalogues to few linked devices at present: 400 says so, after 8 seconds at most. */
  listCollectionProducts(input: {
    /** Of the collection. */
    collectionId: string
    /** Of the page before. The first if unset. */
    nextCursor?: string
    /** The number of the business, with its country. */
    phone: string
  }, options?: CallOptions): Promise<ListCollectionProductsAnswer>
  /** Lists the labels of the number. From what the phone told after the linking, and every change since. It answers without a connection too. Only the WhatsApp Business app has labels. */
  listTags(options?: CallOptions): Promise<readonly ({
  /** The number of the label. */
  id: string
  /** Of the label. */
  name: string
  /** The number of its colour. */
  color: number
})[]>
  /** Lists the colours that labels can have. They are the same for every number. */
  listTagColors(options?: CallOptions): Promise<ListTagColorsAnswer>
  /** Makes a label. Only for numbers of the WhatsApp Business app. Sent again after no answer, it may make a second label. */
  createTag(input: CreateTagRequest, options?: CallOptions): Promise<CreateTagAnswer>
  /** Changes the name of a label, and its colour. Only for numbers of the WhatsApp Business app. Without a color it keeps its own. */
  editTag(input: {
    /** The number of the label, as GET /tags tells it. */
    tagId: string
  } & CreateTagRequest, options?: CallOptions): Promise<Success>
  /** Deletes a label. Chats that had it lose it. Only for numbers of the WhatsApp Business app. */
  deleteTag(input: {
    /** The number of the label, as GET /tags tells it. */
    tagId: string
  }, options?: CallOptions): Promise<Success>
  /** Puts a label on a chat. Only for numbers of the WhatsApp Business app. Again it changes nothing. */
  addTagToChat(input: {
    /** A number with its country, a LID, a group or a channel. */
    phone: string
    /** The number of the label, as GET /tags tells it. */
    tag: string
  }, options?: CallOptions): Promise<Done>
  /** Takes a label off a chat. Only for numbers of the WhatsApp Business app. Again it changes nothing. */
  removeTagFromChat(input: {
    /** A number with its country, a LID, a group or a channel. */
    phone: string
    /** The number of the label, as GET /tags tells it. */
    tag: string
  }, options?: CallOptions): Promise<Done>
  /** Writes down a note about a person. It replaces the one before; an empty one removes it. The person does not see it. Only for numbers of the WhatsApp Business app, and not for groups. Notes that were written on the phone are not known here. */
  setChatNotes(input: {
    /** A number with its country, a LID, a group or a channel. */
    phone: string
  } & SetChatNotesRequest, options?: CallOptions): Promise<Success>
  /** Lists the communities that the number is in. It asks WhatsApp, at most every 10 seconds. Without a connection it answers what WhatsApp told last. */
  listCommunities(input?: {
    /** The page, from 1. */
    page?: string
    /** How many communities a page has, at most 1,000. 100 if it is not given. */
    pageSize?: string
  }, options?: CallOptions): Promise<readonly ({
  /** The name of the community. */
  name: string
  /** Its id. */
  id: string
})[]>
  /** Makes a community with this number as its admin. WhatsApp makes its announcement group and a general chat. Sent again after no answer, it may make a second community. */
  createCommunity(input: CreateCommunityRequest, options?: CallOptions): Promise<CreateCommunityAnswer>
  /** Tells about a community and its groups. It asks WhatsApp each time, twice. */
  getCommunity(input: {
    /** The id of the community, as GET /communities tells it. */
    communityId: string
  }, options?: CallOptions): Promise<GetCommunityAnswer>
  /** Puts groups into a community. The number has to be an admin of the community and of the groups. If WhatsApp refuses some of them, 400 says which, and the others are linked. */
  linkGroups(input: LinkGroupsRequest, options?: CallOptions): Promise<Success>
  /** Takes groups out of a community. The groups remain. The number has to be an admin of the community. If WhatsApp refuses some of them, 400 says which, and the others are taken out. */
  unlinkGroups(input: LinkGroupsRequest, options?: CallOptions): Promise<Success>
  /** Changes who adds groups to a community. The number has to be an admin of the community. */
  updateCommunitySettings(input: UpdateCommunitySettingsRequest, options?: CallOptions): Promise<Success>
  /** Changes the description of a community. The number has to be an admin of the community. */
  updateCommunityDescription(input: UpdateCommunityDescriptionRequest, options?: CallOptions): Promise<Done>
  /** Changes the picture of a community. Any image; its middle becomes a square. The number has to be an admin of the community. */
  updateCommunityPhoto(input: UpdateCommunityPhotoRequest, options?: CallOptions): Promise<Done>
  /** Ends a community. Its groups remain, each on its own; its announcement group is closed. The number has to have made the community. */
  endCommunity(input: {
    /** The id of the community, as GET /communities tells it. */
    communityId: string
  }, options?: CallOptions): Promise<Success>
  /** Lists the broadcast lists. Those that were made here; lists on the phone are not among them. */
  listBroadcastLists(input?: {
    /** The page, from 1. */
    page?: string
    /** How many lists a page has, at most 100. 20 if it is not given. */
    pageSize?: string
  }, options?: CallOptions): Promise<readonly ({
  /** The id of the list. Sends take it as phone. */
  broadcastId: string
  /** Of the list. */
  name: string
  /** Who is in it. */
  phones: readonly (string)[]
})[]>
  /** Makes a list of people to write to at once. Recado keeps it; it is not on the phone. The id can be the phone of a send: each person gets a message of their own, in their own chat. Sent again, it makes another list. */
  createBroadcastList(input: CreateBroadcastListRequest, options?: CallOptions): Promise<CreateBroadcastListAnswer>
  /** Changes who is in a broadcast list, and its name. The phones replace all before. Messages that wait already go to those of before. */
  updateBroadcastList(input: {
    /** The id of the list. */
    broadcastId: string
  } & UpdateBroadcastListRequest, options?: CallOptions): Promise<CreateBroadcastListAnswer>
  /** Deletes a broadcast list. Messages that were sent to it and wait still go. */
  deleteBroadcastList(input: {
    /** The id of the list. */
    broadcastId: string
  }, options?: CallOptions): Promise<Success>
  /** Lists the channels that the number follows or runs. It asks WhatsApp each time. Without a connection it answers what WhatsApp told last. */
  listNewsletters(options?: CallOptions): Promise<readonly ({
  /** The id of the channel. */
  id: string
  /** When it was made, in seconds since 1970; 0 if it is not told. */
  creationTime: number
  /** `ACTIVE` or `NON_EXISTING`. */
  state: string
  /** Its name. */
  name: string
  /** Its description; empty where there is none. */
  description: string
  /** How many people follow it. */
  subscribersCount: string
  /** Its link; empty if it is not told. */
  inviteLink: string
  /** `VERIFIED` or `UNVERIFIED`. */
  verification: string
  /** The URL of its picture; null where there is none. */
  picture: string | null
  /** The URL of the small picture; null where there is none. */
  preview: string | null
  /** How this number stands to it. */
  viewMetadata: {
    /** `ON` or `OFF`. */
    mute: string
    /** `OWNER`, `ADMIN`, `SUBSCRIBER` or `GUEST`. */
    role: string
  }
})[]>
  /** Tells about a channel. It asks WhatsApp each time. The number need not follow the channel. */
  getNewsletter(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  }, options?: CallOptions): Promise<GetNewsletterAnswer>
  /** Searches the channels of WhatsApp. By text, or by view and countries. WhatsApp does not search by both: with searchText, view and filters are not applied. */
  searchNewsletter(input: SearchNewsletterRequest, options?: CallOptions): Promise<readonly ({
  /** The id of the channel. */
  id: string
  /** When it was made, in seconds since 1970; 0 if it is not told. */
  creationTime: number
  /** `ACTIVE` or `NON_EXISTING`. */
  state: string
  /** Its name. */
  name: string
  /** Its description; empty where there is none. */
  description: string
  /** How many people follow it. */
  subscribersCount: string
  /** Its link; empty if it is not told. */
  inviteLink: string
  /** `VERIFIED` or `UNVERIFIED`. */
  verification: string
  /** The URL of its picture; null where there is none. */
  picture: string | null
  /** The URL of the small picture; null where there is none. */
  preview: string | null
  /** How this number stands to it. */
  viewMetadata: {
    /** `ON` or `OFF`. */
    mute: string
    /** `OWNER`, `ADMIN`, `SUBSCRIBER` or `GUEST`. */
    role: string
  }
})[]>
  /** Makes a channel with this number as its owner. The terms of channels have to be accepted once in the WhatsApp app. Sent again after no answer, it may make a second channel. */
  createNewsletter(input: CreateNewsletterRequest, options?: CallOptions): Promise<CreateNewsletterAnswer>
  /** Changes the name of a channel. The number has to be its owner or an admin. */
  updateNewsletterName(input: UpdateNewsletterNameRequest, options?: CallOptions): Promise<Done>
  /** Changes the description of a channel. The number has to be its owner or an admin. */
  updateNewsletterDescription(input: UpdateNewsletterDescriptionRequest, options?: CallOptions): Promise<Done>
  /** Changes the picture of a channel. Any image; its middle becomes a square. The number has to be its owner or an admin. */
  updateNewsletterPicture(input: UpdateNewsletterPictureRequest, options?: CallOptions): Promise<Done>
  /** Changes which reactions the followers of a channel may choose. The number has to be its owner or an admin. */
  updateNewsletterSettings(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  } & UpdateNewsletterSettingsRequest, options?: CallOptions): Promise<Done>
  /** Deletes a channel for good. Its followers lose it. The number has to be its owner. */
  deleteNewsletter(input: DeleteNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Follows a channel. What the channel says arrives as callbacks from then on. A number that follows it already goes on. */
  followNewsletter(input: DeleteNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Stops following a channel. The owner of a channel cannot: transfer or delete it. */
  unfollowNewsletter(input: DeleteNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Mutes a channel. The phone is silent about it from then on. The number has to follow it. */
  muteNewsletter(input: DeleteNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Ends the muting of a channel. The number has to follow it. */
  unmuteNewsletter(input: DeleteNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Accepts the invitation of this number to be an admin of a channel. The terms of channels have to be accepted once in the WhatsApp app. An invitation ends after some days. */
  acceptNewsletterAdminInvite(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  }, options?: CallOptions): Promise<unknown>
  /** Takes back the invitation of a person to be an admin of a channel. The number has to be the owner of the channel. */
  revokeNewsletterAdminInvite(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  } & RevokeNewsletterAdminInviteRequest, options?: CallOptions): Promise<unknown>
  /** Makes an admin of a channel an ordinary follower. The number has to be the owner of the channel. */
  removeNewsletterAdmin(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  } & RevokeNewsletterAdminInviteRequest, options?: CallOptions): Promise<unknown>
  /** Gives a channel to another person. The person has to be an admin of it, and this number its owner. It is an admin afterwards, unless it quits. */
  transferNewsletter(input: {
    /** The id of the channel with its `@newsletter`, as GET /newsletter tells it. */
    newsletterId: string
  } & TransferNewsletterRequest, options?: CallOptions): Promise<Done>
  /** Posts a text as a status. The people see it for 24 hours whom the phone chose under Settings, Privacy, Status: all saved contacts, all but some, or some alone. A DeliveryCallback tells when it is posted. */
  sendTextStatus(input: SendTextStatusRequest, options?: CallOptions): Promise<SentMessage>
  /** Posts an image as a status. JPEG, PNG, WebP, GIF, AVIF or TIFF; it is sent as JPEG. Who sees it is as with `send-text-status`. */
  sendImageStatus(input: SendImageStatusRequest, options?: CallOptions): Promise<SentMessage>
  /** Posts a video as a status. As `send-video` takes it. Phones show about 30 seconds of a status. Who sees it is as with `send-text-status`. */
  sendVideoStatus(input: SendVideoStatusRequest, options?: CallOptions): Promise<SentMessage>
  /** Answers a status with a text. It is a message in the chat with the person, with the status above it. A status that is unknown or over ends in a DeliveryCallback with the cause, and nothing is sent. */
  replyStatusText(input: ReplyStatusTextRequest, options?: CallOptions): Promise<SentMessage>
  /** Answers a status with a video that plays by itself, again and again. As `send-gif` takes it. It is a message in the chat with the person, with the status above it. A status that is unknown or over ends in a DeliveryCallback with the cause, and nothing is sent. */
  replyStatusGif(input: ReplyStatusGifRequest, options?: CallOptions): Promise<SentMessage>
  /** Answers a status with a sticker. As `send-sticker` takes it. It is a message in the chat with the person, with the status above it. A status that is unknown or over ends in a DeliveryCallback with the cause, and nothing is sent. */
  replyStatusSticker(input: ReplyStatusStickerRequest, options?: CallOptions): Promise<SentMessage>
  /** Unlinks the phone. Waiting messages are kept, and go once a phone is linked again. Does nothing if no phone is linked. */
  disconnect(options?: CallOptions): Promise<Done>
  /** Closes the connection to WhatsApp and opens it again. The phone stays linked. A message that is being sent goes again under the same id, so it arrives once. */
  restart(options?: CallOptions): Promise<RestartAnswer>
  /** Opens the connection to WhatsApp if it is not open. For an instance whose status says "You need to restore the session." An open connection stays open. */
  restoreSession(options?: CallOptions): Promise<RestartAnswer>
  /** Tells the settings of the instance. Callback URLs that are not set are empty. Subscriptions have no meaning here. */
  getInstance(options?: CallOptions): Promise<GetInstanceAnswer>
  /** Tells the profile of the number, and which phone it is on. Asked of WhatsApp each time. */
  getDevice(options?: CallOptions): Promise<GetDeviceAnswer>
  /** Renames the instance. The name is for people on your side: WhatsApp never sees it. */
  updateName(input: UpdateNameRequest, options?: CallOptions): Promise<Done>
  /** Changes the name that the number shows on WhatsApp. Business names that WhatsApp has verified cannot be changed here. */
  updateProfileName(input: UpdateProfileNameRequest, options?: CallOptions): Promise<Done>
  /** Changes the text about the number on WhatsApp. The "about" of the profile. */
  updateProfileDescription(input: UpdateProfileDescriptionRequest, options?: CallOptions): Promise<Done>
  /** Makes a token that lets a browser pair this instance for five minutes. It stands in the path in place of the instance's token, without Client-Token, in qr-code, qr-code/image, phone-code, status and the calls of the passkey step, and opens nothing else. The one before ends. */
  getExtensionToken(options?: CallOptions): Promise<GetExtensionTokenAnswer>
  /** Marks incoming messages as read once they are stored, or stops doing so. The sender then sees the blue ticks. */
  updateAutoReadMessage(input: UpdateAutoReadMessageRequest, options?: CallOptions): Promise<Done>
  /** Marks the statuses (stories) of contacts as seen, or stops doing so. Their authors then see this number among the viewers. */
  updateAutoReadStatus(input: UpdateAutoReadStatusRequest, options?: CallOptions): Promise<Done>
  /** Rejects every call to this number as it comes in, or lets it ring. update-call-reject-message sets the text that the caller is sent. */
  updateCallRejectAuto(input: UpdateCallRejectAutoRequest, options?: CallOptions): Promise<Done>
  /** Sets the text that a rejected caller is sent. Used only while calls are rejected. */
  updateCallRejectMessage(input: UpdateCallRejectMessageRequest, options?: CallOptions): Promise<Done>
  /** Sets how messages with buttons and lists go. **Ours.** `buttons` (so it is unless set): as such; as plain text where WhatsApp refuses them, and lists in groups always, because they show on Android alone. `text`: as plain text. `both`: as such, and the plain text after it, as a message of its own. The DeliveryCallback tells the form. */
  updateButtonForm(input: UpdateButtonFormRequest, options?: CallOptions): Promise<Done>
  /** Sets what becomes of messages that would expire before their turn. **Ours.** `refuse` (so it is unless set): 429 with Retry-After, so that the caller can take another way. `accept`: it is queued, and the answer has `lateAt`. */
  updateLateSends(input: UpdateLateSendsRequest, options?: CallOptions): Promise<Done>
  /** Sets how long codes live, and when their caller is told that one is not sent. **Ours.** What is not named stays as it is; null is what the gateway says (RECADO_CODE_LIFE_SECONDS, RECADO_UNDELIVERABLE_AFTER_SECONDS). Of a pool: for what is sent for it. */
  updateCodeTimes(input: UpdateCodeTimesRequest, options?: CallOptions): Promise<Done>
  /** Sets the gap between two messages of this number. **Ours.** Each gap is drawn between both ends. Counts from the next message that leaves; a `delayMessage` of a call goes before it. null for both is what the gateway says (RECADO_PACING_MIN_MS, RECADO_PACING_MAX_MS). */
  updatePacing(input: UpdatePacingRequest, options?: CallOptions): Promise<Done>
  /** Sets how long this number keeps messages, links to files, chats and contacts. **Ours.** In days. What is not named stays as it is; null is what the gateway says (RECADO_KEEP_MESSAGES_DAYS, RECADO_KEEP_MEDIA_LINKS_DAYS, RECADO_KEEP_DIRECTORY_DAYS). A shorter time counts for what is kept already, within ten minutes, except for messages that an earlier version kept; a longer one for what comes from then on. */
  updateRetention(input: UpdateRetentionRequest, options?: CallOptions): Promise<Done>
  /** Tells how much may be sent a day, and how much was sent today. **Ours.** Of a number, or of a pool: then what was sent for the pool counts. */
  getSendingLimits(options?: CallOptions): Promise<GetSendingLimitsAnswer>
  /** Sets how much may be sent a day. **Ours.** Everything is off unless it is set. What is not named stays as it is. A message that a limit holds waits: the queue tells why and until when. Of a pool: what is sent for the pool, and `warmUp` for its members that have none of their own; limits of its members count too. */
  updateSendingLimits(input: UpdateSendingLimitsRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told whether a send went out. DeliveryCallback: one for each message, sent or failed. An empty value ends it. */
  updateWebhookDelivery(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told what the number receives. ReceivedCallback: one for each message. An empty value ends it. */
  updateWebhookReceived(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told what the number receives. ReceivedCallback: one for each message. An empty value ends it. */
  updateWebhookReceive(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told of a connection. ConnectedCallback: a phone was linked, or the connection is back. An empty value ends it. */
  updateWebhookConnected(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told of a lost connection. DisconnectedCallback: with the reason, and what to do. An empty value ends it. */
  updateWebhookDisconnected(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told when messages were delivered and read. MessageStatusCallback: RECEIVED means delivered. An empty value ends it. */
  updateWebhookMessageStatus(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told who is typing. PresenceChatCallback. An empty value ends it. */
  updateWebhookChatPresence(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told when a connection was made without its proxy. ProxyCallback: the proxy failed three times in a row; the next connection tries it again. An empty value ends it. */
  updateProxyWebhook(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told when WhatsApp asks for a number's passkey. **Ours.** PasskeyCallback, once for each pairing that is asked. An empty value ends it. */
  updateWebhookPasskey(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets the URL that is told what the number receives and what it sends itself. ReceivedCallback, with `fromMe` for what the number sends. An empty value ends it. */
  updateWebhookReceivedDelivery(input: UpdateWebhookDeliveryRequest, options?: CallOptions): Promise<Done>
  /** Sets one URL for all callbacks. Replaces the URLs that were set one by one. An empty value ends all of them. */
  updateEveryWebhooks(input: UpdateEveryWebhooksRequest, options?: CallOptions): Promise<Done>
  /** Sets whether callbacks also tell what the number itself sends. They come as ReceivedCallback with `fromMe`. Off by default. */
  updateNotifySentByMe(input: UpdateNotifySentByMeRequest, options?: CallOptions): Promise<Done>
  /** Sets which callbacks are not sent. Each name takes away what it names; unknown names are refused. */
  updateFilters(input: UpdateFiltersRequest, options?: CallOptions): Promise<Done>
  /** Lists the callbacks that failed for good. **Ours.** At most 100 a page, the oldest first, without their bodies. `since`: only those that were owed then or later. `after`: the `next` of the page before. */
  listCallbacks(input?: {
    /** Only those made since then: ISO 8601 with its zone, a date alone, or milliseconds since 1970. */
    since?: string
    /** The `next` of the page before. */
    after?: string
  }, options?: CallOptions): Promise<ListCallbacksAnswer>
  /** Shows one callback. **Ours.** Whatever its status, with its last 20 attempts. `body=true` adds its body with codes masked, `body=codes` as it is sent. A delivered one is kept for 7 days, a failed one for 30. */
  getCallback(input: {
    /** true shows its body with codes masked, codes shows it as it is sent. */
    body?: 'true' | 'false' | 'codes'
    /** The callback's id, as the list and its header name it. */
    callbackId: string
  }, options?: CallOptions): Promise<GetCallbackAnswer>
  /** Sends one failed callback again. **Ours.** It goes with the same id and the same body. */
  replayCallback(input: {
    /** The callback's id, as the list and its header name it. */
    callbackId: string
  }, options?: CallOptions): Promise<Done>
  /** Sends all callbacks again that failed since a moment. **Ours.** They go with the same ids and the same bodies, in their order. */
  replayCallbacks(input: ReplayCallbacksRequest, options?: CallOptions): Promise<ReplayCallbacksAnswer>
  /** Tries one callback now. **Ours.** Whether it waits for its next attempt or failed. If others of its chat wait before it, they are tried now, and it follows. It uses up none of the ten attempts. */
  tryCallback(input: {
    /** The callback's id, as the list and its header name it. */
    callbackId: string
  }, options?: CallOptions): Promise<Done>
  /** Tries now what waits for its next attempt. **Ours.** Of one receiver or of all. With `since` it also sends again what failed since then. Receivers that are paused get nothing. */
  tryCallbacks(input: TryCallbacksRequest, options?: CallOptions): Promise<TryCallbacksAnswer>
  /** Lists the receivers of callbacks. **Ours.** Each URL once, with what waits for it and what failed. */
  listReceivers(options?: CallOptions): Promise<ListReceiversAnswer>
  /** Pauses a receiver. **Ours.** Nothing goes there until it is resumed; what is owed waits and is not lost. An attempt that is on its way ends. */
  pauseReceiver(input: PauseReceiverRequest, options?: CallOptions): Promise<Done>
  /** Resumes a receiver. **Ours.** What waited goes there now. A receiver that answered 410 gets callbacks again, too. */
  resumeReceiver(input: PauseReceiverRequest, options?: CallOptions): Promise<Done>
  /** Sends a test callback and tells what the receiver answered. **Ours.** One POST with the type `TestCallback`, signed like every other. It is not stored and not repeated. Waits up to 15 seconds. */
  testReceiver(input: PauseReceiverRequest, options?: CallOptions): Promise<TestReceiverAnswer>
  /** Gives the secret that callbacks of this instance are signed with. **Ours.** Signatures are those of Standard Webhooks. */
  getWebhookSecret(options?: CallOptions): Promise<GetWebhookSecretAnswer>
  /** Lists the first waiting messages. Deprecated by Z-API: POST has pages, and `page` has no effect here. Codes are masked. */
  listQueue(input?: {
    /** 20 if unset, at most 100. */
    pageSize?: string
  }, options?: CallOptions): Promise<ListQueueAnswer>
  /** Lists the waiting messages, page by page. In sending order. Codes are masked. Without a body, the first page. */
  filterQueue(input: FilterQueueRequest, options?: CallOptions): Promise<FilterQueueAnswer>
  /** Deletes all waiting messages. Messages that may have left are kept, and counted in the answer. */
  clearQueue(options?: CallOptions): Promise<ClearQueueAnswer>
  /** Counts the waiting messages. Messages that are being sent do not count. */
  countQueue(options?: CallOptions): Promise<CountQueueAnswer>
  /** Tells how long a new message would wait now. **Ours.** An estimate from what waits and the pacing: later codes overtake a text, and a retry takes a turn of its own. Of a pool: a message to a person whom no member knows. */
  forecastQueue(options?: CallOptions): Promise<ForecastQueueAnswer>
  /** Deletes one waiting message. A repeated call answers 200 again, with `deleted` 0. */
  cancelMessage(input: {
    /** The zaapId of the answer to the send. */
    zaapId: string
  }, options?: CallOptions): Promise<CancelMessageAnswer>
  /** Sets whether sends are kept while the instance is disconnected. Otherwise they are refused with 400. At most 1,000 are kept. */
  updateQueueSettings(input: UpdateQueueSettingsRequest, options?: CallOptions): Promise<Success>
  /** Tells whether the instance is connected. What it was at this moment. ConnectedCallback and DisconnectedCallback tell changes. */
  getStatus(options?: CallOptions): Promise<GetStatusAnswer>
  /** Gives the text of the QR that links a phone. Starts pairing if need be. The text changes about every 20 seconds. */
  getQrCode(options?: CallOptions): Promise<{
  /** The text to draw as a QR. It holds for about 20 seconds: ask again. */
  value: string
} | {
  /** true: it is connected already, so there is none. */
  connected: boolean
} | {
  /** WhatsApp's request, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. It can be signed on https://web.whatsapp.com alone. */
  challenge?: {
    /** What has to be signed, base64url. */
    challenge: string
    /** whatsapp.com */
    rpId: string
    /** required */
    userVerification: string
  }
  /** **Ours.** Where the step stands. */
  passkey: {
    /** none: WhatsApp has not asked. passkey: the owner signs. phone: the owner confirms on the phone. code: the codes are compared. finishing: the phone completes the linking. linked, failed: it is over. */
    state: 'none' | 'passkey' | 'phone' | 'code' | 'finishing' | 'linked' | 'failed'
    /** When this state fails. Milliseconds since 1970. */
    deadline?: number
    /** In state passkey: who signs later has to compare a code too. Milliseconds since 1970. */
    codeAfter?: number
    /** In state code: the phone must show the same. */
    code?: string
    /** In state failed: why, by name. */
    reason?: string
    /** The same as a sentence. */
    cause?: string
    /** What to try next. */
    cure?: string
  }
}>
  /** Gives the QR that links a phone, as an image. The same as qr-code, drawn as PNG in a data URI. */
  getQrCodeImage(options?: CallOptions): Promise<{
  /** The QR as a data URI. */
  value: string
} | {
  /** true: it is connected already, so there is none. */
  connected: boolean
} | {
  /** WhatsApp's request, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. It can be signed on https://web.whatsapp.com alone. */
  challenge?: {
    /** What has to be signed, base64url. */
    challenge: string
    /** whatsapp.com */
    rpId: string
    /** required */
    userVerification: string
  }
  /** **Ours.** Where the step stands. */
  passkey: {
    /** none: WhatsApp has not asked. passkey: the owner signs. phone: the owner confirms on the phone. code: the codes are compared. finishing: the phone completes the linking. linked, failed: it is over. */
    state: 'none' | 'passkey' | 'phone' | 'code' | 'finishing' | 'linked' | 'failed'
    /** When this state fails. Milliseconds since 1970. */
    deadline?: number
    /** In state passkey: who signs later has to compare a code too. Milliseconds since 1970. */
    codeAfter?: number
    /** In state code: the phone must show the same. */
    code?: string
    /** In state failed: why, by name. */
    reason?: string
    /** The same as a sentence. */
    cause?: string
    /** What to try next. */
    cure?: string
  }
}>
  /** Gives a code that links a phone without a QR. It is entered on the phone: Linked devices, Link with phone number instead. */
  getPhoneCode(input: {
    /** The number to link, with its country. */
    phone: string
  }, options?: CallOptions): Promise<{
  /** Eight characters to enter on the phone. */
  value: string
} | {
  /** true: it is connected already, so there is none. */
  connected: boolean
} | {
  /** WhatsApp's request, as `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. It can be signed on https://web.whatsapp.com alone. */
  challenge?: {
    /** What has to be signed, base64url. */
    challenge: string
    /** whatsapp.com */
    rpId: string
    /** required */
    userVerification: string
  }
  /** **Ours.** Where the step stands. */
  passkey: {
    /** none: WhatsApp has not asked. passkey: the owner signs. phone: the owner confirms on the phone. code: the codes are compared. finishing: the phone completes the linking. linked, failed: it is over. */
    state: 'none' | 'passkey' | 'phone' | 'code' | 'finishing' | 'linked' | 'failed'
    /** When this state fails. Milliseconds since 1970. */
    deadline?: number
    /** In state passkey: who signs later has to compare a code too. Milliseconds since 1970. */
    codeAfter?: number
    /** In state code: the phone must show the same. */
    code?: string
    /** In state failed: why, by name. */
    reason?: string
    /** The same as a sentence. */
    cause?: string
    /** What to try next. */
    cure?: string
  }
}>
  /** Tells where WhatsApp's passkey step stands. **Ours.** WhatsApp asks some numbers for their passkey when a device is linked: docs/linking-a-number.md. How the step ended can be read until the next one begins. */
  getPasskey(options?: CallOptions): Promise<GetPasskeyAnswer>
  /** Makes a one-time link for the person with the passkey. **Ours.** Its page shows who wants to link what, and takes the person through the step. It counts for this linking alone, for ten minutes, and opens nothing else. It begins with RECADO_PUBLIC_URL. */
  createPasskeyLink(options?: CallOptions): Promise<CreatePasskeyLinkAnswer>
  /** Answers the challenge with what the passkey signed. As `credential.toJSON()` gives it in a browser on https://web.whatsapp.com. It is checked before WhatsApp gets it, because WhatsApp answers a wrong one with silence. */
  answerPasskey(input: AnswerPasskeyRequest, options?: CallOptions): Promise<{
  /** It was accepted. */
  success: true
} | {
  /** It was not. */
  success: false
  /** One sentence: what is wrong, and what to try next. */
  reason: string
}>
  /** Tells whether the phone shows the same code. **Ours.** Where `GET /passkey` says code. Another code on the phone means that another device takes part: the linking then ends. */
  confirmPasskeyCode(input: ConfirmPasskeyCodeRequest, options?: CallOptions): Promise<{
  /** It was accepted. */
  success: true
} | {
  /** It was not. */
  success: false
  /** One sentence: what is wrong, and what to try next. */
  reason: string
}>
  /** Drops the challenge and begins another pairing. Ask for the new QR after it. An instance that is connected stays so. */
  resetPasskeyChallenge(options?: CallOptions): Promise<{
  /** It was accepted. */
  success: true
} | {
  /** It was not. */
  success: false
  /** Z-API's text: there is no new QR yet. */
  error: string
}>
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the instance. */
  readonly path: string
  readonly query?: readonly string[]
  /** Whether it takes parameters or a body. */
  readonly input?: true
  /** Whether it sends a message, and takes an idempotency key. */
  readonly sends?: true
}

export const routes: Readonly<Record<keyof Calls, Route>> = {
  sendButtonOtp: { method: 'POST', path: 'send-button-otp', input: true, sends: true },
  sendText: { method: 'POST', path: 'send-text', input: true, sends: true },
  sendImage: { method: 'POST', path: 'send-image', input: true, sends: true },
  sendDocument: { method: 'POST', path: 'send-document/{extension}', input: true, sends: true },
  sendLink: { method: 'POST', path: 'send-link', input: true, sends: true },
  sendAudio: { method: 'POST', path: 'send-audio', input: true, sends: true },
  sendVideo: { method: 'POST', path: 'send-video', input: true, sends: true },
  sendGif: { method: 'POST', path: 'send-gif', input: true, sends: true },
  sendPtv: { method: 'POST', path: 'send-ptv', input: true, sends: true },
  sendSticker: { method: 'POST', path: 'send-sticker', input: true, sends: true },
  sendLocation: { method: 'POST', path: 'send-location', input: true, sends: true },
  sendContact: { method: 'POST', path: 'send-contact', input: true, sends: true },
  sendContacts: { method: 'POST', path: 'send-contacts', input: true, sends: true },
  sendPoll: { method: 'POST', path: 'send-poll', input: true, sends: true },
  sendEvent: { method: 'POST', path: 'send-event', input: true, sends: true },
  sendButtonList: { method: 'POST', path: 'send-button-list', input: true, sends: true },
  sendButtonListImage: { method: 'POST', path: 'send-button-list-image', input: true, sends: true },
  sendButtonListVideo: { method: 'POST', path: 'send-button-list-video', input: true, sends: true },
  sendButtonActions: { method: 'POST', path: 'send-button-actions', input: true, sends: true },
  sendOptionList: { method: 'POST', path: 'send-option-list', input: true, sends: true },
  deleteMessage: { method: 'DELETE', path: 'messages', query: ['phone', 'messageId', 'owner'], input: true },
  forwardMessage: { method: 'POST', path: 'forward-message', input: true, sends: true },
  pinMessage: { method: 'POST', path: 'pin-message', input: true, sends: true },
  readMessage: { method: 'POST', path: 'read-message', input: true },
  sendReaction: { method: 'POST', path: 'send-reaction', input: true, sends: true },
  sendRemoveReaction: { method: 'POST', path: 'send-remove-reaction', input: true, sends: true },
  sendButtonPix: { method: 'POST', path: 'send-button-pix', input: true, sends: true },
  sendCarousel: { method: 'POST', path: 'send-carousel', input: true, sends: true },
  sendProduct: { method: 'POST', path: 'send-product', input: true, sends: true },
  sendCatalog: { method: 'POST', path: 'send-catalog', input: true, sends: true },
  sendOrder: { method: 'POST', path: 'send-order', input: true, sends: true },
  sendNewsletterAdminInvite: { method: 'POST', path: 'send-newsletter-admin-invite', input: true, sends: true },
  updateOrderStatus: { method: 'POST', path: 'order-status-update', input: true, sends: true },
  updateOrderPayment: { method: 'POST', path: 'order-payment-update', input: true, sends: true },
  replyButton: { method: 'POST', path: 'reply-button', input: true, sends: true },
  replyTemplateButton: { method: 'POST', path: 'reply-template-button', input: true, sends: true },
  sendEditEvent: { method: 'POST', path: 'send-edit-event', input: true, sends: true },
  sendEventResponse: { method: 'POST', path: 'send-event-response', input: true, sends: true },
  sendPollVote: { method: 'POST', path: 'send-poll-vote', input: true, sends: true },
  getMessage: { method: 'GET', path: 'messages/{zaapId}', input: true },
  startOtp: { method: 'POST', path: 'otp/start', input: true, sends: true },
  checkOtp: { method: 'POST', path: 'otp/check', input: true },
  listChats: { method: 'GET', path: 'chats', query: ['page', 'pageSize', 'search'], input: true },
  getChat: { method: 'GET', path: 'chats/{phone}', input: true },
  listChatMessages: { method: 'GET', path: 'chat-messages/{phone}', query: ['amount', 'page', 'pageSize', 'lastMessageId', 'older'], input: true },
  modifyChat: { method: 'POST', path: 'modify-chat', input: true },
  sendChatExpiration: { method: 'POST', path: 'send-chat-expiration', input: true, sends: true },
  listContacts: { method: 'GET', path: 'contacts', query: ['page', 'pageSize'], input: true },
  getContact: { method: 'GET', path: 'contacts/{phone}', input: true },
  checkPhoneExists: { method: 'GET', path: 'phone-exists/{phone}', input: true },
  checkPhonesExist: { method: 'POST', path: 'phone-exists-batch', input: true },
  getProfilePicture: { method: 'GET', path: 'profile-picture', query: ['phone'], input: true },
  updateProfilePicture: { method: 'PUT', path: 'profile-picture', input: true },
  addContacts: { method: 'POST', path: 'contacts/add', input: true },
  removeContacts: { method: 'DELETE', path: 'contacts/remove', input: true },
  modifyBlocked: { method: 'POST', path: 'contacts/modify-blocked', input: true },
  reportContact: { method: 'POST', path: 'contacts/{phone}/report', input: true },
  listDisallowedContacts: { method: 'GET', path: 'privacy/disallowed-contacts', query: ['type'], input: true },
  listPrivacy: { method: 'GET', path: 'privacy' },
  setPrivacyOfGroupAdd: { method: 'POST', path: 'privacy/group-add', input: true },
  setPrivacyOfLastSeen: { method: 'POST', path: 'privacy/last-seen', input: true },
  setMessagesDuration: { method: 'POST', path: 'privacy/messages-duration', query: ['value'], input: true },
  setPrivacyOfPhoto: { method: 'POST', path: 'privacy/photo-visualization', input: true },
  setPrivacyOfDescription: { method: 'POST', path: 'privacy/description', input: true },
  setPrivacyOfOnline: { method: 'POST', path: 'privacy/online', input: true },
  setReadReceipts: { method: 'POST', path: 'privacy/read-receipts', query: ['value'], input: true },
  listGroups: { method: 'GET', path: 'groups', query: ['page', 'pageSize'], input: true },
  createGroup: { method: 'POST', path: 'create-group', input: true },
  getGroup: { method: 'GET', path: 'group-metadata/{phone}', input: true },
  getGroupWithoutLink: { method: 'GET', path: 'light-group-metadata/{phone}', input: true },
  getGroupOfInvitation: { method: 'GET', path: 'group-invitation-metadata', query: ['url'], input: true },
  getGroupInvitationLink: { method: 'GET', path: 'group-invitation-link/{groupId}', input: true },
  redefineInvitationLink: { method: 'POST', path: 'redefine-invitation-link/{groupId}', input: true },
  acceptInviteGroup: { method: 'GET', path: 'accept-invite-group', query: ['url'], input: true },
  addParticipant: { method: 'POST', path: 'add-participant', input: true },
  removeParticipant: { method: 'POST', path: 'remove-participant', input: true },
  addAdmin: { method: 'POST', path: 'add-admin', input: true },
  removeAdmin: { method: 'POST', path: 'remove-admin', input: true },
  approveParticipant: { method: 'POST', path: 'approve-participant', input: true },
  rejectParticipant: { method: 'POST', path: 'reject-participant', input: true },
  leaveGroup: { method: 'POST', path: 'leave-group', input: true },
  updateGroupName: { method: 'POST', path: 'update-group-name', input: true },
  updateGroupDescription: { method: 'POST', path: 'update-group-description', input: true },
  updateGroupPhoto: { method: 'POST', path: 'update-group-photo', input: true },
  updateGroupSettings: { method: 'POST', path: 'update-group-settings', input: true },
  getBusinessProfile: { method: 'GET', path: 'business/profile', query: ['phone'], input: true },
  setCompanyAddress: { method: 'POST', path: 'business/company-address', input: true },
  setCompanyDescription: { method: 'POST', path: 'business/company-description', input: true },
  setCompanyEmail: { method: 'POST', path: 'business/company-email', input: true },
  setCompanyWebsites: { method: 'POST', path: 'business/company-websites', input: true },
  setBusinessHours: { method: 'POST', path: 'business/hours', input: true },
  setBusinessCategories: { method: 'POST', path: 'business/categories', input: true },
  listBusinessCategories: { method: 'GET', path: 'business/available-categories', query: ['query'], input: true },
  getOwnCatalog: { method: 'GET', path: 'catalogs', query: ['nextCursor'], input: true },
  getOwnCatalogPage: { method: 'POST', path: 'catalogs', input: true },
  getCatalog: { method: 'GET', path: 'catalogs/{phone}', query: ['nextCursor'], input: true },
  getCatalogPage: { method: 'POST', path: 'catalogs/{phone}', input: true },
  getProduct: { method: 'GET', path: 'products/{productId}', input: true },
  listCollections: { method: 'GET', path: 'catalogs/collection', query: ['nextCursor'], input: true },
  listCollectionProducts: { method: 'GET', path: 'catalogs/collection-products/{phone}', query: ['collectionId', 'nextCursor'], input: true },
  listTags: { method: 'GET', path: 'tags' },
  listTagColors: { method: 'GET', path: 'business/tags/colors' },
  createTag: { method: 'POST', path: 'business/create-tag', input: true },
  editTag: { method: 'POST', path: 'business/edit-tag/{tagId}', input: true },
  deleteTag: { method: 'DELETE', path: 'business/tag/{tagId}', input: true },
  addTagToChat: { method: 'PUT', path: 'chats/{phone}/tags/{tag}/add', input: true },
  removeTagFromChat: { method: 'PUT', path: 'chats/{phone}/tags/{tag}/remove', input: true },
  setChatNotes: { method: 'POST', path: 'chats/{phone}/notes', input: true },
  listCommunities: { method: 'GET', path: 'communities', query: ['page', 'pageSize'], input: true },
  createCommunity: { method: 'POST', path: 'communities', input: true },
  getCommunity: { method: 'GET', path: 'communities-metadata/{communityId}', input: true },
  linkGroups: { method: 'POST', path: 'communities/link', input: true },
  unlinkGroups: { method: 'POST', path: 'communities/unlink', input: true },
  updateCommunitySettings: { method: 'POST', path: 'communities/settings', input: true },
  updateCommunityDescription: { method: 'POST', path: 'update-community-description', input: true },
  updateCommunityPhoto: { method: 'POST', path: 'update-community-photo', input: true },
  endCommunity: { method: 'DELETE', path: 'communities/{communityId}', input: true },
  listBroadcastLists: { method: 'GET', path: 'broadcast', query: ['page', 'pageSize'], input: true },
  createBroadcastList: { method: 'POST', path: 'broadcast', input: true },
  updateBroadcastList: { method: 'PUT', path: 'broadcast/{broadcastId}', input: true },
  deleteBroadcastList: { method: 'DELETE', path: 'broadcast/{broadcastId}', input: true },
  listNewsletters: { method: 'GET', path: 'newsletter' },
  getNewsletter: { method: 'GET', path: 'newsletter/metadata/{newsletterId}', input: true },
  searchNewsletter: { method: 'POST', path: 'search-newsletter', input: true },
  createNewsletter: { method: 'POST', path: 'create-newsletter', input: true },
  updateNewsletterName: { method: 'POST', path: 'update-newsletter-name', input: true },
  updateNewsletterDescription: { method: 'POST', path: 'update-newsletter-description', input: true },
  updateNewsletterPicture: { method: 'POST', path: 'update-newsletter-picture', input: true },
  updateNewsletterSettings: { method: 'POST', path: 'newsletter/settings/{newsletterId}', input: true },
  deleteNewsletter: { method: 'DELETE', path: 'delete-newsletter', input: true },
  followNewsletter: { method: 'PUT', path: 'follow-newsletter', input: true },
  unfollowNewsletter: { method: 'PUT', path: 'unfollow-newsletter', input: true },
  muteNewsletter: { method: 'PUT', path: 'mute-newsletter', input: true },
  unmuteNewsletter: { method: 'PUT', path: 'unmute-newsletter', input: true },
  acceptNewsletterAdminInvite: { method: 'POST', path: 'newsletter/accept-admin-invite/{newsletterId}', input: true },
  revokeNewsletterAdminInvite: { method: 'POST', path: 'newsletter/revoke-admin-invite/{newsletterId}', input: true },
  removeNewsletterAdmin: { method: 'POST', path: 'newsletter/remove-admin/{newsletterId}', input: true },
  transferNewsletter: { method: 'POST', path: 'newsletter/transfer-ownership/{newsletterId}', input: true },
  sendTextStatus: { method: 'POST', path: 'send-text-status', input: true, sends: true },
  sendImageStatus: { method: 'POST', path: 'send-image-status', input: true, sends: true },
  sendVideoStatus: { method: 'POST', path: 'send-video-status', input: true, sends: true },
  replyStatusText: { method: 'POST', path: 'reply-status-text', input: true, sends: true },
  replyStatusGif: { method: 'POST', path: 'reply-status-gif', input: true, sends: true },
  replyStatusSticker: { method: 'POST', path: 'reply-status-sticker', input: true, sends: true },
  disconnect: { method: 'GET', path: 'disconnect' },
  restart: { method: 'GET', path: 'restart' },
  restoreSession: { method: 'GET', path: 'restore-session' },
  getInstance: { method: 'GET', path: 'me' },
  getDevice: { method: 'GET', path: 'device' },
  updateName: { method: 'PUT', path: 'update-name', input: true },
  updateProfileName: { method: 'PUT', path: 'profile-name', input: true },
  updateProfileDescription: { method: 'PUT', path: 'profile-description', input: true },
  getExtensionToken: { method: 'GET', path: 'extension-token' },
  updateAutoReadMessage: { method: 'PUT', path: 'update-auto-read-message', input: true },
  updateAutoReadStatus: { method: 'PUT', path: 'update-auto-read-status', input: true },
  updateCallRejectAuto: { method: 'PUT', path: 'update-call-reject-auto', input: true },
  updateCallRejectMessage: { method: 'PUT', path: 'update-call-reject-message', input: true },
  updateButtonForm: { method: 'PUT', path: 'update-button-form', input: true },
  updateLateSends: { method: 'PUT', path: 'update-late-sends', input: true },
  updateCodeTimes: { method: 'PUT', path: 'update-code-times', input: true },
  updatePacing: { method: 'PUT', path: 'update-pacing', input: true },
  updateRetention: { method: 'PUT', path: 'update-retention', input: true },
  getSendingLimits: { method: 'GET', path: 'sending-limits' },
  updateSendingLimits: { method: 'PUT', path: 'update-sending-limits', input: true },
  updateWebhookDelivery: { method: 'PUT', path: 'update-webhook-delivery', input: true },
  updateWebhookReceived: { method: 'PUT', path: 'update-webhook-received', input: true },
  updateWebhookReceive: { method: 'PUT', path: 'update-webhook-receive', input: true },
  updateWebhookConnected: { method: 'PUT', path: 'update-webhook-connected', input: true },
  updateWebhookDisconnected: { method: 'PUT', path: 'update-webhook-disconnected', input: true },
  updateWebhookMessageStatus: { method: 'PUT', path: 'update-webhook-message-status', input: true },
  updateWebhookChatPresence: { method: 'PUT', path: 'update-webhook-chat-presence', input: true },
  updateProxyWebhook: { method: 'PUT', path: 'update-proxy-webhook', input: true },
  updateWebhookPasskey: { method: 'PUT', path: 'update-webhook-passkey', input: true },
  updateWebhookReceivedDelivery: { method: 'PUT', path: 'update-webhook-received-delivery', input: true },
  updateEveryWebhooks: { method: 'PUT', path: 'update-every-webhooks', input: true },
  updateNotifySentByMe: { method: 'PUT', path: 'update-notify-sent-by-me', input: true },
  updateFilters: { method: 'PUT', path: 'update-filters', input: true },
  listCallbacks: { method: 'GET', path: 'callbacks', query: ['since', 'after'], input: true },
  getCallback: { method: 'GET', path: 'callbacks/{callbackId}', query: ['body'], input: true },
  replayCallback: { method: 'POST', path: 'callbacks/{callbackId}/replay', input: true },
  replayCallbacks: { method: 'POST', path: 'callbacks/replay', input: true },
  tryCallback: { method: 'POST', path: 'callbacks/{callbackId}/try', input: true },
  tryCallbacks: { method: 'POST', path: 'callbacks/try', input: true },
  listReceivers: { method: 'GET', path: 'callbacks/receivers' },
  pauseReceiver: { method: 'POST', path: 'callbacks/receivers/pause', input: true },
  resumeReceiver: { method: 'POST', path: 'callbacks/receivers/resume', input: true },
  testReceiver: { method: 'POST', path: 'callbacks/receivers/test', input: true },
  getWebhookSecret: { method: 'GET', path: 'webhook-secret' },
  listQueue: { method: 'GET', path: 'queue', query: ['pageSize'], input: true },
  filterQueue: { method: 'POST', path: 'queue', input: true },
  clearQueue: { method: 'DELETE', path: 'queue' },
  countQueue: { method: 'GET', path: 'queue/count' },
  forecastQueue: { method: 'GET', path: 'queue/forecast' },
  cancelMessage: { method: 'DELETE', path: 'queue/{zaapId}', input: true },
  updateQueueSettings: { method: 'PUT', path: 'update-queue-settings', input: true },
  getStatus: { method: 'GET', path: 'status' },
  getQrCode: { method: 'GET', path: 'qr-code' },
  getQrCodeImage: { method: 'GET', path: 'qr-code/image' },
  getPhoneCode: { method: 'GET', path: 'phone-code/{phone}', input: true },
  getPasskey: { method: 'GET', path: 'passkey' },
  createPasskeyLink: { method: 'POST', path: 'passkey-link' },
  answerPasskey: { method: 'POST', path: 'passkey-prologue', input: true },
  confirmPasskeyCode: { method: 'POST', path: 'passkey-code', input: true },
  resetPasskeyChallenge: { method: 'POST', path: 'reset-passkey-challenge' },
}
