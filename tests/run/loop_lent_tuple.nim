discard """
  output: '''
@[(key: 0, val: "a"), (key: 1, val: "b")] @[(key: 0, val: "c")] tuple[key: int, val: string]
(key: 0, val: "a text that is long enough to be somewhere")(key: 0, val: "a text that is long enough to be somewhere!")a text that is long enough to be somewhere0
(key: 1, val: "b")(key: 1, val: "b!")b1
@[(key: 0, val: "a text that is long enough to be somewhere"), (key: 0, val: "a text that is long enough to be somewhere!"), (key: 1, val: "b"), (key: 1, val: "b!")]
xy
yz
@[("x", "y"), ("y", "z")]
'''
"""
# One variable for what `pairs` yields has the values, as has the type of it: views end with the step of the loop.
import std/sequtils

template gathered(it: untyped): untyped =
  var r: seq[typeof(it)]
  for x in it: r.add x
  r
echo gathered(pairs(@["a", "b"])), " ", toSeq(pairs(["c"])), " ", typeof(toSeq(pairs(@["x"]))[0])

var kept: seq[tuple[key: int, val: string]]
proc keep(source: seq[string]) =
  for x in pairs(source):
    var y = x
    y.val.add "!"
    kept.add x
    kept.add y
    let z = x
    echo x, y, z.val, x.key
keep(@["a text that is long enough to be somewhere", "b"])
echo kept

iterator both(s: seq[string]): tuple[first, second: lent string] =
  for i in 0 ..< s.len - 1: yield (s[i], s[i + 1])
var texts = @["x", "y", "z"]
for pair in both(texts):
  echo pair.first & pair[1]
var whole: seq[(string, string)]
for pair in both(texts): whole.add (pair.first, pair.second)
texts[0] = "changed"
echo whole
