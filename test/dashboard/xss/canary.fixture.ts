/** Where a payload would send what it finds, or load something from. Nothing is there. */
export const away = 'https://canary.example';

/** What a payload would run. */
export const run = 'canary(1)';
