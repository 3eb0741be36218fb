import { t } from '../language/translate.js';

/** What is said of how a reply ended. */
export const endings = {
  complete: t('The reply is finished.'),
  stopped: t('The reply was stopped.'),
  interrupted: t('The reply was interrupted.'),
  failed: t('The reply failed.'),
};

/** The same of one in another chat; `title` may be a link. */
export const endingsIn = {
  complete: (title) => t('The reply in {title} is finished.', { title }),
  stopped: (title) => t('The reply in {title} was stopped.', { title }),
  interrupted: (title) => t('The reply in {title} was interrupted.', { title }),
  failed: (title) => t('The reply in {title} failed.', { title }),
};
