/** What the gateway answers the command line. */

/** Shown once; it cannot be read again. */
export interface RotatedToken {
  readonly token: string
  readonly previousUntil: number | null
}

export interface AuditedAct {
  readonly at: number
  readonly role: string
  /** The administrator's login. */
  readonly name: string | null
  readonly address: string
  readonly act: string
  readonly instanceId: string | null
  readonly detail: string | null
}

export interface InstanceEntry {
  readonly id: string
  readonly name: string
  readonly token: string
  readonly whatsappConnected: boolean
  readonly disconnection?: Disconnected
}

/** Why an instance is not connected. */
export interface Disconnected {
  readonly reason: string
  readonly since: number
  readonly cause: string
  readonly cure: string
  readonly remedy: 'wait' | 'pair' | 'reconnect'
  readonly until?: number
}

export interface PasskeyStateEntry {
  readonly state: string
  readonly deadline?: number
  readonly code?: string
  readonly cause?: string
  readonly cure?: string
}

export interface InstanceStatus {
  readonly connected: boolean
  readonly disconnection?: Disconnected
}

/** What a session of another gateway holds. */
export interface FoundSession {
  readonly source: string
  readonly phone: string
  readonly device: number
  readonly lid?: string
  readonly name?: string
  readonly platform?: string
  readonly taken: Readonly<Record<string, number>>
  readonly dropped: readonly {
    readonly kind: string
    readonly count: number
    readonly reason: string
  }[]
}

export interface ImportAnswer {
  readonly findings: FoundSession
  readonly connected?: boolean
  readonly disconnection?: {
    readonly cause: { readonly en: string }
    readonly cure: { readonly en: string }
  }
}

export interface InstancePage {
  readonly total: number
  readonly content: readonly InstanceEntry[]
}

export interface CreatedInstance {
  readonly id: string
  readonly token: string
  readonly webhookSecret: string
}

export interface PoolEntry {
  readonly id: string
  readonly token: string
  readonly name: string
  readonly members: readonly { readonly instanceId: string; readonly whatsappConnected: boolean }[]
}

/** In seconds; null where nothing can be sent. */
interface Waits {
  readonly high: number | null
  readonly normal: number | null
  readonly low: number | null
}

export interface MemberEntry {
  readonly instanceId: string
  readonly name: string
  readonly weight: number
  readonly state: string
  readonly restrictedUntil: number | null
  readonly expected: Waits
  readonly today: { readonly messages: number; readonly mostMessages: number | null }
}

export interface PoolStatus {
  readonly id: string
  readonly name: string
  readonly expected: Waits
  readonly waiting: { readonly high: number; readonly normal: number; readonly low: number }
  readonly members: readonly MemberEntry[]
}

export interface CallbackEntry {
  readonly id: string
  readonly type: string
  readonly url: string
  readonly error: string | null
  readonly created: number
}

export interface McpTokenEntry {
  readonly id: string
  readonly name: string
  readonly scope: string
  readonly created: string
  readonly lastUsed: string | null
}

/** A gateway of several on one database. */
export interface NodeEntry {
  readonly id: string
  readonly url: string
  readonly version: string
  /** Milliseconds since 1970. */
  readonly startedAt: number
  readonly heartbeatAgoMs: number
  readonly isLeaving: boolean
  readonly instances: number
  readonly isThis: boolean
  readonly isReachable: boolean
}

/** How one channel of the alerts took a test. */
export interface AlertTestEntry {
  readonly channel: string
  /** null: it took it. */
  readonly problem: string | null
  readonly tookMs: number
}
