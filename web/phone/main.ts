/** The page of the simulator: the list of phones at `/phones`, one phone at `/phones/{phone}`. */

import { startPhonePage } from './phone-page.js'
import { startPhonesPage } from './phones-page.js'

const place = document.querySelector<HTMLElement>('#page')
const number = /^\/phones\/(\d+)\/?$/.exec(location.pathname)?.[1]
if (place && number !== undefined) startPhonePage(number, place)
else if (place) startPhonesPage(place)
