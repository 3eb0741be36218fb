import { upload } from '../attachments/upload.js';
import { at } from '../shell/address.js';

const isZip = ({ name, type }) => /\.zip$/i.test(name) || type.includes('zip');

/** Sends a file to be imported; `onProgress` gets what part of it is on its way. */
export const importFile = (file, onProgress) =>
  upload(at('/api/import'), file, {
    type: isZip(file) ? 'application/zip' : 'application/json', onProgress,
  });
