/** How large the work is; the full one is what the targets are about. */
export interface Scale {
  hotMembers: number
  hotPublishers: number
  rooms: number
  membersPerRoom: number
  /** Numbers of idle sockets, ascending, and how many people share the last one. */
  idleSockets: [number, number]
  idlePeople: number
  historyMessages: [short: number, long: number]
  historyCalls: number
  /** Of each kind, and messages that are sent and looked for. */
  searchCalls: number
  /** Of each kind before those that count. */
  searchWarmUp: number
  /** Sending with and without the index takes turns so often. */
  searchRounds: number
  /** Floor and product take turns so often, so long. */
  rounds: number
  roundSeconds: number
  warmUpSeconds: number
  split: SplitScale
  push: PushScale
  /** Until a process that has just been busy uses as much memory as it will. */
  settleSeconds: number
}

/** Of the services as processes of their own. */
export interface SplitScale {
  members: number
  membersPerRoom: number
  gateways: number
  rounds: number
  /** Of one gateway and two in turn: CPU times of a few seconds differ by a tenth. */
  gatewayRounds: number
  stormSockets: number
}

export interface PushScale {
  /** At the rate that is asked for. */
  seconds: number
  /** Sent one after the other. */
  delays: number
  devices: number
  /** For each device. */
  conversations: number
  /** Encrypted and posted by a bare loop. */
  floor: number
}

export const FULL: Scale = {
  hotMembers: 500,
  hotPublishers: 8,
  rooms: 100,
  membersPerRoom: 5,
  idleSockets: [1_000, 10_000],
  idlePeople: 100,
  historyMessages: [10_000, 1_000_000],
  historyCalls: 200,
  searchCalls: 200,
  searchWarmUp: 40,
  searchRounds: 9,
  rounds: 5,
  roundSeconds: 2,
  warmUpSeconds: 3,
  settleSeconds: 5,
  split: {
    ...{ members: 200, membersPerRoom: 4, gateways: 8, stormSockets: 10_000 },
    ...{ rounds: 3, gatewayRounds: 7 },
  },
  push: { seconds: 60, delays: 200, devices: 1_000, conversations: 100, floor: 2_000 },
}

export const QUICK: Scale = {
  ...FULL,
  hotMembers: 100,
  rooms: 20,
  idleSockets: [200, 1_000],
  idlePeople: 50,
  historyMessages: [1_000, 50_000],
  historyCalls: 50,
  searchCalls: 20,
  searchWarmUp: 2,
  searchRounds: 1,
  rounds: 1,
  roundSeconds: 1,
  warmUpSeconds: 1,
  settleSeconds: 1,
  split: {
    ...{ members: 40, membersPerRoom: 4, gateways: 4, stormSockets: 1_000 },
    ...{ rounds: 1, gatewayRounds: 1 },
  },
  push: { seconds: 5, delays: 10, devices: 100, conversations: 20, floor: 500 },
}
