import { at } from '../shell/address.js';
import { exportPath } from '../api.js';
import { copyLastCode, newChat, searchMessages } from '../shell/actions.js';
import { deleteChats } from '../chats/delete-chat.js';
import { copy } from '../shell/clipboard.js';
import { download } from '../shell/download.js';

const themes = { system: 'as the system', light: 'light', dark: 'dark' };

/** What can be done now, `{ id, text, icon, keys, act }`. */
export function actionsOf(page) {
  return [
    { text: 'New chat', icon: 'new', keys: 'Ctrl+Shift+O', act: () => newChat(page) },
    { text: 'Search all messages', icon: 'search', act: () => searchMessages(page) },
    ...replyActions(page),
    ...chatActions(page),
    ...listActions(page),
    ...pageActions(page),
  ].map((action) => ({ id: `do-${action.text}`, ...action }));
}

function replyActions(page) {
  const { conversation, models, overlay } = page;
  const last = conversation.thread.last;
  const reply = last?.role === 'assistant' && !conversation.busy.value ? last : null;
  const pickModel = () => (overlay.value = { name: 'models' });
  return [
    conversation.busy.value
      && { text: 'Stop the reply', icon: 'stop', keys: 'Esc', act: () => conversation.stop() },
    reply && { text: 'Copy the last reply', icon: 'copy', act: () => copy(reply.content) },
    last && {
      text: 'Copy the last code block', icon: 'code', keys: 'Ctrl+Shift+;',
      act: () => copyLastCode(page),
    },
    reply && {
      text: 'Regenerate the last reply', icon: 'regenerate',
      act: () => conversation.regenerate(reply),
    },
    last?.role === 'assistant' && models.list.value.length > 1 && {
      text: 'Answer with another model beside…', icon: 'model',
      act: () => (overlay.value = { name: 'models', beside: last }),
    },
    models.list.value.length > 1
      && { text: 'Choose a model…', icon: 'model', act: pickModel },
  ].filter(Boolean);
}

function chatActions(page) {
  const { conversation, chats, overlay } = page;
  const chat = conversation.chat.value;
  if (!chat?.id) return [];
  const known = chats.list.value.find(({ id }) => id === chat.id) ?? chat;
  const change = (changes) => chats.change(chat.id, changes);
  return [
    {
      text: known.pinned ? 'Unpin this chat' : 'Pin this chat', icon: 'pin',
      act: () => change({ pinned: !known.pinned }),
    },
    {
      text: known.archived ? 'Unarchive this chat' : 'Archive this chat', icon: 'archive',
      act: () => change({ archived: !known.archived }),
    },
    {
      text: 'Export this chat as Markdown', icon: 'export',
      act: () => download(exportPath(chat.id, 'md')),
    },
    {
      text: 'Share this chat…', icon: 'link',
      act: () => (overlay.value = { name: 'share', chat: known }),
    },
    { text: 'Tags of this chat…', icon: 'edit', act: () => tag([known], page) },
    { text: 'Delete this chat', icon: 'delete', act: () => deleteChats([known], page) },
  ];
}

const tag = (chats, { overlay }) => (overlay.value = { name: 'tags', chats });

function listActions({ chats, sidebar }) {
  const archived = chats.archived.value;
  const shown = (act) => () => {
    if (!sidebar.open.value) sidebar.toggle();
    act();
  };
  return [
    {
      text: archived ? 'Leave the archive' : 'Archived chats', icon: 'archive',
      act: shown(() => chats.showArchive(!archived)),
    },
    {
      text: 'Select chats…', icon: 'done',
      act: shown(() => (chats.selected.value = new Set())),
    },
  ];
}

function pageActions({ me, overlay, sidebar, theme }) {
  const open = (name) => () => (overlay.value = { name });
  const others = Object.keys(themes).filter((choice) => choice !== theme.choice.value);
  return [
    ...others.map((choice) => ({
      text: `Theme: ${themes[choice]}`, icon: choice, act: () => (theme.choice.value = choice),
    })),
    {
      text: sidebar.open.value ? 'Hide the chats' : 'Show the chats', icon: 'sidebar',
      act: () => sidebar.toggle(),
    },
    { text: 'Settings', icon: 'settings', act: open('settings') },
    { text: 'Chat settings…', icon: 'settings', act: open('chat-settings') },
    { text: 'Presets…', icon: 'copy', act: open('presets') },
    { text: 'Import and export…', icon: 'export', act: open('data') },
    { text: 'Keyboard shortcuts', icon: 'keyboard', keys: '?', act: open('shortcuts') },
    me.value && me.value.id !== 'local'
      && { text: 'Your account', icon: 'settings', act: () => location.assign(at('/profile')) },
  ].filter(Boolean);
}
