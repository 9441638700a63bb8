import { createElement } from 'lwc';

/** Puts a component on the page. */
export function mount(name, Component, properties = {}) {
  const element = createElement(name, { is: Component });
  Object.assign(element, properties);
  document.body.append(element);
  return element;
}

/** Lets pending renders and answers happen. */
export async function settle() {
  for (let turn = 0; turn < 8; turn += 1) await Promise.resolve();
}

/** Takes everything off the page. */
export function clear() {
  while (document.body.firstChild) document.body.firstChild.remove();
  jest.clearAllMocks();
}

/** Every element that matches, however deep in nested components, in document order. */
export function deep(root, selector) {
  const own = [...root.querySelectorAll('*')];
  return own.flatMap((element) => [
    ...(element.matches(selector) ? [element] : []),
    ...(element.shadowRoot ? deep(element.shadowRoot, selector) : []),
  ]);
}

/** All visible words under a component, one space between. */
export function textOf(element) {
  const read = (node) => {
    if (node.nodeType === 3) return node.textContent;
    if (node.tagName === 'STYLE') return '';
    const children = node.shadowRoot ? [...node.shadowRoot.childNodes] : [...node.childNodes];
    return children.map(read).join(' ');
  };
  return read(element).replace(/\s+/g, ' ').trim();
}

/** The first base button with this label or alternative text. */
export function button(root, text) {
  const found = deep(root, 'lightning-button, lightning-button-icon');
  return found.find((element) => [element.label, element.alternativeText].includes(text));
}
