/** Why calls are not possible, and what to use instead. */

export const noRinging =
  "Recado does not call people, because a call needs WhatsApp's own protocol for voice. Send a link to a call instead: POST /send-event with callLinkType."

export const noCallSdk =
  "the token is for Z-API's own call service, which Recado does not have. Send a link to a call instead: POST /send-event with callLinkType."

export const noSip =
  "Recado has no SIP gateway, because WhatsApp's calls need its own protocol for voice. Send a link to a call instead: POST /send-event with callLinkType."
