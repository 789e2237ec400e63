## The random numbers of the Mersenne twister of 1997, MT19937. `random` is better.

type MersenneTwister* = object
  ## Where a sequence of numbers is.
  state: array[624, uint32]
  at: int

proc newMersenneTwister*(seed: uint32): MersenneTwister =
  ## The sequence that belongs to a seed.
  result.state[0] = seed
  for i in 1 ..< result.state.len:
    let before = result.state[i - 1]
    result.state[i] = 1812433253'u32 * (before xor before shr 30) + uint32(i)

proc twist(m: var MersenneTwister) =
  const n = 624
  for i in 0 ..< n:
    let y = (m.state[i] and 0x80000000'u32) or (m.state[(i + 1) mod n] and 0x7fffffff'u32)
    m.state[i] = m.state[(i + 397) mod n] xor y shr 1
    if (y and 1) != 0: m.state[i] = m.state[i] xor 0x9908b0df'u32

proc getNum*(m: var MersenneTwister): uint32 =
  ## The next number.
  if m.at == 0: m.twist
  result = m.state[m.at]
  m.at = (m.at + 1) mod m.state.len
  result = result xor result shr 11
  result = result xor (result shl 7 and 0x9d2c5680'u32)
  result = result xor (result shl 15 and 0xefc60000'u32)
  result = result xor result shr 18
