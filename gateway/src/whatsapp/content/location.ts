import type { LocationContent } from '../../domain/content/location.js'
import type { ToWire } from './wire-message.js'

export const locationToWire: ToWire<LocationContent> = (content) => {
  const { title: name, address, latitude: degreesLatitude, longitude: degreesLongitude } = content
  return {
    message: { locationMessage: { degreesLatitude, degreesLongitude, name, address } },
    additionalNodes: [],
  }
}
