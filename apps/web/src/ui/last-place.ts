const KEPT = 10

/** Where the keyboard was, newest first: an element, then what around it can have the focus too. */
let places: HTMLElement[][] = []

remember(document.activeElement)
document.addEventListener('focusin', ({ target }) => remember(target))

/**
 * Where the keyboard goes on when a popup is gone. A button that went with the pointer leaves what it
 * belonged to; without any place left the library decides.
 */
export function lastPlace(): HTMLElement | true {
  return places.flat().find((element) => element.isConnected && element.checkVisibility()) ?? true
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
