discard """
  output: '''
4
250
4294967295
1
144 0
4
'''
"""
# Unsigned arithmetic wraps and is never checked.
var a = 250'u8
a += 10
echo a
a -= 10
echo a
var b = 0'u32
b -= 1
echo b
var c = high(uint64)
c += 2
echo c
echo 200'u8 * 2'u8, " ", 65535'u16 + 1'u16
inc a, 10
echo a
