discard """
  output: '''
3.55.01.5truefalse4.5
2.055.00.0
a   b
    c|("foo", "=", "bar=x")("foo=bar", "=", "x")("foo", "", "")("", "", "foo")
67305985
67305985
16909060
'''
"""
# Modules of a few procs: arithmetic of integers with floats, sums, strings, the order of bytes.
import std/[lenientops, sums, strmisc, endians]
echo 1 + 2.5, 2.5 * 2, 3 / 2.0, 1 < 2.5, 3.5 <= 2, 5 - 0.5
echo sumKbn([1.0, 1e100, 1.0, -1e100]), sumPairs([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 10]), sumKbn(newSeq[float]())
echo "a\tb\n\tc".expandTabs(4), "|", partition("foo=bar=x", "="), rpartition("foo=bar=x", "="), partition("foo", ":"), partition("foo", ":", true)
var a = 0x01020304'i32
var b: int32
swapEndian32(addr b, addr a)
echo b
bigEndian32(addr b, addr a)
echo b
littleEndian32(addr b, addr a)
echo b
