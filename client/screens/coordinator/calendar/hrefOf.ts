import type { Meeting } from './plannedDays.ts'

/** Where a meeting leads: to its roster, to what resolves that nothing arrived, or to its section. */
export const hrefOf = (meeting: Meeting): string =>
  meeting.session
    ? `/session/${meeting.session}`
    : meeting.state === 'notArrived'
      ? '/site?show=notArrived&days=35'
      : `/sections/${meeting.section.id}`
