/** The heights of a voice note, from 0 to 100, as bars. */
export function Waveform({ heights }: { readonly heights: readonly number[] }) {
  return (
    <svg className="bubble__waveform" viewBox={`0 0 ${heights.length * 3} 24`} aria-hidden="true">
      {heights.map((height, index) => {
        const tall = Math.max(2, (Math.min(100, Math.max(0, height)) / 100) * 22)
        return <rect key={index} x={index * 3} y={12 - tall / 2} width={2} height={tall} rx={1} />
      })}
    </svg>
  )
}
