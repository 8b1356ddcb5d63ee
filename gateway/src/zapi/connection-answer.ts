/** How Z-API tells whether an instance is connected. `error` is a text about the state, also while connected. */
export function connectionAnswer(state: string, needsRestoring = false) {
  const connected = state === 'open'
  const away = needsRestoring ? 'You need to restore the session.' : 'You are not connected.'
  return {
    connected,
    error: connected ? 'You are already connected.' : away,
    smartphoneConnected: connected,
  }
}
