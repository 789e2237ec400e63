discard """
  output: '''
5 5 8
17 -3
255 255 60
195 252 252 255
false -1
true 9
falsetrue
false
10
77 10 77
105 true 6
true
'''
"""
# The operations on memory that system has.
var a = 5
var b: int32 = 7
var c: uint8 = 0xF0
var f = false
echo atomicLoadN(addr a, ATOMIC_ACQUIRE), " ", atomicFetchAdd(addr a, 3, ATOMIC_SEQ_CST), " ", a
echo atomicAddFetch(addr b, 10'i32, ATOMIC_RELAXED), " ", atomicSubFetch(addr b, 20'i32, ATOMIC_RELAXED)
echo atomicOrFetch(addr c, 0x0F'u8, ATOMIC_SEQ_CST), " ", atomicFetchAnd(addr c, 0x3C'u8, ATOMIC_SEQ_CST), " ", c
echo atomicXorFetch(addr c, 0xFF'u8, ATOMIC_SEQ_CST), " ", atomicNandFetch(addr c, 0x0F'u8, ATOMIC_SEQ_CST), " ", atomicFetchNand(addr c, 1'u8, ATOMIC_SEQ_CST), " ", c
atomicStoreN(addr a, -1, ATOMIC_RELEASE)
var was = 3
echo atomicCompareExchangeN(addr a, addr was, 9, false, ATOMIC_SEQ_CST, ATOMIC_SEQ_CST), " ", was
echo atomicCompareExchangeN(addr a, addr was, 9, false, ATOMIC_SEQ_CST, ATOMIC_SEQ_CST), " ", a
echo atomicTestAndSet(addr f, ATOMIC_SEQ_CST), atomicTestAndSet(addr f, ATOMIC_SEQ_CST)
atomicClear(addr f, ATOMIC_SEQ_CST)
echo f
var x, y = 1
x = 10
atomicStore(addr y, addr x, ATOMIC_SEQ_CST)
var r: int
atomicLoad(addr y, addr r, ATOMIC_SEQ_CST)
echo r
var e = 77
atomicExchange(addr y, addr e, addr r, ATOMIC_SEQ_CST)
echo y, " ", r, " ", atomicExchangeN(addr y, 1, ATOMIC_SEQ_CST)
fence()
cpuRelax()
echo atomicInc(a), atomicDec(a, 5), " ", cas(addr a, 5, 6), " ", a
var p: pointer
var q = addr a
atomicStoreN(addr p, cast[pointer](q), ATOMIC_SEQ_CST)
echo atomicLoadN(addr p, ATOMIC_SEQ_CST) == cast[pointer](q)
