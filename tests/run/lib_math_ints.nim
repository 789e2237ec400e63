discard """
  output: '''
6 2 12 3 12
120 2432902008176640000 10 1 1024 1 2.25
-4 1 4 1 4
true false false 32 1
6 4.0 24 @[1, 3, 6] 0
10 -1.0
[1, 3, 6]
'''
"""
import std/math
echo gcd(12, 18), " ", gcd(-4, 6), " ", lcm(4, 6), " ", gcd([12, 18, 27]), " ", lcm(@[2, 3, 4])
echo fac(5), " ", fac(20), " ", binom(5, 2), " ", binom(10, 0), " ", 2 ^ 10, " ", 3 ^ 0, " ", 1.5 ^ 2
echo floorDiv(-7, 2), " ", floorMod(-7, 2), " ", euclDiv(-7, -2), " ", euclMod(-7, -2), " ", ceilDiv(7, 2)
echo isPowerOfTwo(16), " ", isPowerOfTwo(0), " ", isPowerOfTwo(18), " ", nextPowerOfTwo(17), " ", nextPowerOfTwo(0)
echo sum([1, 2, 3]), " ", sum(@[1.5, 2.5]), " ", prod([2, 3, 4]), " ", cumsummed(@[1, 2, 3]), " ", sum(newSeq[int]())
echo clamp(15, 0 .. 10), " ", clamp(-1.5, -1.0 .. 1.0)
var xs = [1, 2, 3]
cumsum(xs)
echo xs
