// One timer for every age on the page.
const PERIOD_MS = 20_000;
const listeners = new Set();
let timer = null;

/** Calls `listener(now)` now and then while anyone listens; returns the function that ends it. */
export function everyNowAndThen(listener) {
  listeners.add(listener);
  // eslint-disable-next-line @lwc/lwc/no-async-operation
  timer ??= setInterval(tick, PERIOD_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = null;
  };
}

function tick() {
  const now = Date.now();
  for (const listener of [...listeners]) listener(now);
}
