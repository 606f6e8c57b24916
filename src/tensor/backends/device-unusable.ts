/**
 * The graphics device is gone, or computed something that it could not: nothing on it can be read or trusted any more, and
 * the work has to be done again on a new one.
 */
export class DeviceUnusable extends Error {
  override readonly name = 'DeviceUnusable';
}

/** The device went away: `reason` as its driver gives it. */
export const deviceLost = (reason: string): DeviceUnusable =>
  new DeviceUnusable(
    `The graphics device was lost in the middle of the work (${reason}): its driver was reset, its memory was full or it was ` +
      'unplugged; what was being computed has to be done again on a new device.',
  );

/** The device reported a mistake and went on with buffers that hold nothing. */
export const deviceComplained = (complaint: string): DeviceUnusable =>
  new DeviceUnusable(
    `The graphics device could not do what was asked (${complaint.split('\n')[0]}): what it computed since holds nothing, and has ` +
      'to be done again, smaller or on another device.',
  );
