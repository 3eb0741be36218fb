import { paths } from '../views/icon.js';

paths.keyboard = 'M4 7h16a1 1 0 0 1 1 1v8a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8a1 1 0 0 1 1-1z'
  + 'M7 11h.01M11 11h.01M15 11h.01M8 14h8';
