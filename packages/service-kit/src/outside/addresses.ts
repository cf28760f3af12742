import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** An address would be called where nobody should be sent by a stranger's word. */
export class ForbiddenAddress extends Error {
  override name = 'ForbiddenAddress'
  /** Allowed by no setting. */
  readonly isLinkLocal: boolean

  constructor(address: string) {
    super(address)
    this.isLinkLocal = isLinkLocal(address)
  }
}

/** Cloud machines keep their credentials behind such addresses. */
const linkLocal = blockOf(['169.254.0.0/16', 'fe80::/10'])
const notPublic = blockOf([
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4', '::/127', '64:ff9b:1::/48', '100::/64', '2001:db8::/32'],
  ...['fc00::/7', 'ff00::/8'],
])

/** Where an IPv4 address may hide in one of IPv6: mapped, translated, 6to4. */
const EMBEDDED = blockOf(['::/96', '64:ff9b::/96', '2002::/16', '2001::/32'])

export function mayReach(address: string, privateToo: boolean): boolean {
  const family = familyOf(address)
  if (isLinkLocal(address)) return false
  return privateToo || !(notPublic.check(address, family) || EMBEDDED.check(address, family))
}

/** A block list looks at a mapped address as at the one of IPv4 in it. */
const isLinkLocal = (address: string) => linkLocal.check(address, familyOf(address))

const familyOf = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Throws for a host that is an address by itself, which nobody looks up. */
export function assertMayReach({ hostname }: URL, privateToo: boolean): void {
  const address = hostname.replace(/^\[(.*)\]$/, '$1')
  if (isIP(address) !== 0 && !mayReach(address, privateToo)) throw new ForbiddenAddress(address)
}

/** Looks a name up so that the connection goes to the very addresses that were judged. */
export function guardedLookup(privateToo: boolean): LookupFunction {
  return (hostname, options, done) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return done(error, [])
      const forbidden = addresses.find(({ address }) => !mayReach(address, privateToo))
      if (forbidden) return done(new ForbiddenAddress(forbidden.address), [])
      if (options.all) return done(null, addresses)
      const [first] = addresses
      done(null, first?.address ?? '', first?.family)
    })
  }
}

function blockOf(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [address = '', bits] = network.split('/')
    list.addSubnet(address, Number(bits), address.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}
