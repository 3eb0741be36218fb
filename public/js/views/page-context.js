import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

export const PageContext = createContext(null);

/** What main.js wired: the router, the chats, the open conversation and the rest. */
export const usePage = () => useContext(PageContext);
