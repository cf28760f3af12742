import type { Rolldown } from 'vite'

type Modules = Parameters<Exclude<NonNullable<Rolldown.CodeSplittingGroup['name']>, string>>[1]

/** What the first screen of somebody signed in consists of, beside the entry. */
export const FIRST_SCREEN = [
  'src/app/shell/Shell.tsx',
  'src/app/shell/ConversationScreen.tsx',
  'src/features/details/Details.tsx',
]
const ENTRY = 'src/app/main.tsx'

/**
 * Two chunks in the place of sixty small ones: compressed they are a tenth smaller together, and
 * quicker to fetch. `door` is what also the sign-in page needs, `screen` the rest of the first
 * screen. What is loaded lazily stays apart.
 */
export function createFirstScreenGroups(root: string): Rolldown.CodeSplittingGroup[] {
  const names = new Map<string, string>()
  return [
    {
      debugName: 'first screen',
      name: (id, modules) => {
        if (names.size === 0) {
          collect(names, modules, { id: `${root}/${ENTRY}`, name: 'door' })
          for (const path of FIRST_SCREEN) {
            collect(names, modules, { id: `${root}/${path}`, name: 'screen' })
          }
        }
        // The entry waits for the session at its top: nothing may wait for the entry.
        return id.endsWith(ENTRY) ? null : (names.get(id) ?? null)
      },
    },
  ]
}

/** A module and all that it imports, as far as they have no name yet. */
function collect(
  names: Map<string, string>,
  modules: Modules,
  { id, name }: { id: string; name: string },
): void {
  if (names.has(id)) return
  names.set(id, name)
  for (const imported of modules.getModuleInfo(id)?.importedIds ?? []) {
    collect(names, modules, { id: imported, name })
  }
}
