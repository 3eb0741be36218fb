import '../shared.js';
import { at } from '../shell/address.js';
import { Problem } from '../api.js';
import { smallerImage } from './images.js';

const atOnce = 2;
let running = 0;
const waiting = [];

/** Sends a file, an image without what it knows of its place and camera. Two at a time. */
export async function sendFile(file, { onProgress, signal }) {
  await turn();
  try {
    signal.throwIfAborted();
    const { body, name } = await smallerImage(file);
    signal.throwIfAborted();
    return await send(body, name, { onProgress, signal });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

async function turn() {
  if (running >= atOnce) await new Promise((go) => waiting.push(go));
  running += 1;
}

/** It may be beside a prompt, or in another draft: then the server keeps it. */
export const forgetFile = (id) =>
  fetch(at(`/api/uploads/${id}`), { method: 'DELETE', keepalive: true }).catch(() => {});

/** By XMLHttpRequest, since `fetch` does not tell how much was sent. */
function send(body, name, { onProgress, signal }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', at(`/api/uploads?${new URLSearchParams({ name })}`));
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('accept', 'application/json');
    request.responseType = 'json';
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onload = () => answer(request, resolve, reject);
    request.onerror = () => reject(new TypeError('network'));
    request.onabort = () => reject(signal.reason);
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(body);
  });
}

function answer({ status, response }, resolve, reject) {
  if (status === 201 && response) resolve(response);
  else reject(new Problem(status, response ?? undefined));
}
