discard """
  output: '''
abc
0 1 1 0 0 0
240 1 1 240 240 0
241 2 2 241 241 1
2287 2 2 2287 248 255
2288 3 3 2288 249 0
67823 3 3 67823 249 255
5-310
24falsetruetrue
1two
Set-Cookie: k=v; Path=/; HttpOnly; SameSite=Lax
5
'''
"""
import std/[isolation, varints, oids, cookies, strtabs, times, sysrand]
proc f() =
  var x = isolate("abc")
  echo extract(x)
f()
var buf: array[9, byte]
for x in [0'u64, 240, 241, 2287, 2288, 67823]:
  let n = writeVu64(buf, x)
  var y: uint64
  echo x, " ", n, " ", readVu64(buf, y), " ", y, " ", buf[0], " ", buf[1]
echo encodeZigzag(-3), decodeZigzag(encodeZigzag(-3)), encodeZigzag(5)
let a = genOid()
let b = genOid()
echo ($a).len, a == b, a == parseOid(($a).cstring), abs(getTime().toUnix - a.generatedTime.toUnix) < 10
let t = parseCookies("a=1; b=two")
echo t["a"], t["B"]
echo setCookie("k", "v", path = "/", httpOnly = true, sameSite = SameSite.Lax)
echo urandom(5).len
