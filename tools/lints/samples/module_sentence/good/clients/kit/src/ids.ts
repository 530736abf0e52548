// Makes ids that sort by time.
export const a = 1;
