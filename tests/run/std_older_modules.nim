discard """
  output: '''
one
two
htrue
false1
two
0
cmdLongOption left 
cmdLongOption debug 3
cmdShortOption l 4
cmdShortOption rx 
cmdArgument file 
cmdLongOption x=a b
cmdShortOption  
cmdLongOption  
cmdEnd
a 'b c'
'''
"""
# The event emitter and the older parser of command lines.
import events, parseopt2
type Done = object of EventArgs
  code: int
var ee = initEventEmitter()
proc one(e: EventArgs) = echo "one"
proc two(e: EventArgs) = echo "two"
ee.on("a", one)
ee.on("a", two)
ee.emit("a", Done(code: 1))
ee.emit("b", Done())
var h = initEventHandler("h")
h.addHandler one
h.addHandler two
echo h.name, h.containsHandler(one)
h.removeHandler one
echo h.containsHandler(one), h.handlers.len
ee.emit(h, Done())
h.clearHandlers
echo h.handlers.len
var p = initOptParser(@["--left", "--debug:3", "-l=4", "-rx", "file", "--x=a:b", "-", "--"])
for kind, key, val in p.getopt(): echo kind, " ", key, " ", val
p.next
echo p.kind
p = initOptParser(@["a", "b c"])
p.next
echo p.key, " ", p.cmdLineRest
