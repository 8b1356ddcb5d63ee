/** A gateway whose clock a test puts forward, so that a person is late without a test that waits. */

/**
 * For Node, before the program: each SIGUSR2 puts `Date.now()` forward by five minutes. Not for Baileys, which would take
 * the jump for a silence of WhatsApp and close the connection.
 */
export const shiftedClock = [
  '--import',
  `data:text/javascript,${encodeURIComponent(`
    const real = Date.now
    let ahead = 0
    process.on('SIGUSR2', () => { ahead += 300_000 })
    const isBaileys = () => new Error().stack.includes('/node_modules/baileys/')
    Date.now = () => (ahead === 0 || isBaileys() ? real() : real() + ahead)
  `)}`,
] as const
