import { TOKENS_VERSION } from '../words/tokens.ts'

/** Raise it with every change of what is written beside the tokens: the index is built anew. */
const MARKERS_VERSION = 1

/** Which rules a document was made by; later ones have higher numbers. */
export const DOCUMENT_FORM = MARKERS_VERSION * 1_000 + TOKENS_VERSION
