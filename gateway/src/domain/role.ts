/** What a person at the console may do. */

/** From the fewest rights to the most: each role may do what the ones before it may. */
export const roles = ['viewer', 'operator', 'administrator'] as const

/**
 * `viewer` reads. `operator` also sends, pairs numbers and changes their settings. `administrator`
 * also decides who may use the gateway: people, keys, tokens, and where callbacks go.
 */
export type Role = (typeof roles)[number]

/** Whether `role` may do what needs `least`. */
export function isEnough(role: Role, least: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(least)
}
