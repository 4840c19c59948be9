type Listener = (event: Event) => void;
type Property = string | number | boolean | undefined | Listener;
export type Child = Node | string | undefined | false;

/**
 * An element with attributes, listeners (`onclick`, ...) and children. What people typed only ever becomes text, never
 * markup.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Readonly<Record<string, Property>> = {},
  ...children: readonly (Child | readonly Child[])[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false));
  return element;
}

/** The element with that id, which the page surely has. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found;
}

const drawn = new WeakMap<Node, { readonly key: string; readonly signature: string }>();

/**
 * Makes the children of `parent` those of `items`, in order; what did not change stays as it is, with its focus. Where
 * the focused one is drawn anew, the same thing in it (by `data-focus`) has the focus afterwards.
 */
export function keep<T>(
  parent: HTMLElement,
  items: readonly T[],
  describe: (item: T) => { readonly key: string; readonly signature: string },
  make: (item: T) => HTMLElement,
): void {
  const focused = focusedIn(parent);
  const known = new Map([...parent.children].map((child) => [drawn.get(child)?.key ?? '', child]));
  const wanted = items.map((item) => {
    const description = describe(item);
    const old = known.get(description.key);
    if (old !== undefined && drawn.get(old)?.signature === description.signature) return old;
    const made = make(item);
    drawn.set(made, description);
    return made;
  });
  const lasting = new Set<Element>(wanted);
  for (const child of [...parent.children]) if (!lasting.has(child)) child.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  refocus(parent, focused);
}

/** What has the focus in there, for finding it again after drawing anew. */
export function focusedIn(parent: HTMLElement): string | undefined {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement) || !parent.contains(activeElement)) return undefined;
  return activeElement.dataset['focus'];
}

/** Gives it back the focus, where it lost it; where it is gone, what it stood in has it, if that can. */
export function refocus(parent: HTMLElement, focused: string | undefined): void {
  if (focused === undefined || focusedIn(parent) === focused) return;
  const found = [...parent.querySelectorAll<HTMLElement>('[data-focus]')].find(
    ({ dataset }) => dataset['focus'] === focused,
  );
  (found ?? parent).focus({ preventScroll: found === undefined });
}

/** Two letters for a round picture, and one of eight tints that stays the same for a name. */
export function portrait(name: string, kind = ''): HTMLElement {
  const letters = name
    .split(/[\s-]+/)
    .map((word) => word.charAt(0))
    .join('')
    .slice(0, 2)
    .toUpperCase();
  const tint = [...name].reduce((sum, letter) => sum + (letter.codePointAt(0) ?? 0), 0) % 8;
  return h('span', { class: `portrait tint-${tint} ${kind}`, 'aria-hidden': 'true' }, letters);
}
