import { confirmPinCode } from './confirm-pin-code.js'
import { confirmRegistrationCode } from './confirm-registration-code.js'
import { deviceTransferConfirmed } from './device-transfer-confirmed.js'
import { email } from './email.js'
import { recoveryPinCode } from './recovery-pin-code.js'
import { registrationAvailable } from './registration-available.js'
import { removeEmail } from './remove-email.js'
import { removeTwoFaCode } from './remove-two-fa-code.js'
import { requestRegistrationCode } from './request-registration-code.js'
import { requestUnbanning } from './request-unbanning.js'
import { respondCaptcha } from './respond-captcha.js'
import { setEmail } from './set-email.js'
import { setTwoFaCode } from './set-two-fa-code.js'
import { twoFaCode } from './two-fa-code.js'
import { verifyEmail } from './verify-email.js'

export const mobileEndpoints = [
  registrationAvailable,
  requestRegistrationCode,
  confirmRegistrationCode,
  respondCaptcha,
  deviceTransferConfirmed,
  requestUnbanning,
  confirmPinCode,
  recoveryPinCode,
  email,
  setEmail,
  verifyEmail,
  removeEmail,
  twoFaCode,
  setTwoFaCode,
  removeTwoFaCode,
]
