/** A gateway whose clock a test puts forward, so that a person is late without a test that waits. */

/**
 * For Node, before the program: each SIGUSR2 puts the gateway's own clock (`runtime/clock.ts`) forward by five minutes.
 * It is found by the name of its function. Baileys would take the jump for a silence of WhatsApp, and close the
 * connection at its next ping.
 */
export const shiftedClock = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    const real = Date.now
    let ahead = 0
    process.on('SIGUSR2', () => { ahead += 300_000 })
    const caller = () => new Error().stack.split('\\n')[4] ?? ''
    const isOfTheGateway = () => /\\bnow \\(/.test(caller())
    Date.now = () => (ahead > 0 && isOfTheGateway() ? real() + ahead : real())
  `)}`,
] as const
