// The console copies this function into the line for the browser's console, without comments.
// Fields of the answer: those that WhatsApp Web sends. `toJSON()` gives others, and password managers may not have it.

// oxlint-disable-next-line no-unused-vars
async function signForRecado(options) {
  // oxlint-disable-next-line unicorn/consistent-function-scoping
  const textOf = (bytes) =>
    btoa(String.fromCharCode(...new Uint8Array(bytes)))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options)
  const { rawId, response } = await navigator.credentials.get({ publicKey })
  const id = textOf(rawId)
  const answer = {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: textOf(response.clientDataJSON),
      authenticatorData: textOf(response.authenticatorData),
      signature: textOf(response.signature),
      userHandle: response.userHandle ? textOf(response.userHandle) : null,
    },
  }
  return textOf(new TextEncoder().encode(JSON.stringify(answer)))
}
