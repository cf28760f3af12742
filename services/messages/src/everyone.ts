/** Stands for everybody in a group, among the mentions that are stored; no user has this id. */
export const EVERYONE_ID = '00000000-0000-0000-0000-000000000000'
