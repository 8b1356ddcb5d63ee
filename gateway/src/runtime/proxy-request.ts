/** What is asked of a proxy. */

/** Where the tunnel leads to. */
export interface TunnelEnd {
  readonly host: string
  readonly port: number
}

export interface ProxyLogin {
  /** Empty if the proxy asks for none. */
  readonly user: string
  readonly password: string
}
