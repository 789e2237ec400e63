discard """
  output: '''
0 13 6 4 -1 13 16
true true false true true true
5 2 3 1 2
bye world, bye heLLo worLd, heLLo X b ab abc
1c2
3 true true
body
by
'''
"""
import std/strutils
let s = "hello world, hello"
echo s.find("hello"), " ", s.find("hello", 1), " ", s.find('w'), " ", s.find({'w', 'o'}), " ", s.find("nope"), " ", s.rfind("hello"), " ", s.rfind('l')
echo s.contains("world"), " ", "lo w" in s, " ", s.contains({'z'}), " ", s.startsWith("hell"), " ", s.endsWith('o'), " ", s.continuesWith("world", 6)
echo s.count('l'), " ", s.count("hello"), " ", s.count({'a'..'e'}), " ", "aaa".count("aa"), " ", "aaa".count("aa", overlapping = true)
echo s.replace("hello", "bye"), " ", s.replace('l', 'L'), " ", "a b ab".replaceWord("a", "X"), " ", "abc".replace("", "-")
echo "abcd".multiReplace(("ab", "1"), ("d", "2"), ("b", "no"))
echo "one\ntwo\n".countLines, " ", "abc".allCharsInSet({'a'..'c'}), " ", " \t".isEmptyOrWhitespace
var t = "prefix-body-suffix"
t.removePrefix("prefix")
t.removeSuffix("-suffix")
t.removePrefix('-')
echo t
t.delete(1 .. 2)
echo t
