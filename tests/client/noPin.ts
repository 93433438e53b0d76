import { openWatch } from '../../client/trust/recordingEnd.ts'
import { instant } from '../../shared/time.ts'

/** What a device has of people with PINs when nobody on it has one. */
export const NO_PIN = {
  locker: null,
  watch: openWatch(
    () => instant(0),
    () => 0,
    () => [],
  ),
} as const
