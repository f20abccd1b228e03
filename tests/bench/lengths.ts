/** The bench's videos by name, in seconds. */
export const lengthsSeconds = { 'one-minute': 60, 'twenty-minutes': 1200 } as const;
