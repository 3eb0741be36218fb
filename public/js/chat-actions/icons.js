import { paths } from '../views/icon.js';

paths.tag = 'M4 4h7l9 9-7 7-9-9zM8 8h.01';
