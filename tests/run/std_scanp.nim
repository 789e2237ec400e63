discard """
  output: '''
@["jack /home/jack", "jill /home/jill"]
http://a.b/c
zz
10.0.0.1
192.168.1.20
true 5 alpha
true 6 abc
true3
true1
true2
true6
false2
true 42 6
true6
'''
"""
# Grammars with scanp.
import std/[strscans, parseutils, strutils]
proc digits(s: string; intVal: var int; start: int): int =
  var x = 0
  while result+start < s.len and s[result+start] in {'0'..'9'} and s[result+start] != ':':
    x = x * 10 + s[result+start].ord - '0'.ord
    inc result
  intVal = x
proc extractUsers(content: string): seq[string] =
  const digits = {'0'..'9'}
  var idx = 0
  while true:
    var login = ""
    var uid = 0
    var homedir = ""
    if scanp(content, idx, *(~ {':', '\0'}) -> login.add($_), ':', * ~ ':', ':',
            digits($input, uid, $index), ':', *`digits`, ':', * ~ ':', ':',
            *('/', * ~{':', '/'}) -> homedir.add($_), ':', *('/', * ~{'\L', '/'}), '\L'):
      if uid >= 1000: result.add login & " " & homedir
    else: break
const txt = """
root:x:0:0:root:/root:/bin/bash
jack:x:1001:1000::/home/jack:/bin/bash
jill:x:1002:1000::/home/jill:/bin/bash
"""
echo extractUsers(txt.strip(leading=true, trailing=false))
proc skipUntil(s: string; until: string; unless = '\0'; start: int): int =
  var i = start
  var u = 0
  while true:
    if i >= s.len or s[i] == unless: return 0
    elif s[i] == until[0]:
      u = 1
      while i+u < s.len and u < until.len and s[i+u] == until[u]: inc u
      if u >= until.len: break
    inc(i)
  result = i+u-start
iterator collectLinks(s: string): string =
  const quote = {'\'', '"'}
  var idx, old = 0
  var res = ""
  while idx < s.len:
    old = idx
    if scanp(s, idx, "<a", skipUntil($input, "href=", '>', $index), `quote`, *( ~`quote`) -> res.add($_)):
      yield res
      res = ""
    idx = old + 1
for r in collectLinks("""<a class="x" href="http://a.b/c">q</a> <a href='zz'> <b href="no">"""): echo r
iterator parseIps(soup: string): string =
  const digits = {'0'..'9'}
  var a, b, c, d: int
  var buf = ""
  var idx = 0
  while idx < soup.len:
    if scanp(soup, idx, (`digits`{1,3}, '.', `digits`{1,3}, '.', `digits`{1,3}, '.', `digits`{1,3}) -> buf.add($_)):
      discard buf.scanf("$i.$i.$i.$i", a, b, c, d)
      if (a >= 0 and a <= 254) and (b >= 0 and b <= 254) and (c >= 0 and c <= 254) and (d >= 0 and d <= 254): yield buf
    buf.setLen(0)
    idx.inc
for ip in parseIps("ads 10.0.0.1 -- 300.1.1.1 x 192.168.1.20:80"): echo ip
block:
  var i = 0
  var words: seq[string]
  var w = ""
  echo scanp("alpha,beta,gamma", i, +{'a'..'z'} -> w.add($_)), " ", i, " ", w
  i = 0; w = ""
  echo scanp("a,b,c;", i, ({'a'..'z'} -> w.add($_)) ^+ ',', ';'), " ", i, " ", w
  i = 0
  echo scanp("xyz", i, ?"xy", 'z'), i
  i = 0
  echo scanp("z", i, ?'q', 'z'), i
  i = 0
  echo scanp("b1", i, ('a' | 'b'), {'0'..'9'}), i
  i = 0
  echo scanp("12 ab", i, {'0'..'9'}{2}, ' ', "ab", '\0'), i
  i = 0
  echo scanp("12", i, {'0'..'9'}{3}), i
  i = 0
  var n: int
  echo scanp("42rest", i, parseInt($input, n, $i) as k, "rest"), " ", n, " ", i
  i = 0
  proc word(s: string, i: int): int = skipWhile(s, Letters, i)
  echo scanp("hello 1", i, word, ' '), i
