import { t } from './language/translate.js';
import { apiPath, at } from './shell/address.js';

/** An answer of the server that says no, as RFC 9457 words it. */
export class Problem extends Error {
  name = 'Problem';

  constructor(status, { type, title, detail, errors } = {}, retryAfter = null) {
    const said = detail ?? errors?.[0]?.message ?? title;
    super(said ?? t('The server answered {status}.', { status: `${status}` }));
    Object.assign(this, { status, type, title, errors, retryAfter });
  }
}

// A gateway says these for a server that it did not reach, so nothing is known about the request.
// The server itself does of a model server, and says that it does.
const fromGateway = new Set([502, 504]);
const isOwn = ({ type }) => /^urn:runnel:/.test(type);

export const isUnreachable = (error) =>
  error instanceof Problem
    ? fromGateway.has(error.status) && !isOwn(error) : error.name === 'TypeError';

export async function call(method, path, { body, signal, keepalive } = {}) {
  const response = await fetch(at(path), {
    method,
    signal,
    keepalive,
    headers: { accept: 'application/json', ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw await problemIn(response);
  return response.status === 204 || response.status === 202 ? null : response.json();
}

async function problemIn(response) {
  const told = await response.json().catch(() => undefined);
  return new Problem(response.status, told, response.headers.get('retry-after'));
}

const query = (parameters) => {
  const given = Object.entries(parameters).filter(([, value]) => value != null && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

export const sendPrompt = (send, signal) => call('POST', '/api/chat', { body: send, signal });
export const stopReply = (reply) => call('POST', `/api/replies/${reply}/stop`);
export const regenerateReply = (reply, model, parameters) =>
  call('POST', `/api/replies/${reply}/regenerate`, { body: { model, ...parameters } });
export const continueReply = (reply) => call('POST', `/api/replies/${reply}/continue`);
export const pollReply = ({ api = apiPath, reply, after, wait, signal }) =>
  call('GET', `${api}/poll/${reply}${query({ after, wait })}`, { signal });

export const readChats = ({ signal, ...which }) =>
  call('GET', `/api/chats${query(which)}`, { signal });
/** `since` is the version of an earlier answer: then only what came behind it, if that is all. */
export const readChat = (chat, since, signal) =>
  call('GET', `/api/chats/${chat}${query({ since })}`, { signal });
export const changeChat = (chat, change) => call('PATCH', `/api/chats/${chat}`, { body: change });
/** Arrives even when the page goes meanwhile. */
export const deleteChat = (chat) => call('DELETE', `/api/chats/${chat}`, { keepalive: true });
export const search = ({ q, after, limit, signal }) =>
  call('GET', `/api/search${query({ q, after, limit })}`, { signal });
export const exportPath = (chat, format) =>
  at(`/api/chats/${chat}/export?format=${format}`);

export const readQueue = (chat) => call('GET', `/api/chats/${chat}/queue`);
export const queuePrompt = (chat, send) => call('POST', `/api/chats/${chat}/queue`, { body: send });
export const changeQueued = (chat, id, prompt) =>
  call('PATCH', `/api/chats/${chat}/queue/${id}`, { body: { prompt } });
export const removeQueued = (chat, id) => call('DELETE', `/api/chats/${chat}/queue/${id}`);
export const sendQueued = (chat, id) => call('POST', `/api/chats/${chat}/queue/${id}/send`);

export const deleteMessage = (chat, message) =>
  call('DELETE', `/api/chats/${chat}/messages/${message}`, { keepalive: true });
export const editReply = (chat, reply, content) =>
  call('PATCH', `/api/chats/${chat}/messages/${reply}`, { body: { content } });
export const forkChat = (chat, message) =>
  call('POST', `/api/chats/${chat}/fork`, { body: { message } });

export const shareChat = (chat, share) =>
  call('PUT', `/api/chats/${chat}/share`, { body: share });
export const endShare = (chat) => call('DELETE', `/api/chats/${chat}/share`);
export const readShares = () => call('GET', '/api/shares');
export const sharePath = (token) => `${apiPath}/shares/${encodeURIComponent(token)}`;
export const readShare = (token) => call('GET', sharePath(token));
export const copyShare = (token) => call('POST', `${sharePath(token)}/copy`);

export const readModels = () => call('GET', '/api/models');
export const readMe = () => call('GET', '/api/me');

export const readEntrance = () => call('GET', '/api/auth');
export const register = (person) => call('POST', '/api/register', { body: person });
export const logIn = (login) => call('POST', '/api/login', { body: login });
export const logOut = () => call('POST', '/api/logout');
export const forgotPassword = (email) => call('POST', '/api/password/forgot', { body: { email } });
export const resetPassword = (token, password) =>
  call('POST', '/api/password/reset', { body: { token, password } });
export const verifyEmail = (token) => call('POST', '/api/email/verify', { body: { token } });
export const sendVerification = () => call('POST', '/api/email/send');
export const changeMe = (change) => call('PATCH', '/api/me', { body: change });
export const deleteMe = (password) => call('DELETE', '/api/me', { body: { password } });
export const changePassword = (current, password) =>
  call('PUT', '/api/me/password', { body: { current, password } });
export const readSessions = () => call('GET', '/api/me/sessions');
export const endSession = (session) => call('DELETE', `/api/me/sessions/${session}`);
export const endOtherSessions = () => call('DELETE', '/api/me/sessions');
export const readTokens = () => call('GET', '/api/me/tokens');
export const makeToken = (token) => call('POST', '/api/me/tokens', { body: token });
export const deleteToken = (token) => call('DELETE', `/api/me/tokens/${token}`);
