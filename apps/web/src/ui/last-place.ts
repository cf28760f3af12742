const KEPT = 10

/** Where the keyboard was, newest first: an element, then what around it can have the focus too. */
let places: HTMLElement[][] = []

remember(document.activeElement)
document.addEventListener('focusin', ({ target }) => remember(target))

/**
 * The keyboard goes on there when a popup is gone. A button that went with the pointer leaves what it
 * belonged to. True when no place is left: then the library decides.
 */
export function backToLastPlace(): boolean {
  const place = places.flat().find((element) => element.isConnected && element.checkVisibility())
  // Not left to the library: of what the Tab key does not stop at it would take the first control.
  queueMicrotask(() => place?.focus({ preventScroll: true }))
  return place === undefined
}

/** The part of the page that it is in. Menus lie there, for those who go from part to part. */
export function landmarkOf(element: Element | null): HTMLElement | undefined {
  const around = element?.closest<HTMLElement>('[role=dialog], main, [role=main], nav, aside')
  return around ?? document.querySelector<HTMLElement>('main, [role=main]') ?? undefined
}

function remember(target: EventTarget | null): void {
  if (!(target instanceof HTMLElement) || target === document.body) return
  const around: HTMLElement[] = []
  for (let at = target.parentElement; at; at = at.parentElement) {
    if (at.tabIndex >= 0 || at.hasAttribute('tabindex')) around.push(at)
  }
  places = [[target, ...around], ...places].slice(0, KEPT)
}
