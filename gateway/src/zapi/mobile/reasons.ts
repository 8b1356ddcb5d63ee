/** Why a linked device cannot do what the phone does, and where it is done. */

export const onlyOnPhone =
  'this instance is a device that is linked to a phone, and only the WhatsApp app on the phone registers a number. Register it there, then link it: GET /qr-code or GET /phone-code.'

export const noUnbanning =
  'WhatsApp takes the request from the WhatsApp app on the phone alone: open it there and choose the review.'

export const noPin =
  'WhatsApp lets the phone alone manage the PIN: in the app, Settings, Account, Two-step verification.'

export const noEmail =
  'WhatsApp lets the phone alone manage the email address: in the app, Settings, Account, Email address.'
