/** What the simulator answers and streams: simulator/src/control-views.ts and control-live.ts say the same from their side. */

export type Client = 'android' | 'ios' | 'web'
export type Drawing = 'whole' | 'without-button' | 'placeholder' | 'nothing'

export interface PhoneView {
  readonly phone: string
  readonly name: string
  readonly business: boolean
  readonly online: boolean
  readonly messages: number
  readonly unread: number
  readonly linkedDevices: number
}

export interface LinkedDevice {
  readonly device: number
  readonly platform: string
  /** Milliseconds since 1970. */
  readonly linkedAt: number
  readonly connected: boolean
}

export interface ContactView {
  /** Digits, or the group's JID. */
  readonly id: string
  readonly name: string
  readonly business: boolean
  readonly members?: readonly string[]
}

export interface MessageView {
  readonly id: string
  readonly chat: string
  readonly from: string
  readonly fromMe: boolean
  /** Milliseconds since 1970. */
  readonly at: number
  readonly text: string
  readonly image?: {
    readonly url?: string
    readonly failure?: string
    readonly width?: number
    readonly height?: number
  }
  readonly buttons: ReadonlyArray<{ readonly text: string; readonly code: string }>
  readonly drawn: Readonly<Record<Client, Drawing>>
  readonly status: 'sent' | 'delivered' | 'read'
}

export interface PhoneChange {
  readonly phone?: PhoneView
  readonly linkedDevices?: readonly LinkedDevice[]
  readonly contacts?: readonly ContactView[]
  readonly messages?: readonly MessageView[]
}

export interface Typing {
  readonly chat: string
  readonly from: string
  readonly state: string
}

export interface StanzaView {
  readonly tag: string
  readonly attrs: Readonly<Record<string, string>>
  readonly children?: readonly StanzaView[]
  readonly text?: string
}

export interface MessageInside {
  readonly content: unknown
  readonly stanza: StanzaView
  readonly hindrances: ReadonlyArray<{
    readonly draws: Readonly<Partial<Record<Client, Drawing>>>
    readonly why: string
    readonly evidence: { readonly source: string; readonly date: string; readonly claim: string }
  }>
}
