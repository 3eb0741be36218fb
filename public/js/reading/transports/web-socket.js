import { apiPath, at } from '../../shell/address.js';

export const webSocket = {
  name: 'ws',
  speaksFirst: true,
  holdsConnection: false,

  open({ reply, after, onEvent, onEnd }, { WebSocket, location, api = apiPath }) {
    const query = after ? `?after=${encodeURIComponent(after)}` : '';
    const socket = new WebSocket(
      `${location.origin.replace(/^http/, 'ws')}${at(`${api}/ws/${reply}`)}${query}`,
    );
    let spoke = false;
    socket.onmessage = ({ data }) => {
      spoke = true;
      onEvent(JSON.parse(data));
    };
    // A browser does not tell why a handshake failed, so a socket that never spoke counts as
    // refused.
    socket.onclose = () => onEnd({ refused: !spoke });
    return () => {
      socket.onclose = null;
      socket.close();
    };
  },
};
