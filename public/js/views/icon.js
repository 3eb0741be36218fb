import { html } from './html.js';

/** Parts that are loaded later add what they alone show. */
export const paths = {
  archive: 'M4 8v11a1 1 0 0 0 1 1h14a1 1 0 0 0 1-1V8M3 4h18v4H3zM10 12h4',
  attach: 'M20 11l-8 8a5 5 0 0 1-7-7l8-8a3.500 3.500 0 0 1 5 5l-8 8a2 2 0 0 1-3-3l7-7',
  bell: 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4',
  'bell-off': 'M6 16V11a6 6 0 0 1 12 0v5l1.500 2h-15zM10 21h4M4 4l16 16',
  camera: 'M4 8h3l2-3h6l2 3h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1z'
    + 'M12 10a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  chat: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-8l-5 4v-4H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1z',
  close: 'M6 6l12 12M18 6L6 18',
  code: 'M8 7l-5 5 5 5M16 7l5 5-5 5',
  continue: 'M5 5v14M9 12h10M15 8l4 4-4 4',
  copy: 'M9 9h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H9a1 1 0 0 1-1-1V10a1 1 0 0 1 1-1z'
    + 'M16 9V4a1 1 0 0 0-1-1H4a1 1 0 0 0-1 1v11a1 1 0 0 0 1 1h4',
  dark: 'M20 14.5A8 8 0 0 1 9.5 4 8 8 0 1 0 20 14.5z',
  delete: 'M4 7h16M10 11v6M14 11v6M6 7l1 13h10l1-13M9 7V4h6v3',
  done: 'M5 13l4 4L19 7',
  down: 'M12 5v14M6 13l6 6 6-6',
  edit: 'M4 20h4L19 9l-4-4L4 16zM13 7l4 4',
  export: 'M12 4v11M7 10l5 5 5-5M4 20h16',
  file: 'M6 3h8l5 5v12a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM14 3v5h5',
  eye: 'M2.500 12s3.500-6 9.500-6 9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6z'
    + 'M12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  light: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8z'
    + 'M12 2v2M12 20v2M4 12H2M22 12h-2M5 5l1.5 1.5M17.5 17.5L19 19M19 5l-1.5 1.5M6.5 17.5L5 19',
  link: 'M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1',
  model: 'M12 3l8 4.500v9L12 21l-8-4.500v-9zM4 7.500l8 4.500 8-4.500M12 12v9',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  new: 'M12 5v14M5 12h14',
  next: 'M9 6l6 6-6 6',
  open: 'M6 9l6 6 6-6',
  pin: 'M12 16v5M8 4h8l-1 6 3 3v2H6v-2l3-3z',
  previous: 'M15 6l-6 6 6 6',
  regenerate: 'M20 11a8 8 0 1 0-2.300 6M20 4v7h-7',
  search: 'M11 5a6 6 0 1 0 0 12 6 6 0 0 0 0-12zM15.5 15.5L20 20',
  send: 'M12 19V5M6 11l6-6 6 6',
  settings: 'M4 7h10M18 7h2M4 17h2M10 17h10M16 5a2 2 0 1 0 0 4 2 2 0 0 0 0-4z'
    + 'M8 15a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  sidebar: 'M4 5h16a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1zM9 5v14',
  speaker: 'M4 10v4h3l5 4V6l-5 4zM16 9a4 4 0 0 1 0 6',
  stop: 'M8 8h8v8H8z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  temporary: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4l3 2',
  wrap: 'M4 6h16M4 12h13a3 3 0 0 1 0 6h-4M15 15l-3 3 3 3M4 18h4',
  warning: 'M12 4L2.5 20h19zM12 10v4M12 17h.01',
};

export const Icon = ({ name }) => html`
  <svg class="icon icon-${name}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${paths[name]} /></svg>`;
