# A part of `net`: addresses of hosts, as text and as bytes.

type
  IpAddressFamily* {.pure.} = enum ## Which kind of address it is.
    IPv6, IPv4
  IpAddress* = object
    ## An address.
    case family*: IpAddressFamily
    of IpAddressFamily.IPv6: address_v6*: array[16, uint8]
    of IpAddressFamily.IPv4: address_v4*: array[4, uint8]

proc invalid(why = "") {.noreturn.} =
  raise newException(ValueError, if why.len > 0: "Invalid IP Address. " & why else: "Invalid IP Address")

const
  outOfRange = "Value is out of range"
  badCharacter = "Address contains an invalid character"
  tooManyGroups = "The address consists of too many groups"

proc readQuad(text: string, octal, tooMany: string): array[4, uint8] =
  # Four numbers with dots between them. What is wrong with them is told in the caller's words.
  var group, value = 0
  var filled, zero = false
  for c in text:
    case c
    of Digits:
      if zero: raise newException(ValueError, octal)
      value = value * 10 + ord(c) - ord('0')
      if value == 0: zero = true
      elif value > 255: invalid(outOfRange)
      filled = true
    of '.':
      if not filled or group >= 3: invalid(tooMany)
      result[group] = uint8(value)
      inc group
      value = 0
      filled = false
      zero = false
    else: invalid(badCharacter)
  if group != 3 or not filled: invalid()
  result[group] = uint8(value)

type GroupReader = object
  # Groups of an address of IPv6, before what `::` stands for is put in.
  bytes: array[16, uint8]
  count, gap: int # of groups, and how many stand before `::` (or -1)
  value: uint32
  colon, filled: bool # What came last: a colon; something that may end a group.

proc add(r: var GroupReader, value: uint32) =
  if r.count >= 8: invalid(tooManyGroups)
  r.bytes[r.count * 2] = uint8(value shr 8)
  r.bytes[r.count * 2 + 1] = uint8(value and 0xff)
  inc r.count

proc separator(r: var GroupReader, text: string, at: int) =
  if not r.filled: invalid("Address contains an invalid separator")
  if r.colon:
    if r.gap != -1: invalid("Address contains more than one \"::\" separator")
    r.gap = r.count
    r.filled = false
  elif at == 0:
    if text[1] != ':': invalid("Address may not start with \":\"")
  elif at == text.high:
    if text[at - 1] != ':': invalid("Address may not end with \":\"")
  else:
    r.add(r.value)
    r.value = 0
    if r.gap != -1: r.filled = false
  r.colon = true

proc digit(r: var GroupReader, c: char) =
  r.value = r.value * 16 + uint32(parseHexInt($c))
  if r.value > 0xffff: invalid(outOfRange)
  r.colon = false
  r.filled = true

proc addQuad(r: var GroupReader, text: string) =
  let quad = readQuad(text, "Invalid IP address. Octal numbers not allowed", "")
  for i, b in quad: r.bytes[r.count * 2 + i] = b
  inc r.count, 2

proc spread(r: GroupReader): array[16, uint8] =
  # With zeros in the place of `::`.
  if r.count == 8:
    if r.gap != -1: invalid(tooManyGroups)
    return r.bytes
  if r.count > 8: invalid(tooManyGroups)
  if r.gap == -1: invalid("The address consists of too few groups")
  let behind = (r.count - r.gap) * 2
  for i in 0 ..< r.gap * 2: result[i] = r.bytes[i]
  for i in 0 ..< behind: result[16 - behind + i] = r.bytes[r.gap * 2 + i]

proc parseV6(text: string): array[16, uint8] =
  if text.len < 2: invalid()
  var r = GroupReader(gap: -1, filled: true)
  var first = 0 # of the current group
  for at, c in text:
    case c
    of ':':
      r.separator(text, at)
      first = at + 1
    of '.':
      if at < 3 or not r.filled or r.count >= 7: invalid()
      r.addQuad(text.substr(first))
      return r.spread
    of HexDigits: r.digit(c)
    else: invalid(badCharacter)
  if r.filled: r.add(r.value)
  r.spread

proc parseIpAddress*(addressStr: string): IpAddress =
  ## Reads an address of either kind. ValueError when it is none.
  if addressStr.len == 0: raise newException(ValueError, "IP Address string is empty")
  if ':' in addressStr:
    IpAddress(family: IpAddressFamily.IPv6, address_v6: parseV6(addressStr))
  else:
    IpAddress(family: IpAddressFamily.IPv4, address_v4:
      readQuad(addressStr, "Invalid IP address. Octal numbers are not allowed", tooManyGroups))

proc isIpAddress*(addressStr: string): bool =
  ## Is it an address?
  try:
    discard parseIpAddress(addressStr)
    true
  except ValueError: false

proc v4(a, b, c, d: uint8): IpAddress = IpAddress(family: IpAddressFamily.IPv4, address_v4: [a, b, c, d])

proc IPv4_any*(): IpAddress = v4(0, 0, 0, 0)
  ## Wherever this host can be reached.
proc IPv4_loopback*(): IpAddress = v4(127, 0, 0, 1)
  ## This host.
proc IPv4_broadcast*(): IpAddress = v4(255, 255, 255, 255)
  ## All hosts.
proc IPv6_any*(): IpAddress = IpAddress(family: IpAddressFamily.IPv6)
  ## Wherever this host can be reached.
proc IPv6_loopback*(): IpAddress =
  ## This host.
  result = IPv6_any()
  result.address_v6[15] = 1

proc `==`*(lhs, rhs: IpAddress): bool =
  if lhs.family != rhs.family: return false
  case lhs.family
  of IpAddressFamily.IPv4: lhs.address_v4 == rhs.address_v4
  of IpAddressFamily.IPv6: lhs.address_v6 == rhs.address_v6

proc longestZeros(groups: array[8, int]): (int, int) =
  # The first of the longest runs of zeros, and its length.
  var start = 0
  for i, group in groups:
    if group != 0: start = i + 1
    elif i + 1 - start > result[1]: result = (start, i + 1 - start)

proc `$`*(address: IpAddress): string =
  ## An address in its shortest form.
  if address.family == IpAddressFamily.IPv4: return address.address_v4.join(".")
  var groups: array[8, int]
  for i in 0 .. 7: groups[i] = int(address.address_v6[2 * i]) * 256 + int(address.address_v6[2 * i + 1])
  let (first, count) = longestZeros(groups)
  for i, group in groups:
    if i in first ..< first + count:
      if i == first: result.add "::"
    else:
      if i > 0 and i != first + count or i > 0 and count == 0: result.add ':'
      result.add(if group == 0: "0" else: toHex(group).strip(trailing = false, chars = {'0'}).toLowerAscii)
