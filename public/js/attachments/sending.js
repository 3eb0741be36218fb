import '../shared.js';
import { at } from '../shell/address.js';
import { smallerImage } from './images.js';
import { upload } from './upload.js';

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
    const path = at(`/api/uploads?${new URLSearchParams({ name })}`);
    return await upload(path, body, { type: 'application/octet-stream', onProgress, signal });
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
