/** Numbers that both sides of the wire must agree on. Lengths of text are Unicode code points. */
export const MESSAGE_TEXT_MAX = 10_000
export const BODY_MAX_BYTES = 65_536
export const AVATAR_MAX_BYTES = 5 * 1024 * 1024
export const AVATAR_MAX_PIXELS = 40_000_000
export const PAGE_LIMIT_DEFAULT = 50
export const PAGE_LIMIT_MAX = 200
export const SYNC_CHANGES_MAX = 1_000
/** Conversations that one answer of sync adds; the list has the rest. */
export const SYNC_ADDED_MAX = 500
export const ADD_MEMBERS_MAX = 500
/** Above this many members a group has no typing, and receipts only as counts. */
export const LARGE_GROUP_MEMBERS = 200
export const WATCHED_USERS_MAX = 500
export const POSITION_MAX = 2_147_483_647
export const REACTION_KINDS_MAX = 20
/** People times emoji on one message: each change tells all of them again. */
export const REACTIONS_MAX = 500
