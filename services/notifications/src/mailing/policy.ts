/** Of a tag like de-AT, or of what a browser accepts; English for languages that we do not have. */
export const languageOf = (language: string | null | undefined): 'de' | 'en' =>
  language?.toLowerCase().startsWith('de') ? 'de' : 'en'
