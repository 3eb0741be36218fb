/** What a person is told of an error, a Problem of the server or one of the network. */
export function errorText({ name, message, retryAfter }) {
  if (name === 'TypeError') {
    return 'The server cannot be reached. Check the connection and try again.';
  }
  return retryAfter ? `${message} Try again in ${seconds(retryAfter)}.` : message;
}

function seconds(retryAfter) {
  const count = Number(retryAfter);
  if (Number.isNaN(count)) return 'a moment';
  return count === 1 ? 'a second' : `${count} seconds`;
}
