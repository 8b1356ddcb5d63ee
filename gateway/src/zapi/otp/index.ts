/** Login codes that are made, sent and checked here: our addition. */

import { checkOtp } from './check.js'
import { startOtp } from './start.js'

export const otpEndpoints = [startOtp, checkOtp]
