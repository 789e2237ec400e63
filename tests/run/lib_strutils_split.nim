discard """
  output: '''
@["a", "b", "", "c"] @["a", "b", "", "c"] @["a", "b", "c"] @["a", "b", "c"]
@["a", "b", "c,d"] @[""] @["", ""]
@["a.b", "c"] @["one", "two"]
@["the", "quick", "fox"] @["a", "b c d"]
@["l1", "l2", "l3"] @["x", ""] @["x\n", "y"]
k|v|w|1|2|a|b|
(token: "a", isSep: false)
(token: "  ", isSep: true)
(token: "b", isSep: false)
a-b 1, 2, 3 x 
'''
"""
import std/strutils
echo "a,b,,c".split(','), " ", "a b  c".split, " ", "a, b, c".split(", "), " ", "a-b_c".split({'-', '_'})
echo "a,b,c,d".split(',', maxsplit = 2), " ", "".split(','), " ", ",".split(',')
echo "a.b.c".rsplit('.', maxsplit = 1), " ", "one two".rsplit(" ")
echo "  the quick\tfox \n".splitWhitespace, " ", "a b c d".splitWhitespace(maxsplit = 1)
echo "l1\nl2\r\nl3".splitLines, " ", "x\n".splitLines, " ", "x\ny".splitLines(keepEol = true)
for p in "k=v;w".split({'=', ';'}): stdout.write p, "|"
for l in "1\n2".splitLines: stdout.write l, "|"
for w in " a b ".splitWhitespace: stdout.write w, "|"
echo ""
for t in tokenize("a  b"): echo t
echo ["a", "b"].join("-"), " ", @[1, 2, 3].join(", "), " ", ["x"].join, " ", newSeq[string]().join(",")
