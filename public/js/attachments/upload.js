import { Problem } from '../api.js';

/**
 * Posts a file; `onProgress` gets what part of it is sent, which only XMLHttpRequest tells.
 * Resolves to what the server says of it.
 */
export const upload = (address, body, { type, onProgress, signal }) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('content-type', type);
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 1);
    request.onload = () => {
      const { status, response } = request;
      const retryAfter = request.getResponseHeader('retry-after');
      if (status < 300 && response) resolve(response);
      else reject(new Problem(status, response ?? undefined, retryAfter));
    };
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(signal.reason);
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
