/** The sign of Recoup: four hours, the last of them being filled. */
export function Mark({ size = 22 }: { readonly size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 22 22">
      <g fill="var(--accent)">
        <rect x="1" y="1" width="9" height="9" rx="2.5" />
        <rect x="12" y="1" width="9" height="9" rx="2.5" />
        <rect x="1" y="12" width="9" height="9" rx="2.5" />
      </g>
      <rect x="13" y="13" width="7" height="7" rx="1.8" fill="none" stroke="var(--accent)" strokeWidth="2" />
    </svg>
  )
}
