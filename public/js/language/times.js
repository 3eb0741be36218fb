import { language } from './translate.js';

/** Milliseconds as a date and a time that people read. */
export const timeText = (milliseconds) =>
  new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
    .format(milliseconds);
