discard """
  output: '''
cmdShortOption|a||2
cmdShortOption|b|5|0
cmdLongOption|foo||0
cmdLongOption|bar|baz|0
cmdShortOption|c|3|0
cmdArgument|arg1||0
cmdLongOption|||0
cmdShortOption|x||0
cmdLongOption|y||0
cmdShortOption|||0
cmdArgument|||0
cmdArgument|  lead||0
cmdShortOption|d||4
cmdArgument| -d e||0
cmdLongOption|q r|s|0
cmdLongOption|a||0
cmdShortOption|e||3
cmdArgument|-e f||0
cmdLongOption|h|next2|0
cmdLongOption|i||0
@[]--
cmdLongOption|nov||0
cmdArgument|val||0
cmdShortOption|z||0
cmdArgument|val||0
cmdShortOption|o||0
cmdArgument|out||0
cmdLongOption|long|lv|0
cmdShortOption|a||2
cmdShortOption|b|c|0
cmdShortOption|o|file|0
cmdLongOption|e|-|0
cmdLongOption|||0
@[]--
cmdLongOption|x||0
cmdArgument|y||0
@[]--
cmdShortOption|=||0
cmdLongOption||v|0
cmdShortOption|:||0
cmdLongOption|-||0
cmdShortOption|a||2
cmdShortOption|-||3
cmdShortOption|b||0
@[]--
cmdLongOptionleft
cmdLongOptiondebug3
cmdShortOptionl
cmdShortOptionr2
cmdArgumenta b
cmdArgumentc d
cmdArgumente\
cmdArgumentf
cmdShortOptionv
cmdArgumentx
'''
"""
# Options with and without values, blanks, quotes, and what is left.
import std/parseopt
proc go(args: seq[string], sv: set[char] = {}, lv: seq[string] = @[], allow = true) =
  var p = initOptParser(args, shortNoVal = sv, longNoVal = lv, allowWhitespaceAfterColon = allow)
  while true:
    p.next()
    if p.kind == cmdEnd: break
    echo p.kind, "|", p.key, "|", p.val, "|", p.pos
  echo p.remainingArgs, "--"
go @["-ab:5", "--foo", "--bar=baz", "-c=3", "arg1", "--", "-x", "--y", "-", "", "  lead", " -d e", "--\"q r\":s", "--a b:c", "-e f", "--h:", "next2", "--i="]
go(@["--nov", "val", "-z", "val", "-o", "out", "--long", "lv", "-abc", "-ofile", "--e=", "-", "--"], {'z', 'a'}, @["nov"])
go(@["--x:", "y"], allow = false)
go(@["-=", "--=v", "-:", "---", "-a-b"])
var p = initOptParser("--left --debug:3 -l -r:2 'a b' \"c d\" e\\ f")
for kind, k, v in p.getopt(): echo kind, k, v
for kind, k, v in getopt(@["-v", "x"]): echo kind, k, v
