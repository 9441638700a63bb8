// lightning/messageService within one page.
const channels = new Map();

const listenersOf = (channel) => {
  if (!channels.has(channel)) channels.set(channel, new Set());
  return channels.get(channel);
};

/** The context that an org asks for; this page has one. */
export class MessageContext {
  constructor(emit) {
    emit({});
  }

  connect() {}

  update() {}

  disconnect() {}
}

/** Hands a message to all who listen, the sender's own subscriptions too, as an org does. */
export function publish(_context, channel, message) {
  for (const listener of [...listenersOf(channel)]) listener(message);
}

/** Listens to a channel; the answer ends it in `unsubscribe`. */
export function subscribe(_context, channel, listener) {
  listenersOf(channel).add(listener);
  return { channel, listener };
}

/** Ends a subscription. */
export function unsubscribe({ channel, listener }) {
  listenersOf(channel).delete(listener);
}
