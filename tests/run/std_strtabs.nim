discard """
  output: '''
1015$zz|1|
{key_100: 100, key_93: 93, key_97: 97, key_95: 95, key_92: 92, key_98: 98, key_94: 94, key_96: 96, key_99: 99, key_91: 91}10
key_100100 key_9393 key_9797 key_9595 key_9292 key_9898 key_9494 key_9696 key_9999 key_9191 
{:}{b: 2, a: 1}
bcdtrue
John2falseJohn lives in Monaco $
2{name: John, x: 2, city: Monaco}
key not found: none
format string: key not found: zz
'''
"""
# Tables of strings, whose keys may differ in case or style.
import std/strtabs
var t = newStringTable(modeStyleInsensitive)
for i in 0..100: t["key_" & $i] = $i
echo t.len, t["keY5"], "$zz|$key1" .`%`(t, {useKey}), "$zz|" .`%`(t, {useEmpty})
for i in 0..90: t.del("key" & $i)
echo t, t.len
for k, v in t: stdout.write k, v, " "
echo ""
t.clear; echo t, newStringTable("a", "1", "b", "2", modeCaseSensitive)
t["a"] = "b"; t["a"].add "c"; echo t.getOrDefault("a"), t.getOrDefault("q", "d"), "a" in t

import std/strutils
block:
  var t = newStringTable({"name": "John", "city": "Monaco"}, modeCaseInsensitive)
  echo t["NAME"], t.len, t.hasKey("x"), "$name lives in ${city} $$" % t
  t["x"] = "1"; t["X"] = "2"; echo t["x"], t
  try: echo t["none"]
  except KeyError as e: echo e.msg
  try: echo "$zz" % t
  except ValueError as e: echo e.msg
