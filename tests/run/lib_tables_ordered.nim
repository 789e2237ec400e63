discard """
  output: '''
{"z": 10, "m": 3, "b": 4} 3 3 false
{"z": 10, "m": 3, "b": 4, "1": 1, "3": 3, "5": 5, "7": 7, "9": 9, "11": 11, "13": 13, "15": 15, "17": 17, "19": 19, "21": 21, "23": 23, "25": 25, "27": 27, "29": 29, "31": 31, "33": 33, "35": 35, "37": 37, "39": 39}
39 37 35 33 31 29 27 25 23 21 19 17 15 13 11 z 9 7 5 b m 3 1 
{5: "five", 1: "one"}2
{'h': @[0], 'e': @[1], 'l': @[2, 3], 'o': @[4]}
'''
"""
import std/[tables, algorithm]
var t = {"z": 1, "a": 2, "m": 3}.toOrderedTable
t["b"] = 4
t["z"] = 10
t.del("a")
echo t, " ", t.len, " ", t["m"], " ", "a" in t
for i in 0..40: t[$i] = i
for i in 0..40:
  if i mod 2 == 0: t.del($i)
echo t
t.sort(proc (x, y: (string, int)): int = cmp(x[1], y[1]), SortOrder.Descending)
for k, v in t: stdout.write k, " "
echo ""
let r = newOrderedTable[int, string]()
r[5] = "five"
r[1] = "one"
echo r, r.len
var seqs: OrderedTable[char, seq[int]]
for i, c in "hello": seqs.mgetOrPut(c, @[]).add(i)
echo seqs
