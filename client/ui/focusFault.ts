/** Moves the focus to the first field that is marked as wrong, once it has been drawn so. */
export function focusFault(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
