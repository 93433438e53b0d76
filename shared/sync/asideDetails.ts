/** Details of reasons that have two causes each: the detail tells them apart. */

/** Beside `otherDevice`: the device was revoked. */
export const REVOKED_BEFORE = 'The device was revoked before it sent this'
/** Beside `unknownActor`: the person is on the staff, and the device is not one of theirs. */
export const NEVER_SIGNED_IN = 'The person who recorded it has never signed in on this device'
