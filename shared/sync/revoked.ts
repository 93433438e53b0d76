/** Tells, beside the reason `otherDevice`, that the device was revoked: that reason has two causes. */
export const REVOKED_BEFORE = 'The device was revoked before it sent this'
