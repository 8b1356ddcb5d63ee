import { useTexts } from '../shared/texts.js'
import { phoneTexts } from './words.js'

/** How many are unread; nothing when none is. */
export function UnreadBadge({ count }: { readonly count: number }) {
  const words = useTexts(phoneTexts)
  if (count === 0) return undefined
  return (
    <span className="badge">
      <span aria-hidden="true">{count}</span>
      <span className="unseen">{words.unread(count)}</span>
    </span>
  )
}
