import * as conversations from './conversations.ts'
import * as gateway from './gateway.ts'
import * as messages from './messages.ts'
import * as notifications from './notifications.ts'
import type { Route } from './route.ts'
import * as users from './users.ts'

/** Every REST route by its id, in the order of reading. */
export const routes = {
  register: users.register,
  login: users.login,
  refresh: users.refresh,
  logout: users.logout,
  webRegister: users.webRegister,
  webLogin: users.webLogin,
  webRefresh: users.webRefresh,
  webLogout: users.webLogout,
  listSessions: users.listSessions,
  endSession: users.endSession,
  getOwnUser: users.getOwnUser,
  updateOwnUser: users.updateOwnUser,
  changePassword: users.changePassword,
  setAvatar: users.setAvatar,
  removeAvatar: users.removeAvatar,
  getAvatar: users.getAvatar,
  findUsers: users.findUsers,
  getUser: users.getUser,
  createConversation: conversations.createConversation,
  listConversations: conversations.listConversations,
  getConversation: conversations.getConversation,
  updateConversation: conversations.updateConversation,
  saveDraft: conversations.saveDraft,
  listMembers: messages.listMembers,
  addParticipants: conversations.addParticipants,
  setRole: conversations.setRole,
  removeParticipant: conversations.removeParticipant,
  sendMessage: messages.sendMessage,
  getHistory: messages.getHistory,
  getMessage: messages.getMessage,
  editMessage: messages.editMessage,
  unsendMessage: messages.unsendMessage,
  addReaction: messages.addReaction,
  removeReaction: messages.removeReaction,
  advanceReceipts: messages.advanceReceipts,
  getReceipts: messages.getReceipts,
  sync: messages.sync,
  searchMessages: messages.searchMessages,
  getVapidPublicKey: notifications.getVapidPublicKey,
  listSubscriptions: notifications.listSubscriptions,
  createSubscription: notifications.createSubscription,
  deleteSubscription: notifications.deleteSubscription,
  getNotificationPreferences: notifications.getNotificationPreferences,
  updateNotificationPreferences: notifications.updateNotificationPreferences,
  listNotices: notifications.listNotices,
  createSocketTicket: gateway.createSocketTicket,
  health: gateway.health,
  readiness: gateway.readiness,
} satisfies Record<string, Route>
export type RouteId = keyof typeof routes
