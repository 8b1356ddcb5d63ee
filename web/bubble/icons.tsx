/** The pictures on buttons and beside messages: lines on a 24-unit square, in the colour of the text around them. */

const lines = {
  copy: 'M11 8.5h6.5a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H11a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM15.5 8.5v-3a2 2 0 0 0-2-2H7a2 2 0 0 0-2 2v8a2 2 0 0 0 2 2h2',
  back: 'M19 12H5m6-6-6 6 6 6',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  send: 'M3.6 20.4 21.5 12 3.6 3.6v6.5l11 1.9-11 1.9z',
  mic: 'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3zM6 11.5a6 6 0 0 0 12 0M12 17.5v3',
  smile:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17zM8.2 14c.8 1.7 2.2 2.6 3.8 2.6s3-.9 3.8-2.6M9 9.6v.01M15 9.6v.01',
  clip: 'm19 11.5-7.4 7.4a4.4 4.4 0 0 1-6.2-6.2l7.7-7.7a2.9 2.9 0 0 1 4.1 4.1l-7.6 7.6a1.4 1.4 0 0 1-2-2l6.9-6.9',
  camera: 'M4 7.5h3.2L9 5h6l1.8 2.5H20v11.5H4zM12 16.3a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.3 15.3 20 20',
  chat: 'M4 5.5h16v11H10L5.5 20v-3.5H4zM12 8.3v5.4M9.3 11h5.4',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.7 3.8-5.5 7.5-5.5s6.7 1.8 7.5 5.5',
  group:
    'M9 11.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6zM3 19c.5-3.2 2.9-4.8 6-4.8s5.5 1.6 6 4.8M15.5 11.3a2.9 2.9 0 1 0-.8-5.6M17 14.4c2.2.5 3.6 2 4 4.6',
  lock: 'M6.5 11h11v8.5h-11zM8.8 11V8a3.2 3.2 0 0 1 6.4 0v3',
  inspect: 'm8.5 7-5 5 5 5M15.5 7l5 5-5 5',
  laptop: 'M5.5 6h13v9.5h-13zM3 19h18',
  plane:
    'M12 3.5c1 0 1.5.9 1.5 2v4l7 4.2v2l-7-2v4l2.2 1.7v1.6L12 20l-3.7 1v-1.6l2.2-1.7v-4l-7 2v-2l7-4.2v-4c0-1.1.5-2 1.5-2z',
  phone: 'M7.5 3.5h9v17h-9zM11 17.8h2',
  image: 'M4 5h16v14H4zM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.2v.01',
  alert: 'M12 4 3 19.5h18zM12 10v4.5M12 17v.01',
  check: 'm4.5 12.5 5 5 10-11',
  cross: 'm6 6 12 12M18 6 6 18',
  down: 'm6 9.5 6 6 6-6',
  plus: 'M12 5v14M5 12h14',
  video: 'M4 6.5h11v11H4zM15 10.5l5-3v9l-5-3',
  pin: 'M12 20.5s6.5-5.6 6.5-10.7a6.5 6.5 0 0 0-13 0c0 5.1 6.5 10.7 6.5 10.7zM12 12a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z',
  list: 'M8.5 6.5H20M8.5 12H20M8.5 17.5H20M4.2 6.5v.01M4.2 12v.01M4.2 17.5v.01',
  clock: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM12 7.5V12l3 2',
  forward: 'm14 6 5.5 5.5L14 17M19.5 11.5h-9a6 6 0 0 0-6 6v1',
  ban: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM6.5 6.5l11 11',
  once: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM10.5 9.5l2-1.5v8',
  star: 'M12 4.5v15M5 8l14 8M19 8 5 16',
  pencil: 'M5 19l1-4L16.5 4.5l3 3L9 18zM14.5 6.5l3 3',
  trash: 'M5 7h14M9.5 7V4.5h5V7M7 7l1 12.5h8L17 7M10.3 10.5v6M13.7 10.5v6',
  poll: 'M5 19.5V11M12 19.5v-15M19 19.5V14',
  file: 'M6.5 3.5h7.5l4 4v13h-11.5zM14 3.5v4h4M9.3 12.5h5.4M9.3 15.7h5.4',
  link: 'M14 5h5v5M19 5l-8 8M10 6H5.5v12.5H18V14',
  call: 'M6 4.5h3.2l1.6 4-2 1.5a11 11 0 0 0 5.2 5.2l1.5-2 4 1.6V18a1.8 1.8 0 0 1-2 1.8A14.8 14.8 0 0 1 4.2 6.5 1.8 1.8 0 0 1 6 4.5z',
  reply: 'M10 6 4.5 11.5 10 17M4.5 11.5h9a6 6 0 0 1 6 6v1',
  archive: 'M4 5.5h16v4H4zM5.5 9.5V19h13V9.5M10 13h4',
  pinned: 'm9 4.5 6 0-.6 6 2.6 3H7l2.6-3zM12 13.5V20',
  muted: 'M5 9.5v5h3l4 3.5V6L8 9.5zM15.5 9.5l5 5M20.5 9.5l-5 5',
  status:
    'M12 8.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM13.5 4.2a8 8 0 0 1 6.3 6.3M19.8 13.5a8 8 0 0 1-6.3 6.3M10.5 19.8a8 8 0 0 1-6.3-6.3M4.2 10.5a8 8 0 0 1 6.3-6.3',
  business:
    'M5 10v9.5h14V10M4 10l1.5-5.5h13L20 10c0 1.3-1 2.2-2.3 2.2S15.3 11.3 15.3 10c0 1.3-1.5 2.2-3.3 2.2S8.7 11.3 8.7 10c0 1.3-1.2 2.2-2.5 2.2S4 11.3 4 10z',
} as const

/** One tick is sent, two are delivered. They fill a box of 18 by 12. */
const ticks = {
  waiting: 'M9 6.5a4.5 4.5 0 1 0 0-.01M9 3.8v2.9l1.9 1',
  sent: 'm5 6.5 3 3L14 3',
  delivered: 'm1 6.5 3 3L10 3M8.2 8.6l1 .9L15.5 3',
} as const

export type IconName = keyof typeof lines

interface IconProps {
  readonly name: IconName
}

/** Not read aloud: the text or the label beside it says what it means. */
export function Icon({ name }: IconProps) {
  return <Drawing path={lines[name]} box="0 0 24 24" look={`icon icon--${name}`} />
}

interface TicksProps {
  readonly name: keyof typeof ticks
  /** A class besides its own. */
  readonly look?: string
}

export function Ticks({ name, look }: TicksProps) {
  return (
    <Drawing
      path={ticks[name]}
      box="0 0 17 12"
      look={look === undefined ? 'ticks' : `ticks ${look}`}
    />
  )
}

interface DrawingProps {
  readonly path: string
  readonly box: string
  readonly look: string
}

function Drawing({ path, box, look }: DrawingProps) {
  return (
    <svg viewBox={box} className={look} aria-hidden="true" focusable="false">
      <path d={path} />
    </svg>
  )
}
