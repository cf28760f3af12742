/** The mark of ChatApp. */
export function Mark() {
  return (
    <span aria-hidden className="grid size-10 place-items-center rounded-[12px] bg-accent">
      <svg viewBox="0 0 24 24" className="size-[22px] fill-none stroke-on-accent stroke-2">
        <title>ChatApp</title>
        <path d="M20 11.5a7.5 7.5 0 0 1-11 6.6L4 20l1.6-4.6A7.5 7.5 0 1 1 20 11.5z" />
      </svg>
    </span>
  )
}
