import { at } from '../shell/address.js';
import { Problem } from '../api.js';

const isZip = ({ name, type }) => /\.zip$/i.test(name) || type.includes('zip');

/**
 * Sends a file to be imported; `onProgress` gets what part of it is on its way. (Only the older
 * XMLHttpRequest tells that.)
 */
export const importFile = (file, onProgress) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', at('/api/import'));
    request.setRequestHeader('Content-Type', isZip(file) ? 'application/zip' : 'application/json');
    request.setRequestHeader('Accept', 'application/json');
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 1);
    request.onload = () => {
      const told = parsed(request.responseText);
      if (request.status < 300 && told) resolve(told);
      else reject(new Problem(request.status, told, request.getResponseHeader('Retry-After')));
    };
    request.onerror = () => reject(new TypeError('network'));
    request.send(file);
  });

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
