import type { Staff } from '../../shared/registry.ts'

/** A username nobody has: the part of the e-mail before the @, or the name in small letters. */
export function freeUsername(staff: Staff, isTaken: (username: string) => boolean): string {
  const wanted =
    (staff.email.split('@')[0] || staff.name)
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '.')
      .replaceAll(/^\.|\.$/g, '') || 'person'
  let username = wanted
  for (let n = 2; isTaken(username); n++) username = `${wanted}${n}`
  return username
}
