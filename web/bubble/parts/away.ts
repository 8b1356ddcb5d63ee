/** Attributes of a link that leaves the page: a new tab, which learns nothing of this one. */
export const away = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const
