import { t } from '../language/translate.js';
import { at } from '../shell/address.js';
import { exportPath } from '../api.js';
import { copyLastCode, newChat, searchMessages } from '../shell/actions.js';
import { deleteChats } from '../chats/delete-chat.js';
import { copy } from '../shell/clipboard.js';
import { download } from '../shell/download.js';

const themes = {
  system: t('Theme: as the system'), light: t('Theme: light'), dark: t('Theme: dark'),
};

/** What can be done now, `{ id, text, icon, keys, act }`. */
export function actionsOf(page) {
  return [
    { text: t('New chat'), icon: 'new', keys: 'Ctrl+Shift+O', act: () => newChat(page) },
    { text: t('Search all messages'), icon: 'search', act: () => searchMessages(page) },
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
      && { text: t('Stop the reply'), icon: 'stop', keys: 'Esc', act: () => conversation.stop() },
    reply && { text: t('Copy the last reply'), icon: 'copy', act: () => copy(reply.content) },
    last && {
      text: t('Copy the last code block'), icon: 'code', keys: 'Ctrl+Shift+;',
      act: () => copyLastCode(page),
    },
    reply && {
      text: t('Regenerate the last reply'), icon: 'regenerate',
      act: () => conversation.regenerate(reply),
    },
    last?.role === 'assistant' && models.list.value.length > 1 && conversation.thread.hasRoom && {
      text: t('Answer with another model beside…'), icon: 'model',
      act: () => (overlay.value = { name: 'models', beside: last }),
    },
    models.list.value.length > 1
      && { text: t('Choose a model…'), icon: 'model', act: pickModel },
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
      text: known.pinned ? t('Unpin this chat') : t('Pin this chat'), icon: 'pin',
      act: () => change({ pinned: !known.pinned }),
    },
    {
      text: known.archived ? t('Unarchive this chat') : t('Archive this chat'), icon: 'archive',
      act: () => change({ archived: !known.archived }),
    },
    {
      text: t('Export this chat as Markdown'), icon: 'export',
      act: () => download(exportPath(chat.id, 'md')),
    },
    {
      text: t('Share this chat…'), icon: 'link',
      act: () => (overlay.value = { name: 'share', chat: known }),
    },
    { text: t('Tags of this chat…'), icon: 'edit', act: () => tag([known], page) },
    { text: t('Delete this chat'), icon: 'delete', act: () => deleteChats([known], page) },
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
      text: archived ? t('Leave the archive') : t('Archived chats'), icon: 'archive',
      act: shown(() => chats.showArchive(!archived)),
    },
    {
      text: t('Select chats…'), icon: 'done',
      act: shown(() => (chats.selected.value = new Set())),
    },
  ];
}

function pageActions({ me, overlay, sidebar, theme }) {
  const open = (name) => () => (overlay.value = { name });
  const others = Object.keys(themes).filter((choice) => choice !== theme.choice.value);
  return [
    ...others.map((choice) => ({
      text: themes[choice], icon: choice, act: () => (theme.choice.value = choice),
    })),
    {
      text: sidebar.open.value ? t('Hide the chats') : t('Show the chats'), icon: 'sidebar',
      act: () => sidebar.toggle(),
    },
    { text: t('Settings'), icon: 'settings', act: open('settings') },
    { text: t('Chat settings…'), icon: 'settings', act: open('chat-settings') },
    { text: t('Presets…'), icon: 'copy', act: open('presets') },
    { text: t('Import and export…'), icon: 'export', act: open('data') },
    { text: t('Keyboard shortcuts'), icon: 'keyboard', keys: '?', act: open('shortcuts') },
    me.value && me.value.id !== 'local'
      && { text: t('Your account'), icon: 'settings', act: () => location.assign(at('/profile')) },
  ].filter(Boolean);
}
