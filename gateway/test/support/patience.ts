/** How long `vi.waitFor` waits in a test. Its own default is one second, which a busy machine takes for a turn. */
export const patience = { timeout: 60_000, interval: 2 }
