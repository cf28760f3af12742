import type { HighlighterCore } from 'shiki/core'

/** Each language is a chunk of its own, fetched when it is first seen. */
const LANGUAGES = {
  bash: () => import('shiki/langs/bash.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  javascript: () => import('shiki/langs/javascript.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
}
const ALIASES: Record<string, keyof typeof LANGUAGES> = {
  sh: 'bash',
  shell: 'bash',
  js: 'javascript',
  jsx: 'javascript',
  ts: 'typescript',
  tsx: 'typescript',
  py: 'python',
  rs: 'rust',
  yml: 'yaml',
}

let highlighter: Promise<HighlighterCore> | null = null

/** HTML of a code block in both themes' colours; null for languages that are not known here. */
export async function highlightCode(code: string, language: string): Promise<string | null> {
  const name = ALIASES[language] ?? language
  if (!(name in LANGUAGES)) return null
  highlighter ??= createHighlighter()
  const shiki = await highlighter
  // Checked to be one of them above.
  await shiki.loadLanguage(LANGUAGES[name as keyof typeof LANGUAGES])
  return shiki.codeToHtml(code, {
    lang: name,
    themes: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    defaultColor: false,
  })
}

async function createHighlighter(): Promise<HighlighterCore> {
  const [{ createHighlighterCore }, { createJavaScriptRegexEngine }] = await Promise.all([
    import('shiki/core'),
    import('shiki/engine/javascript'),
  ])
  return createHighlighterCore({
    themes: [
      import('shiki/themes/github-light-high-contrast.mjs'),
      import('shiki/themes/github-dark-high-contrast.mjs'),
    ],
    langs: [],
    // WebAssembly would need a looser policy for scripts.
    engine: createJavaScriptRegexEngine(),
  })
}
