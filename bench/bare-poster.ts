/** Posts a body to each URL, so many at once: the simplest program for it. */

/** As many as the gateway lets be in the air for slow and prompt endpoints together. */
const atOnce = 256
const patienceMs = 10_000

process.on(
  'message',
  ({ urls, body }: { readonly urls: readonly string[]; readonly body: string }) => {
    const left = urls.values()
    const post = async (): Promise<void> => {
      for (const url of left) {
        const headers = { 'content-type': 'application/json' }
        const signal = AbortSignal.timeout(patienceMs)
        await fetch(url, { method: 'POST', headers, body, signal }).then(
          (response) => response.arrayBuffer(),
          () => undefined,
        )
      }
    }
    void Promise.all(Array.from({ length: atOnce }, post)).then(() => process.send?.('done'))
  },
)
process.send?.('ready')
